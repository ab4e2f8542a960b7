"""What the demo cites, made where it is missing: publications, speakers, works, their events."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.publications import commands as publications
from app.editing.publications.models import Publication
from app.editing.speakers import commands as speakers
from app.editing.speakers.models import Speaker
from app.editing.works import commands as works
from app.editing.works import events, own_articles
from app.editing.works.models import Work
from app.editing.works.schemas import WorkCreate
from app.exchange.demo.sources import NOUNS, Sources
from app.identity.actor import SYSTEM
from app.published import url_keys


@dataclass(frozen=True)
class Shelf:
    """Ids: by noun and key, and those of our own articles as works, by edition and key."""

    ids: dict[str, dict[str, UUID]] = field(default_factory=lambda: {noun: {} for noun in NOUNS})
    articles: dict[tuple[str, str], UUID] = field(default_factory=dict)


async def fill(session: AsyncSession, sources: Sources, *, back: timedelta) -> Shelf:
    """Have all that is cited. Days move `back` in time."""
    shelf = Shelf()
    for key, publication in sources.publications.items():
        query = select(Publication.id).where(Publication.name == publication.name)
        found = await _first(session, query)
        shelf.ids["publication"][key] = (
            found or (await publications.create(session, SYSTEM, publication)).id
        )
    for key, speaker in sources.speakers.items():
        query = select(Speaker.id).where(Speaker.name == speaker.name, Speaker.kind == speaker.kind)
        found = await _first(session, query)
        shelf.ids["speaker"][key] = found or (await speakers.create(session, SYSTEM, speaker)).id
    for key, planned in sources.works.items():
        issuers = {
            f"{name}_id": shelf.ids["publication"][issuer]
            for name, issuer in planned.issuers.items()
        }
        draft = planned.draft(back, **issuers)
        found = await _first(session, _same(draft))
        shelf.ids["work"][key] = found or (await works.create(session, SYSTEM, draft)).id
    return shelf


async def add_article(
    session: AsyncSession, shelf: Shelf, name: tuple[str, str], article_id: UUID
) -> None:
    """Have one of our own live articles as a work."""
    work, _ = await own_articles.from_article(session, SYSTEM, article_id)
    shelf.articles[name] = work.id


async def happen(session: AsyncSession, sources: Sources, shelf: Shelf, *, back: timedelta) -> None:
    """Record what happened to works since they were cited."""
    for planned in sources.events:
        await events.record(session, SYSTEM, shelf.ids["work"][planned.work], planned.draft(back))


def _same(draft: WorkCreate) -> Select[Any]:
    query = select(Work.id)
    if draft.url:
        return query.where(Work.url_key == url_keys.key(draft.url))
    return query.where(Work.kind == draft.kind, Work.title == draft.title)


async def _first(session: AsyncSession, query: Select[Any]) -> UUID | None:
    found: UUID | None = (await session.execute(query.limit(1))).scalar_one_or_none()
    return found
