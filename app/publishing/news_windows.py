"""Since when articles are news: two days, moved on by a job.

What readers get never depends on the clock: the window is a document of each edition, and moves
only when an article falls out of it.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app import jobs
from app.database import Database, transaction_time
from app.editing.site.models import Edition
from app.published import store
from app.published.models import Document
from app.published.sitemap_months import NEWS, month_of, window_id
from app.published.writes import Put, Views
from app.publishing.sheet import Sheet, look_up

KIND = "news"
WINDOW = timedelta(days=2)
"""As far back as Google News looks."""


async def add(sheet: Sheet, editions: Sequence[Edition]) -> None:
    """Open the windows of those editions that have none yet."""
    ids = {window_id(edition.code): edition.code for edition in editions}
    await look_up(sheet, list(ids))
    sheet.writes += [
        _window(code, sheet.moment)
        for identity, code in ids.items()
        if identity not in sheet.existing
    ]


@jobs.periodic("move_news_windows", cron="*/2 * * * *")
async def move_news_windows(database: Database) -> None:
    async with database.write() as session:
        await move(session)


async def move(session: AsyncSession) -> int:
    """Move the windows on that something has fallen out of; the number of them."""
    now = (await transaction_time(session)).replace(microsecond=0)
    codes = (await session.execute(select(Edition.code).order_by(Edition.code))).scalars().all()
    rows = await session.execute(
        select(Document.edition, Document.full).where(
            Document.id.in_([window_id(code) for code in codes])
        )
    )
    known = {code: full for code, full in rows if full}
    moved = [
        _window(code, now)
        for code in codes
        if code not in known or await _has_lost(session, code, _since(known[code]), now)
    ]
    await store.write(session, moved)
    return len(moved)


def _window(code: str, now: datetime) -> Put:
    identity = window_id(code)
    since = {"since": (now - WINDOW).isoformat()}
    return Put(
        id=identity,
        kind=KIND,
        change="refresh",
        version=1,
        modified_at=now,
        views=Views(full=json.dumps(since).encode()),
        edition=code,
        slug=code,
        quiet=True,
        touched=frozenset({identity, NEWS}),
    )


def _since(document: bytes) -> datetime:
    return datetime.fromisoformat(json.loads(document)["since"])


async def _has_lost(session: AsyncSession, code: str, since: datetime, now: datetime) -> bool:
    values = {"code": code, "month": month_of(since), "since": since, "until": now - WINDOW}
    return bool((await session.execute(_LOST, values)).scalar_one())


_LOST = text("""
    SELECT EXISTS (
        SELECT FROM published.sitemap_months m JOIN published.listings l ON l.key = m.key
        WHERE m.edition = :code AND m.month >= :month
            AND l.published_at >= :since AND l.published_at < :until
    )
""")
