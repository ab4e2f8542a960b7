"""A way to PostgreSQL that can be cut: a socket of our own, which passes on what it gets."""

import asyncio
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit


class Way:
    """`url` leads to the database as long as the way is there."""

    def __init__(self, url: str, folder: Path) -> None:
        query = parse_qs(urlsplit(url).query)
        self._theirs = f"{query['host'][0]}/.s.PGSQL.{query['port'][0]}"
        self._ours = folder / ".s.PGSQL.5432"
        path = urlsplit(url)._replace(query=f"host={folder}&port=5432")
        self.url = path.geturl()
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.Server | None = None
        self._streams: set[asyncio.StreamWriter] = set()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()

    def open(self) -> None:
        asyncio.run_coroutine_threadsafe(self._open(), self._loop).result()

    def cut(self) -> None:
        """Break every connection, and let nobody in."""
        asyncio.run_coroutine_threadsafe(self._cut(), self._loop).result()

    def close(self) -> None:
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)

    async def _open(self) -> None:
        self._server = await asyncio.start_unix_server(self._carry, self._ours)

    async def _cut(self) -> None:
        if self._server:
            self._server.close()
            self._server = None
        self._ours.unlink(missing_ok=True)
        for stream in list(self._streams):
            stream.transport.abort()

    async def _carry(self, ours: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        theirs, into = await asyncio.open_unix_connection(self._theirs)
        self._streams |= {out, into}
        try:
            await asyncio.gather(_pass(ours, into), _pass(theirs, out))
        finally:
            self._streams -= {out, into}


async def _pass(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while part := await source.read(65536):
            target.write(part)
            await target.drain()
    target.close()


@contextmanager
def way_to(url: str) -> Iterator[Way]:
    """An open way to this database."""
    with tempfile.TemporaryDirectory(prefix="way-", dir="/tmp") as folder:
        way = Way(url, Path(folder))
        way.open()
        try:
            yield way
        finally:
            way.close()
