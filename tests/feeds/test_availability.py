"""When a film may be seen: feeds and documents learn it by a change that is committed."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import psycopg
import pytest

from tests import newsroom as newsrooms
from tests.newsroom import Newsroom
from tests.publishing.filming import film, led_by


@pytest.fixture
async def newsroom(site_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url) as opened:
        yield opened


def hence(**span: float) -> str:
    return (datetime.now(UTC) + timedelta(**span)).isoformat()


async def filmed(newsroom: Newsroom, headline: str, **playback: str) -> tuple[str, str]:
    """The ids of a published article and of its film."""
    asset = await film(newsroom, playback=playback)
    article = await newsroom.published(headline, summary="All is said.", **led_by(asset))
    return str(article.json()["id"]), asset


async def titles(newsroom: Newsroom, name: str) -> list[str]:
    found = (await newsroom.reader.get(f"/feeds/latest.{name}")).text
    return [each for each in ("Later", "Now", "Over") if f"{each}" in found]


async def availability(newsroom: Newsroom, article: str) -> set[str]:
    """What all that readers have of it say."""
    video = await newsroom.read(f"/v1/videos/{article}")
    [card] = [each for each in (await newsroom.read("/v1/videos"))["items"]
              if each["id"] == article]  # fmt: skip
    whole = await newsroom.read(f"/v1/articles/{article}")
    return {each["availability"] for each in (video, card, whole["lead"]["video"])}


async def move(newsroom: Newsroom, asset: str, **moments: str) -> None:
    """As if it had been written down earlier that it begins or ends at these moments."""
    async with await psycopg.AsyncConnection.connect(newsroom.url, autocommit=True) as connection:
        await connection.execute(
            "UPDATE desk.assets SET playback = playback || %s::jsonb, turns_at = %s WHERE id = %s",
            (orjson.dumps(moments).decode(), min(moments.values()), asset),
        )


async def turns_at(newsroom: Newsroom, asset: str) -> datetime | None:
    """When the worker looks at it next."""
    async with await psycopg.AsyncConnection.connect(newsroom.url) as connection:
        rows = await connection.execute("SELECT turns_at FROM desk.assets WHERE id = %s", (asset,))
        [(moment,)] = await rows.fetchall()
        return moment if moment is None else moment.astimezone(UTC)


async def test_feeds_have_what_may_be_seen_and_what_can_be_announced(newsroom: Newsroom) -> None:
    later, _ = await filmed(newsroom, "Later", available_from=hence(hours=1))
    now, _ = await filmed(
        newsroom, "Now", available_from=hence(hours=-1), available_until=hence(hours=1)
    )
    over, _ = await filmed(newsroom, "Over", available_until=hence(hours=-1))

    assert [await availability(newsroom, each) for each in (later, now, over)] == [
        {"later"}, {"now"}, {"over"},
    ]  # fmt: skip
    for name in ("roku", "roku-search", "mrss", "roku-mrss"):
        assert await titles(newsroom, name) == ["Later", "Now"], name
    assert await titles(newsroom, "fire-tv") == ["Now"]


async def test_a_film_comes_and_goes_by_itself(newsroom: Newsroom) -> None:
    article, asset = await filmed(
        newsroom, "Later", available_from=hence(hours=1), available_until=hence(hours=2)
    )
    first = await newsroom.reader.get("/feeds/latest.fire-tv")
    known = {"If-None-Match": first.headers["ETag"]}
    assert first.json() == []
    assert await newsroom.turn() == 0

    ends = hence(hours=1)
    await move(newsroom, asset, available_from=hence(hours=-1), available_until=ends)
    assert (await newsroom.reader.get("/feeds/latest.fire-tv", headers=known)).status_code == 304
    assert await newsroom.turn() == 1
    await newsroom.drain()

    shown = await newsroom.reader.get("/feeds/latest.fire-tv", headers=known)
    assert [each["title"] for each in shown.json()] == ["Later"]
    assert await availability(newsroom, article) == {"now"}
    assert await turns_at(newsroom, asset) == datetime.fromisoformat(ends)

    await move(newsroom, asset, available_from=hence(hours=-2), available_until=hence(hours=-1))
    assert await newsroom.turn() == 1
    await newsroom.drain()

    for name in ("fire-tv", "roku", "roku-search", "mrss", "roku-mrss"):
        assert await titles(newsroom, name) == [], name
    assert await availability(newsroom, article) == {"over"}
    assert await turns_at(newsroom, asset) is None, "that was the last time"


async def test_a_turn_is_a_change_that_nobody_is_told_of(newsroom: Newsroom) -> None:
    """It is a refresh in the log: the article's version and date are what they were."""
    article, asset = await filmed(newsroom, "Later", available_from=hence(hours=1))
    before = await newsroom.read(f"/v1/articles/{article}")

    await move(newsroom, asset, available_from=hence(hours=-1))
    await newsroom.turn()
    await newsroom.drain()

    after = await newsroom.read(f"/v1/articles/{article}")
    assert after["lead"]["video"]["availability"] == "now"
    same = ("version", "updated_at", "published_at")
    assert [after[each] for each in same] == [before[each] for each in same]
    async with await psycopg.AsyncConnection.connect(newsroom.url) as connection:
        rows = await connection.execute(
            "SELECT kind, document_kind FROM published.changes WHERE %s = ANY(tags) ORDER BY seq",
            (f"article-{article}",),
        )
        assert await rows.fetchall() == [("upsert", "article"), ("refresh", "asset")]


async def test_who_edits_it_says_what_is_so(newsroom: Newsroom) -> None:
    article, asset = await filmed(newsroom, "Over", available_until=hence(hours=-1))
    assert await availability(newsroom, article) == {"over"}

    await describe(newsroom, asset, available_until=hence(hours=3))
    await newsroom.drain()

    assert await availability(newsroom, article) == {"now"}
    assert await titles(newsroom, "roku") == ["Over"]


async def describe(newsroom: Newsroom, asset: str, **playback: Any) -> None:
    shown = await newsroom.desk.get(f"/desk/assets/{asset}")
    known = shown.json()
    sent = {"kind": "video", "title": known["title"], "duration_ms": known["duration_ms"],
            "playback": known["playback"] | playback}  # fmt: skip
    sent.pop("kind")
    answer = await newsroom.desk.put(
        f"/desk/assets/{asset}", json=sent, headers={"If-Match": shown.headers["ETag"]}
    )
    assert answer.status_code == 200, answer.text


async def test_what_is_being_edited_waits_for_the_next_time(newsroom: Newsroom) -> None:
    _, asset = await filmed(newsroom, "Later", available_from=hence(hours=1))
    await move(newsroom, asset, available_from=hence(hours=-1))

    async with await psycopg.AsyncConnection.connect(newsroom.url) as connection:
        await connection.execute("SELECT FROM desk.assets WHERE id = %s FOR UPDATE", (asset,))
        assert await newsroom.turn() == 0

    assert await newsroom.turn() == 1


async def sounding(newsroom: Newsroom, headline: str, **playback: str) -> None:
    source = {"url": f"https://media.example.org/{headline}.mp3", "media_type": "audio/mpeg"}
    asset = await newsroom.desk.post(
        "/desk/assets",
        json={"kind": "audio", "title": "Heard", "duration_ms": 60_000,
              "playback": {"sources": [source], **playback}},
    )  # fmt: skip
    assert asset.status_code == 201, asset.text
    lead = {"audio": {"asset_id": asset.json()["id"]}}
    await newsroom.published(headline, format="audio", lead=lead)


async def test_feeds_of_articles_lead_to_nothing_that_may_not_be_played(newsroom: Newsroom) -> None:
    """Readers of these would load it at once, and keep it."""
    moments = {"Later": {"available_from": hence(hours=1)}, "Now": {},
               "Over": {"available_until": hence(hours=-1)}}  # fmt: skip
    for headline, playback in moments.items():
        await sounding(newsroom, headline, **playback)
    for name in ("atom", "json", "ninjs", "ninjs1", "newsml", "podcast"):
        found = (await newsroom.reader.get(f"/feeds/latest.{name}")).text
        assert [each for each in moments if f"{each}.mp3" in found] == ["Now"], name
    for playback in (moments["Later"], moments["Over"]):
        await filmed(newsroom, "Film", **playback)
    for name in ("rss", "atom", "json", "ninjs", "ninjs1", "newsml"):
        assert "film.mp4" not in (await newsroom.reader.get(f"/feeds/latest.{name}")).text, name
    await filmed(newsroom, "Film")
    assert "film.mp4" in (await newsroom.reader.get("/feeds/latest.atom")).text
