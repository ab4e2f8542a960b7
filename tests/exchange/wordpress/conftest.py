"""A newsroom to import into, and what changed in it."""

from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.database import Database
from app.exchange.wordpress.importing import Options, import_file
from app.exchange.wordpress.report import Report
from app.identity.actor import SYSTEM
from tests import newsroom as newsrooms
from tests.newsroom import Newsroom

Import = Callable[..., Coroutine[Any, Any, Report]]


@pytest.fixture
async def newsroom(site_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url) as opened:
        yield opened


@pytest.fixture
def imported(newsroom: Newsroom) -> Import:
    """Import a file with these options; the report."""

    async def run(file: Path, **options: Any) -> Report:
        return await import_file(newsroom.database, SYSTEM, file, Options(**options))

    return run


async def state(database: Database) -> dict[str, object]:
    """All that an import could change: every row of the desk, and the change log."""
    tables = ("articles", "revisions", "article_external_ids", "sections", "people", "topics",
              "collections", "collection_items", "editions", "publications", "works", "speakers",
              "work_events", "citations", "anchors")  # fmt: skip
    found: dict[str, object] = {}
    async with database.read() as session:
        for table in tables:
            digest = "md5(string_agg(t::text, ',' ORDER BY t::text))"
            query = f"SELECT count(*), {digest} FROM desk.{table} t"
            found[table] = tuple((await session.execute(text(query))).one())
        for table in ("changes", "documents", "paths", "versions"):
            query = f"SELECT count(*) FROM published.{table}"
            found[table] = (await session.execute(text(query))).scalar_one()
    return found
