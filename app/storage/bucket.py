"""Objects in a bucket: S3 and what speaks like it, Google Cloud Storage, Azure.

A writer that is killed leaves parts that nobody sees and somebody pays for: have the bucket abort
incomplete multipart uploads after some days, by a lifecycle rule.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime
from typing import TypedDict

import obstore
from obstore.store import ObjectStore

from app.storage import keys, refusals
from app.storage.faults import Different, NotThere
from app.storage.sources import Source
from app.storage.stored import Stored
from app.storage.threads import Threads

PART = 8 * 1024 * 1024
_MOST_PARTS = 9_000
_PARTS_AT_ONCE = 2
_FOR_EVER = "public, max-age=31536000, immutable"


class _Found(TypedDict):
    """What we use of the library's `ObjectMeta`, which only its type stubs know."""

    path: str
    size: int
    e_tag: str | None
    last_modified: datetime


class Bucket:
    """At most `reads` and `writes` requests for objects are under way at a time."""

    def __init__(self, store: ObjectStore, place: str, *, reads: int, writes: int) -> None:
        self._store, self._place = store, place
        self._reading, self._writing = asyncio.Semaphore(reads), asyncio.Semaphore(writes)
        self._threads = Threads(writes)

    @property
    def place(self) -> str:
        return self._place

    async def find(self, key: str) -> Stored:
        keys.checked(key)
        async with self._reading:
            with refusals.told(self._place, key):
                return _stored(await obstore.head_async(self._store, key))

    async def write(self, key: str, source: Source) -> None:
        keys.checked(key)
        async with self._writing:
            with refusals.told(self._place, key, writing=True):
                await obstore.put_async(
                    self._store,
                    key,
                    await self._body(source),
                    attributes={"Content-Type": source.media_type, "Cache-Control": _FOR_EVER},
                    mode="overwrite",
                    use_multipart=source.size > PART,
                    chunk_size=max(PART, -(-source.size // _MOST_PARTS)),
                    max_concurrency=_PARTS_AT_ONCE,
                )
        if (size := (await self.find(key)).size) != source.size:
            raise Different(f"{self._place}: {key} has {size} bytes instead of {source.size}.")

    async def settled(self, key: str) -> Stored:
        return await self.find(key)

    async def window(self, stored: Stored, first: int, count: int) -> bytes:
        async with self._reading:
            with refusals.told(self._place, stored.key):
                found = await obstore.get_async(
                    self._store,
                    stored.key,
                    options={"range": (first, first + count), "if_match": f'"{stored.etag}"'},
                )
                return bytes(await found.bytes_async())

    async def delete(self, key: str) -> None:
        keys.checked(key)
        async with self._reading:
            with suppress(NotThere), refusals.told(self._place, key):
                await obstore.delete_async(self._store, key)

    async def pages(
        self, prefix: str = "", *, after: str = "", most: int = 1000
    ) -> AsyncIterator[list[Stored]]:
        keys.checked_prefix(prefix)
        with refusals.told(self._place, prefix):
            listed = obstore.list(
                self._store, prefix or None, offset=after or None, chunk_size=most
            )
            async for found in listed:
                if page := [_stored(each) for each in found if keys.is_key(each["path"])]:
                    yield page

    async def sweep(self, before: datetime) -> int:
        """Nothing is to be seen of what is half written; the bucket's own rules remove it."""
        return 0

    async def _body(self, source: Source) -> bytes | AsyncIterator[bytes]:
        if source.size > PART:
            return self._pieces(source)
        return await self._threads.run(lambda: b"".join(source.pieces()))

    async def _pieces(self, source: Source) -> AsyncIterator[bytes]:
        pieces = source.pieces()
        while piece := await self._threads.run(next, pieces, b""):
            yield piece


def _stored(found: _Found) -> Stored:
    etag = (found["e_tag"] or "").strip('"')
    return Stored(found["path"], found["size"], etag, found["last_modified"])
