"""A work is retracted at the very moment at which an article is published that cites it.

Whoever publishes the article either is warned, or the article is looked at afterwards.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest

from app.editing.expectation import anything
from app.identity.actor import SYSTEM
from app.published import changes
from app.publishing import commands
from tests.citing import (
    NOTICE,
    article,
    draft,
    happens,
    naming,
    own_work,
    reviewed,
    shown,
    status,
    work,
)
from tests.newsroom import Newsroom


@asynccontextmanager
async def publishing(newsroom: Newsroom, waiting: httpx.Response) -> AsyncIterator[None]:
    """While an article is being published: all of it is read, nothing is written yet."""
    async with newsroom.database.write() as session:
        await commands.publish(session, SYSTEM, UUID(waiting.json()["id"]), expected=anything)
        yield


@asynccontextmanager
async def nobody_else_writes(newsroom: Newsroom) -> AsyncIterator[None]:
    """Whoever gets to his flush meanwhile waits, in the order of coming."""
    async with await psycopg.AsyncConnection.connect(newsroom.url) as connection:
        await connection.execute("SELECT pg_advisory_xact_lock(%s)", (changes.LOCK,))
        yield


async def until_waiting(newsroom: Newsroom, count: int) -> None:
    query = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    async with await psycopg.AsyncConnection.connect(newsroom.url, autocommit=True) as connection:
        while True:
            [(waiting,)] = await (await connection.execute(query)).fetchall()
            if waiting >= count:
                return
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("already", [True, False], ids=["public before", "not public before"])
async def test_recorded_and_followed_up_while_an_article_is_published(
    newsroom: Newsroom, already: bool
) -> None:
    audit = await work(newsroom)
    if already:
        await article(newsroom, "Another", naming(audit))
    waiting = await draft(newsroom, "Crossing", naming(audit))

    async with publishing(newsroom, waiting):
        await happens(newsroom, audit)
        await newsroom.drain()
    await newsroom.drain()

    assert await reviewed(newsroom) == (["Another", "Crossing"] if already else ["Crossing"])
    assert await shown(newsroom, waiting) == {audit: NOTICE}


@pytest.mark.parametrize("event_first", [True, False], ids=["event first", "article first"])
@pytest.mark.parametrize("already", [True, False], ids=["public before", "not public before"])
async def test_both_wait_for_the_log(newsroom: Newsroom, already: bool, event_first: bool) -> None:
    audit = await work(newsroom)
    if already:
        await article(newsroom, "Another", naming(audit))
    waiting = await draft(newsroom, "Crossing", naming(audit))
    first: Any = happens(newsroom, audit)
    second: Any = newsroom.publish(waiting)
    if not event_first:
        first, second = second, first

    async with nobody_else_writes(newsroom):
        one = asyncio.create_task(first)
        await until_waiting(newsroom, 1)
        other = asyncio.create_task(second)
        await until_waiting(newsroom, 2)
    answers = await asyncio.gather(one, other)
    await newsroom.drain()

    [published] = [each for each in answers if isinstance(each, httpx.Response)]
    assert published.json()["warnings"] == []
    assert "Crossing" in await reviewed(newsroom)
    assert await shown(newsroom, waiting) == {audit: NOTICE}


async def test_what_is_published_at_that_moment_is_handed_on(newsroom: Newsroom) -> None:
    audit = await work(newsroom)
    live = await article(newsroom, "Ours")
    ours = await own_work(newsroom, live)
    below = await article(newsroom, "Below", naming(ours))
    citing = await newsroom.save(
        live, body_markdown="Ours: the paper reported.", citations=[naming(audit)]
    )

    async with publishing(newsroom, citing):
        await happens(newsroom, audit)
        await newsroom.drain()
    await newsroom.drain()

    assert await reviewed(newsroom) == ["Below", "Ours"]
    assert await status(newsroom, ours) == "disputed"
    assert (await shown(newsroom, below))[ours]["type"] == "retraction"
