import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing

import pytest

from app import ops, tokens

Serve = Callable[[Mapping[str, ops.Check]], tuple[str, int]]


@pytest.fixture
def serve() -> Iterator[Serve]:
    running: list[ops.Running] = []

    def start(checks: Mapping[str, ops.Check]) -> tuple[str, int]:
        running.append(ops.start("127.0.0.1:0", checks))
        assert running[-1].address
        return running[-1].address

    yield start
    for one in running:
        one.stop()


def get(address: tuple[str, int], path: str, method: str = "GET") -> tuple[int, str, bytes]:
    with closing(http.client.HTTPConnection(*address, timeout=10)) as connection:
        connection.request(method, path)
        response = connection.getresponse()
        return response.status, response.headers["content-type"], response.read()


def ready(address: tuple[str, int]) -> tuple[int, dict]:
    status, media, body = get(address, "/readyz")
    assert media == "application/json"
    return status, json.loads(body)


def test_metrics_are_in_the_format_of_prometheus(serve: Serve):
    status, media, body = get(serve({}), "/metrics")

    assert (status, media) == (200, "text/plain; version=0.0.4; charset=utf-8")
    assert b"# TYPE masthead_refreshes_total counter" in body


def test_other_paths_are_not_there(serve: Serve):
    assert get(serve({}), "/")[0] == 404


def test_head_is_answered_without_a_body(serve: Serve):
    assert get(serve({}), "/readyz", method="HEAD")[::2] == (200, b"")


def test_ready_tells_of_each_check(serve: Serve):
    address = serve({"database": lambda: "primary", "worker": lambda: None})

    assert ready(address) == (
        200,
        {
            "ready": True,
            "checks": {
                "database": {"ok": True, "detail": "primary"},
                "worker": {"ok": True, "detail": "ready"},
            },
        },
    )


def fails(error: BaseException) -> ops.Check:
    def check() -> str | None:
        raise error

    return check


def test_one_failed_check_is_enough_and_tells_no_secret(serve: Serve):
    key = tokens.make().text
    address = serve({"a": lambda: None, "b": fails(ValueError(f"refused {key}\nand more"))})

    status, answer = ready(address)

    assert status == 503
    assert answer["checks"]["a"]["ok"]
    assert answer["checks"]["b"]["detail"].startswith("ValueError: refused mh_")
    assert key not in str(answer)
    assert "more" not in str(answer)


@pytest.mark.parametrize("error", [TimeoutError(), SystemExit()])
def test_whatever_a_check_raises_means_not_ready(serve: Serve, error: BaseException):
    assert ready(serve({"a": fails(error)}))[0] == 503


def test_a_check_that_hangs_is_waited_for_only_so_long_and_never_doubled(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(ops, "CHECK_SECONDS", 0.1)
    monkeypatch.setattr(ops, "KEPT_SECONDS", 0.0)
    release = threading.Event()
    begun: list[float] = []

    def hangs() -> None:
        begun.append(time.monotonic())
        release.wait(20)

    address = serve({"good": lambda: None, "hangs": hangs})
    before = time.monotonic()
    answers = [ready(address) for _ in range(3)]

    assert time.monotonic() - before < 3
    assert [status for status, _ in answers] == [503, 503, 503]
    assert all(answer["checks"]["good"]["ok"] for _, answer in answers)
    assert len(begun) == 1
    release.set()
    time.sleep(0.05)
    assert ready(address)[0] == 200  # what the old run found; the next begins anew
    assert ready(address)[0] == 200
    assert len(begun) == 2


def test_many_that_ask_at_once_cause_one_run(serve: Serve):
    runs: list[int] = []
    at_once: list[int] = []
    inside = 0

    def check() -> None:
        nonlocal inside
        inside += 1
        at_once.append(inside)
        runs.append(1)
        time.sleep(0.5)
        inside -= 1

    address = serve({"a": check})
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda: statuses.append(ready(address)[0])) for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert statuses == [200] * 20
    assert (len(runs), max(at_once)) == (1, 1)


def test_an_answer_is_kept_for_a_second_only(serve: Serve, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ops, "KEPT_SECONDS", 0.2)
    answers = iter([None, ValueError("gone"), None])

    def check() -> None:
        if error := next(answers):
            raise error

    address = serve({"a": check})

    assert [ready(address)[0] for _ in range(3)] == [200, 200, 200]
    time.sleep(0.25)
    assert ready(address)[0] == 503


def test_a_slow_client_keeps_nobody_waiting(serve: Serve):
    address = serve({})
    with socket.create_connection(address) as slow:
        slow.sendall(b"GET /met")

        assert get(address, "/readyz")[0] == 200


def test_after_stop_nobody_listens():
    running = ops.start("127.0.0.1:0", {})
    assert running.address

    running.stop()

    with pytest.raises(ConnectionRefusedError):
        get(running.address, "/metrics")


@pytest.mark.parametrize("address", ["", "off", " OFF "])
def test_it_can_be_switched_off(address: str):
    running = ops.start(address, {})

    assert running.address is None
    running.stop()


def test_a_port_in_use_is_told_with_the_way_out(serve: Serve):
    host, port = serve({})

    with pytest.raises(OSError, match=rf"Cannot listen on {host}:{port} .*MASTHEAD_OPS_ADDRESS"):
        ops.start(f"{host}:{port}", {})


def test_a_foreign_address_is_told_with_the_way_out():
    with pytest.raises(OSError, match=r"192\.0\.2\.1:1.*MASTHEAD_OPS_ADDRESS"):
        ops.start("192.0.2.1:1", {})


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1:9464", ("127.0.0.1", 9464)),
        ("localhost:0", ("localhost", 0)),
        ("[::1]:80", ("::1", 80)),
        (" 0.0.0.0:65535 ", ("0.0.0.0", 65535)),
    ],
)
def test_addresses(address: str, expected: tuple[str, int]):
    assert ops.parse_address(address) == expected


@pytest.mark.parametrize(
    "address",
    ["9464", ":9464", "host:", "host", "host:http", "host:65536", "::1:80", "h:-1", "h:²"],
)
def test_what_is_no_address_is_told(address: str):
    with pytest.raises(ValueError, match="write host:port"):
        ops.start(address, {})
