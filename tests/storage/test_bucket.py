"""What a bucket promises besides, seen past our own code."""

import asyncio
import threading
from collections.abc import Iterator
from functools import partial

from app.storage import keys
from app.storage.opening import Limits, opened
from app.storage.putting import put_rendition
from app.storage.sources import Source
from tests.storage.conftest import Bucket
from tests.storage.making import MIB, sha

JPEG = "image/jpeg"


async def test_large_objects_go_in_parts_and_one_after_the_other(bucket: Bucket):
    storage = opened(bucket.address, Limits(writes=1))
    started, go_on = list[int](), threading.Event()

    def pieces(number: int) -> Iterator[bytes]:
        started.append(number)
        yield bytes(MIB)
        assert go_on.wait(30)
        yield bytes(8 * MIB)

    writing = [
        asyncio.create_task(
            storage.write(keys.original(sha(n)), Source(partial(pieces, n), 9 * MIB, JPEG))
        )
        for n in range(3)
    ]
    await asyncio.sleep(0.3)
    under_way = list(started)
    go_on.set()
    await asyncio.gather(*writing)

    assert len(under_way) == 1
    for number in range(3):
        stored = await storage.find(keys.original(sha(number)))
        assert stored.size == 9 * MIB
        assert stored.etag.endswith("-2"), "S3 tells so of how many parts an object was made"


async def test_a_bucket_can_serve_its_objects_itself(bucket: Bucket):
    key = keys.rendition(sha(1), "w640", "jpg")

    await put_rendition(opened(bucket.address), key, b"picture", media_type=JPEG)

    headers = bucket.headers(key)
    assert headers["content-type"] == JPEG
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
