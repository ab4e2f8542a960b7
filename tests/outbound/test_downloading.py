"""Downloading: a body goes elsewhere as it comes, whole or not at all."""

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator
from typing import Any

import pytest

from app.outbound.fetching import fetch
from app.outbound.page import USUAL, Limits, Page, Refused, TooLarge, Unreachable
from tests.outbound.playing import AGENT, Stranger, endless, redirect, reply, stranger

MIB = 1024 * 1024


@pytest.fixture
async def there() -> AsyncIterator[Stranger]:
    async with stranger() as playing:
        yield playing


class Taken:
    """What came, without being kept; `pieces` are their sizes."""

    def __init__(self) -> None:
        self.content, self.pieces, self.called = b"", list[int](), 0

    async def __call__(self, pieces: AsyncIterator[bytes]) -> None:
        self.called += 1
        async for piece in pieces:
            self.pieces.append(len(piece))
            self.content = (self.content + piece)[:100]


async def download(there: Stranger, target: str, into: Taken, limits: Limits = USUAL) -> Page:
    allowed = {there.endpoint}
    return await fetch(there.url(target), limits, agent=AGENT, allowed=allowed, into=into)


async def test_the_body_goes_elsewhere_behind_redirects(there: Stranger) -> None:
    there.pages["/a"] = redirect("/b.jpg")
    there.pages["/b.jpg"] = reply(200, b"picture", content_type="image/jpeg")
    into = Taken()

    page = await download(there, "/a", into)

    assert (into.content, into.called) == (b"picture", 1)
    assert (page.status, page.body, page.cut) == (200, b"", False)
    assert (page.final_url, page.media_type) == (there.url("/b.jpg"), "image/jpeg")


async def test_only_what_was_asked_for_goes_there(there: Stranger) -> None:
    into = Taken()

    for status in (404, 206, 500):
        there.pages["/"] = reply(status, b"not the file")
        page = await download(there, "/", into)
        assert (page.status, page.body) == (status, b"")
    with pytest.raises(Refused):
        await fetch("http://127.0.0.1/", agent=AGENT, into=into)
    there.pages["/"] = redirect("http://169.254.169.254/latest/")
    with pytest.raises(Refused):
        await download(there, "/", into)

    assert into.called == 0


async def test_what_is_too_large_is_broken_off(there: Stranger) -> None:
    limits = Limits(body=3 * MIB)

    async def announcing(asked: Any, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % 10**15)
        writer.write(b"x" * 1000)

    there.pages["/announced"] = announcing
    there.pages["/endless"] = endless()
    bomb = gzip.compress(b"\0" * 50 * MIB, compresslevel=1)
    there.pages["/bomb"] = reply(200, bomb, content_encoding="gzip")

    sizes = list[int]()
    for target in ("/announced", "/endless", "/bomb"):
        into = Taken()
        with pytest.raises(TooLarge, match="3,145,728 bytes"):
            await download(there, target, into, limits)
        sizes.append(sum(into.pieces))

    assert sizes[0] == 0
    assert max(sizes) <= limits.body


async def test_a_large_file_is_never_whole_in_memory(there: Stranger) -> None:
    packed = gzip.compress(b"\0" * 40 * MIB, compresslevel=1)
    there.pages["/"] = reply(200, packed, content_encoding="gzip")
    into = Taken()

    tracemalloc.start()
    await download(there, "/", into, Limits(body=40 * MIB))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (sum(into.pieces), max(into.pieces)) == (40 * MIB, MIB)
    assert most < 8 * MIB


@pytest.mark.parametrize(
    ("sent", "headers"),
    [
        (gzip.compress(b"fog" * 1000, mtime=0)[:-9], {"content_encoding": "gzip"}),
        (gzip.compress(b"fog" * 1000, mtime=0)[:-30] + b"x" * 30, {"content_encoding": "gzip"}),
        (zlib.compress(b"fog"), {"content_encoding": "br"}),
    ],
)
async def test_half_a_file_is_none(there: Stranger, sent: bytes, headers: dict[str, Any]) -> None:
    there.pages["/"] = reply(200, sent, **headers)

    with pytest.raises(Unreachable) as failed:
        await download(there, "/", Taken())
    assert failed.value.kind == "refused"


async def test_a_connection_that_breaks_off_or_falls_silent(there: Stranger) -> None:
    async def breaking(asked: Any, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n01234")

    async def silent(asked: Any, writer: asyncio.StreamWriter) -> None:
        await breaking(asked, writer)
        await asyncio.Event().wait()

    began = asyncio.get_running_loop().time()
    for play, kind in ((breaking, "refused"), (silent, "timeout")):
        there.pages["/"] = play
        into = Taken()
        with pytest.raises(Unreachable) as failed:
            await download(there, "/", into, Limits(whole=60, silence=0.3))
        assert failed.value.kind == kind
        assert into.content == b"01234"
    assert asyncio.get_running_loop().time() - began < 10


async def test_what_the_taker_says_is_not_taken_for_the_servers_fault(there: Stranger) -> None:
    there.pages["/"] = reply(200, b"picture")

    async def full(pieces: AsyncIterator[bytes]) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        await fetch(there.url("/"), agent=AGENT, allowed={there.endpoint}, into=full)
