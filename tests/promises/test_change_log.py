"""Whoever follows the log misses nothing and sees nothing late, however many publish at once."""

import asyncio
from collections.abc import Callable

import psycopg
import pytest

from app.published.changes import Change, follow
from tests.newsroom import Newsroom


@pytest.mark.parametrize(
    "each", [12, pytest.param(250, marks=[pytest.mark.prove, pytest.mark.timeout(900)])]
)
async def test_a_follower_sees_every_number_in_order_while_eight_writers_publish(
    newsroom: Newsroom, each: int
) -> None:
    await newsroom.section("News")
    seen: list[Change] = []

    async def read(until: Callable[[], bool]) -> None:
        async with await psycopg.AsyncConnection.connect(newsroom.url, autocommit=True) as own:
            async for change in follow(own, after=0, poll_seconds=0.001):
                seen.append(change)
                if until():
                    return

    total = 8 * each
    upserts: set[str] = set()

    def complete() -> bool:
        upserts.update(str(c.document_id) for c in seen[-1:] if c.document_kind == "article")
        return len(upserts) == total

    reading = asyncio.create_task(read(complete))

    async def write(name: int) -> list[str]:
        return [
            (await newsroom.published(f"Story {number} of writer {name}")).json()["id"]
            for number in range(each)
        ]

    written = [i for made in await asyncio.gather(*map(write, range(8))) for i in made]
    await asyncio.wait_for(reading, 30)

    assert [change.seq for change in seen] == list(range(1, len(seen) + 1))
    assert upserts == set(written)


async def test_an_entry_tells_which_caches_to_purge(newsroom: Newsroom) -> None:
    section = await newsroom.section("News")
    live = await newsroom.published(section_id=section)
    article_id = live.json()["id"]

    async with await psycopg.AsyncConnection.connect(newsroom.url, autocommit=True) as own:
        async for change in follow(own, after=0):
            if str(change.document_id) == article_id:
                break

    assert change.kind == "upsert"
    assert {f"article-{article_id}", f"list-{section}"} <= set(change.tags)
