"""Requests as bytes, and what must hold after each of them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from tests.promises import serving
from tests.promises.serving import Answer, Desk

MOST_WORK = 0.9
"""Seconds of processor time: the clock on the wall also counts what other tests do meanwhile."""

LONGEST_WAIT = 10


@contextmanager
def soon() -> Iterator[None]:
    """What happens inside is answered well within a second, on a machine that has nothing else."""
    work, began = time.process_time(), time.perf_counter()
    yield
    assert time.process_time() - work < MOST_WORK, "it took too much work"
    assert time.perf_counter() - began < LONGEST_WAIT, "it took too long"


def ask(desk: Desk, method: str, target: str, sent: bytes = b"", *fields: str) -> Answer:
    """The answer, which came soon, and after which the connection is of use or closed."""
    lines = [desk.authorization, *fields] if target.startswith("/desk") else list(fields)
    if sent:
        lines += ["Content-Type: application/json", f"Content-Length: {len(sent)}"]
    with desk.connect() as connection:
        with soon():
            connection.sendall(head(method, target, *lines) + sent)
            answer = serving.read_answer(connection)
        assert answer.whole
        if answer.headers.get("connection") != "close":
            connection.sendall(head("GET", "/healthz"))
            assert serving.read_answer(connection).status == 200, "the connection is of no use"
    return answer


def head(method: str, target: str, *fields: str) -> bytes:
    lines = [f"{method} {target} HTTP/1.1", "Host: 127.0.0.1", *fields]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def still_serves(desk: Desk) -> bool:
    return desk.get("/healthz").status == 200 and desk.get("/v1/site").status == 200


def contents(desk: Desk) -> dict[str, str]:
    """A digest of every table."""
    with psycopg.connect(desk.url) as connection:
        tables = connection.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
            " WHERE schemaname IN ('desk', 'published', 'jobs')"
        ).fetchall()
        return {
            table: connection.execute(
                f"SELECT count(*) || coalesce(md5(string_agg(t::text, '' ORDER BY t::text)), '')"
                f" FROM {table} t".encode()
            ).fetchone()[0]  # type: ignore[index]
            for (table,) in tables
        }
