"""Feeds that let go of what is old, and digests that begin anew with each issue."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psycopg
import pytest

from app.editing.feeds import commands, windows
from tests.editing.requests import create, pointers, replace
from tests.newsroom import Newsroom


def ago(**span: float) -> str:
    moment = datetime.now(UTC) - timedelta(**span)
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")


async def pulled(newsroom: Newsroom, slug: str) -> httpx.Response:
    answer = await newsroom.reader.get(f"/feeds/saved/{slug}.json")
    assert answer.status_code == 200, answer.text
    return answer


def titles(answer: httpx.Response) -> list[str]:
    return [item["title"] for item in answer.json()["items"]]


def head(newsroom: Newsroom) -> int:
    with psycopg.connect(newsroom.url) as connection:
        row = connection.execute("SELECT seq FROM published.head").fetchone()
        assert row is not None
        return int(row[0])


async def say_issued(newsroom: Newsroom, feed: httpx.Response, **sent: Any) -> httpx.Response:
    return await newsroom.desk.post(f"{feed.headers['Location']}/issue", json=sent)


async def test_what_is_too_old_leaves_a_feed_by_a_committed_change(newsroom: Newsroom) -> None:
    await newsroom.published("Old", published_at=ago(hours=1, seconds=-3))
    await newsroom.published("New")
    await create(newsroom, "feeds", edition="en", title="Hour", window_hours=1, public=True)
    await newsroom.drain()
    before = await pulled(newsroom, "hour")
    assert titles(before) == ["New", "Old"]
    seq = head(newsroom)
    await windows.move_windows.run(newsroom.database)
    assert head(newsroom) == seq, "nothing is told while nothing falls out"
    await asyncio.sleep(4)

    held = await newsroom.reader.get(
        "/feeds/saved/hour.json", headers={"If-None-Match": before.headers["ETag"]}
    )
    assert held.status_code == 304, "no answer depends on the clock"
    await windows.move_windows.run(newsroom.database)

    after = await pulled(newsroom, "hour")
    assert titles(after) == ["New"]
    assert after.headers["ETag"] != before.headers["ETag"]
    assert head(newsroom) == seq + 1
    await windows.move_windows.run(newsroom.database)
    assert head(newsroom) == seq + 1


async def test_the_window_of_a_feed_for_partners_moves_on_as_well(newsroom: Newsroom) -> None:
    """It has no document in public: its list and the log tell of it."""
    await newsroom.published("Old", published_at=ago(hours=1, seconds=-2))
    feed = await create(newsroom, "feeds", edition="en", title="Hour", window_hours=1)
    await newsroom.drain()
    seq = head(newsroom)
    await asyncio.sleep(3)

    await windows.move_windows.run(newsroom.database)
    await newsroom.drain()

    assert head(newsroom) == seq + 1
    with psycopg.connect(newsroom.url) as connection:
        change = connection.execute(
            "SELECT kind, document_kind, document_id::text, tags FROM published.changes"
            " ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        kept = connection.execute("SELECT document FROM desk.feeds").fetchone()
    feed_id = feed.json()["id"]
    assert change == ("refresh", "feed", feed_id, [f"feed-{feed_id}", f"list-{feed_id}"])
    since = (await newsroom.desk.get(feed.headers["Location"])).json()["since"]
    assert since > feed.json()["since"]
    assert kept is not None
    assert f'"since":"{since}"'.encode() in kept[0]


async def test_a_digest_shows_what_came_since_its_last_issue(newsroom: Newsroom) -> None:
    for hours in (3, 2):
        await newsroom.published(f"{hours} hours ago", published_at=ago(hours=hours))
    feed = await create(newsroom, "feeds", edition="en", title="Brief", digest=True, public=True)
    await newsroom.drain()
    assert titles(await pulled(newsroom, "brief")) == ["2 hours ago", "3 hours ago"]

    first = await say_issued(newsroom, feed, until=ago(hours=1))

    assert first.status_code == 201, first.text
    assert first.json() | {"at": None} == {"number": 1, "since": None, "at": None, "articles": 2}
    assert titles(await pulled(newsroom, "brief")) == []
    await newsroom.published("Now")
    assert titles(await pulled(newsroom, "brief")) == ["Now"]
    second = await newsroom.desk.post(f"{feed.headers['Location']}/issue")
    assert second.json()["number"] == 2
    assert second.json()["since"] == first.json()["at"]
    issues = await newsroom.desk.get(f"{feed.headers['Location']}/issues?limit=1")
    assert issues.json()["items"] == [second.json()]
    further = await newsroom.desk.get(issues.json()["next"])
    assert further.json() == {"items": [first.json()], "next": None}


async def test_what_comes_in_the_second_of_an_issue_is_in_the_next_one(newsroom: Newsroom) -> None:
    """Twice rather than never: the dates of articles are to the second."""
    feed = await create(newsroom, "feeds", edition="en", title="Brief", digest=True, public=True)
    await newsroom.drain()
    issue = await say_issued(newsroom, feed)

    await newsroom.published("At once", published_at=issue.json()["at"])

    assert titles(await pulled(newsroom, "brief")) == ["At once"]


async def test_issues_are_of_digests_and_follow_each_other(newsroom: Newsroom) -> None:
    plain = await create(newsroom, "feeds", edition="en", title="Plain")
    digest = await create(newsroom, "feeds", edition="en", title="Brief", digest=True)

    assert (await say_issued(newsroom, plain)).status_code == 409
    later = await say_issued(newsroom, digest, until=ago(hours=-1))
    assert pointers(later) == ["/until"]
    await say_issued(newsroom, digest, until=ago(hours=1))
    earlier = await say_issued(newsroom, digest, until=ago(hours=2))
    assert (pointers(earlier), "up to" in earlier.text) == (["/until"], True)


async def test_a_digest_with_a_window_begins_at_the_later_of_both(newsroom: Newsroom) -> None:
    feed = await create(newsroom, "feeds", edition="en", title="Brief", digest=True, window_hours=2)
    at = ago(hours=1)
    await say_issued(newsroom, feed, until=at)
    there = await newsroom.desk.get(feed.headers["Location"])
    assert there.json()["since"] == at

    wider = await replace(newsroom, "feeds", there, title="Brief", window_hours=2)

    assert wider.json()["since"] < at, "it is no digest any more"


async def test_the_last_issues_are_kept(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "ISSUES_KEPT", 3)
    feed = await create(newsroom, "feeds", edition="en", title="Brief", digest=True)
    for _ in range(5):
        assert (await say_issued(newsroom, feed)).status_code == 201

    kept = (await newsroom.desk.get(f"{feed.headers['Location']}/issues")).json()["items"]

    assert [issue["number"] for issue in kept] == [5, 4, 3]
