"""What saved feeds say of themselves, to readers and to partners."""

from collections.abc import AsyncIterator
from typing import Any

import orjson
import psycopg
import pytest

from app.publishing.refresh import rerender_all
from tests import newsroom as newsrooms
from tests.editing.requests import create, replace
from tests.newsroom import Newsroom

PICTURE = {"kind": "image", "url": "https://media.example.org/tides.jpg", "alt": "Tides"}


@pytest.fixture
async def newsroom(site_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url) as opened:
        yield opened


def at_the_desk(newsroom: Newsroom) -> dict[str, Any]:
    """What partners are told."""
    with psycopg.connect(newsroom.url) as connection:
        row = connection.execute("SELECT document FROM desk.feeds").fetchone()
        assert row is not None
        told: dict[str, Any] = orjson.loads(row[0])
        return told


def head(newsroom: Newsroom) -> int:
    with psycopg.connect(newsroom.url) as connection:
        row = connection.execute("SELECT seq FROM published.head").fetchone()
        assert row is not None
        return int(row[0])


async def picture(newsroom: Newsroom, **fields: Any) -> Any:
    answer = await newsroom.desk.post("/desk/assets", json=PICTURE | fields)
    assert answer.status_code == 201, answer.text
    return answer


async def change(newsroom: Newsroom, asset: Any, **fields: Any) -> Any:
    there = await newsroom.desk.get(f"/desk/assets/{asset.json()['id']}")
    answer = await newsroom.desk.put(
        f"/desk/assets/{asset.json()['id']}",
        json={"alt": "Tides"} | fields,
        headers={"If-Match": there.headers["ETag"]},
    )
    assert answer.status_code == 200, answer.text
    return answer


async def test_readers_and_partners_are_told_the_same(newsroom: Newsroom) -> None:
    shown = await picture(newsroom)
    told: dict[str, Any] = {
        "title": "News with video",
        "description": "What can be watched.",
        "image_id": shown.json()["id"],
        "size": 20,
        "full_text": False,
        "feed_id": "tag:old.example.org,2009:feed/news",
        "query": {"syndication": True},
    }
    feed = await create(newsroom, "feeds", edition="en", **told)
    kept = at_the_desk(newsroom)
    await newsroom.read("/v1/pages/feeds/saved/news-with-video", 404)

    public = await replace(newsroom, "feeds", feed, **told, public=True)

    document = await newsroom.read("/v1/pages/feeds/saved/news-with-video")
    assert document | {"modified_at": ""} == kept | {"modified_at": ""}
    assert at_the_desk(newsroom) == document
    image = document.pop("image")
    assert image["url"] == PICTURE["url"]
    assert document == {
        "id": feed.json()["id"], "kind": "feed", "slug": "news-with-video", "edition": "en",
        "language": "en", "direction": "ltr", "title": told["title"],
        "description": told["description"], "full_text": False, "size": 20, "syndication": True,
        "since": None, "feed_id": told["feed_id"], "modified_at": document["modified_at"],
    }  # fmt: skip
    await replace(newsroom, "feeds", public, **told)
    await newsroom.read("/v1/pages/feeds/saved/news-with-video", 410)
    assert at_the_desk(newsroom)["title"] == told["title"]


@pytest.mark.parametrize("public", [True, False])
async def test_its_picture_follows_the_asset(newsroom: Newsroom, public: bool) -> None:
    shown = await picture(newsroom)
    asset_id = shown.json()["id"]
    await newsroom.read(f"/v1/assets/{asset_id}", 404)
    told = {"title": "F", "image_id": asset_id, "public": public}
    feed = await create(newsroom, "feeds", edition="en", **told)
    assert (await newsroom.read(f"/v1/assets/{asset_id}"))["image"]["alt"] == "Tides"

    await change(newsroom, shown, alt="High water")
    await newsroom.drain()
    assert at_the_desk(newsroom)["image"]["alt"] == "High water"

    await change(newsroom, shown, rights={"expires_at": "2020-01-01T00:00:00Z"})
    await newsroom.drain()
    assert at_the_desk(newsroom)["image"] is None
    await change(newsroom, shown)
    await newsroom.drain()
    assert at_the_desk(newsroom)["image"]["alt"] == "Tides"
    await replace(newsroom, "feeds", feed, title="F", public=public)
    await newsroom.read(f"/v1/assets/{asset_id}", 410)


async def test_what_is_rendered_again_the_same_is_no_change(newsroom: Newsroom) -> None:
    for public in (True, False):
        await create(newsroom, "feeds", edition="en", title="F", public=public)
    await newsroom.published()
    await newsroom.drain()
    before = head(newsroom)

    await rerender_all(newsroom.database)
    await newsroom.drain()

    assert head(newsroom) == before


async def test_it_speaks_the_language_of_its_edition(newsroom: Newsroom) -> None:
    await create(newsroom, "feeds", edition="en", title="F", public=True)
    edition = await newsroom.desk.get("/desk/editions/en")
    sent = {"name": "فارسی", "language": "fa", "path_prefix": ""}

    headers = {"If-Match": edition.headers["ETag"]}
    answer = await newsroom.desk.put("/desk/editions/en", json=sent, headers=headers)
    assert answer.status_code == 200, answer.text

    document = await newsroom.read("/v1/pages/feeds/saved/f")
    assert (document["language"], document["direction"]) == ("fa", "rtl")
    assert at_the_desk(newsroom) == document


async def test_what_has_feeds_says_where(newsroom: Newsroom) -> None:
    told = {"edition": "en", "title": "Lights", "public": True}
    series = await create(newsroom, "series", **told)
    topic = await create(newsroom, "topics", name="Ferries")
    person = await create(newsroom, "people", name="Mara Tollen")
    below = await newsroom.section("Harbour", parent_id=await newsroom.section("News"))
    await newsroom.published(
        section_id=below,
        topic_ids=[topic.json()["id"]],
        bylines=[{"person_id": person.json()["id"]}],
        episode={"series_id": series.json()["id"], "number": 1},
    )
    places = {
        "/v1/sections/news/harbour": "sections/news/harbour",
        "/v1/topics/ferries": "topics/ferries",
        "/v1/people/mara-tollen": "people/mara-tollen",
        "/v1/series/lights": "series/lights",
    }

    for address, place in places.items():
        feeds = (await newsroom.read(address))["feeds"]
        assert feeds["rss"] == f"/feeds/{place}.rss"
        items = (await newsroom.read(feeds["json"]))["items"]
        assert [item["title"] for item in items] == ["Fog at sea"], address
    site = await newsroom.read("/v1/site")
    assert site["links"]["feeds"] == "/v1/feeds"
    [edition] = site["editions"]
    assert len((await newsroom.read(edition["feeds"]["json"]))["items"]) == 1
