"""Merging at the desk, and a citation to merge under."""

import asyncio
from typing import Any

import httpx

from tests.newsroom import Newsroom


async def merge(
    newsroom: Newsroom, what: str, goes: httpx.Response, stays: httpx.Response
) -> httpx.Response:
    """The answer to merging what the one answer showed into what the other did."""
    return await newsroom.desk.post(
        f"/desk/{what}/{goes.json()['id']}/merge",
        json={"into": stays.json()["id"]},
        headers={"If-Match": goes.headers["ETag"]},
    )


async def merged(
    newsroom: Newsroom, what: str, goes: httpx.Response, stays: httpx.Response
) -> httpx.Response:
    """The same, which must succeed, and show the one that stays as it is from now on."""
    answer = await merge(newsroom, what, goes, stays)
    assert answer.status_code == 200, answer.text
    assert answer.json()["id"] == stays.json()["id"]
    there = await newsroom.desk.get(stays.headers["Location"])
    assert (there.json(), there.headers["ETag"]) == (answer.json(), answer.headers["ETag"])
    assert there.headers["ETag"] != stays.headers["ETag"]
    answer.headers["Location"] = stays.headers["Location"]
    return answer


def quotation(speaker_id: str, **fields: Any) -> dict[str, Any]:
    """A citation that quotes this speaker."""
    return {
        "type": "quotation",
        "statement": {
            "form": "direct",
            "text": "The first ferry left at dawn.",
            "channel": "interview",
            "speaker_id": speaker_id,
        },
    } | fields


async def rows(newsroom: Newsroom, column: str) -> list[str]:
    """The ids in a column (`desk.citations.work_id`), where there are any."""
    table, _, name = column.rpartition(".")
    async with newsroom.database.read() as session:
        connection = await session.connection()
        found = await connection.exec_driver_sql(
            f"SELECT {name} FROM {table} WHERE {name} IS NOT NULL"
        )
        return [str(each) for (each,) in found]


async def until_waiting(newsroom: Newsroom) -> None:
    """Until somebody waits for a lock."""
    async with asyncio.timeout(10):
        while True:
            async with newsroom.database.read() as session:
                connection = await session.connection()
                query = (
                    "SELECT count(*) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
                )
                if (await connection.exec_driver_sql(query)).scalar_one():
                    return
            await asyncio.sleep(0.02)
