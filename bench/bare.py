"""What Masthead is measured against: ASGI applications that do the least one can do.

Both answer `/<number>` with the bytes that Masthead gave for the target of that number, and with
two header fields: fewer than Masthead sends, which is to our disadvantage.
"""

import psycopg
from starlette.types import ASGIApp, Receive, Scope, Send

from app.delivery.reader import Reader
from app.delivery.statements import number, statement

Answers = list[tuple[int, bytes]]
"""Status and body, by number."""

_ONE_ROW = statement("SELECT status, body FROM bench.answers WHERE number = $1::bigint")
_JSON = (b"content-type", b"application/json")


def keep(url: str, answers: Answers) -> None:
    """Put the answers where both can read them: a table of one row for each."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS bench")
        connection.execute("DROP TABLE IF EXISTS bench.answers")
        connection.execute(
            "CREATE TABLE bench.answers (number bigint PRIMARY KEY, status smallint, body bytea)"
        )
        connection.cursor().executemany(
            "INSERT INTO bench.answers VALUES (%s, %s, %s)",
            [(place, status, body) for place, (status, body) in enumerate(answers)],
        )
        connection.execute("VACUUM (ANALYZE) bench.answers")


def from_memory(url: str) -> ASGIApp:
    """The same bytes, from a dict."""
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT number, status, body FROM bench.answers")
        answers = {f"/{place}": (status, bytes(body)) for place, status, body in rows}

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await _send(send, *answers[scope["path"]])

    return application


def from_one_row(url: str, *, connections: int, timeout_ms: int) -> ASGIApp:
    """The same bytes, from one row, over the same connections that public reads use."""
    reader = Reader(url, connections=connections, timeout_ms=timeout_ms)

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await receive()
            await reader.open()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await reader.close()
            await send({"type": "lifespan.shutdown.complete"})
            return
        row = await reader.row(_ONE_ROW, scope["path"][1:].encode())
        assert row is not None
        await _send(send, number(row[0]), row[1])

    return application


async def _send(send: Send, status: int, body: bytes) -> None:
    headers = [_JSON, (b"content-length", b"%d" % len(body))] if status != 304 else []
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
