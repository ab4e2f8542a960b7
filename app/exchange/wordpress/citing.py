"""What posts cite, found or made at our desk. A work is known again by its address, or by its title
where it has none, a speaker by the name."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.citations.values import Citation
from app.editing.speakers import commands as speakers
from app.editing.speakers.models import Speaker
from app.editing.speakers.schemas import SpeakerCreate
from app.editing.works import commands as works
from app.editing.works import queries
from app.editing.works.models import Work
from app.editing.works.schemas import WorkCreate
from app.exchange.wordpress.report import Item
from app.exchange.wordpress.sources import Source
from app.exchange.wordpress.subjects import Desk
from app.published import url_keys


async def cited(
    session: AsyncSession, desk: Desk, sources: Sequence[Source]
) -> tuple[list[Citation], list[Item]]:
    """The citations, and what became of the works and speakers that they name."""
    citations, items = [], []
    for source in sources:
        fields = dict(source.fields)
        if source.work:
            items.append(await _work(session, desk, source.work))
            fields["work_id"] = items[-1].our_id
        if source.speaker:
            items.append(await _speaker(session, desk, source.speaker))
            fields["statement"] = fields["statement"] | {"speaker_id": items[-1].our_id}
        citations.append(Citation.model_validate(fields))
    return citations, items


async def _work(session: AsyncSession, desk: Desk, draft: WorkCreate) -> Item:
    title = draft.title or draft.url or ""
    name = draft.url or title
    if draft.url:
        known = await queries.at_key(session, url_keys.key(draft.url))
    else:
        known = await _first(
            session,
            select(Work.id).where(
                Work.kind == draft.kind,
                Work.title == draft.title,
                Work.url.is_(None),
                Work.visibility == "public",
                Work.merged_into_id.is_(None),
            ).order_by(Work.id),
        )  # fmt: skip
    if known:
        return Item("work", name, title, "unchanged", our_id=known)
    made = await works.create(session, desk.actor, draft)
    return Item("work", name, title, "imported", our_id=made.id)


async def _speaker(session: AsyncSession, desk: Desk, draft: SpeakerCreate) -> Item:
    query = select(Speaker.id).where(
        Speaker.name == draft.name, Speaker.kind == draft.kind, Speaker.merged_into_id.is_(None)
    )
    known = await _first(session, query.order_by(Speaker.id))
    if known:
        return Item("speaker", draft.name, draft.name, "unchanged", our_id=known)
    made = await speakers.create(session, desk.actor, draft)
    return Item("speaker", draft.name, draft.name, "imported", our_id=made.id)


async def _first(session: AsyncSession, query: Any) -> UUID | None:
    found: UUID | None = (await session.execute(query.limit(1))).scalar_one_or_none()
    return found
