"""What every storage promises, on a disk and against an S3 API in its own process.

The S3 API is moto's. It does not check signatures, permissions, clocks, or the checksums that are
sent; it is consistent at once, never slow, never out of room, and forgets everything with its
process. Those promises stand with the real services; their refusals are in `test_refusals`.
"""

import asyncio
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.storage import keys, probing, sources
from app.storage.faults import Different, NotThere
from app.storage.opening import Limits, opened
from app.storage.putting import put_original, put_rendition
from app.storage.reading import exists, read
from app.storage.sources import Source
from app.storage.stored import Storage
from tests.storage.conftest import Bucket, Place
from tests.storage.making import MIB, listed, made, noise, sha, whole

JPEG = "image/jpeg"
ODD_KEYS = [
    "",
    "/",
    "../secret",
    "originals/../../secret",
    f"originals/ab/cd/{sha(1)}",
    f"originals/{sha(1)[:2]}/{sha(1)[2:4]}/{sha(1)}/..",
    f"originals/{sha(1)[:2]}/{sha(1)[2:4]}/{sha(1).upper()}",
    f"originals/{sha(1)[:2]}/{sha(1)[2:4]}/{sha(1)}\n",
    f"originals//{sha(1)[:2]}/{sha(1)[2:4]}/{sha(1)}",
    f"renditions/{sha(1)[:2]}/{sha(1)}/../x.jpg",
    f"renditions/{sha(1)[:2]}/{sha(1)}/.x.jpg",
    f"renditions/{sha(1)[:2]}/{sha(1)}/a b.jpg",
    f"renditions/{sha(1)[:2]}/{sha(1)}/ä.jpg",
    f"renditions/{sha(1)[:2]}/{sha(1)}/x\0.jpg",
    f"renditions/{sha(1)[:2]}/{sha(1)}/x.jpg#1",
    "probes/short",
    ".incoming/x",
]


class TestStorage:
    @pytest.mark.parametrize("size", [0, 1, 70_000, 9 * MIB])
    async def test_what_was_put_comes_back(self, storage: Storage, tmp_path: Path, size: int):
        content = noise(size)
        path, sha256 = made(tmp_path, content)

        stored = await put_original(storage, path, sha256)

        assert await whole(storage, keys.original(sha256)) == content
        assert stored == await storage.find(keys.original(sha256))
        assert (stored.key, stored.size) == (keys.original(sha256), size)
        assert stored.etag and '"' not in stored.etag
        assert abs(datetime.now(UTC) - stored.modified) < timedelta(minutes=1)
        assert path.read_bytes() == content

    async def test_a_second_put_changes_nothing(self, storage: Storage, tmp_path: Path):
        path, sha256 = made(tmp_path, b"the same")
        first = await put_original(storage, path, sha256)

        assert await put_original(storage, path, sha256) == first

    @pytest.mark.parametrize("size", [1000, 9 * MIB])
    async def test_bytes_that_were_not_announced_leave_nothing(
        self, place: Place, tmp_path: Path, size: int
    ):
        path, _ = made(tmp_path, noise(size))

        with pytest.raises(Different, match="send it again"):
            await put_original(place.storage, path, sha(1))

        assert await listed(place.storage) == []
        assert place.leftovers() == 0

    async def test_a_damaged_original_is_reported_and_left(self, storage: Storage, tmp_path: Path):
        path, sha256 = made(tmp_path, b"all of it")
        await storage.write(keys.original(sha256), sources.content(b"half", JPEG))

        with pytest.raises(Different, match=r"has 4 bytes, and should have 9\. Restore"):
            await put_original(storage, path, sha256)

        assert await whole(storage, keys.original(sha256)) == b"half"

    async def test_of_renditions_the_first_stays(self, storage: Storage):
        key = keys.rendition(sha(1), "w640", "jpg")
        first = await put_rendition(storage, key, b"first", media_type=JPEG)

        second = await put_rendition(storage, key, b"second", media_type=JPEG)

        assert second == first
        assert await whole(storage, key) == b"first"

    @pytest.mark.parametrize(
        ("first", "last", "expected"),
        [
            (0, None, b"0123456789"),
            (0, 0, b"0"),
            (9, 9, b"9"),
            (9, None, b"9"),
            (2, 4, b"234"),
            (7, 1000, b"789"),
            (10, None, b""),
            (10, 12, b""),
            (1000, None, b""),
            (5, 4, b""),
        ],
    )
    @pytest.mark.parametrize("window", [3, MIB])
    async def test_ranges(
        self, storage: Storage, first: int, last: int | None, expected: bytes, window: int
    ):
        key = keys.rendition(sha(1), "w640", "jpg")
        stored = await put_rendition(storage, key, b"0123456789", media_type=JPEG)

        parts = [part async for part in read(storage, stored, first, last, window=window)]

        assert b"".join(parts) == expected
        assert all(0 < len(part) <= window for part in parts)

    @pytest.mark.parametrize(("first", "last"), [(0, None), (0, 0), (5, 9)])
    async def test_an_empty_object_has_no_ranges(
        self, storage: Storage, first: int, last: int | None
    ):
        key = keys.rendition(sha(1), "w640", "jpg")
        stored = await put_rendition(storage, key, b"", media_type=JPEG)

        assert [part async for part in read(storage, stored, first, last)] == []

    async def test_what_is_not_there(self, storage: Storage):
        key = keys.original(sha(1))

        assert not await exists(storage, key)
        with pytest.raises(NotThere):
            await storage.find(key)
        await storage.delete(key)
        assert await listed(storage) == []

    async def test_what_is_deleted_is_gone(self, storage: Storage):
        kept, gone = (keys.rendition(sha(1), name, "jpg") for name in ("w640", "w960"))
        for key in (kept, gone):
            await put_rendition(storage, key, b"picture", media_type=JPEG)
        stored = await storage.find(gone)

        await storage.delete(gone)
        await storage.delete(gone)

        assert await listed(storage) == [kept]
        with pytest.raises(NotThere):
            [part async for part in read(storage, stored)]

    async def test_no_reader_gets_bytes_of_two_objects(self, storage: Storage):
        key = keys.rendition(sha(1), "w640", "jpg")
        stored = await put_rendition(storage, key, b"first", media_type=JPEG)
        parts = read(storage, stored, window=2)
        assert await anext(parts) == b"fi"

        await storage.delete(key)
        await put_rendition(storage, key, b"other", media_type=JPEG)

        with pytest.raises(Different, match="replaced while it was read"):
            await anext(parts)

    async def test_writers_of_the_same_file_all_succeed(self, place: Place, tmp_path: Path):
        content = noise(9 * MIB)
        path, sha256 = made(tmp_path, content)

        stored = await asyncio.gather(
            *(put_original(place.storage, path, sha256) for _ in range(4))
        )

        assert {each.key for each in stored} == {keys.original(sha256)}
        assert await whole(place.storage, keys.original(sha256)) == content
        assert await listed(place.storage) == [keys.original(sha256)]
        assert place.leftovers() == 0

    async def test_readers_see_nothing_until_all_is_there(self, storage: Storage):
        half, go_on, content = threading.Event(), threading.Event(), noise(9 * MIB)

        def pieces() -> Iterator[bytes]:
            yield content[: 8 * MIB]
            half.set()
            assert go_on.wait(30)
            yield content[8 * MIB :]

        key = keys.original(sha(1))
        writing = asyncio.create_task(storage.write(key, Source(pieces, len(content), JPEG)))
        assert await asyncio.to_thread(half.wait, 30)
        seen_half_way = (await exists(storage, key), await listed(storage))
        go_on.set()
        await writing

        assert seen_half_way == (False, [])
        assert await whole(storage, key) == content

    async def test_work_waits_in_threads_and_no_more_than_allowed(
        self, place: Place, tmp_path: Path
    ):
        address = place.behind.address if isinstance(place.behind, Bucket) else str(place.behind)
        storage = opened(address, Limits(reads=2, writes=2))
        started, go_on = list[int](), threading.Event()

        def pieces() -> Iterator[bytes]:
            started.append(threading.get_ident())
            assert go_on.wait(30)
            yield b"picture"

        writing = [
            asyncio.create_task(storage.write(keys.original(sha(n)), Source(pieces, 7, JPEG)))
            for n in range(5)
        ]
        await asyncio.sleep(0.3)
        under_way, still_reading = list(started), await exists(storage, keys.original(sha(9)))
        go_on.set()
        await asyncio.gather(*writing)

        assert len(under_way) == 2
        assert threading.get_ident() not in started
        assert not still_reading
        assert len(await listed(storage)) == 5

    @pytest.mark.parametrize("key", ODD_KEYS)
    async def test_odd_keys_are_refused(self, storage: Storage, key: str):
        with pytest.raises(keys.BadKey):
            await storage.find(key)
        with pytest.raises(keys.BadKey):
            await storage.settled(key)
        with pytest.raises(keys.BadKey):
            await storage.write(key, sources.content(b"x", JPEG))
        with pytest.raises(keys.BadKey):
            await storage.delete(key)

    @pytest.mark.parametrize("prefix", ["..", "originals", "originals/..", "/", ".incoming/", "o"])
    async def test_odd_prefixes_are_refused(self, storage: Storage, prefix: str):
        with pytest.raises(keys.BadKey):
            await listed(storage, prefix)

    async def test_a_thousand_objects_come_in_pages_and_in_order(self, storage: Storage):
        put = [keys.rendition(sha(n // 4), f"w{n % 4}", "jpg") for n in range(1000)]
        turns = asyncio.Semaphore(16)

        async def write(key: str) -> None:
            async with turns:
                await storage.write(key, sources.content(key.encode(), JPEG))

        await asyncio.gather(*(write(key) for key in put))

        pages = [[stored.key for stored in page] async for page in storage.pages(most=300)]
        expected = sorted(put)
        assert [len(page) for page in pages] == [300, 300, 300, 100]
        assert [key for page in pages for key in page] == expected
        rest = [page async for page in storage.pages(after=expected[700], most=300)]
        assert [stored.key for page in rest for stored in page] == expected[701:]
        assert all(stored.size == len(stored.key) for page in rest for stored in page)
        folder = f"renditions/{sha(7)[:2]}/{sha(7)}/"
        assert await listed(storage, folder) == [f"{folder}w{n}.jpg" for n in range(4)]
        assert await listed(storage, "originals/") == []

    async def test_a_check_leaves_nothing(self, place: Place):
        await probing.check(place.storage)

        assert await listed(place.storage) == []
        assert place.leftovers() == 0
