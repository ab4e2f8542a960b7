"""IndexNow: search engines hear which pages are new, changed or gone.

They believe whoever shows the site's key on the host of the pages, in a file at its root: the front
end has that from delivery.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import orjson
from psycopg.rows import dict_row
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app import jobs
from app.database import Database, driver
from app.dispatch import errands, outcomes, reaching
from app.dispatch.consumers import Consumer, is_news
from app.dispatch.errands import Due
from app.dispatch.outcomes import Outcome
from app.dispatch.reaching import Reaching
from app.editing import calling
from app.editing.site.models import Edition, Site
from app.editing.site.queries import site
from app.outbound.page import Refused, Unreachable
from app.published.changes import Change
from app.published.paths import encode

KIND = "index_now"
DELAY, PAUSE = 5.0, 30.0
MOST = 10_000
"""So many addresses are taken at once."""

KEY_FILE = "/indexnow-key.txt"

_JSON = "application/json; charset=utf-8"


async def tell(session: AsyncSession, changes: Sequence[Change]) -> None:
    """Have the pages of the articles told that these changes are about."""
    here = await site(session)
    if not here.index_now or not reaching.of(session).on:
        return
    articles = {
        change.document_id
        for change in changes
        if is_news(change) and change.document_kind == "article"
    }
    cursor = (await driver(session)).cursor(row_factory=dict_row)
    await cursor.execute(_ARTICLES, (list(articles),))
    bases = await _bases(session, here)
    wanted = list(_pages(await cursor.fetchall(), bases))
    if wanted:
        await errands.ask(session, KIND, wanted, seq=changes[-1].seq, delay=DELAY, pause=PAUSE)


CONSUMER = Consumer("index_now", tell)


@jobs.task("index_now.submit")
async def submit(database: Database, *, target: str) -> None:
    """Tell of the pages below this base that are due."""
    async with database.read() as session:
        due = await errands.due(session, KIND, target, most=MOST)
        setting = (await site(session)).index_now
        reach, agent = reaching.of(session), await calling.agent(session)
    if not setting or not reach.on:
        async with database.write() as session:
            await errands.drop(session, KIND, target)
    elif due:
        outcome = await _submit(reach, agent, setting, target, due)
        async with database.write() as session:
            await errands.record(session, due, outcome, pause=PAUSE, keep=False)
            await errands.sum_up(session, KIND, target, outcome, seq=max(each.seq for each in due))


async def _submit(
    reach: Reaching, agent: str, setting: Mapping[str, str], base: str, due: Sequence[Due]
) -> Outcome:
    place = base + KEY_FILE
    content = orjson.dumps(
        {
            "host": urlsplit(base).netloc,
            "key": setting["key"],
            "keyLocation": place,
            "urlList": [each.subject for each in due],
        }
    )
    try:
        page = await reach.post(setting["endpoint"], content, agent=agent, media_type=_JSON)
    except (Refused, Unreachable) as error:
        return outcomes.of_failure(error)
    if page.status == 403:
        reason = f"It did not find the key at {place}: have the front end show it there."
        return outcomes.failed(reason, status=403)
    return outcomes.of_page(page)


def _pages(rows: Sequence[Any], bases: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The base and the whole address of each page."""
    for row in rows:
        if row["path"] is not None and row["edition"] in bases:
            base = bases[row["edition"]]
            yield base, base + encode(row["path"])


async def _bases(session: AsyncSession, here: Site) -> dict[str, str]:
    """Where the pages of each edition are, by its code."""
    [canonical] = [each["web"] for each in here.addresses if each["kind"] == "canonical"]
    editions = await session.execute(select(Edition.code, Edition.base_url))
    return {code: base or canonical for code, base in editions}


_ARTICLES = """
    SELECT path, edition FROM published.documents article
    WHERE id = ANY(%s) AND kind = 'article' AND (status <> 200 OR EXISTS (
        SELECT FROM published.listings listed
        JOIN published.sitemap_months month ON month.key = listed.key
        WHERE listed.article_id = article.id
    ))
"""
"""Those that engines may have, as sitemaps say, and those that they may have had."""
