"""Reading a body no further than it is wanted: not what is sent, and not what it unpacks to."""

import zlib

import httpx

ENCODINGS = "gzip"
"""What we say that we can read."""

_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32


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
