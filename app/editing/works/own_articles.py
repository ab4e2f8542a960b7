"""Our own live articles as works that can be cited: read from what the public has."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app import ids
from app.editing import merging
from app.editing.changed import note
from app.editing.csl import CslName
from app.editing.site.models import Edition
from app.editing.works import fields, keeping, kinds, queries, to_follow
from app.editing.works.models import Work
from app.errors import NotFound
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.published import url_keys
from app.published.models import Document

KIND = "own_article"


async def from_article(session: AsyncSession, actor: Actor, article_id: UUID) -> tuple[Work, bool]:
    """The work that stands for this live article, as readers have the article now. Also: whether
    it was made.

    What somebody had made with the article's address becomes this work.
    """
    actor.require(Scope.CITATIONS_WRITE)
    values = await _values(session, article_id)
    await session.execute(
        text("SELECT pg_advisory_xact_lock(hashtextextended(:article, 0))"),
        {"article": f"work of {article_id}"},
    )
    work = await _known(session, article_id, values["url_key"])
    if work is None:
        work, made = Work(id=ids.public(), edit=1), True
    else:
        made = False
        if all(getattr(work, name) == value for name, value in values.items()):
            return work, made
        await merging.touch(session, work)
    await keeping.keep(session, work, values)
    note(session, "work", work.id)
    to_follow.note_own(session, work.id)
    return work, made


async def _known(session: AsyncSession, article_id: UUID, url_key: str) -> Work | None:
    query = select(Work.id).where(Work.article_id == article_id, Work.merged_into_id.is_(None))
    work_id = (await session.execute(query)).scalar_one_or_none()
    if work_id is None:
        work_id = await queries.at_key(session, url_key)
    if work_id is None:
        return None
    work = await merging.lock(session, Work, work_id)
    return work if work.article_id in (None, article_id) else None


async def _values(session: AsyncSession, article_id: UUID) -> dict[str, Any]:
    rows = await session.execute(
        select(Document.full, Edition.time_zone)
        .join(Edition, Edition.code == Document.edition)
        .where(Document.id == article_id, Document.kind == "article", Document.status == 200)
    )
    found = rows.first()
    if found is None:
        raise NotFound("There is no such live article.")
    article = orjson.loads(found.full)
    authors = [CslName(literal=byline["name"]) for byline in article["bylines"]]
    published_at = datetime.fromisoformat(article["first_published_at"])
    day = published_at.astimezone(ZoneInfo(found.time_zone)).date()
    return {
        "kind": KIND,
        "csl_type": kinds.CSL_TYPES[KIND],
        "article_id": article_id,
        "title": article["headline"],
        "authors": [name.stored() for name in authors],
        "language": article["language"],
        "issued": day.isoformat(),
        "issued_from": day,
        "issued_to": day,
        "url": article["canonical_url"],
        "url_key": url_keys.key(article["canonical_url"]),
        "visibility": "public",
        "search_text": fields.search_text([article["headline"]], authors),
    }
