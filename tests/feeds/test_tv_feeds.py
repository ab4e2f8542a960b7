"""Feeds for television as apps pull them: what is in them, in pages, and in 10,000 films."""

from collections.abc import AsyncIterator
from dataclasses import replace
from email.utils import parsedate_to_datetime
from time import perf_counter
from typing import Any

import orjson
import psycopg
import pytest

from app.feeds.table import FORMATS
from app.published.models import STREAMS
from tests import newsroom as newsrooms
from tests.newsroom import Newsroom
from tests.publishing.filming import HLS, caption, film, led_by

TV = ("roku", "roku-search", "mrss", "roku-mrss", "fire-tv")
SMALL, FULL = 300, 10_000


@pytest.fixture
async def newsroom(site_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url) as opened:
        yield opened


async def filmed(newsroom: Newsroom, headline: str, asset: str, **fields: Any) -> str:
    """The id of a published film."""
    article = await newsroom.published(headline, summary="All is said.", **led_by(asset), **fields)
    return str(article.json()["id"])


async def read(newsroom: Newsroom, name: str, place: str = "latest") -> str:
    answer = await newsroom.reader.get(f"/feeds/{place}.{name}")
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_they_have_the_films_that_anybody_may_see(newsroom: Newsroom) -> None:
    asset = await film(newsroom)
    await caption(newsroom, asset)
    free = await filmed(newsroom, "Free", asset)
    paid = await filmed(newsroom, "Paid", asset, access={"level": "subscriber"})
    await newsroom.published("Words alone")

    for name in TV:
        text = await read(newsroom, name)
        assert free in text, name
        assert name == "roku-search" or HLS in text, "that names no addresses of films"
        assert paid not in text, name
        assert "Words alone" not in text


async def test_a_live_channel_that_goes_on_air_changes_rokus_feed(newsroom: Newsroom) -> None:
    await newsroom.section("News")
    await later_than(newsroom)
    before = await newsroom.reader.get("/feeds/latest.roku")
    known = {"If-None-Match": before.headers["ETag"]}
    artwork = await newsroom.desk.post(
        "/desk/assets",
        json={"kind": "image", "url": "https://media.example.org/live.jpg", "alt": "A quay",
              "width": 1280, "height": 720},
    )  # fmt: skip
    stream = await newsroom.desk.post(
        "/desk/streams",
        json={"edition": "en", "title": "Courier Live", "url": "https://live.example.org/m.m3u8",
              "public": True, "on_air": True, "artwork_id": artwork.json()["id"]},
    )  # fmt: skip
    assert stream.status_code == 201, stream.text

    after = await newsroom.reader.get("/feeds/latest.roku", headers=known)

    [live] = after.json()["liveFeeds"]
    assert (live["id"], live["title"]) == (stream.json()["id"], "Courier Live")
    assert live["content"]["videos"][0]["url"] == "https://live.example.org/m.m3u8"
    assert after.json()["lastUpdated"] > before.json()["lastUpdated"]
    dates = [parsedate_to_datetime(each.headers["Last-Modified"]) for each in (before, after)]
    assert dates[0] < dates[1], "Roku asks for pages by this date, too"
    purged = f"list-{STREAMS}"
    assert purged in after.headers["Surrogate-Key"].split(), "caches are told with its list"
    assert purged not in (await newsroom.reader.get("/feeds/latest.mrss")).headers["Surrogate-Key"]


async def later_than(newsroom: Newsroom) -> None:
    """Whatever changes now, changes in another second than all before."""
    async with await psycopg.AsyncConnection.connect(newsroom.url) as connection:
        await connection.execute("SELECT pg_sleep(1.01 - extract(microsecond FROM now()) / 1e6)")


async def test_what_is_taken_away_leaves_them(newsroom: Newsroom) -> None:
    asset = await film(newsroom)
    article = await newsroom.published("Fog", summary="All is said.", **led_by(asset))
    identity = article.json()["id"]
    for name in TV:
        assert identity in await read(newsroom, name)

    taken = await newsroom.desk.post(
        f"/desk/articles/{identity}/withdraw",
        json={},
        headers={"If-Match": article.headers["ETag"]},
    )
    assert taken.status_code == 200, taken.text

    for name in TV:
        assert identity not in await read(newsroom, name), name


async def test_films_that_a_platform_refuses_take_nobodys_place(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A feed has its full number of films, however many newer ones it cannot have."""
    good, silent = await film(newsroom), await film(newsroom, duration_ms=None)
    wanted = [await filmed(newsroom, f"Good {n}", good, published_at=at(n)) for n in range(3)]
    for number in range(3, 9):
        await filmed(newsroom, f"Silent {number}", silent, published_at=at(number))
    monkeypatch.setitem(FORMATS, "roku", replace(FORMATS["roku"], size=2))

    found = orjson.loads(await read(newsroom, "roku"))

    assert [each["id"] for each in found["shortFormVideos"]] == [wanted[2], wanted[1]]


def at(minute: int) -> str:
    return f"2026-11-20T{minute // 60:02}:{minute % 60:02}:00Z"


async def series(newsroom: Newsroom) -> str:
    answer = await newsroom.desk.post(
        "/desk/series", json={"edition": "en", "title": "At the edge", "public": True}
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def test_search_goes_on_until_all_were_told_and_tells_each_series_once(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    asset, edge = await film(newsroom), await series(newsroom)
    silent = await film(newsroom, duration_ms=None)
    ids = []
    for number in range(1, 8):
        told: dict[str, Any] = {"published_at": at(number)}
        if number in (2, 4, 5):
            told["episode"] = {"series_id": edge, "number": number}
        ids.append(await filmed(newsroom, f"Film {number}", asset, **told))
    # The newest episode of all cannot be in Search: it must not take the series with it.
    await filmed(newsroom, "Silent", silent, published_at=at(9),
                 episode={"series_id": edge, "number": 9})  # fmt: skip
    monkeypatch.setitem(FORMATS, "roku-search", replace(FORMATS["roku-search"], size=2))

    pages = [page async for page in follow(newsroom, "/feeds/latest.roku-search")]

    assert [len(films(page)) for page in pages] == [2, 2, 2, 1]
    assert [each for page in pages for each in films(page)] == ids[::-1]
    told_on = [
        number for number, page in enumerate(pages) for each in page["assets"] if each["id"] == edge
    ]
    assert told_on == [1]
    bad = await newsroom.reader.get("/feeds/latest.roku-search?cursor=x")
    assert bad.status_code == 422


async def follow(newsroom: Newsroom, address: str) -> AsyncIterator[dict[str, Any]]:
    """Each page, by `nextPageUrl`."""
    following: str | None = address
    while following:
        answer = await newsroom.reader.get(following[following.index("/feeds/") :])
        assert answer.status_code == 200, answer.text
        again = {"If-None-Match": answer.headers["ETag"]}
        same = await newsroom.reader.get(str(answer.url), headers=again)
        assert same.status_code == 304
        page = answer.json()
        yield page
        following = page.get("nextPageUrl")


def films(page: dict[str, Any]) -> list[str]:
    return [each["id"] for each in page["assets"] if each["type"] != "series"]


async def multiply(newsroom: Newsroom, article: str, times: int) -> None:
    """So many films like this one, each a minute older, put beside it as they are published."""
    async with await psycopg.AsyncConnection.connect(newsroom.url, autocommit=True) as connection:
        await connection.execute(
            """
            CREATE TEMP TABLE copies AS SELECT gen_random_uuid() AS id, n,
                listing.published_at - n * interval '1 minute' AS at
            FROM generate_series(1, %s) n, published.listings listing
            WHERE listing.article_id = %s AND key = '00000000-0000-0000-0000-000000000000'
            """,
            (times, article),
        )
        await connection.execute(
            """
            INSERT INTO published.videos (article_id, etag, card, "full", locked, targets)
            SELECT c.id, v.etag || n, v.card, convert_to(replace(replace(
                convert_from(v."full", 'UTF8'), v.article_id::text, c.id::text),
                '"published_at":"' || to_char(l.published_at AT TIME ZONE 'UTC',
                    'YYYY-MM-DD"T"HH24:MI:SS'), '"published_at":"' ||
                to_char(c.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')), 'UTF8'),
                v.locked, v.targets
            FROM copies c, published.videos v JOIN published.listings l USING (article_id)
            WHERE v.article_id = %s AND l.key = '00000000-0000-0000-0000-000000000000'
            """,
            (article,),
        )
        await connection.execute(
            """
            INSERT INTO published.listings (article_id, key, published_at, updated_at, edition,
                language, format, genre, has_video)
            SELECT c.id, key, c.at, updated_at, edition, language, format, genre, has_video
            FROM copies c, published.listings WHERE article_id = %s
            """,
            (article,),
        )
        await connection.execute("ANALYZE published.listings, published.videos")


async def many(newsroom: Newsroom, count: int) -> str:
    """A section with so many films; its id."""
    asset = await film(newsroom)
    await caption(newsroom, asset)
    section = await newsroom.section("Video")
    summary = "What the water did to the gate, and who stood there when it came. " * 4
    article = await newsroom.published(
        "Inside the gate", section_id=section, published_at=at(900),
        **led_by(asset) | {"summary": summary},
    )  # fmt: skip
    await multiply(newsroom, article.json()["id"], count - 1)
    return section


async def test_a_section_with_many_films(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The full form has 10,000; here are 300, in pages of 40."""
    monkeypatch.setitem(FORMATS, "roku-search", replace(FORMATS["roku-search"], size=40))
    await _has_many(newsroom, SMALL, pages=8)


@pytest.mark.prove
async def test_a_section_with_ten_thousand_films(newsroom: Newsroom) -> None:
    await _has_many(newsroom, FULL, pages=25)
    for name in ("roku", "roku-search", "mrss", "roku-mrss", "fire-tv"):
        took = [await _changed(newsroom, name) for _ in range(10)]
        print(f"{name}: changed, first byte to last in ms: {[round(each, 1) for each in took]}")
        assert sorted(took)[5] <= 50, name


async def _has_many(newsroom: Newsroom, count: int, *, pages: int) -> None:
    await many(newsroom, count)
    for name in ("roku", "roku-mrss"):
        answer = await newsroom.reader.get(f"/feeds/sections/video.{name}")
        assert 100_000 < len(answer.content) < 500_000, name
        again = {"If-None-Match": answer.headers["ETag"]}
        same = await newsroom.reader.get(f"/feeds/sections/video.{name}", headers=again)
        assert same.status_code == 304, name
    found = [page async for page in follow(newsroom, "/feeds/sections/video.roku-search")]
    told = [each for page in found for each in films(page)]
    assert len(found) == pages
    assert len(told) == len(set(told)) == count


async def _changed(newsroom: Newsroom, name: str) -> float:
    """How many milliseconds the first answer takes after something was published."""
    await newsroom.published("A story", section_id=await newsroom.section("Video"))
    began = perf_counter()
    answer = await newsroom.reader.get(f"/feeds/sections/video.{name}")
    took = (perf_counter() - began) * 1000
    assert answer.status_code == 200
    return took
