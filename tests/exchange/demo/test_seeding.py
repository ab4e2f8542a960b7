"""The demo newsroom comes into a database once, whatever happens on the way."""

import time
from collections.abc import AsyncIterator

import pytest

from app.exchange.demo import reading
from app.exchange.demo.seeding import seed
from tests import newsroom as newsrooms
from tests.exchange.wordpress.conftest import state
from tests.newsroom import Newsroom

SECONDS = 60
"""Promised are 20 on an idle machine; this one runs other tests beside it."""


@pytest.fixture
async def newsroom(database_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(database_url) as opened:
        yield opened


async def test_it_can_be_read_in_all_its_editions(newsroom: Newsroom):
    began = time.monotonic()

    assert await seed(newsroom.database)

    assert time.monotonic() - began < SECONDS
    await newsroom.drain()
    site = await newsroom.read("/v1/site")
    assert site["name"] == reading.newsroom().site.name
    assert {edition["code"] for edition in site["editions"]} == {"en", "fr", "fa"}
    for edition in ("en", "fr", "fa"):
        listed = await newsroom.read(f"/v1/articles?edition={edition}&limit=100")
        expected = [one for one in reading.newsroom().pieces
                    if one.edition == edition and one.stage == "live"]  # fmt: skip
        assert len(listed["items"]) == len(expected)
        assert listed["items"][0]["headline"] == expected[-1].fields["headline"]
        assert (await newsroom.read(f"/v1/sections?edition={edition}"))["items"]


async def test_what_belongs_together_is_together(newsroom: Newsroom):
    await seed(newsroom.database)
    await newsroom.drain()

    found = await newsroom.read("/v1/articles?external=demo:en/harbour-reopens")
    article = await newsroom.read(f"/v1/articles/{found['items'][0]['id']}")

    assert article["path"].endswith("/harbour-reopens")
    assert {one["edition"] for one in article["alternates"]["translations"]} == {"fr", "fa"}
    assert article["related"]
    assert article["published_at"] < article["updated_at"]
    choice = await newsroom.read("/v1/collections/editors-choice")
    assert choice["title"] == "Editor’s choice"


async def test_the_second_time_it_changes_nothing(newsroom: Newsroom):
    await seed(newsroom.database)
    before = await state(newsroom.database)

    assert not await seed(newsroom.database)

    assert await state(newsroom.database) == before


@pytest.mark.parametrize("stage", ["Writing", "Relating", "Publishing"])
async def test_broken_off_it_is_completed_the_next_time(newsroom: Newsroom, stage: str):
    def lights_out(work: str, done: int, total: int) -> None:
        if work == stage and done > total / 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await seed(newsroom.database, progress=lights_out)

    assert await seed(newsroom.database)

    pieces = reading.newsroom().pieces
    after = await state(newsroom.database)
    assert after["articles"][0] == len(pieces)  # type: ignore[index]
    assert after["versions"] == sum(piece.stage == "live" for piece in pieces)
    assert not await seed(newsroom.database)


async def test_what_somebody_does_with_it_stays(newsroom: Newsroom):
    await seed(newsroom.database)
    drafts = await newsroom.desk.get("/desk/articles?live=false&stage=review&limit=1")
    [draft] = drafts.json()["items"]
    shown = await newsroom.desk.get(f"/desk/articles/{draft['id']}")
    deleted = await newsroom.desk.delete(
        f"/desk/articles/{draft['id']}", headers={"If-Match": shown.headers["ETag"]}
    )
    assert deleted.status_code == 204

    assert not await seed(newsroom.database)

    assert (await newsroom.desk.get(f"/desk/articles/{draft['id']}")).status_code == 404


async def test_a_newsroom_of_ones_own_is_left_alone(newsroom: Newsroom):
    await newsroom.published("The lamp is lit")
    before = await state(newsroom.database)

    assert not await seed(newsroom.database)

    assert await state(newsroom.database) == before
