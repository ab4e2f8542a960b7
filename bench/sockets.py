"""A plain HTTP client over raw sockets, cheap enough not to be what is measured."""

import asyncio
from types import TracebackType
from typing import Self


class Failed(Exception):
    """The server closed the connection, or sent what is no HTTP."""


class Connection:
    """One kept-alive connection, one request at a time. `async with Connection(port)`."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def __aenter__(self) -> Self:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._writer.close()

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Status and body of the answer to a whole request."""
        self._writer.write(request)
        try:
            head = await self._reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise Failed(str(error)) from error
        status = int(head[9:12])
        return status, await self._reader.readexactly(_length(head, status))


def request(
    method: str, target: str, *, headers: dict[str, str] | None = None, body: bytes = b""
) -> bytes:
    fields = {"Host": "127.0.0.1"} | (headers or {})
    if body:
        fields |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def _length(head: bytes, status: int) -> int:
    if status in (204, 304):
        return 0
    _, found, rest = head.lower().partition(b"content-length:")
    if not found:
        raise Failed("an answer without Content-Length")
    return int(rest.partition(b"\r\n")[0])
