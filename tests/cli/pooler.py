"""A connection pooler in transaction mode, as small as it can be: what `masthead doctor` must find.

Clients share the server's connections: each transaction takes the one that was used last, and
gives it back at its end. Knows the simple and the extended protocol, without pipelines.
"""

import asyncio
import struct
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field

SSL_REQUEST, GSS_REQUEST = 80877103, 80877104
ASKS = b"QS"
"""Messages that the server answers up to `ReadyForQuery`: Query, Sync."""


@dataclass
class Upstream:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    greeting: bytes


@dataclass
class Pool:
    socket_path: str
    idle: list[Upstream] = field(default_factory=list)

    async def take(self, startup: bytes) -> Upstream:
        if self.idle:
            return self.idle.pop()
        reader, writer = await asyncio.open_unix_connection(self.socket_path)
        writer.write(startup)
        answer = b""
        while True:
            kind, message = await _message(reader)
            answer += message
            if kind == b"Z":
                return Upstream(reader, writer, answer)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._relay(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        startup = await _startup(reader, writer)
        upstream: Upstream | None = await self.take(startup)
        assert upstream
        writer.write(upstream.greeting)
        self.idle.append(upstream)
        upstream = None
        while True:
            kind, message = await _message(reader)
            if kind == b"X":
                return
            upstream = upstream or await self.take(startup)
            upstream.writer.write(message)
            if kind in ASKS:
                while True:
                    answer, told = await _message(upstream.reader)
                    writer.write(told)
                    if answer == b"Z":
                        break
                if told.endswith(b"I"):  # not in a transaction
                    self.idle.append(upstream)
                    upstream = None


async def _startup(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
    while True:
        (length, code) = struct.unpack("!II", head := await reader.readexactly(8))
        if code not in (SSL_REQUEST, GSS_REQUEST):
            return head + await reader.readexactly(length - 8)
        writer.write(b"N")


async def _message(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    head = await reader.readexactly(5)
    (length,) = struct.unpack("!I", head[1:])
    return head[:1], head + await reader.readexactly(length - 4)


@contextmanager
def running(socket_path: str) -> Iterator[int]:
    """The port of a pooler in front of the server with this socket."""
    begun: Future[tuple[int, asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def serve() -> None:
        pool, stop = Pool(socket_path), asyncio.Event()
        server = await asyncio.start_server(pool.serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        begun.set_result((port, asyncio.get_running_loop(), stop))
        await stop.wait()
        server.close()
        for upstream in pool.idle:
            upstream.writer.close()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    port, loop, stop = begun.result()
    try:
        yield port
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
