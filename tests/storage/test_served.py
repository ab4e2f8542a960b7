"""Files of a bucket, as readers get them."""

import random
from pathlib import Path

import pyvips

from app.storage import keys
from app.storage.opening import opened
from tests.delivery.filing import Filing, files_in, reading_files
from tests.delivery.shelf import shelf_on
from tests.storage.conftest import Bucket

FILM = random.Random(5).randbytes(400_000)


async def test_parts_and_renditions_come_out_of_a_bucket(
    database_url: str, bucket: Bucket, tmp_path: Path
) -> None:
    storage = opened(bucket.address)
    async with shelf_on(database_url) as shelf:
        filing = Filing(shelf, storage)
        film, picture = await filing.add(FILM), await filing.picture()
        lost = await filing.add(b"never stored", stored=False)
        async with reading_files(database_url, files_in(tmp_path, storage)) as client:
            whole = await client.get(film.original)
            part = await client.get(film.original, headers={"Range": "bytes=131070-131080"})
            small = await client.get(picture.rendition("w320", "webp"))
            missing = await client.get(lost.original)

    assert whole.content == FILM
    assert (part.status_code, part.content) == (206, FILM[131070:131081])
    assert pyvips.Image.new_from_buffer(small.content, "").width == 320
    assert missing.status_code == 404
    told = bucket.headers(keys.rendition(picture.sha256, "w320", "webp"))
    assert told["content-type"] == "image/webp"


async def test_a_bucket_that_is_away_is_told(
    database_url: str, bucket: Bucket, tmp_path: Path
) -> None:
    away = opened("s3://nobody/media?endpoint=http://127.0.0.1:1&region=us-east-1")
    async with shelf_on(database_url) as shelf:
        film = await Filing(shelf, away).add(FILM, stored=False)
        async with reading_files(database_url, files_in(tmp_path, away)) as client:
            answer = await client.get(film.original)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert answer.json()["detail"] == "The file cannot be read at the moment."
