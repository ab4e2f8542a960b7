"""Large files over real connections: clients that are slow or leave, and storages that fail."""

import asyncio
import random
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import uvicorn

from app.delivery.media_files import PIECE
from app.delivery.reader import Reader
from app.storage import keys
from app.storage.disk import Disk
from app.storage.stored import Stored
from app.web.protocol import Protocol
from tests.delivery.filing import Filing, files_in, media_app
from tests.delivery.shelf import Shelf

FILM = random.Random(11).randbytes(8_000_000)
SMALL = 64 * 1024
"""Bytes in a socket's buffer, so that little is on its way."""


class Counted(Disk):
    """A disk that counts what was read of it."""

    def __init__(self, root: Path) -> None:
        super().__init__(root, reads=4, writes=2)
        self.bytes_read = 0

    async def window(self, stored: Stored, first: int, count: int) -> bytes:
        self.bytes_read += count
        return await super().window(stored, first, count)


class Hasty(Protocol):
    sending_seconds = 0.8


@pytest.fixture
def disk(tmp_path: Path) -> Counted:
    return Counted(tmp_path / "media")


@pytest.fixture
def filing(shelf: Shelf, disk: Counted) -> Filing:
    return Filing(shelf, disk)


@asynccontextmanager
async def serving(
    url: str, disk: Disk, folder: Path, protocol: type[Protocol] = Protocol
) -> AsyncIterator[int]:
    """A real server; its port."""
    files = files_in(folder, disk)
    async with Reader(url, connections=2, timeout_ms=2000) as reader, files:
        listening = socket.create_server(("127.0.0.1", 0))
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL)
        config = uvicorn.Config(
            media_app(reader, files), http=protocol, loop="uvloop", lifespan="off",
            log_level="critical", timeout_graceful_shutdown=1,
        )  # fmt: skip
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve([listening]))
        while not server.started:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        yield listening.getsockname()[1]
        server.should_exit = True
        await task


def request(path: str, fields: str = "") -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: a\r\n{fields}\r\n".encode()


async def asked(
    port: int, path: str, fields: str = ""
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter, bytes]:
    """A connection on which a file was asked for, and the head of the answer."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
    client.setblocking(False)
    await asyncio.get_running_loop().sock_connect(client, ("127.0.0.1", port))
    reader, writer = await asyncio.open_connection(sock=client, limit=SMALL)
    writer.write(request(path, fields))
    return reader, writer, await reader.readuntil(b"\r\n\r\n")


async def comes_to_rest(disk: Counted) -> int:
    """How much had been read when nothing more was."""
    before = -1
    while before != disk.bytes_read:
        before = disk.bytes_read
        await asyncio.sleep(0.2)
    return before


async def test_nothing_is_read_before_the_client_takes_it(
    database_url: str, filing: Filing, disk: Counted, tmp_path: Path
) -> None:
    film = await filing.add(FILM)
    async with serving(database_url, disk, tmp_path) as port:
        reader, writer, head = await asked(port, film.original)
        assert b"200 OK" in head
        assert await comes_to_rest(disk) <= 3 * PIECE + 6 * SMALL
        assert await reader.readexactly(len(FILM)) == FILM

        # On the same connection a part of it, while others are served at the same time.
        writer.write(request(film.original, "Range: bytes=7-500006\r\n"))
        assert b"206 Partial" in await reader.readuntil(b"\r\n\r\n")
        assert await reader.readexactly(500_000) == FILM[7:500_007]
        writer.close()


async def test_nothing_is_read_for_a_client_that_has_left(
    database_url: str, filing: Filing, disk: Counted, tmp_path: Path
) -> None:
    film = await filing.add(FILM)
    async with serving(database_url, disk, tmp_path) as port:
        _, writer, _ = await asked(port, film.original)
        writer.transport.abort()
        assert await comes_to_rest(disk) < len(FILM) / 2


async def test_who_takes_nothing_is_cut_off_and_who_is_slow_is_not(
    database_url: str, filing: Filing, disk: Counted, tmp_path: Path
) -> None:
    film = await filing.add(FILM)
    async with serving(database_url, disk, tmp_path, Hasty) as port:
        idle, kept, _ = await asked(port, film.original)
        part = "Range: bytes=0-1499999\r\n"
        slow, writer, _ = await asked(port, film.original, part)
        taken = b""
        for _ in range(30):
            taken += await slow.readexactly(50_000)
            await asyncio.sleep(0.06)
        with pytest.raises((asyncio.IncompleteReadError, ConnectionResetError)):
            await idle.readexactly(len(FILM))
        await asyncio.sleep(1)
        writer.write(request(film.original))  # it is still there, having had a rest
        assert b"200 OK" in await slow.readuntil(b"\r\n\r\n")
        kept.close()
        writer.close()
    assert taken == FILM[:1_500_000]


async def test_a_file_that_breaks_off_breaks_the_connection(
    database_url: str, filing: Filing, disk: Counted, tmp_path: Path
) -> None:
    film = await filing.add(FILM)
    async with serving(database_url, disk, tmp_path) as port:
        reader, writer, _ = await asked(port, film.original)
        (tmp_path / "media" / keys.original(film.sha256)).write_bytes(b"other bytes")
        with pytest.raises(asyncio.IncompleteReadError) as broken:
            await reader.readexactly(len(FILM))
        writer.close()
    assert FILM.startswith(broken.value.partial)
