"""Renditions that are made when they are first asked for."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
import pyvips
from structlog.testing import capture_logs

from app.delivery import media_renditions
from app.delivery.media import Files
from app.delivery.media_making import Making
from app.delivery.media_renditions import Renditions
from app.imaging.darkroom import Darkroom
from app.imaging.pictures import Limits
from app.imaging.turns import turn
from app.storage import keys
from app.storage.disk import Disk
from app.storage.faults import NotThere
from app.storage.stored import Stored
from tests.delivery.filing import USUAL, Filed, Filing, files_in, reading_files
from tests.delivery.shelf import Shelf
from tests.imaging.drawing import exif, jpeg, landscape, quarters
from tests.imaging.hostile import cut


class Watched(Disk):
    """A disk that counts how often an original was read from its beginning."""

    def __init__(self, root: Path) -> None:
        super().__init__(root, reads=4, writes=2)
        self.readings = 0

    async def window(self, stored: Stored, first: int, count: int) -> bytes:
        self.readings += stored.key.startswith("originals/") and not first
        return await super().window(stored, first, count)


@pytest.fixture
def disk(tmp_path: Path) -> Watched:
    return Watched(tmp_path / "media")


@pytest.fixture
def filing(shelf: Shelf, disk: Watched) -> Filing:
    return Filing(shelf, disk)


@pytest.fixture
def darkroom() -> Darkroom:
    return Darkroom(Limits())


@pytest.fixture
async def reader(
    database_url: str, disk: Watched, darkroom: Darkroom, tmp_path: Path
) -> AsyncIterator[httpx.AsyncClient]:
    making = Making(disk, tmp_path / "darkroom", darkroom)
    files = Files(disk, Renditions(making), USUAL)
    async with reading_files(database_url, files) as client:
        yield client


@asynccontextmanager
async def somebody_else_at_work(tmp_path: Path) -> AsyncIterator[None]:
    async with turn(tmp_path / "darkroom" / "lock"):
        yield


async def started(darkroom: Darkroom) -> int:
    while darkroom.pid is None:  # noqa: ASYNC110
        await asyncio.sleep(0.001)
    return darkroom.pid


def size_of(content: bytes) -> tuple[int, int]:
    image = pyvips.Image.new_from_buffer(content, "")
    return image.width, image.height


async def test_a_rendition_is_made_once_and_kept(
    filing: Filing, reader: httpx.AsyncClient, disk: Watched, darkroom: Darkroom, tmp_path: Path
) -> None:
    told = exif({0x010E: b"A pier"}, {}, private=b"somewhere north of here")
    picture = await filing.add(
        jpeg(quarters(1000, 700), (0xE1, told)), "image/jpeg", focus=(25, 75)
    )
    sizes = {"w640": (640, 448), "16x9-800": (800, 450), "2x3-800": (467, 700)}

    for made, (name, size) in enumerate(sizes.items(), 1):
        address = picture.rendition(name)
        first = await reader.get(address)
        second = await reader.get(address, headers={"Range": "bytes=10-19"})
        assert first.headers["content-type"] == "image/jpeg"
        assert size_of(first.content) == size
        assert (second.status_code, second.content) == (206, first.content[10:20])
        assert disk.readings == made
        assert b"somewhere" not in first.content
    red, green, _ = pyvips.Image.new_from_buffer(first.content, "").getpoint(450, 20)
    assert red > 150 > 100 > green, "the left side, where the focus is"
    webp = await reader.get(picture.rendition("w640", "webp"))
    assert webp.headers["content-type"] == "image/webp"
    assert webp.content[8:12] == b"WEBP"
    assert darkroom.pid is None  # nobody waits: the process has gone
    assert list((tmp_path / "darkroom" / "rooms").iterdir()) == []

    await filing.refocused(picture, (75, 25))
    assert (await reader.get(picture.rendition("16x9-800"))).status_code == 404
    assert (await reader.get(picture.rendition("w640"))).status_code == 200


async def test_many_who_ask_two_processes_get_one(
    database_url: str, filing: Filing, reader: httpx.AsyncClient, disk: Watched, tmp_path: Path
) -> None:
    picture = await filing.picture(2400, 1600)
    address = picture.rendition("16x9-1280", "webp")
    async with reading_files(database_url, files_in(tmp_path, disk)) as other:
        asked = [client.get(address) for client in (reader, other) for _ in range(10)]
        answers = await asyncio.gather(*asked)

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert disk.readings == 1


async def test_avif_only_where_it_is_wanted(
    database_url: str, filing: Filing, reader: httpx.AsyncClient, disk: Watched, tmp_path: Path
) -> None:
    address = (await filing.picture(300, 200)).rendition("w320", "avif")
    assert (await reader.get(address)).status_code == 404

    files = files_in(tmp_path, disk, suffixes=USUAL | {"avif"})
    async with reading_files(database_url, files) as other:
        answer = await other.get(address)
    assert answer.headers["content-type"] == "image/avif"
    assert answer.content[4:12] == b"ftypavif"


async def test_a_picture_that_cannot_be_read_is_not_tried_again_and_again(
    filing: Filing, reader: httpx.AsyncClient, disk: Watched
) -> None:
    broken = await filing.add(cut(".jpg")(), "image/jpeg")
    with capture_logs() as logs:
        names = ("w640", "w320", "16x9-800", "1x1-800")
        answers = await asyncio.gather(*(reader.get(broken.rendition(name)) for name in names))
        for answer in (*answers, await reader.get(broken.rendition("w640"))):
            assert answer.status_code == 404
            assert answer.headers["cache-control"] == "public, max-age=0, s-maxage=5"
    assert disk.readings == 1
    assert [entry["event"] for entry in logs] == ["rendition_failed"]
    # Another format may be less work.
    assert (await reader.get(broken.rendition("w640", "webp"))).status_code == 404
    assert disk.readings == 2

    good = await filing.picture()
    assert (await reader.get(good.rendition("w640"))).status_code == 200


async def test_a_killed_process_costs_one_request(
    filing: Filing, reader: httpx.AsyncClient, darkroom: Darkroom, disk: Watched
) -> None:
    picture = await filing.picture(3000, 2000)

    async def with_the_process_killed() -> httpx.Response:
        asking = asyncio.create_task(reader.get(picture.rendition("w1280")))
        os.kill(await started(darkroom), signal.SIGKILL)
        return await asking

    killed = await with_the_process_killed()
    assert (killed.status_code, killed.headers["retry-after"]) == (503, "1")
    assert (await reader.get(picture.rendition("w1280"))).status_code == 200

    other = await filing.picture(3001, 2000)
    picture = other
    await with_the_process_killed()
    await with_the_process_killed()
    readings = disk.readings
    third = await reader.get(picture.rendition("w1280"))
    assert third.status_code == 503
    assert 25 <= int(third.headers["retry-after"]) <= 30
    assert disk.readings == readings


async def test_only_so_many_wait(
    filing: Filing, reader: httpx.AsyncClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media_renditions, "MOST_WAITING", 2)
    picture = await filing.picture()
    names = ["w320", "w640", "16x9-800"]
    async with somebody_else_at_work(tmp_path):
        asking = [asyncio.create_task(reader.get(picture.rendition(name))) for name in names]
        [refused], _ = await asyncio.wait(asking, return_when=asyncio.FIRST_COMPLETED)
        assert refused.result().status_code == 503
        assert refused.result().headers["retry-after"] == "5"
    assert sorted([(await each).status_code for each in asking]) == [200, 200, 503]
    for name in names:
        assert (await reader.get(picture.rendition(name))).status_code == 200


async def test_who_waits_too_long_is_sent_away_and_it_is_made_all_the_same(
    filing: Filing, reader: httpx.AsyncClient, disk: Watched, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(media_renditions, "PATIENCE", 0.1)
    picture = await filing.picture()
    async with somebody_else_at_work(tmp_path):
        assert (await reader.get(picture.rendition("w640"))).status_code == 503

    key = keys.rendition(picture.sha256, "w640", "jpg")
    async with asyncio.timeout(20):
        while not await _is_there(disk, key):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    assert (await reader.get(picture.rendition("w640"))).status_code == 200


async def test_what_cannot_be_stored_is_served_all_the_same(
    filing: Filing, reader: httpx.AsyncClient, disk: Watched, tmp_path: Path
) -> None:
    picture = await filing.picture()
    incoming = tmp_path / "media" / ".incoming"
    incoming.rmdir()
    incoming.write_bytes(b"no folder: nothing can be written")

    asked = [reader.get(picture.rendition("w640")) for _ in range(5)]
    whole, *others = await asyncio.gather(*asked)
    assert {other.content for other in others} == {whole.content}
    assert disk.readings == 1
    part = await reader.get(picture.rendition("w640"), headers={"Range": "bytes=-7"})

    assert size_of(whole.content) == (640, 427)
    assert whole.headers["last-modified"].endswith(" GMT")
    assert (part.status_code, part.content) == (206, whole.content[-7:])
    assert not await _is_there(disk, keys.rendition(picture.sha256, "w640", "jpg"))


async def test_an_original_that_is_missing(filing: Filing, reader: httpx.AsyncClient) -> None:
    picture = Filed((await filing.picture()).id, jpeg(landscape(80, 60)), "image/jpeg")
    await filing.publish(picture)
    with capture_logs() as logs:
        assert (await reader.get(picture.rendition("w640"))).status_code == 404
    assert [entry["log_level"] for entry in logs] == ["error"]


async def test_what_a_killed_server_left_is_removed(
    filing: Filing, reader: httpx.AsyncClient, tmp_path: Path
) -> None:
    left = tmp_path / "darkroom" / "rooms" / "left"
    left.mkdir(parents=True)
    (left / "original").write_bytes(b"half a picture")

    assert (await reader.get((await filing.picture()).rendition("w640"))).status_code == 200
    assert not left.exists()


async def test_the_end_of_the_server_ends_what_is_being_made(
    database_url: str, filing: Filing, disk: Watched, darkroom: Darkroom, tmp_path: Path
) -> None:
    picture = await filing.picture(3000, 2000)
    making = Making(disk, tmp_path / "darkroom", darkroom)
    async with reading_files(database_url, Files(disk, Renditions(making), USUAL)) as client:
        asking = asyncio.create_task(client.get(picture.rendition("w1280")))
        pid = await started(darkroom)
        asking.cancel()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    async with asyncio.timeout(5), turn(tmp_path / "darkroom" / "lock"):
        pass


async def _is_there(disk: Disk, key: str) -> bool:
    try:
        await disk.find(key)
    except NotThere:
        return False
    return True
