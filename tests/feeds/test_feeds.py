"""Feeds as whoever pulls them sees them: addresses, ETags, what is in them and what is not."""

import gzip
from collections.abc import AsyncIterator

import feedparser
import pytest

from app.delivery.feed_reading import reading
from app.delivery.reader import Reader
from app.errors import NotFound
from app.feeds import places
from app.feeds.query import load
from app.feeds.table import FORMATS
from tests import newsroom as newsrooms
from tests.newsroom import Newsroom


@pytest.fixture
async def newsroom(site_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url) as opened:
        yield opened


async def test_a_section_has_its_feed_by_path_and_by_id(newsroom: Newsroom) -> None:
    await newsroom.published("The harbour reopens")
    section = await newsroom.section("News")

    by_path = await newsroom.reader.get("/feeds/sections/news.rss")
    by_id = await newsroom.reader.get(f"/feeds/sections/{section}.rss?utm_source=x&utm_source=y")

    assert by_path.status_code == by_id.status_code == 200, by_path.text
    assert by_path.content == by_id.content
    assert by_path.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    feed = feedparser.parse(by_path.content)
    assert not feed.bozo
    assert feed.feed.title == "News – A Masthead newsroom"
    assert [entry.title for entry in feed.entries] == ["The harbour reopens"]


async def test_what_did_not_change_is_not_sent_again(newsroom: Newsroom) -> None:
    await newsroom.published("One", published_at="2026-11-20T10:00:00Z")
    first = await newsroom.reader.get("/feeds/latest.rss")
    again = {"If-None-Match": first.headers["ETag"]}
    assert (await newsroom.reader.get("/feeds/latest.rss", headers=again)).status_code == 304

    await newsroom.published("Two")

    second = await newsroom.reader.get("/feeds/latest.rss", headers=again)
    assert second.status_code == 200
    assert [entry.title for entry in feedparser.parse(second.content).entries] == ["Two", "One"]


async def test_it_is_compressed_for_those_who_take_that(newsroom: Newsroom) -> None:
    await newsroom.published("One")
    plain = await newsroom.reader.get("/feeds/latest.rss", headers={"Accept-Encoding": "identity"})
    async with newsroom.reader.stream(
        "GET", "/feeds/latest.rss", headers={"Accept-Encoding": "gzip"}
    ) as packed:
        raw = b"".join([piece async for piece in packed.aiter_raw()])

    assert gzip.decompress(raw) == plain.content
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["ETag"] != plain.headers["ETag"]
    for known in (plain, packed):
        again = {"If-None-Match": known.headers["ETag"]}
        assert (await newsroom.reader.get("/feeds/latest.rss", headers=again)).status_code == 304


async def test_it_says_where_it_is_and_what_else_there_is(newsroom: Newsroom) -> None:
    await newsroom.published("One")
    answer = await newsroom.reader.head("/feeds/latest.json")

    links = answer.links
    assert links["self"]["url"].endswith("/feeds/latest.json?edition=en")
    assert answer.content == b""
    assert 'type="application/rss+xml"' in answer.headers["Link"]


async def test_what_is_not_there_is_404(newsroom: Newsroom) -> None:
    await newsroom.published("One")
    for path in (
        "/feeds/latest.nothing", "/feeds/sections/none.rss", "/feeds/none.rss", "/feeds/.rss",
        "/feeds/latest.rss?edition=xx", "/feeds/topics/.rss", "/feeds/people/x/y.rss",
        f"/feeds/topics/{'-' * 4}{'0' * 32}.rss",
    ):  # fmt: skip
        answer = await newsroom.reader.get(path)
        assert answer.status_code == 404, path
        assert answer.headers["Content-Type"] == "application/problem+json"


async def test_a_feed_of_all_editions_is_narrowed_to_one_by_its_code(newsroom: Newsroom) -> None:
    sent = {"code": "fr", "name": "Français", "language": "fr", "time_zone": "Europe/Paris",
            "path_prefix": "/fr"}  # fmt: skip
    made = await newsroom.desk.post("/desk/editions", json=sent)
    assert made.status_code == 201, made.text
    tides = {"name": "Tides", "names": {"fr": "Marées"}, "description": {"en": "In", "fr": "Dans"}}
    topic = await newsroom.desk.post("/desk/topics", json=tides)
    assert topic.status_code == 201, topic.text
    await newsroom.published("High water", topic_ids=[topic.json()["id"]])

    usual = feedparser.parse((await newsroom.reader.get("/feeds/topics/tides.rss")).content)
    narrowed = feedparser.parse(
        (await newsroom.reader.get("/feeds/topics/tides.rss?edition=fr")).content
    )

    def told(feed: feedparser.FeedParserDict) -> tuple[str, str, str, int]:
        head = feed.feed
        return head.language, head.title, head.description, len(feed.entries)

    assert told(usual) == ("en", "Tides – A Masthead newsroom", "In", 1)
    assert told(narrowed) == ("fr", "Marées – A Masthead newsroom", "Dans", 0)
    by_id = await newsroom.reader.get(f"/feeds/topics/tides.rss?edition={made.json()['id']}")
    assert by_id.status_code == 404, "of nothing, since articles have the codes of editions"


async def test_what_is_taken_away_while_it_is_read_is_not_there(newsroom: Newsroom) -> None:
    saved = {"edition": "en", "slug": "tides", "title": "Tides", "query": {}, "public": True}
    made = await newsroom.desk.post("/desk/feeds", json=saved)
    assert made.status_code == 201, made.text
    await newsroom.drain()
    async with Reader(newsroom.url, connections=2, timeout_ms=2_000) as reader:
        place = await places.find(reading(reader), "saved/tides")
        assert place

        taken = await newsroom.desk.delete(
            made.headers["Location"], headers={"If-Match": made.headers["ETag"]}
        )
        assert taken.status_code == 204, taken.text
        await newsroom.drain()

        with pytest.raises(NotFound):
            await load(reading(reader), place, FORMATS["rss"])
