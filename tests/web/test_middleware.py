"""What goes over the wire: raw requests to a real uvicorn."""

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from app import observability
from app.errors import Conflict
from app.web.middleware import guard
from app.web.request_head import Area
from tests.web.conftest import Serve, Served, read_answer

AREAS = (
    Area(log=True),
    Area(prefix="/desk", side="desk", body_limit=1000, body_seconds=0.5),
    Area(prefix="/desk/assets", side="desk", body_limit=20_000_000, media=None),
    Area(prefix="/desk/uploads", side="desk", body_seconds=0.4, body_piece=10, media=None),
)


class Application:
    """Answers with what it got; remembers what it saw."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        response = await getattr(self, scope["path"].rpartition("/")[2], self.echo)(request)
        if response:
            await response(scope, receive, send)

    async def echo(self, request: Request) -> Response:
        observability.name_actor("key:1")
        self.seen.append(f"{request.method} {request.url.path}")
        return PlainTextResponse(await request.body())

    async def stubborn(self, request: Request) -> Response:
        """Swallows what reading the body raises, as frameworks do, and answers anyway."""
        try:
            await request.body()
        except Exception:
            self.seen.append("swallowed")
        return PlainTextResponse("fine", status_code=201)

    async def unread(self, request: Request) -> Response:
        return PlainTextResponse("not read")

    async def refuses(self, request: Request) -> Response:
        raise Conflict("It is taken.")

    async def breaks(self, request: Request) -> Response:
        raise ZeroDivisionError("inside")

    async def leaves(self, request: Request) -> None:
        return None

    async def disconnected(self, request: Request) -> Response | None:
        try:
            await request.body()
        except ClientDisconnect:
            self.seen.append("disconnect")
            raise
        return None

    async def breaks_later(self, request: Request) -> Response:
        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            headers = [(b"content-length", b"100")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": b"begun", "more_body": True})
            raise ZeroDivisionError

        return answer  # type: ignore[return-value]

    async def breaks_after(self, request: Request) -> Response:
        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            await PlainTextResponse("whole")(scope, receive, send)
            raise ZeroDivisionError("afterwards")

        return answer  # type: ignore[return-value]


Events = list[dict[str, Any]]


@pytest.fixture
def events() -> Any:
    with structlog.testing.capture_logs() as captured:
        yield captured


@pytest.fixture
def application() -> Application:
    return Application()


@pytest.fixture
def served(serve: Serve, application: Application, events: Events) -> Served:
    return serve(guard(application, AREAS))


def wait_for(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.005)


def requests(events: Events, path: str) -> Events:
    """The events of this path: a server of the test before may still finish something."""
    found = [event for event in events if event["event"] == "http_request"]
    return [event for event in found if event["path"].startswith(path)]


def post(served: Served, target: str, body: bytes, *fields: str, media: str = "application/json"):
    fields = (f"Content-Type: {media}", f"Content-Length: {len(body)}", *fields)
    return served.get(target, *fields, method="POST", body=body)


def chunked(served: Served, target: str, body: bytes, chunk: int = 100):
    parts = [body[at : at + chunk] for at in range(0, len(body), chunk)]
    framed = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
    fields = ("Transfer-Encoding: chunked", "Content-Type: application/json")
    return served.get(target, *fields, method="POST", body=framed)


# --- names and headers


def test_every_answer_has_an_id_and_the_headers_of_safety(served):
    first, second = served.get("/"), served.get("/")

    assert first.headers["x-content-type-options"] == "nosniff"
    assert first.headers["referrer-policy"] == "no-referrer"
    assert len(first.headers["x-request-id"]) == 20
    assert first.headers["x-request-id"] != second.headers["x-request-id"]


def test_a_sane_id_of_the_client_is_kept(served):
    assert served.get("/", "X-Request-Id: a.B-9_").headers["x-request-id"] == "a.B-9_"


@pytest.mark.parametrize("given", ["", "a b", "a" * 65, "é", "a;b", "a\tb", '"'])
def test_another_id_is_replaced(served, given):
    assert len(served.get("/", f"X-Request-Id: {given}").headers["x-request-id"]) == 20


# --- the head


def test_headers_of_200_kb_are_refused(served, application):
    answer = served.get("/", f"X-Large: {'a' * 200_000}")

    assert (answer.status, answer.type) == (431, "headers-too-large")
    assert application.seen == []


def test_many_small_headers_are_counted_together(served):
    assert served.get("/", *[f"X-{n}: aaaaaaaaaa" for n in range(1000)]).status == 200
    assert served.get("/", *[f"X-{n}: aaaaaaaaaa" for n in range(3000)]).status == 431


@pytest.mark.parametrize(
    "fields",
    [
        [],
        ["Host:"],
        ["Host: a", "Host: a"],
        ["Host: a", "host: b"],
        ["Host: a b"],
        ["Host: evil.test/path"],
        ["Host: user@evil.test"],
        ["Host: a:b"],
        ["Host: a:123456"],
        ["Host: a,b"],
        ["Host: [::1"],
        ["Host: é"],
        ["Host: " + "a" * 300],
    ],
)
def test_a_broken_host_is_refused(served, application, fields):
    request = "\r\n".join(["GET / HTTP/1.1", *fields]).encode() + b"\r\n\r\n"

    answer = served.send(request)

    assert (answer.status, answer.type) == (400, "bad-request")
    assert answer.problem["errors"][0]["header"] == "Host"
    assert application.seen == []


@pytest.mark.parametrize("host", ["news.example", "127.0.0.1:8000", "[::1]:80", "a_b.example"])
def test_a_good_host_is_not(served, host):
    for _ in range(2):  # the second time it is remembered
        assert served.send(f"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()).status == 200


def test_an_old_health_check_without_host_is_answered(served):
    assert served.send(b"GET / HTTP/1.0\r\n\r\n").status == 200


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/" + "a" * 8000, 200),
        ("/" + "a" * 9000, 414),
        ("/?" + "a" * 9000, 414),
        ("/a%00b", 400),
        ("/desk%00", 400),
    ],
)
def test_addresses_that_cannot_mean_anything_are_refused(served, target, status):
    assert served.get(target).status == status


@pytest.mark.parametrize("name", ["Authorization", "If-Match", "Content-Type", "X-Request-Id"])
def test_fields_that_decide_may_be_given_once(served, name):
    answer = served.get("/", f"{name}: a", f"{name}: b")

    assert answer.status == 400
    assert answer.problem["errors"][0]["header"] == name


def test_other_fields_may_be_repeated(served):
    assert served.get("/", "Accept: text/html", "Accept: */*").status == 200


# --- bodies


@pytest.mark.parametrize(
    "media",
    ["application/json", "Application/JSON; charset=UTF-8", 'application/json;charset="utf-8"'],
)
def test_json_is_accepted(served, media):
    assert post(served, "/desk/x", b"{}", media=media).body == b"{}"


@pytest.mark.parametrize(
    "media",
    ["", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1",
     "application/json, text/plain", "multipart/form-data", "application/jsonp"],
)  # fmt: skip
def test_another_kind_of_body_is_refused_with_what_would_do(served, application, media):
    answer = post(served, "/desk/x", b"{}", media=media)

    assert (answer.status, answer.type) == (415, "unsupported-media-type")
    assert answer.headers["accept"] == "application/json"
    assert application.seen == []


def test_a_body_without_content_type_is_refused(served):
    answer = served.get("/desk/x", "Content-Length: 2", method="POST", body=b"{}")

    assert answer.type == "unsupported-media-type"


def test_an_encoded_body_is_refused_with_what_would_do(served):
    answer = post(served, "/desk/x", b"{}", "Content-Encoding: gzip")

    assert answer.type == "unsupported-media-type"
    assert answer.headers["accept-encoding"] == "identity"


def test_an_area_may_take_any_media(served):
    assert post(served, "/desk/assets/x", b"GIF89a", media="image/gif").status == 200
    assert post(served, "/desk/assetsx", b"GIF89a", media="image/gif").status == 415


def test_a_request_without_a_body_needs_no_content_type(served):
    assert served.get("/desk/x", "Content-Length: 0", method="POST").status == 200


def test_the_limit_of_an_area_is_to_the_byte(served, application):
    assert post(served, "/desk/x", b"1" * 1000).status == 200
    assert chunked(served, "/desk/x", b"1" * 1000).status == 200

    answer = post(served, "/desk/x", b"1" * 1001)

    assert (answer.status, answer.type) == (413, "content-too-large")
    assert "1,000 bytes" in answer.problem["detail"]
    assert chunked(served, "/desk/x", b"1" * 1001).type == "content-too-large"
    assert application.seen == ["POST /desk/x"] * 3  # the last while it was still coming


def test_a_client_that_does_not_stop_sending_still_gets_the_answer(served):
    answer = post(served, "/desk/x", b"1" * 4_000_000)

    assert answer.status == 413
    assert answer.headers["connection"] == "close"
    assert answer.whole


def test_a_client_that_asks_first_is_refused_before_it_sends_and_let_go_at_once(served):
    begun = time.monotonic()
    with served.connect() as connection:
        connection.sendall(
            b"POST /desk/x HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n"
            b"Content-Type: application/json\r\nExpect: 100-continue\r\n\r\n"
        )

        assert read_answer(connection).status == 413
        assert connection.recv(10) == b""
    assert time.monotonic() - begun < 1


def test_an_application_that_swallows_the_refusal_does_not_hide_it(served, application):
    answer = chunked(served, "/desk/stubborn", b"1" * 5000)

    assert answer.type == "content-too-large"
    assert application.seen == ["swallowed"]


def test_an_endless_body_that_nobody_reads_ends_with_the_answer(served):
    with served.connect() as connection:
        connection.sendall(
            b"POST /desk/unread HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
            b"Content-Type: application/json\r\n\r\n1\r\na\r\n"
        )

        answer = read_answer(connection)

        assert answer.headers["connection"] == "close"
        assert connection.recv(10) == b""


def test_a_large_body_that_nobody_reads_ends_with_the_answer(served):
    for length, closes in ((8_000_001, True), (1_000, False)):
        with served.connect() as connection:
            connection.sendall(
                b"POST /desk/assets/unread HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\nx"
                % length
            )
            answer = read_answer(connection)
            assert (answer.status, answer.body) == (200, b"not read")
            assert (answer.headers.get("connection") == "close") is closes


def test_a_body_that_trickles_is_given_up(served):
    begun = time.monotonic()
    with served.connect() as connection:
        connection.sendall(
            b"POST /desk/x HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n"
            b"Content-Type: application/json\r\n\r\n"
        )
        connection.settimeout(0.1)
        received = b""
        while b"problem:request-timeout" not in received and time.monotonic() - begun < 10:
            connection.sendall(b"1")
            with suppress(TimeoutError):
                received += connection.recv(65536)

    assert received.startswith(b"HTTP/1.1 408")
    assert 0.4 < time.monotonic() - begun < 3


@pytest.mark.parametrize(("pause", "status"), [(0.01, b"200"), (0.08, b"408")])
def test_a_large_body_only_has_to_go_on(served, pause, status):
    """80 bytes, ten in 0.4 seconds at least: the whole may take longer than that."""
    begun = time.monotonic()
    with served.connect() as connection:
        connection.sendall(b"POST /desk/uploads HTTP/1.1\r\nHost: a\r\nContent-Length: 80\r\n\r\n")
        connection.settimeout(pause)
        received = b""
        for _ in range(80):
            connection.sendall(b"1")
            with suppress(TimeoutError):
                received += connection.recv(65536)
            if received:
                break

    assert received.startswith(b"HTTP/1.1 " + status)
    assert 0.3 < time.monotonic() - begun < 5


def test_a_client_that_leaves_in_the_middle_is_noted_and_no_fault_of_ours(
    served, application, events
):
    with served.connect() as connection:
        connection.sendall(
            b"POST /desk/disconnected HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n"
            b"Content-Type: application/json\r\n\r\n{"
        )
        time.sleep(0.05)

    wait_for(lambda: requests(events, "/desk/disconnected"))
    assert application.seen == ["disconnect"]
    assert [event["status"] for event in requests(events, "/desk/disconnected")] == [499]
    assert not [event for event in events if event["log_level"] == "error"]


# --- what escapes from inside


def test_an_error_of_ours_from_a_lane_without_a_framework_is_a_problem(served):
    assert served.get("/refuses").type == "conflict"


def test_a_bug_is_answered_without_a_word_and_logged_with_its_traceback(served, events):
    answer = served.get("/breaks")

    assert (answer.status, answer.type) == (500, "internal")
    assert b"inside" not in answer.body
    (failure,) = [event for event in events if event["event"] == "request_failed"]
    assert isinstance(failure["exc_info"], ZeroDivisionError)
    assert failure["path"] == "/breaks"


def test_an_application_that_does_not_answer_is_a_bug(served, events):
    assert served.get("/leaves").status == 500


def test_a_failure_in_the_middle_of_an_answer_breaks_it_off(served, events):
    answer = served.get("/breaks_later")

    assert (answer.status, answer.body, answer.whole) == (200, b"begun", False)
    wait_for(lambda: [event for event in events if event["event"] == "answer_broken_off"])


def test_a_failure_after_the_answer_is_logged_and_the_answer_stands(served, events):
    assert served.get("/breaks_after").body == b"whole"

    wait_for(lambda: [event for event in events if event["event"] == "request_failed"])


def test_other_kinds_of_connections_pass():
    passed: list[str] = []

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        passed.append(scope["type"])

    async def nothing() -> Message:
        return {}

    async def nowhere(message: Message) -> None: ...

    asyncio.run(guard(inner)({"type": "lifespan"}, nothing, nowhere))  # type: ignore[arg-type]

    assert passed == ["lifespan"]


# --- the log


def test_each_request_is_one_event(served, events):
    post(served, "/desk/logged", b"{}", "X-Request-Id: r1")

    wait_for(lambda: requests(events, "/desk/logged"))
    (event,) = requests(events, "/desk/logged")
    assert event.pop("ms") >= 0
    assert event == {
        "event": "http_request",
        "log_level": "info",
        "method": "POST",
        "path": "/desk/logged",
        "status": 200,
        "bytes": 2,
    }


def test_refused_requests_are_logged_too(served, events):
    served.get("/" + "a" * 9000)

    wait_for(lambda: requests(events, "/aaa"))
    assert requests(events, "/aaa")[0]["status"] == 414
    assert len(requests(events, "/aaa")[0]["path"]) == 500


def test_head_sends_no_bytes(served, events):
    served.get("/head", method="HEAD")

    wait_for(lambda: requests(events, "/head"))
    assert requests(events, "/head")[0]["bytes"] == 0


def test_secrets_in_a_query_are_not_logged(served, events):
    served.get("/query?view=card&token=abc&api_key=def&signature=ghi&Token2=x&next=1")

    wait_for(lambda: requests(events, "/query"))
    assert requests(events, "/query")[0]["query"] == (
        "view=card&token=***&api_key=***&signature=***&Token2=***&next=1"
    )


def test_an_area_may_be_silent(serve, application, events):
    served = serve(guard(application, (Area(log=False), Area(prefix="/desk"))))

    served.get("/v1/silent")
    served.get("/desk/silent")

    wait_for(lambda: requests(events, "/desk/silent"))
    assert not requests(events, "/v1/silent")


def test_no_request_is_named_after_another_of_the_same_connection(serve, events):
    named: list[str | None] = []

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        note = observability.request_id()
        named.append(note)
        if scope["path"] == "/named":
            observability.name_actor("key:secret")
        event = observability._add_request(None, "info", {})
        await PlainTextResponse(json.dumps(event))(scope, receive, send)

    served = serve(guard(answer))
    with served.connect() as connection:
        for path in ("named", "unnamed"):
            connection.sendall(f"GET /{path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
            body = json.loads(read_answer(connection).body)
            assert ("actor" in body) == (path == "named")

    assert len(set(named)) == 2


def test_many_requests_on_one_connection_after_refusals(served):
    with served.connect() as connection:
        for target, status in (("/a", 200), ("/a%00", 400), ("/b", 200), ("/refuses", 409)):
            connection.sendall(f"GET {target} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
            assert read_answer(connection).status == status
