"""Sitemaps as crawlers take them: which files there are, what is in them and what is not."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from xml.etree import ElementTree

import httpx
import pytest
from sqlalchemy import text

from app import migrate
from tests import newsroom as newsrooms
from tests.feeds.crawling import NAMES, locs
from tests.newsroom import Newsroom
from tests.publishing.filming import MP4, POSTER, film, led_by

BASE = "http://127.0.0.1:8000"
OLD = {"published_at": "2019-03-05T09:00:00Z"}
MARCH = "/sitemaps/en/articles-2019-03.xml"
APRIL = "/sitemaps/en/articles-2019-04.xml"


@pytest.fixture
async def newsroom(site_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url) as opened:
        yield opened


async def pages(newsroom: Newsroom, address: str) -> list[str]:
    """The paths of the pages in a file."""
    answer = await newsroom.reader.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
    return [loc.removeprefix(BASE) for loc in locs(answer.content)]


async def unchanged(newsroom: Newsroom, address: str, etag: str) -> bool:
    answer = await newsroom.reader.get(address, headers={"If-None-Match": etag})
    return answer.status_code == 304


async def etag(newsroom: Newsroom, address: str) -> str:
    answer = await newsroom.reader.get(address)
    assert answer.status_code == 200, answer.text
    return answer.headers["ETag"]


async def withdraw(newsroom: Newsroom, article: httpx.Response) -> None:
    answer = await newsroom.desk.post(
        f"/desk/articles/{article.json()['id']}/withdraw",
        json={},
        headers={"If-Match": article.headers["ETag"]},
    )
    assert answer.status_code == 200, answer.text


async def test_the_index_names_what_there_is_and_nothing_else(newsroom: Newsroom) -> None:
    await newsroom.published("The old pier", **OLD)
    topic = await newsroom.desk.post("/desk/topics", json={"name": "Tides"})
    await newsroom.published(
        "Today", topic_ids=[topic.json()["id"]], **led_by(await film(newsroom))
    )

    files = await pages(newsroom, "/sitemap.xml")

    now = f"{datetime.now(UTC):%Y-%m}"
    assert files == [
        "/sitemaps/en/news.xml", "/sitemaps/en/sections.xml", "/sitemaps/en/topics.xml",
        f"/sitemaps/en/articles-{now}.xml", f"/sitemaps/en/videos-{now}.xml", MARCH,
    ]  # fmt: skip
    for address in files:
        assert await pages(newsroom, address), address
    assert await pages(newsroom, "/sitemaps/en/topics.xml") == ["/topics/tides"]
    assert await pages(newsroom, "/sitemaps/en/sections.xml") == ["/", "/news"]


async def test_what_is_not_to_be_found_is_in_none(newsroom: Newsroom) -> None:
    shown = await newsroom.published("Shown", **OLD)
    elsewhere = "https://elsewhere.example/pier"
    for headline, fields in (
        ("Hidden", {"seo": {"robots": "noindex, follow"}}),
        ("Hidden too", {"seo": {"robots": "none"}}),
        ("At home elsewhere", {"seo": {"canonical_url": elsewhere}}),
        ("From an agency", {"syndicated_from": {"name": "Northern Wire"}}),
    ):
        await newsroom.published(headline, **OLD, **fields)
    assert await pages(newsroom, MARCH) == ["/news/2019/03/shown"]

    own = {"canonical_url": f"{BASE}/news/2019/03/shown", "robots": "max-snippet:-1, nonempty"}
    await newsroom.publish(await newsroom.save(shown, seo=own))
    assert await pages(newsroom, MARCH) == ["/news/2019/03/shown"]


async def test_an_old_month_is_asked_for_in_vain_until_something_in_it_changes(
    newsroom: Newsroom,
) -> None:
    old = await newsroom.published("The old pier", **OLD)
    known = await etag(newsroom, MARCH)
    await newsroom.published("Today")
    assert await unchanged(newsroom, MARCH, known)

    await newsroom.publish(await newsroom.save(old, headline="The old pier, again"))

    assert not await unchanged(newsroom, MARCH, known)


async def test_both_months_change_when_an_article_moves(newsroom: Newsroom) -> None:
    await newsroom.published("Stays", **OLD)
    moving = await newsroom.published("Moves", **OLD)
    await newsroom.published("Stays in April", published_at="2019-04-01T00:00:00Z")
    march, april = await etag(newsroom, MARCH), await etag(newsroom, APRIL)

    await newsroom.publish(await newsroom.save(moving, published_at="2019-04-30T23:59:59Z"))

    assert not await unchanged(newsroom, MARCH, march)
    assert not await unchanged(newsroom, APRIL, april)
    assert await pages(newsroom, MARCH) == ["/news/2019/03/stays"]
    assert "/news/2019/03/moves" in await pages(newsroom, APRIL)


async def test_a_month_forgets_what_was_taken_away(newsroom: Newsroom) -> None:
    await newsroom.published("Stays", **OLD)
    gone = await newsroom.published("Goes", **OLD)
    known = await etag(newsroom, MARCH)

    await withdraw(newsroom, gone)

    assert not await unchanged(newsroom, MARCH, known)
    assert await pages(newsroom, MARCH) == ["/news/2019/03/stays"]


async def test_an_empty_month_is_no_file(newsroom: Newsroom) -> None:
    only = await newsroom.published("Only one", **OLD)
    assert MARCH in await pages(newsroom, "/sitemap.xml")

    await withdraw(newsroom, only)

    assert MARCH not in await pages(newsroom, "/sitemap.xml")
    assert (await newsroom.reader.get(MARCH)).status_code == 404


async def test_pages_have_their_pictures(newsroom: Newsroom) -> None:
    lead = {"url": "https://pictures.example/pier.jpg", "alt": "A pier"}
    other = {"url": "https://pictures.example/second.jpg", "alt": "The same pier"}
    gallery = [{"type": "gallery", "images": [lead, other]}]
    await newsroom.published(
        "A gallery", format="gallery", lead={"image": lead}, body=gallery, **OLD
    )

    answer = await newsroom.reader.get(MARCH)

    shown = ElementTree.fromstring(answer.content).findall("s:url/image:image/image:loc", NAMES)
    assert [each.text for each in shown] == [lead["url"], other["url"]]


async def test_films_have_what_google_asks_for(newsroom: Newsroom) -> None:
    available = {"available_until": "2031-01-01T00:00:00Z", "geo": {"deny": ["FR", "BE"]}}
    identity = await film(newsroom, playback=available)
    await newsroom.published(
        "Inside the gate", summary="The water came at six.", **led_by(identity), **OLD
    )
    bare = await film(newsroom)
    await newsroom.published("Without a picture", lead={"video": {"asset_id": bare}}, **OLD)
    for headline, span in (
        ("Not yet", {"available_from": "2031-01-01T00:00:00Z"}),
        ("No more", {"available_until": "2020-01-01T00:00:00Z"}),
    ):
        made = await film(newsroom, playback=span)
        await newsroom.published(headline, **led_by(made), **OLD)

    answer = await newsroom.reader.get("/sitemaps/en/videos-2019-03.xml")

    [url] = ElementTree.fromstring(answer.content).findall("s:url", NAMES)
    [video] = url.findall("video:video", NAMES)
    told = [(each.tag.rpartition("}")[2], each.text) for each in video]
    assert told == [
        ("thumbnail_loc", POSTER["url"]),
        ("title", "Inside the gate"),
        ("description", "The water came at six."),
        ("content_loc", MP4),
        ("duration", "548"),
        ("expiration_date", "2031-01-01T00:00:00Z"),
        ("publication_date", "2019-03-05T09:00:00Z"),
        ("category", "News"),
        ("restriction", "FR BE"),
        ("requires_subscription", "no"),
    ]
    restriction = video.find("video:restriction", NAMES)
    assert restriction is not None and restriction.attrib == {"relationship": "deny"}


NOTHING = (
    "/sitemaps/en/nothing.xml", "/sitemaps/xx/sections.xml", "/sitemaps/en/articles-2019-13.xml",
    "/sitemaps/en/articles-2019-03-1.xml", "/sitemaps/en/articles-2019-03-2.xml",
    "/sitemaps/en/sections-2.xml", "/sitemaps/en/topics.xml", "/sitemaps/en/articles-2018-01.xml",
    "/sitemaps/en/news-2.xml", "/sitemaps/en/", "/sitemaps/en/articles-2019-03",
    "/sitemaps/en/articles-2019-03-99999.xml",
)  # fmt: skip


async def test_there_is_nothing_else(newsroom: Newsroom) -> None:
    await newsroom.published("The old pier", **OLD)
    for path in NOTHING:
        assert (await newsroom.reader.get(path)).status_code == 404, path


async def test_editions_have_files_of_their_own(newsroom: Newsroom) -> None:
    french = {"code": "fr", "name": "Français", "language": "fr", "path_prefix": "/fr",
              "base_url": "https://fr.example.org"}  # fmt: skip
    assert (await newsroom.desk.post("/desk/editions", json=french)).status_code == 201
    section = await newsroom.desk.post("/desk/sections", json={"edition": "fr", "name": "Monde"})
    person = await newsroom.desk.post("/desk/people", json={"name": "Ines Valdo"})
    await newsroom.published(
        "Le vieux quai", section_id=section.json()["id"], **OLD,
        bylines=[{"person_id": person.json()["id"]}],
    )  # fmt: skip

    files = await pages(newsroom, "/sitemap.xml")
    assert files == [
        "/sitemaps/en/sections.xml", "/sitemaps/en/people.xml",
        "/sitemaps/fr/sections.xml", "/sitemaps/fr/articles-2019-03.xml",
    ]  # fmt: skip
    assert await pages(newsroom, "/sitemaps/fr/articles-2019-03.xml") == [
        "https://fr.example.org/fr/monde/2019/03/le-vieux-quai"
    ]
    assert await pages(newsroom, "/sitemaps/fr/sections.xml") == [
        "https://fr.example.org/fr", "https://fr.example.org/fr/monde"
    ]  # fmt: skip
    assert (await newsroom.reader.get("/sitemaps/fr/people.xml")).status_code == 404


async def test_a_site_of_an_older_release_has_its_sitemaps_after_the_migration(
    newsroom: Newsroom,
) -> None:
    await newsroom.published("The old pier", **OLD)
    await newsroom.published("Hidden", seo={"robots": "noindex"}, **OLD)
    await newsroom.published("Theirs", syndicated_from={"name": "Northern Wire"}, **OLD)
    elsewhere = {"canonical_url": "https://elsewhere.example/pier"}
    await newsroom.published("Elsewhere", seo=elsewhere, **OLD)
    listed = text("SELECT article_id, key, published_at FROM published.listings ORDER BY 1, 2")
    async with newsroom.database.read() as session:
        before = (await session.execute(listed)).all()

    await asyncio.to_thread(migrate.move, newsroom.url, "0009")
    await asyncio.to_thread(migrate.move, newsroom.url, "0010")

    async with newsroom.database.read() as session:
        assert (await session.execute(listed)).all() == before
    assert await pages(newsroom, MARCH) == ["/news/2019/03/the-old-pier"]
