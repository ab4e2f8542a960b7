"""Reading a body no further than it is wanted: not what is sent, and not what it unpacks to."""

import zlib
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx

from app.outbound.page import TooLarge, Unreachable

ENCODINGS = "gzip"
"""What we say that we can read."""

Into = Callable[[AsyncIterator[bytes]], Awaitable[object]]
"""Takes the pieces of a body as they come."""

_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
_PIECE = 1024 * 1024


async def read(response: httpx.Response, most: int) -> tuple[bytes, bool]:
    """At most so many bytes, unpacked, and whether there would be more.

    What is packed in a way that was not asked for is not unpacked: empty, and cut. So is what
    follows a fault in the packing. httpx would unpack a chunk whole, layer upon layer, before it
    could be measured.
    """
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding in ("", "identity"):
        return await _plain(response, most)
    if encoding in ("gzip", "x-gzip", "deflate"):
        return await _packed(response, most)
    return b"", True


async def _plain(response: httpx.Response, most: int) -> tuple[bytes, bool]:
    found = bytearray()
    async for chunk in response.aiter_raw():
        found += chunk
        if len(found) > most:
            return bytes(found[:most]), True
    return bytes(found), False


async def _packed(response: httpx.Response, most: int) -> tuple[bytes, bool]:
    found = bytearray()
    unpacking = zlib.decompressobj(_GZIP_OR_ZLIB)
    async for chunk in response.aiter_raw():
        try:
            found += unpacking.decompress(chunk, most + 1 - len(found))
        except zlib.error:
            return bytes(found), True
        if len(found) > most:
            return bytes(found[:most]), True
        if unpacking.eof:
            break
    return bytes(found), not unpacking.eof and bool(found)


async def pieces(response: httpx.Response, most: int) -> AsyncIterator[bytes]:
    """The whole body, unpacked, in pieces that fit into memory.

    Raises TooLarge, before or in the middle, and Unreachable where it is packed in a way that
    cannot be unpacked to its end.
    """
    announced = response.headers.get("content-length", "")
    if announced.isascii() and announced.isdecimal() and int(announced[:18]) > most:
        raise TooLarge(most)
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding in ("", "identity"):
        unpacked = response.aiter_raw()
    elif encoding in ("gzip", "x-gzip", "deflate"):
        unpacked = _unpacked(response)
    else:
        raise Unreachable("refused", "What it sends is packed in a way that was not asked for.")
    count = 0
    async for piece in unpacked:
        count += len(piece)
        if count > most:
            raise TooLarge(most)
        yield piece


async def _unpacked(response: httpx.Response) -> AsyncIterator[bytes]:
    unpacking = zlib.decompressobj(_GZIP_OR_ZLIB)
    try:
        async for chunk in response.aiter_raw():
            while chunk and not unpacking.eof:
                yield unpacking.decompress(chunk, _PIECE)
                chunk = unpacking.unconsumed_tail
    except zlib.error:
        raise Unreachable("refused", "What it sends is badly packed.") from None
    if not unpacking.eof:
        raise Unreachable("refused", "What it sends ends in the middle.")
