"""The demo newsroom comes into a database once, whatever happens on the way."""

import time
from collections.abc import AsyncIterator

import pytest

from app.exchange.demo import reading
from app.exchange.demo.seeding import Progress, has_room, seed
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
    demo = reading.newsroom()
    site = await newsroom.read("/v1/site")
    assert site["name"] == demo.site.name
    for edition in ("en", "fr", "fa"):
        listed = await newsroom.read(f"/v1/articles?edition={edition}&limit=100")
        live = [one for one in demo.pieces if one.edition == edition and one.stage == "live"]
        assert len(listed["items"]) == len(live)
        assert listed["items"][0]["headline"] == live[-1].fields["headline"]
        assert (await newsroom.read(f"/v1/sections?edition={edition}"))["items"]
    await _what_belongs_together_is_together(newsroom)


async def _what_belongs_together_is_together(newsroom: Newsroom):
    found = await newsroom.read("/v1/articles?external=demo:en/harbour-reopens")
    article = await newsroom.read(f"/v1/articles/{found['items'][0]['id']}")
    assert article["path"].endswith("/harbour-reopens")
    assert {one["edition"] for one in article["alternates"]} == {"fr", "fa"}
    assert article["related"]
    assert article["published_at"] < article["updated_at"]
    choice = await newsroom.read("/v1/collections/editors-choice")
    assert choice["title"] == "Editor’s choice"


async def test_the_second_time_it_changes_nothing(newsroom: Newsroom):
    await seed(newsroom.database)
    drafts = await newsroom.desk.get("/desk/articles?live=false&stage=review&limit=1")
    address = f"/desk/articles/{drafts.json()['items'][0]['id']}"
    shown = await newsroom.desk.get(address)
    deleted = await newsroom.desk.delete(address, headers={"If-Match": shown.headers["ETag"]})
    assert deleted.status_code == 204
    before = await state(newsroom.database)

    assert not await seed(newsroom.database)

    assert await state(newsroom.database) == before


async def test_broken_off_at_any_stage_it_is_completed_the_next_time(newsroom: Newsroom):
    for stage in ("Writing", "Relating", "Publishing"):
        with pytest.raises(LightsOut):
            await seed(newsroom.database, progress=_lights_out_at(stage))

    assert await seed(newsroom.database)

    pieces = reading.newsroom().pieces
    after = await state(newsroom.database)
    assert after["articles"][0] == len(pieces)  # type: ignore[index]
    assert after["versions"] == sum(piece.stage == "live" for piece in pieces)
    assert not await seed(newsroom.database)


class LightsOut(BaseException):
    pass


def _lights_out_at(stage: str) -> Progress:
    def progress(work: str, done: int, total: int) -> None:
        if work == stage and done > total / 3:
            raise LightsOut

    return progress


async def named(newsroom: Newsroom, name: str) -> Newsroom:
    read = await newsroom.desk.get("/desk/site")
    fields = {key: value for key, value in read.json().items() if key not in ("id", "changed_at")}
    headers = {"If-Match": read.headers["ETag"]}
    answer = await newsroom.desk.put("/desk/site", json=fields | {"name": name}, headers=headers)
    assert answer.status_code == 200, answer.text
    return newsroom


async def test_there_is_room_where_nothing_is_and_where_the_demo_is(newsroom: Newsroom):
    assert await has_room(newsroom.database)
    await seed(newsroom.database)
    assert await has_room(newsroom.database)
    await named(newsroom, "What I try out")
    assert await has_room(newsroom.database)


async def test_there_is_no_room_beside_a_newsroom_of_ones_own(newsroom: Newsroom):
    await named(newsroom, "The Kestrel")

    assert not await has_room(newsroom.database)


async def test_a_newsroom_of_ones_own_is_left_alone(newsroom: Newsroom):
    await newsroom.published("The lamp is lit")
    assert not await has_room(newsroom.database)
    before = await state(newsroom.database)

    assert not await seed(newsroom.database)

    assert await state(newsroom.database) == before
