"""What must hold between an article and everything it names."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing import own_paths
from app.editing.articles import queries
from app.editing.articles.content import Content
from app.editing.articles.media import uses
from app.editing.articles.models import Article
from app.editing.assets import checks as asset_checks
from app.editing.citations import checks as citation_checks
from app.editing.citations.values import Citation
from app.editing.people.models import Person
from app.editing.sections.models import Section
from app.editing.series.models import Series
from app.editing.site.models import Edition
from app.editing.topics.models import Topic
from app.errors import Fault, Invalid, NotFound
from app.identity.actor import Actor


async def edition_of(session: AsyncSession, content: Content, *, code: str | None) -> UUID:
    """The edition with this code, or the primary section's."""
    if code is not None:
        found = await session.execute(select(Edition.id).where(Edition.code == code))
        pointer, detail = "/edition", f"There is no edition `{code}`."
    else:
        found = await session.execute(
            select(Section.edition_id).where(Section.id == content.section_id)
        )
        pointer, detail = "/section_id", "There is no such section."
    edition_id: UUID | None = found.scalar_one_or_none()
    if edition_id is None:
        raise Invalid("The edition is not known.", faults=[Fault(detail, pointer=pointer)])
    return edition_id


def own_path(content: Content) -> None:
    """Raise Invalid where the article wants a path of its own that it cannot have."""
    if content.path is not None and (detail := own_paths.wrong(content.path)):
        fault = Fault(detail, pointer="/path")
        raise Invalid("The path cannot be used.", faults=[fault])


async def references(
    session: AsyncSession, content: Content, edition_id: UUID, *, before: Sequence[Citation] = ()
) -> None:
    """Raise Invalid, naming each section, person, topic, article, work… that is not there.

    Citations that were there `before` are held to what cannot have changed since.
    """
    faults: list[Fault] = []
    own_edition = Section.edition_id == edition_id
    sections = await _known(session, Section.id, content.all_section_ids, own_edition)
    if content.section_id not in sections:
        faults.append(Fault("There is no such section in this edition.", pointer="/section_id"))
    faults += _missing("section_ids", content.section_ids, sections, "section in this edition")
    people = await _known(session, Person.id, content.person_ids)
    faults += [
        Fault("There is no such person.", pointer=f"/bylines/{index}/person_id")
        for index, byline in enumerate(content.bylines)
        if byline.person_id and byline.person_id not in people
    ]
    topics = await _known(session, Topic.id, content.topic_ids)
    faults += _missing("topic_ids", content.topic_ids, topics, "topic")
    if content.episode:
        named = [content.episode.series_id]
        if not await _known(session, Series.id, named, Series.edition_id == edition_id):
            detail = "There is no such series in this edition."
            faults.append(Fault(detail, pointer="/episode/series_id"))
    related = await _known(session, Article.id, content.related_ids)
    faults += _missing("related_ids", content.related_ids, related, "article")
    faults += await asset_checks.faults(session, uses(content))
    if content.citations:
        faults += await citation_checks.faults(session, content.citations, before=before)
    if faults:
        raise Invalid("The article names what is not there, or may not be named.", faults=faults)


async def is_the_actors(session: AsyncSession, actor: Actor, content: Content) -> None:
    """Raise Forbidden where the actor is restricted to sections, and this is in none of them."""
    await section_is_the_actors(session, actor, content.section_id)


async def section_is_the_actors(session: AsyncSession, actor: Actor, section_id: UUID) -> None:
    """The same, of an article whose primary section this is."""
    if actor.sections is not None:
        actor.require_section(await _lineage(session, section_id))


async def readable(session: AsyncSession, actor: Actor, article_id: UUID) -> Article:
    """The article. One outside of the sections that the actor is restricted to looks like none."""
    article = await queries.get(session, article_id)
    if actor.sections is not None:
        lineage = await _lineage(session, article.section_ids[0])
        if actor.sections.isdisjoint(lineage):
            raise NotFound(queries.MISSING)
    return article


async def _lineage(session: AsyncSession, section_id: UUID) -> list[UUID]:
    start = select(Section.id, Section.parent_id).where(Section.id == section_id)
    own = start.cte(recursive=True)
    above = own.union(
        select(Section.id, Section.parent_id).join(own, Section.id == own.c.parent_id)
    )
    return list((await session.execute(select(above.c.id))).scalars())


async def _known(
    session: AsyncSession, column: Any, identities: Iterable[UUID], *conditions: Any
) -> set[UUID]:
    wanted = list(identities)
    if not wanted:
        return set()
    # Held until the commit: what an article names cannot be deleted in the meantime.
    query = select(column).where(column.in_(wanted), *conditions).order_by(column)
    query = query.with_for_update(read=True, key_share=True)
    return set((await session.execute(query)).scalars())


def _missing(field: str, identities: list[UUID], known: set[UUID], noun: str) -> Iterable[Fault]:
    for index, identity in enumerate(identities):
        if identity not in known:
            yield Fault(f"There is no such {noun}.", pointer=f"/{field}/{index}")
