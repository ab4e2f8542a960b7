"""Undoing a migration: what the older program must be able to read afterwards."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from app import migrate
from tests import newsroom as newsrooms
from tests.newsroom import Newsroom


@pytest.fixture
async def newsroom(database_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(database_url) as opened:
        yield opened


async def test_whoever_knows_no_citations_finds_none_in_the_content(newsroom: Newsroom) -> None:
    """It refuses fields that it does not know: it could not read a single article."""
    work = await newsroom.desk.post("/desk/works", json={"kind": "report", "title": "Audit"})
    cited = {"type": "background", "work_id": work.json()["id"]}
    await newsroom.published(citations=[cited])

    await asyncio.to_thread(migrate.move, newsroom.url, "0001")

    async with newsroom.database.read() as session:
        query = text("SELECT headline FROM desk.articles JOIN desk.revisions ON article_id = id"
                     " WHERE NOT content ? 'citations'")  # fmt: skip
        assert (await session.execute(query)).scalars().all() == ["Fog at sea"]
