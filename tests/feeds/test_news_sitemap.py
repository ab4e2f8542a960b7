"""The sitemap for Google News: two days that move on by a change, never by the clock."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from sqlalchemy import text

from app.feeds.sitemaps import query
from app.published.sitemap_months import window_id
from app.publishing import news_windows
from tests import newsroom as newsrooms
from tests.feeds.crawling import NAMES
from tests.newsroom import Newsroom

NEWS = "/sitemaps/en/news.xml"


@pytest.fixture
async def newsroom(site_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url) as opened:
        yield opened


def ago(hours: float) -> str:
    return (datetime.now(UTC) - timedelta(hours=hours)).isoformat(timespec="seconds")


async def stories(newsroom: Newsroom) -> list[dict[str, str | None]]:
    answer = await newsroom.reader.get(NEWS)
    assert answer.status_code == 200, answer.text
    return [
        {each.tag.rpartition("}")[2]: each.text for each in url.findall("news:news//*", NAMES)}
        for url in ElementTree.fromstring(answer.content).findall("s:url", NAMES)
    ]


async def move(newsroom: Newsroom) -> int:
    """What the worker does each few minutes."""
    async with newsroom.database.write() as session:
        return await news_windows.move(session)


async def open_since(newsroom: Newsroom, hours: float) -> None:
    """As if the window had been opened so long ago, when articles of that time were news."""
    async with newsroom.database.write() as session:
        values = {"id": window_id("en"), "full": b'{"since": "%b"}' % ago(hours).encode()}
        await session.execute(
            text('UPDATE published.documents SET "full" = :full WHERE id = :id'), values
        )


async def test_it_tells_what_google_news_asks_for(newsroom: Newsroom) -> None:
    first = ago(1).replace("+00:00", "Z")
    await newsroom.published("Fog & <ferries>", published_at=first)

    assert await stories(newsroom) == [
        {
            "publication": None,
            "name": "A Masthead newsroom",
            "language": "en",
            "publication_date": first,
            "title": "Fog & <ferries>",
        }
    ]


async def test_only_what_is_new_is_news(newsroom: Newsroom) -> None:
    await newsroom.published("Today", published_at=ago(1))
    await newsroom.published("Yesterday", published_at=ago(47))
    await newsroom.published("Before", published_at=ago(49))
    old = await newsroom.published("Years ago", published_at="2019-03-05T09:00:00Z")
    await newsroom.publish(await newsroom.save(old, published_at=ago(2)))
    await newsroom.published("Hidden", seo={"robots": "noindex"})
    await newsroom.published("Theirs", syndicated_from={"name": "Northern Wire"})
    await newsroom.published("Paid for", sponsor={"name": "Kestrel Ferries"})

    titles = [story["title"] for story in await stories(newsroom)]
    assert titles == ["Today", "Yesterday"]


async def test_what_grows_old_leaves_by_a_change(newsroom: Newsroom) -> None:
    await newsroom.published("Old by now", published_at=ago(50))
    await newsroom.published("New", published_at=ago(1))
    await open_since(newsroom, 51)
    before = await newsroom.reader.get(NEWS)
    assert len(await stories(newsroom)) == 2

    assert await move(newsroom) == 1

    assert [story["title"] for story in await stories(newsroom)] == ["New"]
    known = {"If-None-Match": before.headers["ETag"]}
    assert (await newsroom.reader.get(NEWS, headers=known)).status_code == 200


async def test_the_index_names_no_news_where_there_is_none(newsroom: Newsroom) -> None:
    await newsroom.published("Old by now", published_at=ago(50))
    await open_since(newsroom, 51)
    before = await newsroom.reader.get("/sitemap.xml")
    assert NEWS in before.text

    assert await move(newsroom) == 1

    known = {"If-None-Match": before.headers["ETag"]}
    after = await newsroom.reader.get("/sitemap.xml", headers=known)
    assert after.status_code == 200 and NEWS not in after.text
    assert await stories(newsroom) == []


async def test_nothing_changes_while_nothing_grows_old(newsroom: Newsroom) -> None:
    await newsroom.published("New", published_at=ago(1))
    await open_since(newsroom, 51)
    before = await newsroom.reader.get(NEWS)
    async with newsroom.database.read() as session:
        head = (await session.execute(text("SELECT seq FROM published.head"))).scalar_one()

    assert await move(newsroom) == 0

    known = {"If-None-Match": before.headers["ETag"]}
    assert (await newsroom.reader.get(NEWS, headers=known)).status_code == 304
    async with newsroom.database.read() as session:
        now = (await session.execute(text("SELECT seq FROM published.head"))).scalar_one()
        assert now == head


async def test_an_edition_of_an_older_release_gets_its_window(newsroom: Newsroom) -> None:
    await newsroom.published("New", published_at=ago(1))
    async with newsroom.database.write() as session:
        gone = text("DELETE FROM published.documents WHERE id = :id")
        await session.execute(gone, {"id": window_id("en")})
    assert await stories(newsroom) == []

    assert await move(newsroom) == 1

    assert [story["title"] for story in await stories(newsroom)] == ["New"]


async def test_it_has_the_newest_where_there_are_too_many(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query, "MOST_NEWS", 3)
    monkeypatch.setattr(query, "NEWS_CHUNK", 2)
    for hour in range(5, 0, -1):
        await newsroom.published(f"{hour} hours ago", published_at=ago(hour))

    titles = [story["title"] for story in await stories(newsroom)]
    assert titles == ["1 hours ago", "2 hours ago", "3 hours ago"]
