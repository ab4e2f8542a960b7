"""Which articles are in a saved feed: at once, by jobs, and while others publish."""

import asyncio
from typing import Any
from uuid import UUID

import psycopg
import pytest

from app.editing.expectation import anything
from app.editing.feeds import filling
from app.identity.actor import SYSTEM
from app.publishing.commands import publish
from tests.editing.requests import create, delete, replace
from tests.newsroom import Newsroom


def inside(newsroom: Newsroom, feed_id: str) -> list[str]:
    """The ids of its articles, in order."""
    with psycopg.connect(newsroom.url) as connection:
        rows = connection.execute(
            "SELECT article_id::text FROM published.listings WHERE key = %s ORDER BY article_id",
            [feed_id],
        )
        return [identity for (identity,) in rows]


def stamp(newsroom: Newsroom, feed_id: str) -> int:
    with psycopg.connect(newsroom.url) as connection:
        row = connection.execute("SELECT seq FROM published.stamps WHERE key = %s", [feed_id])
        return int((row.fetchone() or (0,))[0])


def ids(*answers: Any) -> list[str]:
    return sorted(answer.json()["id"] for answer in answers)


async def test_what_was_published_before_comes_in_by_a_job(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In chunks: the second, of one article, is a job of its own."""
    monkeypatch.setattr(filling, "CHUNK", 2)
    tides = await newsroom.section("Tides")
    matching = [await newsroom.published(f"Tide {n}", section_id=tides) for n in range(3)]
    await newsroom.published("Fog")
    await newsroom.drain()

    query = {"section_ids": [tides]}
    feed = await create(newsroom, "feeds", edition="en", title="Tides", query=query, public=True)
    assert inside(newsroom, feed.json()["id"]) == []
    before = stamp(newsroom, feed.json()["id"])
    await newsroom.drain()

    assert inside(newsroom, feed.json()["id"]) == ids(*matching)
    assert stamp(newsroom, feed.json()["id"]) > before
    view = (await newsroom.desk.get(feed.headers["Location"])).json()
    assert view["members"] == {"complete": True, "looked_at": 4, "articles": 3}


async def test_what_is_published_later_comes_in_at_once(newsroom: Newsroom) -> None:
    tides = await newsroom.section("Tides")
    below = await newsroom.section("Spring tides", parent_id=tides)
    query = {"section_ids": [tides], "genres": ["analysis"]}
    feed = await create(newsroom, "feeds", edition="en", title="Tides", query=query)
    await newsroom.drain()
    feed_id = feed.json()["id"]

    live = await newsroom.published("High", section_id=below, genre="analysis")
    await newsroom.published("Low", section_id=below)

    assert inside(newsroom, feed_id) == ids(live)
    before = stamp(newsroom, feed_id)
    live = await newsroom.publish(await newsroom.save(live, genre="opinion"))
    assert inside(newsroom, feed_id) == []
    assert stamp(newsroom, feed_id) > before
    live = await newsroom.publish(await newsroom.save(live, genre="analysis"))
    assert inside(newsroom, feed_id) == ids(live)
    headers = {"If-Match": live.headers["ETag"]}
    await newsroom.desk.post(f"/desk/articles/{ids(live)[0]}/withdraw", json={}, headers=headers)
    assert inside(newsroom, feed_id) == []


async def test_a_feed_that_asks_for_others_lets_the_first_ones_go(newsroom: Newsroom) -> None:
    fog = await newsroom.published("Fog", genre="news")
    tide = await newsroom.published("Tide", genre="analysis")
    feed = await create(newsroom, "feeds", edition="en", title="F", query={"genres": ["news"]})
    await newsroom.drain()
    feed_id = feed.json()["id"]
    assert inside(newsroom, feed_id) == ids(fog)

    changed = await replace(newsroom, "feeds", feed, title="F", query={"genres": ["analysis"]})
    assert not changed.json()["members"]["complete"]
    await newsroom.drain()

    assert inside(newsroom, feed_id) == ids(tide)
    before = stamp(newsroom, feed_id)
    same = await replace(newsroom, "feeds", changed, title="G", query={"genres": ["analysis"]})
    assert same.json()["members"]["complete"]
    await newsroom.drain()
    assert stamp(newsroom, feed_id) > before, "who pulls it must hear of its new title"


async def test_a_feed_whose_job_was_given_up_is_filled_when_it_is_saved_again(
    newsroom: Newsroom,
) -> None:
    live = await newsroom.published()
    feed = await create(newsroom, "feeds", edition="en", title="All")
    with psycopg.connect(newsroom.url) as connection:
        connection.execute("SET search_path TO jobs")
        connection.execute("UPDATE procrastinate_jobs SET status = 'failed'")

    saved = await replace(newsroom, "feeds", feed, title="All")
    assert not saved.json()["members"]["complete"]
    await newsroom.drain()

    assert inside(newsroom, feed.json()["id"]) == ids(live)
    there = await newsroom.desk.get(feed.headers["Location"])
    assert there.json()["members"] == {"complete": True, "looked_at": 1, "articles": 1}


async def test_a_job_that_is_done_twice_changes_nothing(newsroom: Newsroom) -> None:
    await newsroom.published()
    feed = await create(newsroom, "feeds", edition="en", title="All")
    feed_id = feed.json()["id"]
    await newsroom.drain()
    before = inside(newsroom, feed_id), stamp(newsroom, feed_id)

    await filling.fill.run(newsroom.database, feed_id=feed_id, query_edit=1)
    await filling.fill.run(newsroom.database, feed_id=feed_id, query_edit=7)

    assert (inside(newsroom, feed_id), stamp(newsroom, feed_id)) == before
    there = await newsroom.desk.get(feed.headers["Location"])
    assert there.json()["members"] == {"complete": True, "looked_at": 1, "articles": 1}


async def test_a_look_that_finds_nothing_is_no_change(newsroom: Newsroom) -> None:
    await newsroom.published()
    query = {"genres": ["quiz"]}
    feed = await create(newsroom, "feeds", edition="en", title="None", query=query, public=True)
    before = stamp(newsroom, feed.json()["id"])

    await newsroom.drain()

    assert stamp(newsroom, feed.json()["id"]) == before > 0


async def test_a_deleted_feed_leaves_no_list_behind(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "CHUNK", 2)
    for number in range(5):
        await newsroom.published(f"Fog {number}")
    feed = await create(newsroom, "feeds", edition="en", title="All", public=True)
    await newsroom.drain()
    feed_id = feed.json()["id"]
    assert len(inside(newsroom, feed_id)) == 5

    assert (await delete(newsroom, "feeds", feed)).status_code == 204
    await newsroom.drain()

    assert inside(newsroom, feed_id) == []
    for name in ("all", feed_id):
        assert (await newsroom.reader.get(f"/feeds/saved/{name}.json")).status_code == 410
    await newsroom.published("Later")
    assert inside(newsroom, feed_id) == []


async def test_nothing_gets_lost_that_is_published_while_a_feed_is_made(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Feeds are made, changed and filled while articles are published: in the end each feed has
    exactly what it asks for."""
    monkeypatch.setattr(filling, "CHUNK", 3)
    genres = ("news", "analysis")
    made: dict[str, list[str]] = {genre: [] for genre in genres}
    feeds: dict[str, str] = {}

    async def publish() -> None:
        for number in range(24):
            genre = genres[number % 2]
            live = await newsroom.published(f"Fog {number}", genre=genre)
            made[genre].append(live.json()["id"])

    async def keep() -> None:
        for number in range(6):
            genre = genres[number % 2]
            told = {"title": f"Feed {number}", "query": {"genres": [genre]}}
            feed = await create(newsroom, "feeds", edition="en", **told)
            other = genres[(number + 1) % 2]
            told["query"] = {"genres": [other]}
            answer = await replace(newsroom, "feeds", feed, **told)
            assert answer.status_code == 200
            feeds[feed.json()["id"]] = other

    async def work(publishing: asyncio.Task[Any]) -> None:
        while not publishing.done():
            await newsroom.drain()

    await newsroom.section("News")
    both = asyncio.ensure_future(asyncio.gather(publish(), keep()))
    await work(both)  # type: ignore[arg-type]
    await both
    await newsroom.drain()

    for feed_id, genre in feeds.items():
        assert inside(newsroom, feed_id) == sorted(made[genre])


async def test_an_article_is_looked_at_again_where_a_feed_was_made_while_it_was_rendered(
    newsroom: Newsroom,
) -> None:
    """It asks before the feed is there, and comes to the lock after the feed was filled."""
    draft = await newsroom.article("Fog", path="/fog")
    with psycopg.connect(newsroom.url) as other:
        # Whoever publishes has read everything, and waits here to claim the path.
        other.execute(
            "INSERT INTO published.paths (path, document_id, redirect)"
            " VALUES ('/fog', gen_random_uuid(), false)"
        )
        publishing = asyncio.create_task(newsroom.publish(draft))
        await _until_one_waits(other, "transactionid")
        feed = await create(newsroom, "feeds", edition="en", title="All")
        feed_id = feed.json()["id"]
        await newsroom.drain()
        there = await newsroom.desk.get(feed.headers["Location"])
        assert there.json()["members"]["complete"]
        other.rollback()
    await publishing
    assert inside(newsroom, feed_id) == []

    await newsroom.drain()

    assert inside(newsroom, feed_id) == ids(draft)


async def test_a_feed_is_filled_behind_whoever_has_the_lock(newsroom: Newsroom) -> None:
    """An article is written, and its feed made, before it is committed: the job waits for it."""
    draft = await newsroom.article("Fog")
    with psycopg.connect(newsroom.url, autocommit=True) as other:
        async with newsroom.database.write() as session:
            article_id = UUID(ids(draft)[0])
            await publish(session, SYSTEM, article_id, expected=anything)
            await newsroom.database.settle(session)
            feed = await create(newsroom, "feeds", edition="en", title="All")
            feed_id = feed.json()["id"]
            filled = filling.fill.run(newsroom.database, feed_id=feed_id, query_edit=1)
            filling_it = asyncio.ensure_future(filled)
            await _until_one_waits(other, "advisory")
            assert not filling_it.done()
    await filling_it

    assert inside(newsroom, feed_id) == ids(draft)


async def _until_one_waits(connection: psycopg.Connection, kind: str) -> None:
    for _ in range(500):
        found = connection.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = %s AND NOT granted", [kind]
        ).fetchone()
        if found and found[0]:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("nobody came to the lock")
