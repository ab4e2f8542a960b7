"""Heads that do not end, or do not come: on real connections."""

import asyncio
import socket
import time
from collections.abc import Iterable

import pytest
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from app.web.middleware import guard
from app.web.protocol import PIECE, Protocol
from app.web.request_head import LARGEST_KEPT, Area
from tests.cli.programs import until
from tests.web.conftest import Serve, Served, read_answer

MORE_THAN_IS_KEPT = LARGEST_KEPT + 2 * PIECE
GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


class Hasty(Protocol):
    head_seconds = 0.5


class Application:
    def __init__(self) -> None:
        self.outcomes: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if scope["path"] == "/slow":
            await asyncio.sleep(1)
        try:
            text = str(len(await request.body()))
        except ClientDisconnect:
            self.outcomes.append("client left")
            raise
        await PlainTextResponse(text)(scope, receive, send)


@pytest.fixture
def application() -> Application:
    return Application()


@pytest.fixture
def served(serve: Serve, application: Application) -> Served:
    return serve(guard(application, (Area(body_limit=20_000_000, media=None),)))


@pytest.fixture
def hasty(serve: Serve, application: Application) -> Served:
    return serve(guard(application, (Area(media=None),)), Hasty)


def without_end(served: Served, *parts: bytes) -> socket.socket:
    """A connection on which a head was begun, and goes on."""
    connection = served.connect()
    for part in parts:
        connection.sendall(part)
    return connection


def closes(connection: socket.socket) -> bool:
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


def seconds_until_closed(
    connection: socket.socket, drop: bytes, *, answered: bool = False
) -> float:
    """How long it is kept open by a client that sends a little now and then."""
    began = time.monotonic()
    connection.settimeout(0.05)
    while (seconds := time.monotonic() - began) < 10:
        try:
            connection.sendall(drop)
            if not connection.recv(65536) and not answered:
                break
        except TimeoutError:
            continue
        except OSError:
            break
    return seconds


@pytest.mark.parametrize(
    ("parts", "status", "type_"),
    [
        ([b"GET / HTTP/1.1\r\nX: ", b"x" * MORE_THAN_IS_KEPT], 431, "headers-too-large"),
        ([b"GET / HTTP/1.1\r\n", b"A: b\r\n" * MORE_THAN_IS_KEPT], 431, "headers-too-large"),
        ([b"GET / HTTP/1.1\r\n", b"x" * MORE_THAN_IS_KEPT], 431, "headers-too-large"),
        ([b"GET /", b"x" * MORE_THAN_IS_KEPT], 414, "uri-too-long"),
    ],
)
@pytest.mark.parametrize("before", [b"", GET])
def test_a_head_that_does_not_end_is_refused_while_it_comes(
    served: Served, before: bytes, parts: Iterable[bytes], status: int, type_: str
) -> None:
    with served.connect() as connection:
        if before:
            connection.sendall(before)
            assert read_answer(connection).status == 200
        for part in parts:
            connection.sendall(part)

        answer = read_answer(connection)

        assert (answer.status, answer.type) == (status, type_)
        assert answer.headers["connection"] == "close"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "date" in answer.headers
        connection.shutdown(socket.SHUT_WR)
        assert closes(connection)


def test_it_is_refused_in_small_parts_too(served: Served) -> None:
    with served.connect() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n")
        for _ in range(MORE_THAN_IS_KEPT // 1000):
            connection.sendall(b"X: " + b"x" * 995 + b"\r\n")

        assert read_answer(connection).status == 431


def test_the_refusal_of_a_head_request_has_no_body(served: Served) -> None:
    with without_end(served, b"HEAD / HTTP/1.1\r\nX: ", b"x" * MORE_THAN_IS_KEPT) as connection:
        answer = read_answer(connection, head=True)

        assert (answer.status, answer.body) == (431, b"")


def test_a_client_that_never_stops_is_cut_off(served: Served) -> None:
    with without_end(served, b"GET / HTTP/1.1\r\nX: ") as connection:
        seconds = seconds_until_closed(connection, b"x" * 65536, answered=True)

        assert seconds < 5


def test_large_bodies_are_not_taken_for_heads(served: Served) -> None:
    size = 20 * LARGEST_KEPT
    chunk = b"%x\r\n" % PIECE + b"b" * PIECE + b"\r\n"
    told = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % size
    chunked = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    tiny = b"1\r\nb\r\n" * LARGEST_KEPT
    with served.connect() as connection:
        for request, length in (
            (told + b"b" * size, size),
            (chunked + chunk * 100 + b"0\r\n\r\n", 100 * PIECE),
            (chunked + tiny + b"0\r\n\r\n", LARGEST_KEPT),
        ):
            connection.sendall(request)

            assert read_answer(connection).body == b"%d" % length


def test_trailers_without_end_are_cut_off(served: Served, application: Application) -> None:
    chunked = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nb\r\n0\r\n"
    with without_end(served, chunked, b"X: ", b"x" * MORE_THAN_IS_KEPT) as connection:
        assert closes(connection)

    until(lambda: application.outcomes == ["client left"])


def test_pipelined_requests_are_all_answered(served: Served) -> None:
    many = 5000
    assert len(GET) * many > MORE_THAN_IS_KEPT
    with served.connect() as connection:
        connection.sendall(GET * many + GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        received = b""
        while part := connection.recv(65536):
            received += part

    assert received.count(b"HTTP/1.1 200 OK") == many + 1


def test_an_answer_that_is_due_comes_before_the_connection_ends(served: Served) -> None:
    slow = b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n"
    with without_end(served, slow, b"GET / HTTP/1.1\r\nX: ") as connection:
        connection.sendall(b"x" * MORE_THAN_IS_KEPT)

        assert read_answer(connection).status == 200
        assert closes(connection)


@pytest.mark.parametrize(
    ("begun", "drop"),
    [
        (b"", b""),
        (b"\r\n", b"\r\n"),
        (b"GET /", b""),
        (b"GET /", b"x"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: ", b"x"),
        (GET + b"GET /", b"x"),
    ],
)
def test_a_head_that_does_not_come_in_time_ends_the_connection(
    hasty: Served, begun: bytes, drop: bytes
) -> None:
    with without_end(hasty, begun) as connection:
        if begun.startswith(GET):
            assert read_answer(connection).status == 200

        assert 0.3 < seconds_until_closed(connection, drop) < 3  # uvicorn's own time-out is 5


def test_only_the_head_has_to_come_in_that_time(hasty: Served) -> None:
    with hasty.connect() as connection:
        connection.sendall(b"POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n")
        for byte in b"body":
            time.sleep(0.4)
            connection.sendall(bytes([byte]))
        assert read_answer(connection).body == b"4"
        time.sleep(1)  # nothing is due between two requests

        connection.sendall(GET)

        assert read_answer(connection).status == 200


def test_the_rest_of_a_body_that_nobody_wants_has_to_come_in_that_time(serve: Serve) -> None:
    served = serve(guard(PlainTextResponse("not read"), (Area(media=None),)), Hasty)
    with served.connect() as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n")
        assert read_answer(connection).status == 200

        assert 0.3 < seconds_until_closed(connection, b"b") < 3
