"""`masthead serve` on a database of one's own, in real processes."""

import asyncio
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import psycopg
import pytest

from app.database import Database
from tests import newsroom
from tests.cli.programs import Place, Running, alive, answers, free_port, until


def test_it_answers_where_it_says_and_ends_in_order_at_sigterm(place: Place):
    server = place.serve()
    family = server.family()

    assert server.get("/healthz").json() == {"status": "ok"}
    assert "server" not in server.get("/healthz").headers
    assert server.end(signal.SIGTERM) == 0
    assert alive(family) == []
    assert not answers(server.url)


def test_ctrl_c_is_an_orderly_end_too(place: Place):
    assert place.serve("--no-worker").end(signal.SIGINT) == 0


def test_a_request_that_runs_at_sigterm_gets_its_answer(place: Place):
    server = place.serve("--no-worker")
    with held(place, server) as held_request:
        server.process.send_signal(signal.SIGTERM)
        until(lambda: not answers(server.url), about=server)
        time.sleep(1)
        assert held_request.answer is None

    assert held_request.waited().status_code == 200
    assert server.ended() == 0


def test_a_request_that_takes_too_long_is_given_up(place: Place):
    server = place.serve("--no-worker", MASTHEAD_GRACEFUL_SECONDS="1")
    with held(place, server) as held_request:
        began = time.monotonic()
        assert server.end() == 0
        assert 0.9 < time.monotonic() - began < 10

    answer = held_request.waited()
    assert answer is None or answer.status_code >= 500


def test_a_second_signal_ends_it_at_once(place: Place):
    server = place.serve("--no-worker", MASTHEAD_GRACEFUL_SECONDS="600")
    family = server.family()
    with held(place, server):
        server.process.send_signal(signal.SIGTERM)
        server.event("stopping")

        assert server.end(signal.SIGTERM, seconds=10) == 1
        assert alive(family) == []
        assert "cut off" in server.said


def test_nothing_is_left_behind_when_the_parent_is_killed(place: Place):
    server = place.serve("--workers", "2")
    family = server.family()
    assert len(family) == 3

    server.kill()

    until(lambda: not alive(family), 10)
    assert not answers(server.url)


def test_a_request_is_still_answered_when_the_parent_is_killed(place: Place):
    server = place.serve("--no-worker")
    family = server.family()
    with held(place, server) as held_request:
        server.kill()
        until(lambda: not answers(server.url))
        time.sleep(1)

    assert held_request.waited().status_code == 200, server.said
    until(lambda: not alive(family), 10)


def test_several_processes_answer_and_one_that_dies_is_replaced(place: Place):
    server = place.serve("--workers", "2", "--no-worker")
    first, second = server.web()

    first.kill()

    assert server.event("process_died")["name"].startswith("web-")
    assert answers(server.url)
    until(lambda: len(server.web()) == 2, about=server)
    assert second in server.web()
    assert first not in server.web()
    assert server.end() == 0


def test_the_worker_is_started_again_and_readyz_says_so(place: Place):
    port = free_port()
    server = place.serve(MASTHEAD_OPS_ADDRESS=f"127.0.0.1:{port}")
    ready = f"http://127.0.0.1:{port}/readyz"
    assert httpx.get(ready).status_code == 200
    (worker,) = server.worker()

    worker.kill()
    server.event("process_died")
    until(lambda: new_worker(server, worker.pid), about=server)
    now = new_worker(server, worker.pid)

    until(lambda: f"process {now}" in httpx.get(ready).text, about=server)
    assert httpx.get(ready).status_code == 200

    execute(place, "UPDATE published.alembic_version SET version_num = 'ffff'")
    until(lambda: "ffff" in httpx.get(ready).text)
    assert httpx.get(ready).status_code == 200  # an upgrade has begun, and this server goes on


def test_readyz_says_that_the_worker_is_gone_and_the_schema_does_not_fit(place: Place):
    port = free_port()
    server = place.serve(MASTHEAD_OPS_ADDRESS=f"127.0.0.1:{port}")
    execute(place, "DELETE FROM published.alembic_version")
    server.worker()[0].kill()
    server.event("process_died")

    answer = httpx.get(f"http://127.0.0.1:{port}/readyz")

    assert answer.status_code == 503
    assert {name: check["ok"] for name, check in answer.json()["checks"].items()} == {
        "database": True,
        "migrations": False,
        "web": True,
        "worker": False,
    }


def test_readyz_looks_at_the_databases_that_are_used(place: Place):
    ops = f"127.0.0.1:{free_port()}"
    away = {"MASTHEAD_DELIVERY_DATABASE_URL": f"postgresql://nobody@127.0.0.1:{free_port()}/none"}
    own = {"database": True, "migrations": True, "web": True}
    for words, ready in (
        (["--side", "desk"], own | {"worker": True}),
        (["--no-worker"], own | {"delivery_database": False, "delivery_migrations": False}),
    ):
        server = place.serve(*words, MASTHEAD_OPS_ADDRESS=ops, **away)

        answer = httpx.get(f"http://{ops}/readyz")

        assert {name: check["ok"] for name, check in answer.json()["checks"].items()} == ready
        assert (answer.status_code == 200) is all(ready.values())
        assert server.end() == 0


def test_readyz_of_the_public_side_asks_its_own_database_only(place: Place):
    ops = f"127.0.0.1:{free_port()}"
    own = place.settings["MASTHEAD_DATABASE_URL"]
    away = f"postgresql://nobody@127.0.0.1:{free_port()}/none"
    place.settings |= {"MASTHEAD_DELIVERY_DATABASE_URL": own, "MASTHEAD_DATABASE_URL": away}

    place.serve("--side", "delivery", MASTHEAD_OPS_ADDRESS=ops)

    answer = httpx.get(f"http://{ops}/readyz")
    assert answer.status_code == 200
    assert answer.json()["checks"].keys() == {"database", "migrations", "web"}


def test_readyz_says_that_no_web_process_lives(place: Place):
    ops = f"127.0.0.1:{free_port()}"
    server = place.serve("--workers", "2", "--no-worker", MASTHEAD_OPS_ADDRESS=ops)

    server.web()[0].kill()
    until(lambda: "1 of 2" in httpx.get(f"http://{ops}/readyz").text, about=server)
    assert httpx.get(f"http://{ops}/readyz").status_code == 200
    for one in server.web():
        one.kill()

    until(lambda: httpx.get(f"http://{ops}/readyz").status_code == 503, about=server)
    until(lambda: "2 of 2" in httpx.get(f"http://{ops}/readyz").text, about=server)


def test_one_side_only(place: Place):
    server = place.serve("--side", "delivery")
    assert server.worker() == []
    assert server.get("/v1/articles").status_code == 200
    assert server.get("/desk/articles").status_code == 404
    assert server.end() == 0

    server = place.serve("--side", "desk")
    assert len(server.worker()) == 1
    assert server.get("/v1/articles").status_code == 404
    assert server.get("/desk/articles").status_code == 401


@pytest.mark.parametrize(
    ("statement", "word"),
    [
        ("UPDATE published.alembic_version SET version_num = 'ffff'", "newer Masthead"),
        ("DELETE FROM published.alembic_version", "masthead migrate"),
    ],
)
def test_a_schema_that_does_not_fit_is_refused(place: Place, statement: str, word: str):
    execute(place, statement)

    refused = place.run("serve", "--port", "0")

    assert refused.returncode == 2
    assert word in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_database_that_is_not_ours_is_never_migrated_silently(empty: Place):
    refused = empty.run("serve", "--port", "0")

    assert refused.returncode == 2
    assert "masthead migrate" in refused.stderr
    with psycopg.connect(empty.settings["MASTHEAD_DATABASE_URL"]) as connection:
        found = connection.execute("SELECT to_regnamespace('desk')").fetchone()
    assert found == (None,)


def test_a_port_in_use_is_a_clear_error(place: Place):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        refused = place.run("serve", "--port", port)

    assert refused.returncode == 1
    assert f"Port {port} of 127.0.0.1 is in use" in refused.stderr
    assert "--port" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_an_ops_address_that_was_chosen_and_is_in_use_is_a_clear_error(place: Place):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"

        refused = place.run_apart("serve", "--port", "0", MASTHEAD_OPS_ADDRESS=address)

    assert refused.returncode == 1
    assert "MASTHEAD_OPS_ADDRESS" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_an_ops_address_that_is_none_is_a_clear_error(place: Place):
    refused = place.run_apart("serve", "--port", "0", MASTHEAD_OPS_ADDRESS="nine")

    assert refused.returncode == 2
    assert "MASTHEAD_OPS_ADDRESS" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_numbers_of_a_killed_server_are_removed_by_the_next(place: Place):
    temporary = {"TMPDIR": str(place.directory)}
    server = place.serve("--no-worker", **temporary)
    family = server.family()
    server.kill()
    until(lambda: not alive(family))
    (left,) = place.directory.glob("masthead-metrics-*")

    server = place.serve("--no-worker", **temporary)

    assert not left.exists()
    assert len(list(place.directory.glob("masthead-metrics-*"))) == 1
    assert server.end() == 0
    assert list(place.directory.glob("masthead-metrics-*")) == []


def test_a_process_that_cannot_start_ends_the_server(place: Place):
    # A Python that cannot begin, as where files are missing: in one kind of process only.
    (place.directory / "sitecustomize.py").write_text(
        "import os, sys\nif 'app.processes.web' in sys.orig_argv: os._exit(5)"
    )

    ended = place.run_apart("serve", "--port", "0", PYTHONPATH=str(place.directory))

    assert ended.returncode == 1
    assert "web-1 process ended at once (code 5)" in ended.stderr
    assert "Traceback" not in ended.stderr


def new_worker(server: Running, old: int) -> int | None:
    return next((one.pid for one in server.worker() if one.pid != old), None)


class Held:
    """A request to the desk that waits for a lock in the database."""

    def __init__(self, url: str, key: str) -> None:
        self.answer: httpx.Response | None = None
        self._thread = threading.Thread(target=self._ask, args=(url, key))
        self._thread.start()

    def waited(self) -> httpx.Response:
        self._thread.join(60)
        assert not self._thread.is_alive()
        return self.answer  # type: ignore[return-value]

    def _ask(self, url: str, key: str) -> None:
        try:
            self.answer = httpx.get(
                f"{url}/desk/people",
                headers={"Authorization": f"Bearer {key}"},
                timeout=60,
            )
        except httpx.TransportError:
            self.answer = None


@contextmanager
def held(place: Place, server: Running) -> Iterator[Held]:
    """A request that is being worked on, and cannot end before the block has."""
    key = asyncio.run(_key(place.settings["MASTHEAD_DATABASE_URL"]))
    with psycopg.connect(place.settings["MASTHEAD_DATABASE_URL"]) as connection:
        connection.execute("LOCK TABLE desk.people")
        request = Held(server.url, key)
        until(lambda: _waiting(connection), about=server)
        yield request


async def _key(url: str) -> str:
    database = Database(url)
    made = await newsroom.key(database)
    await database.close()
    return made


def _waiting(connection: psycopg.Connection) -> bool:
    found = connection.execute(
        "SELECT FROM pg_locks WHERE NOT granted AND database ="
        " (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    return found.fetchone() is not None


def execute(place: Place, statement: str) -> None:
    url = place.settings["MASTHEAD_DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())
