"""Reading articles at the desk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, Select, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing import citation_notes
from app.editing.articles.content import Content
from app.editing.articles.models import Article, ArticleExternalId, Revision
from app.editing.sections.models import Section
from app.errors import NotFound

MISSING = "There is no such article."


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What a list of articles is narrowed to; None: not at all. A section includes those below.

    `primary_sections` are those that the actor is restricted to.
    """

    edition_id: UUID | None = None
    stage: str | None = None
    live: bool | None = None
    section_id: UUID | None = None
    person_id: UUID | None = None
    topic_id: UUID | None = None
    genre: str | None = None
    text: str | None = None
    changed_since: datetime | None = None
    primary_sections: frozenset[UUID] | None = None


async def get(session: AsyncSession, article_id: UUID) -> Article:
    article = await session.get(Article, article_id)
    if article is None:
        raise NotFound(MISSING)
    return article


async def lock(session: AsyncSession, article_ids: Sequence[UUID]) -> list[Article]:
    """The articles, locked in the order of their ids, so that two writers never deadlock.

    Returned in the order asked for. The lock lets others refer to the row by foreign key.
    """
    found = await lock_present(session, article_ids)
    if len(found) < len(set(article_ids)):
        raise NotFound(MISSING)
    return [found[article_id] for article_id in article_ids]


async def lock_present(session: AsyncSession, article_ids: Sequence[UUID]) -> dict[UUID, Article]:
    """The same, by their ids, without those that are not there."""
    rows = await session.execute(
        select(Article)
        .where(Article.id.in_(article_ids))
        .order_by(Article.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return {article.id: article for article in rows.scalars()}


async def content(session: AsyncSession, article: Article) -> Content:
    """The working copy."""
    return held(session, await revision(session, article.id, article.revision))


def held(session: AsyncSession, revision: Revision) -> Content:
    """What a revision holds."""
    return shown(session, Content.model_validate(revision.content))


def shown(session: AsyncSession, content: Content) -> Content:
    """The content without its notes on citations, once these are switched off."""
    for citation in content.citations:
        citation.note_internal = citation_notes.shown(session, citation.note_internal)
    return content


async def revision(session: AsyncSession, article_id: UUID, number: int) -> Revision:
    found = await session.get(Revision, (article_id, number))
    if found is None:
        raise NotFound("There is no such revision.")
    return found


async def revisions(
    session: AsyncSession, article_id: UUID, *, below: int | None, limit: int
) -> Sequence[Any]:
    """Rows (number, created_at, created_by, restored_from, headline), the newest first."""
    query = (
        select(
            Revision.number,
            Revision.created_at,
            Revision.created_by,
            Revision.restored_from,
            Revision.content["headline"].astext.label("headline"),
        )
        .where(Revision.article_id == article_id)
        .order_by(Revision.number.desc())
        .limit(limit)
    )
    if below is not None:
        query = query.where(Revision.number < below)
    return (await session.execute(query)).all()


async def external_ids(session: AsyncSession, article_id: UUID) -> Sequence[ArticleExternalId]:
    rows = await session.execute(
        select(ArticleExternalId)
        .where(ArticleExternalId.article_id == article_id)
        .order_by(ArticleExternalId.system, ArticleExternalId.external_id)
    )
    return rows.scalars().all()


async def by_external(session: AsyncSession, system: str, external_id: str) -> UUID | None:
    row = await session.get(ArticleExternalId, (system, external_id))
    return row.article_id if row else None


async def translations(session: AsyncSession, article: Article) -> Sequence[UUID]:
    if article.translation_group is None:
        return []
    rows = await session.execute(
        select(Article.id)
        .where(Article.translation_group == article.translation_group, Article.id != article.id)
        .order_by(Article.id)
    )
    return rows.scalars().all()


async def page(
    session: AsyncSession,
    narrowed: Filter,
    *,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> Sequence[Article]:
    """The last changed first."""
    query = _narrow_subjects(_narrow(select(Article), narrowed), narrowed)
    if after is not None:
        query = query.where(tuple_(Article.changed_at, Article.id) < after)
    query = query.order_by(Article.changed_at.desc(), Article.id.desc()).limit(limit)
    return (await session.execute(query)).scalars().all()


def is_in(section_id: UUID) -> ColumnElement[bool]:
    """Whether an article is in this section or one below it."""
    below = select(func.array_agg(_and_below([section_id]).c.id)).scalar_subquery()
    found: ColumnElement[bool] = Article.section_ids.overlap(below)
    return found


def is_primarily_in(section_ids: Iterable[UUID]) -> ColumnElement[bool]:
    """Whether the primary section of an article is one of these or below."""
    return Article.section_ids[1].in_(select(_and_below(section_ids).c.id))


def _narrow(query: Select[Article], narrowed: Filter) -> Select[Article]:
    if narrowed.edition_id:
        query = query.where(Article.edition_id == narrowed.edition_id)
    if narrowed.stage:
        query = query.where(Article.stage == narrowed.stage)
    if narrowed.live is not None:
        query = query.where(Article.live_version.is_not(None) == narrowed.live)
    if narrowed.genre:
        query = query.where(Article.genre == narrowed.genre)
    if narrowed.text:
        words = func.websearch_to_tsquery("simple", narrowed.text)
        query = query.where(func.to_tsvector("simple", Article.search_text).op("@@")(words))
    if narrowed.changed_since:
        query = query.where(Article.changed_at >= narrowed.changed_since)
    return query


def _narrow_subjects(query: Select[Article], narrowed: Filter) -> Select[Article]:
    if narrowed.section_id:
        query = query.where(is_in(narrowed.section_id))
    if narrowed.primary_sections is not None:
        query = query.where(is_primarily_in(narrowed.primary_sections))
    if narrowed.person_id:
        query = query.where(Article.person_ids.contains([narrowed.person_id]))
    if narrowed.topic_id:
        query = query.where(Article.topic_ids.contains([narrowed.topic_id]))
    return query


def _and_below(section_ids: Iterable[UUID]) -> CTE:
    top = select(Section.id).where(Section.id.in_(section_ids)).cte(recursive=True)
    return top.union(select(Section.id).join(top, Section.parent_id == top.c.id))
