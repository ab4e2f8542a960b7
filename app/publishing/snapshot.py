"""All the reads of a publish: one article with everything that will show in its public form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.articles.content import Content
from app.editing.articles.models import Article, ArticleExternalId
from app.editing.collections.models import CollectionItem
from app.editing.people.models import Person
from app.editing.schemas.models import ExtrasSchema
from app.editing.sections.models import Section
from app.editing.site.models import Edition, Site
from app.editing.topics.models import Topic
from app.published import changes
from app.published.models import Document, Version


@dataclass(frozen=True, kw_only=True)
class Live:
    """What is public of an article at this moment."""

    etag: str
    version: int
    modified_at: Any
    card: bytes | None
    status: int


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """`seq` is the head of the change log when the reading began: what changed later is not in."""

    seq: int
    site: Site
    edition: Edition
    article: Article
    content: Content
    sections: dict[UUID, Section]
    people: dict[UUID, Person]
    topics: dict[UUID, Topic]
    related: list[dict[str, Any]]
    translations: list[dict[str, Any]]
    translation_ids: list[UUID]
    collections: dict[UUID, int]
    external_ids: list[tuple[str, str]]
    corrections: dict[UUID, int]
    extras_schema: dict[str, Any] | None
    live: Live | None

    def lineage(self, section_id: UUID) -> list[Section]:
        """The section and those above it, from the top down."""
        chain: list[Section] = []
        step: UUID | None = section_id
        while step is not None:
            chain.append(self.sections[step])
            step = self.sections[step].parent_id
        return chain[::-1]

    @property
    def subjects(self) -> frozenset[UUID]:
        """Everything whose change makes this document old."""
        return frozenset(
            {self.site.id, self.edition.id}
            | self.sections.keys()
            | self.people.keys()
            | self.topics.keys()
            | set(self.content.related_ids)
            | set(self.translation_ids)
        )


async def load(
    session: AsyncSession, articles: Sequence[Article], *, live_revision: bool = False
) -> list[Snapshot]:
    """Snapshots of articles that the caller has locked, in the same order.

    `live_revision` takes the content that is public now (a refresh) instead of the newest one.
    """
    seq = await changes.head(session)
    contents = await _contents(session, articles, live_revision=live_revision)
    all_contents = contents.values()
    site = (await session.execute(select(Site))).scalar_one()
    editions = await _by_id(session, Edition, {article.edition_id for article in articles})
    sections = await _sections_and_above(
        session, {identity for content in all_contents for identity in content.all_section_ids}
    )
    people = await _by_id(
        session, Person, {identity for content in all_contents for identity in content.person_ids}
    )
    topics = await _by_id(
        session, Topic, {identity for content in all_contents for identity in content.topic_ids}
    )
    groups = await _translations(session, articles)
    wanted = {identity for content in all_contents for identity in content.related_ids}
    wanted |= {identity for group in groups.values() for identity in group}
    article_ids = [article.id for article in articles]
    documents = await _documents(session, wanted | set(article_ids))
    in_collections = await _collections(session, article_ids)
    external_ids = await _external_ids(session, article_ids)
    corrections = await _corrections(session, article_ids)
    schema = await session.get(ExtrasSchema, "article")

    def cards(identities: Iterable[UUID]) -> list[dict[str, Any]]:
        return [
            orjson.loads(documents[identity].card or b"{}")
            for identity in identities
            if identity in documents and documents[identity].status == 200
        ]

    snapshots = []
    for article in articles:
        content = contents[article.id]
        others = [
            identity
            for identity in groups.get(article.translation_group, [])
            if identity != article.id
        ]
        snapshots.append(
            Snapshot(
                seq=seq,
                site=site,
                edition=editions[article.edition_id],
                article=article,
                content=content,
                sections=_lineages(sections, content.all_section_ids),
                people={identity: people[identity] for identity in content.person_ids},
                topics={identity: topics[identity] for identity in content.topic_ids},
                related=cards(content.related_ids),
                translations=cards(others),
                translation_ids=others,
                collections=in_collections.get(article.id, {}),
                external_ids=external_ids.get(article.id, []),
                corrections=corrections.get(article.id, {}),
                extras_schema=schema.document if schema else None,
                live=documents.get(article.id),
            )
        )
    return snapshots


async def _contents(
    session: AsyncSession, articles: Sequence[Article], *, live_revision: bool
) -> dict[UUID, Content]:
    numbers = {
        article.id: article.live_revision if live_revision else article.revision
        for article in articles
    }
    rows = await session.execute(
        text(
            "SELECT r.article_id, r.content FROM desk.revisions r"
            " JOIN unnest(CAST(:ids AS uuid[]), CAST(:numbers AS bigint[])) AS w (id, number)"
            "   ON r.article_id = w.id AND r.number = w.number"
        ),
        {"ids": list(numbers), "numbers": list(numbers.values())},
    )
    return {row.article_id: Content.model_validate(row.content) for row in rows}


async def _by_id(session: AsyncSession, model: Any, identities: set[UUID]) -> dict[UUID, Any]:
    if not identities:
        return {}
    rows = await session.execute(
        select(model)
        .where(model.id.in_(identities))
        .execution_options(populate_existing=True)
    )  # fmt: skip
    return {row.id: row for row in rows.scalars()}


async def _sections_and_above(session: AsyncSession, identities: set[UUID]) -> dict[UUID, Section]:
    top = (
        select(Section.id, Section.parent_id).where(Section.id.in_(identities)).cte(recursive=True)
    )
    above = top.union(
        select(Section.id, Section.parent_id).join(top, Section.id == top.c.parent_id)
    )
    rows = await session.execute(
        select(Section)
        .where(Section.id.in_(select(above.c.id)))
        .execution_options(populate_existing=True)
    )
    return {section.id: section for section in rows.scalars()}


def _lineages(sections: dict[UUID, Section], identities: Iterable[UUID]) -> dict[UUID, Section]:
    chosen: dict[UUID, Section] = {}
    for identity in identities:
        step: UUID | None = identity
        while step is not None and step not in chosen:
            chosen[step] = sections[step]
            step = sections[step].parent_id
    return chosen


async def _translations(
    session: AsyncSession, articles: Sequence[Article]
) -> dict[UUID | None, list[UUID]]:
    groups = {article.translation_group for article in articles} - {None}
    found: dict[UUID | None, list[UUID]] = {}
    if groups:
        rows = await session.execute(
            select(Article.translation_group, Article.id)
            .join(Edition, Edition.id == Article.edition_id)
            .where(Article.translation_group.in_(groups))
            .order_by(Edition.position, Edition.code, Article.id)
        )
        for group, identity in rows:
            found.setdefault(group, []).append(identity)
    return found


async def _documents(session: AsyncSession, identities: set[UUID]) -> dict[UUID, Live]:
    rows = await session.execute(
        select(
            Document.id,
            Document.etag,
            Document.version,
            Document.modified_at,
            Document.card,
            Document.status,
        ).where(Document.id.in_(identities))
    )
    return {
        row.id: Live(
            etag=row.etag,
            version=row.version,
            modified_at=row.modified_at,
            card=row.card,
            status=row.status,
        )
        for row in rows
    }


async def _collections(
    session: AsyncSession, article_ids: Sequence[UUID]
) -> dict[UUID, dict[UUID, int]]:
    found: dict[UUID, dict[UUID, int]] = {}
    rows = await session.execute(
        select(CollectionItem).where(CollectionItem.article_id.in_(article_ids))
    )
    for item in rows.scalars():
        found.setdefault(item.article_id, {})[item.collection_id] = item.position
    return found


async def _external_ids(
    session: AsyncSession, article_ids: Sequence[UUID]
) -> dict[UUID, list[tuple[str, str]]]:
    found: dict[UUID, list[tuple[str, str]]] = {}
    rows = await session.execute(
        select(ArticleExternalId)
        .where(ArticleExternalId.article_id.in_(article_ids))
        .order_by(ArticleExternalId.system, ArticleExternalId.external_id)
    )
    for row in rows.scalars():
        found.setdefault(row.article_id, []).append((row.system, row.external_id))
    return found


async def _corrections(
    session: AsyncSession, article_ids: Sequence[UUID]
) -> dict[UUID, dict[UUID, int]]:
    """In which version each correction was first carried."""
    found: dict[UUID, dict[UUID, int]] = {}
    rows = await session.execute(
        select(Version.document_id, Version.version, Version.corrections)
        .where(Version.document_id.in_(article_ids), Version.corrections != [])
        .order_by(Version.version)
    )
    for document_id, version, corrections in rows:
        for correction in corrections:
            found.setdefault(document_id, {}).setdefault(UUID(correction["id"]), version)
    return found
