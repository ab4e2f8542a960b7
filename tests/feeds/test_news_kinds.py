"""Every kind of article that a newsroom publishes is read back, in each format, as it was."""

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import unquote

import html5lib
import psycopg
import pytest
from psycopg import AsyncRawCursor

from app.exchange.demo.seeding import seed
from app.feeds import places
from app.feeds.bases import Bases, canonical
from app.feeds.feed import Feed, FeedItem
from app.feeds.places import Read, Row
from app.feeds.query import load
from app.feeds.table import FORMATS
from tests import newsroom as newsrooms
from tests.feeds.checks import apple_news, json_ld
from tests.feeds.kinds import MP3, OLD_NAME, publish_all
from tests.feeds.node import Parse
from tests.feeds.test_news_formats import CHECKS, NODE_CHECKS
from tests.newsroom import Newsroom


@pytest.fixture
async def newsroom(site_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url) as opened:
        yield opened


async def test_every_kind_of_article_is_read_back(newsroom: Newsroom, parse: Parse) -> None:
    ids = await publish_all(newsroom)
    departed = ids.pop("departed")

    for name in CHECKS:
        feed = await _read_back(newsroom, parse, f"/feeds/latest.{name}")
        shown = {item.id: item.uid for item in feed.items}
        assert shown.keys() == ({ids["audio"]} if name == "podcast" else set(ids.values()))
        assert shown.get(ids["moved"], OLD_NAME) == OLD_NAME
        assert [each.id for each in feed.departed] == [departed]

    await _read_one_by_one(newsroom, ids.values())
    heard = await newsroom.reader.get(f"/v1/articles/{ids['audio']}.jsonld")
    [audio] = json_ld.embedded(heard.content)["article"]["audio"]
    assert (audio["@type"], audio["contentUrl"]) == ("AudioObject", MP3)


@pytest.mark.prove
@pytest.mark.timeout(600)
async def test_the_demo_newsroom_is_read_back(newsroom: Newsroom, parse: Parse) -> None:
    await seed(newsroom.database)
    await newsroom.drain()
    listed = (await newsroom.read("/v1/feeds?limit=100"))["items"]
    editions = (await newsroom.read("/v1/site"))["editions"]
    found: set[str] = set()

    for edition in editions:
        for name in CHECKS:
            address = f"/feeds/latest.{name}?edition={edition['code']}"
            found |= {item.id for item in (await _read_back(newsroom, parse, address)).items}
    for each in listed[::5]:
        for name in CHECKS:
            await _read_back(newsroom, parse, each["feeds"][name])

    assert len(found) > 50
    await _read_one_by_one(newsroom, found)


async def _read_back(newsroom: Newsroom, parse: Parse, address: str) -> Feed:
    """The feed of this address, which was found to say what was published."""
    answer = await newsroom.reader.get(address)
    assert answer.status_code == 200, (address, answer.text)
    place, _, end = address.removeprefix("/feeds/").rpartition(".")
    name, _, edition = end.partition("?edition=")
    feed = await _loaded(newsroom, unquote(place), name, edition or None)
    CHECKS[name](feed, answer.content)
    if name in NODE_CHECKS:
        NODE_CHECKS[name](feed, answer.content, parse)
    bases = canonical(await newsroom.read("/v1/site"))
    for item in feed.items:
        _is_what_was_published(item, await newsroom.read(f"/v1/articles/{item.id}"), bases)
    return feed


async def _loaded(newsroom: Newsroom, name: str, format_: str, edition: str | None) -> Feed:
    async with await psycopg.AsyncConnection.connect(newsroom.url) as connection:
        read = _reading(connection)
        place = await places.find(read, name, edition)
        assert place
        return await load(read, place, FORMATS[format_])


def _reading(connection: psycopg.AsyncConnection[Any]) -> Read:
    async def read(sql: str, *parameters: str | None) -> Sequence[Row]:
        cursor = AsyncRawCursor(connection)
        await cursor.execute(sql.encode(), parameters)
        rows = await cursor.fetchall()
        return [tuple(v.encode() if isinstance(v, str) else v for v in row) for row in rows]

    return read


def _is_what_was_published(item: FeedItem, article: dict[str, Any], bases: Bases) -> None:
    assert (item.title, item.summary) == (article["headline"], article["summary"])
    assert item.url == article["canonical_url"]
    assert item.published_at == datetime.fromisoformat(article["published_at"])
    assert item.updated_at == datetime.fromisoformat(article["updated_at"])
    assert item.byline == article["byline_text"]
    assert [each.name for each in item.authors] == [each["name"] for each in article["bylines"]]
    assert [each.name for each in item.topics] == [each["name"] for each in article["topics"]]
    assert (item.access, item.cut) == (article["access"]["level"], article["access"]["cut"])
    picture = bases.absolute(article["image"]["url"]) if article["image"] else None
    assert (item.image.url if item.image else None) == picture
    if item.html:
        words = " ".join(_text(item.html).split())
        paragraphs = [each["text"] for each in article["body"] if each["type"] == "paragraph"]
        assert all(" ".join(text.split()) in words for text in paragraphs)


def _text(html: str) -> str:
    return "".join(html5lib.parseFragment(html, namespaceHTMLElements=False).itertext())


async def _read_one_by_one(newsroom: Newsroom, ids: Iterable[str]) -> None:
    """As JSON-LD and in Apple News Format."""
    site = await newsroom.read("/v1/site")
    for identity in ids:
        article = await newsroom.read(f"/v1/articles/{identity}")
        found = await newsroom.reader.get(f"/v1/articles/{identity}.jsonld")
        json_ld.check(article, site, found.content)
        found = await newsroom.reader.get(f"/v1/articles/{identity}.anf")
        apple_news.check(article, site, found.content)
