"""Files without an asset go, and no others, whatever meets."""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from structlog.testing import capture_logs

from app.editing.assets import sweeping
from app.editing.assets.forgetting import forget_file
from app.editing.assets.holding import hold
from app.storage import keys
from tests import newsroom as newsrooms
from tests.imaging.drawing import jpeg, landscape, plain
from tests.newsroom import Newsroom

PICTURE = jpeg(landscape(400, 300))
HASH = hashlib.sha256(PICTURE).hexdigest()


@pytest.fixture
async def newsroom(site_url: str, tmp_path: Path) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url, data_dir=tmp_path) as opened:
        yield opened


@pytest.fixture
def media(tmp_path: Path) -> Path:
    return tmp_path / "media"


def stored(media: Path) -> set[str]:
    """The kinds of what is there."""
    return {file.relative_to(media).parts[0] for file in media.rglob("*") if file.is_file()}


async def delete(newsroom: Newsroom, uploaded: httpx.Response) -> None:
    gone = await newsroom.desk.delete(uploaded.headers["Location"], headers={"If-Match": "*"})
    assert gone.status_code == 204, gone.text


def laid(media: Path, content: bytes, *, days: float) -> Path:
    """A file in the storage that no asset has, of this age."""
    path = media / keys.original(hashlib.sha256(content).hexdigest())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    aged(path, days)
    return path


def all_aged(folder: Path, days: float) -> None:
    for path in folder.rglob("*"):
        aged(path, days)


def aged(path: Path, days: float) -> None:
    then = path.stat().st_mtime - days * 86_400
    os.utime(path, (then, then))


async def test_a_file_goes_with_its_last_asset(newsroom: Newsroom, media: Path) -> None:
    first = await newsroom.upload(PICTURE)
    second = await newsroom.upload(PICTURE)
    await newsroom.drain()
    assert stored(media) == {"originals", "renditions"}

    await delete(newsroom, first)
    await newsroom.drain()
    assert stored(media) == {"originals", "renditions"}
    await delete(newsroom, second)
    await newsroom.drain()
    assert stored(media) == set()

    await newsroom.upload(PICTURE)
    await newsroom.drain()
    assert stored(media) == {"originals", "renditions"}


async def test_who_takes_a_file_up_and_who_forgets_it_wait_for_each_other(
    newsroom: Newsroom, media: Path
) -> None:
    """Whoever comes first: an asset never lacks its file."""
    await delete(newsroom, await newsroom.upload(PICTURE))
    file = media / keys.original(HASH)
    async with newsroom.database.write() as session:
        await hold(session, HASH)
        forgetting = asyncio.ensure_future(forget_file.run(newsroom.database, sha256=HASH))
        taking = asyncio.create_task(
            newsroom.desk.post("/desk/assets/files", files={"file": ("a.jpg", PICTURE)})
        )
        await asyncio.sleep(0.2)  # both are at the point where they wait
        assert (forgetting.done(), taking.done(), file.exists()) == (False, False, True)
        file.unlink()  # as who holds it may
    await forgetting
    refused = await taking
    assert (refused.status_code, "again" in refused.json()["detail"]) == (503, True)
    assert (await newsroom.desk.get("/desk/assets")).json()["items"] == []

    async def forget() -> None:
        await forget_file.run(newsroom.database, sha256=HASH)

    async def take() -> httpx.Response:
        return await newsroom.desk.post("/desk/assets/files", files={"file": ("a.jpg", PICTURE)})

    for _ in range(10):
        answer, *_ = await asyncio.gather(take(), forget(), forget())
        assert answer.status_code in (201, 503), answer.text
        assert (media / keys.original(HASH)).exists() is (answer.status_code == 201)
        if answer.status_code == 201:
            await delete(newsroom, answer)


async def test_what_belongs_to_nothing_is_swept_once_it_is_old(
    newsroom: Newsroom, media: Path
) -> None:
    ours = await newsroom.upload(PICTURE)
    await newsroom.drain()
    all_aged(media, days=2)
    old, young = laid(media, b"%PDF-old", days=2), laid(media, b"%PDF-young", days=0.5)
    rendition = media / keys.rendition(hashlib.sha256(b"gone").hexdigest(), "w640", "jpg")
    rendition.parent.mkdir(parents=True)
    rendition.write_bytes(jpeg(plain(8, 8)))
    aged(rendition, days=2)
    half = media / ".incoming" / "half"
    half.write_bytes(b"%PDF-half")
    aged(half, days=2)

    await sweeping.sweep.run(newsroom.database)

    assert [each.exists() for each in (old, young, rendition, half)] == [False, True, False, False]
    assert (await newsroom.desk.get(f"{ours.headers['Location']}/file")).content == PICTURE


async def test_where_most_belongs_to_nothing_nothing_is_swept(
    newsroom: Newsroom, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "ALWAYS_FEW", 2)
    strange = [laid(media, b"%%PDF-%d" % number, days=2) for number in range(3)]

    with capture_logs() as logs:
        await sweeping.sweep.run(newsroom.database)

    assert all(each.exists() for each in strange)
    assert [(each["event"], each["without_asset"]) for each in logs] == [("storage_not_swept", 3)]
