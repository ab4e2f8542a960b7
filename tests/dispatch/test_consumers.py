"""Consumers of the change log: in order, each change at least once, nothing lost."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.dispatch import consumers, errands, following
from app.dispatch.consumers import Consumer
from app.published.changes import Change
from tests import newsroom as newsrooms
from tests.newsroom import Newsroom


@pytest.fixture
async def newsroom(database_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(database_url) as opened:
        yield opened


class Listener:
    """A consumer that remembers what it was told in a table of its own, in the same transaction."""

    def __init__(self, name: str = "listener") -> None:
        self.consumer = Consumer(name, self.tell)
        self.told: list[int] = []
        self.fails = 0

    async def tell(self, session: AsyncSession, changes: Sequence[Change]) -> None:
        for change in changes:
            await session.execute(text("INSERT INTO heard VALUES (:seq)"), {"seq": change.seq})
            self.told.append(change.seq)
        if self.fails:
            self.fails -= 1
            raise RuntimeError("It fell over after its work, before the commit.")


async def heard(newsroom: Newsroom) -> list[int]:
    async with newsroom.database.read() as session:
        rows = await session.execute(text("SELECT seq FROM heard ORDER BY ctid"))
        return list(rows.scalars())


async def head(newsroom: Newsroom) -> int:
    async with newsroom.database.read() as session:
        return int((await session.execute(text("SELECT seq FROM published.head"))).scalar_one())


@pytest.fixture
async def listener(newsroom: Newsroom) -> Listener:
    """It has begun, at the head."""
    async with newsroom.database.write() as session:
        await session.execute(text("CREATE TABLE heard (seq bigint)"))
    found = Listener()
    await newsroom.published("Before it began")
    assert await consumers.turn(newsroom.database, found.consumer) == 0
    return found


async def test_a_new_consumer_begins_at_the_head(newsroom: Newsroom, listener: Listener) -> None:
    before = await head(newsroom)
    await newsroom.published("After it began")

    await consumers.turn(newsroom.database, listener.consumer)

    assert await heard(newsroom) == list(range(before + 1, await head(newsroom) + 1))


async def test_a_turn_that_is_undone_is_taken_again(newsroom: Newsroom, listener: Listener) -> None:
    before = await head(newsroom)
    await newsroom.published("Once")
    listener.fails = 1

    with pytest.raises(RuntimeError):
        await consumers.turn(newsroom.database, listener.consumer)
    assert await heard(newsroom) == []
    await consumers.turn(newsroom.database, listener.consumer)

    wanted = list(range(before + 1, await head(newsroom) + 1))
    assert await heard(newsroom) == wanted
    assert listener.told == wanted * 2


async def test_two_workers_at_once_tell_each_change_once(
    newsroom: Newsroom, listener: Listener
) -> None:
    before = await head(newsroom)

    async def publish() -> None:
        for number in range(6):
            await newsroom.published(f"Story {number}")

    async def work(stop: asyncio.Event) -> None:
        while not stop.is_set():
            await consumers.turn(newsroom.database, listener.consumer)

    stop = asyncio.Event()
    workers = [asyncio.create_task(work(stop)) for _ in range(2)]
    await publish()
    stop.set()
    await asyncio.gather(*workers)
    await consumers.turn(newsroom.database, listener.consumer)

    assert await heard(newsroom) == list(range(before + 1, await head(newsroom) + 1))


async def test_a_long_log_is_taken_in_chunks(newsroom: Newsroom, listener: Listener) -> None:
    before = await head(newsroom)
    count = consumers.CHUNK + 3
    async with newsroom.database.write() as session:
        await session.execute(
            text(
                "INSERT INTO published.changes (seq, kind, document_id, document_kind, version,"
                " quiet, tags) SELECT :before + n, 'refresh', gen_random_uuid(), 'article', 1,"
                " false, '{}' FROM generate_series(1, :count) n"
            ),
            {"before": before, "count": count},
        )
        await session.execute(text("UPDATE published.head SET seq = seq + :n"), {"n": count})

    more = await following.take_turns(newsroom.database, [listener.consumer], {})
    assert (more, len(await heard(newsroom))) == (True, consumers.CHUNK)
    more = await following.take_turns(newsroom.database, [listener.consumer], {})

    assert (more, await heard(newsroom)) == (False, list(range(before + 1, before + count + 1)))


async def test_one_that_fails_does_not_keep_the_others(
    newsroom: Newsroom, listener: Listener
) -> None:
    other = Listener("other")
    await consumers.turn(newsroom.database, other.consumer)
    listener.fails = 1
    await newsroom.published("Once")

    resting = dict[str, float]()
    await following.take_turns(newsroom.database, [listener.consumer, other.consumer], resting)

    assert resting.keys() == {"listener"}
    assert await heard(newsroom) == other.told


async def test_one_that_the_database_refuses_does_not_keep_the_others(
    newsroom: Newsroom, listener: Listener
) -> None:
    async def refused(session: AsyncSession, changes: Sequence[Change]) -> None:
        await session.execute(text("SELECT 1 / 0"))

    broken = Consumer("broken", refused)
    await consumers.turn(newsroom.database, broken)
    await newsroom.published("Once")

    resting = dict[str, float]()
    await following.take_turns(newsroom.database, [broken, listener.consumer], resting)

    assert resting.keys() == {"broken"}
    assert await heard(newsroom) == listener.told != []


async def test_errands_that_only_a_newer_release_knows_are_left_to_it(newsroom: Newsroom) -> None:
    async with newsroom.database.write() as session:
        await errands.ask(session, "carrier_pigeon", [("the dovecote", "")], seq=1)

    await following.send_off(newsroom.database)

    assert await newsroom.drain() == 0
    async with newsroom.database.read() as session:
        assert await errands.targets_due(session) == [("carrier_pigeon", "the dovecote")]


async def test_the_loop_follows_by_itself_and_ends_when_it_is_told(
    newsroom: Newsroom, listener: Listener
) -> None:
    stop = asyncio.Event()
    loop = asyncio.create_task(
        following.follow(newsroom.database, stop, following=[listener.consumer])
    )
    before = await head(newsroom)
    await newsroom.published("Once")

    for _ in range(100):
        if await head(newsroom) in await heard(newsroom):
            break
        await asyncio.sleep(0.05)
    stop.set()
    await asyncio.wait_for(loop, 2)

    assert await heard(newsroom) == list(range(before + 1, await head(newsroom) + 1))
