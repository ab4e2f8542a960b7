"""What feeds for television ask the database is found along an index, however much there is."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

import psycopg
import pytest
from psycopg import AsyncRawCursor

from app.feeds import guide, places
from app.feeds.places import Read, Row
from app.feeds.query import load
from app.feeds.table import FORMATS
from tests import newsroom as newsrooms
from tests.feeds.test_tv_feeds import filmed, series
from tests.newsroom import Newsroom
from tests.publishing.filming import film


@pytest.fixture
async def newsroom(site_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url) as opened:
        yield opened


def explaining(connection: psycopg.AsyncConnection, plans: list[str]) -> Read:
    """Reads, and notes how the database went about it where whole tables are forbidden, as they
    are to every reader."""

    async def read(sql: str, *parameters: str | None) -> Sequence[Row]:
        cursor = AsyncRawCursor(connection)
        await cursor.execute(b"EXPLAIN " + sql.encode(), parameters)
        plans.append("\n".join(line for (line,) in await cursor.fetchall()))
        await cursor.execute(sql.encode(), parameters)
        return [tuple(each.encode() if isinstance(each, str) else each for each in row)
                for row in await cursor.fetchall()]  # fmt: skip

    return read


async def test_no_table_is_read_as_a_whole(newsroom: Newsroom) -> None:
    asset, edge = await film(newsroom), await series(newsroom)
    ids = [await filmed(newsroom, f"{n}", asset, episode={"series_id": edge, "number": n},
                        published_at=f"2026-11-20T00:0{n}:00Z") for n in range(1, 4)]  # fmt: skip
    plans: list[str] = []
    search = FORMATS["roku-search"]
    small = replace(search, size=1)
    async with await psycopg.AsyncConnection.connect(newsroom.url) as connection:
        await connection.execute("SET enable_seqscan = off")
        read = explaining(connection, plans)
        place = await places.find(read, "latest")
        assert place
        first = await load(read, place, search)
        second = await load(read, place, small, cursor=None)
        assert second.next_url
        third = await load(read, place, small, cursor=second.next_url.partition("cursor=")[2])
        state = await guide.state(read, None)
        assert state
        told = await guide.load(read, None, state.changed_at)

    assert [each.id for each in first.items] == ids[::-1]
    assert [len(each.programmes) for each in (first, second, third)] == [1, 1, 0]
    assert told.channels == ()
    assert len(plans) > 10
    whole = [plan for plan in plans if "Seq Scan" in plan]
    assert whole == []
