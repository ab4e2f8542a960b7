"""The demo's site, editions, sections, people, topics and sources, made where they are missing."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.collections import commands as collections
from app.editing.collections.models import Collection
from app.editing.expectation import anything
from app.editing.people import commands as people
from app.editing.people.models import Person
from app.editing.sections import commands as sections
from app.editing.sections.models import Section
from app.editing.site import commands as site
from app.editing.site import queries as site_queries
from app.editing.site.models import Edition
from app.editing.site.schemas import EditionReplace
from app.editing.topics import commands as topics
from app.editing.topics.models import Topic
from app.exchange.demo import shelving
from app.exchange.demo.reading import Newsroom
from app.exchange.demo.shelving import Shelf
from app.identity.actor import SYSTEM


@dataclass(frozen=True)
class Places:
    """Ids: sections by edition and path, people, topics and series by slug, assets by key, and of
    what is cited."""

    sections: dict[tuple[str, str], UUID] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    topics: dict[str, UUID] = field(default_factory=dict)
    series: dict[str, UUID] = field(default_factory=dict)
    assets: dict[str, UUID] = field(default_factory=dict)
    shelf: Shelf = field(default_factory=Shelf)


async def settle(session: AsyncSession, newsroom: Newsroom, *, back: timedelta) -> Places:
    """Have all that articles name, under the site and in the editions of the newsroom. The days of
    what they cite move `back` in time."""
    row = await site_queries.site(session)
    if row.name != newsroom.site.name:
        await site.replace_site(session, SYSTEM, newsroom.site, expected=anything)
    await _editions(session, newsroom)
    places = Places(shelf=await shelving.fill(session, newsroom.sources, back=back))
    await _sections(session, newsroom, places)
    for person in newsroom.people:
        assert person.slug is not None
        found = await _known(session, Person, person.slug)
        places.people[person.slug] = found or (await people.create(session, SYSTEM, person)).id
    for topic in newsroom.topics:
        assert topic.slug is not None
        found = await _known(session, Topic, topic.slug)
        places.topics[topic.slug] = found or (await topics.create(session, SYSTEM, topic)).id
    return places


async def collect(
    session: AsyncSession, newsroom: Newsroom, articles: dict[tuple[str, str], UUID]
) -> None:
    """Make the collections that are missing. `articles` are the ids by edition and key."""
    for planned in newsroom.collections:
        draft = planned.draft
        assert draft.slug is not None
        if await _known(session, Collection, draft.slug) is None:
            chosen = [articles[draft.edition, key] for key in planned.articles]
            draft = draft.model_copy(update={"articles": chosen})
            await collections.create(session, SYSTEM, draft)


async def _editions(session: AsyncSession, newsroom: Newsroom) -> None:
    present = {edition.code: edition for edition in await site_queries.editions(session)}
    for draft in newsroom.editions:
        if draft.code not in present:
            await site.create_edition(session, SYSTEM, draft)
        elif present[draft.code].name != draft.name:
            fields = draft.model_dump(exclude={"code"}, exclude_unset=True)
            replacement = EditionReplace.model_validate(fields)
            await site.replace_edition(session, SYSTEM, draft.code, replacement, expected=anything)


async def _sections(session: AsyncSession, newsroom: Newsroom, places: Places) -> None:
    for planned in newsroom.sections:
        code = planned.draft.edition
        query = (
            select(Section.id)
            .join(Edition, Edition.id == Section.edition_id)
            .where(Edition.code == code, Section.path == planned.path)
        )
        found = (await session.execute(query)).scalar_one_or_none()
        if found is None:
            above = places.sections[code, planned.parent] if planned.parent else None
            draft = planned.draft.model_copy(update={"parent_id": above})
            found = (await sections.create(session, SYSTEM, draft)).id
        places.sections[code, planned.path] = found


async def _known(session: AsyncSession, model: Any, slug: str) -> UUID | None:
    found: UUID | None = (
        await session.execute(select(model.id).where(model.slug == slug))
    ).scalar_one_or_none()
    return found
