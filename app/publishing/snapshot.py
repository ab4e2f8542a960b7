"""All the reads of a publish: one article with everything that will show in its public form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from psycopg.rows import class_row
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import pipelined
from app.editing.articles.content import Content
from app.editing.articles.models import Article
from app.editing.people.models import Person
from app.editing.sections.models import Section
from app.editing.site.models import Edition, Site
from app.editing.topics.models import Topic
from app.publishing import sources
from app.publishing.rows import grouped, select
from app.publishing.sources import Sources


@dataclass(frozen=True, kw_only=True)
class Live:
    """What is public of an article at this moment."""

    id: UUID
    etag: str
    version: int
    modified_at: Any
    card: bytes | None
    status: int


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """`seq` is the head of the change log when the reading began: what changed later is not in.

    `besides` is what is public of the article besides its document: the ETags of its citations and
    exports, and the lists that it is in.
    """

    seq: int
    site: Site
    edition: Edition
    article: Article
    content: Content
    sections: dict[UUID, Section]
    people: dict[UUID, Person]
    topics: dict[UUID, Topic]
    sources: Sources
    related: list[dict[str, Any]]
    translations: list[dict[str, Any]]
    translation_ids: list[UUID]
    curated: dict[UUID, dict[UUID, int]]
    external_ids: list[tuple[str, str]]
    corrections: dict[UUID, int]
    extras_schema: dict[str, Any] | None
    live: Live | None
    besides: frozenset[str]

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
            | self.sources.ids
        )


async def load(
    session: AsyncSession, articles: Sequence[Article], *, live_revision: bool = False
) -> list[Snapshot]:
    """Snapshots of articles that the caller has locked, in the same order.

    `live_revision` takes the content that is public now (a refresh) instead of the newest one.
    """
    own = await _own(session, articles, live_revision=live_revision)
    contents = own.contents.values()
    embedded = await _embedded(
        session,
        sections={identity for content in contents for identity in content.all_section_ids},
        people={identity for content in contents for identity in content.person_ids},
        topics={identity for content in contents for identity in content.topic_ids},
        documents={article.id for article in articles}
        | {identity for content in contents for identity in content.related_ids}
        | {identity for group in own.translations.values() for identity in group},
    )
    cited = await sources.load(
        session, [citation for content in contents for citation in content.public_citations]
    )
    return [_snapshot(article, own, embedded, cited) for article in articles]


@dataclass(frozen=True, kw_only=True)
class _Own:
    """What belongs to the articles themselves, by their ids, and to the site."""

    seq: int
    site: Site
    editions: dict[UUID, Edition]
    extras_schema: dict[str, Any] | None
    contents: dict[UUID, Content]
    translations: dict[UUID, list[UUID]]
    curated: dict[UUID, dict[UUID, int]]
    external_ids: dict[UUID, list[tuple[str, str]]]
    corrections: dict[UUID, dict[UUID, int]]
    besides: dict[UUID, list[tuple[str]]]


@dataclass(frozen=True, kw_only=True)
class _Embedded:
    """What the articles name, by its ids."""

    sections: dict[UUID, Section]
    people: dict[UUID, Person]
    topics: dict[UUID, Topic]
    documents: dict[UUID, Live]

    def cards(self, identities: Iterable[UUID]) -> list[dict[str, Any]]:
        """Of those that are live."""
        live = (self.documents.get(identity) for identity in identities)
        return [orjson.loads(each.card or b"{}") for each in live if each and each.status == 200]


def _snapshot(article: Article, own: _Own, embedded: _Embedded, cited: Sources) -> Snapshot:
    content = own.contents[article.id]
    translations = own.translations.get(article.id, [])
    return Snapshot(
        seq=own.seq,
        site=own.site,
        edition=own.editions[article.edition_id],
        article=article,
        content=content,
        sections=_lineages(embedded.sections, content.all_section_ids),
        people={identity: embedded.people[identity] for identity in content.person_ids},
        topics={identity: embedded.topics[identity] for identity in content.topic_ids},
        sources=cited.of(content.public_citations),
        related=embedded.cards(content.related_ids),
        translations=embedded.cards(translations),
        translation_ids=translations,
        curated={
            identity: places for identity, places in own.curated.items() if article.id in places
        },
        external_ids=own.external_ids.get(article.id, []),
        corrections=own.corrections.get(article.id, {}),
        extras_schema=own.extras_schema,
        live=embedded.documents.get(article.id),
        besides=frozenset(each for (each,) in own.besides.get(article.id, ())),
    )


async def _own(session: AsyncSession, articles: Sequence[Article], *, live_revision: bool) -> _Own:
    ids = [article.id for article in articles]
    revisions = [
        article.live_revision if live_revision else article.revision for article in articles
    ]
    async with pipelined(session) as connection:
        # First, so that what changes while the others are read counts as not seen.
        head = await connection.execute("SELECT seq FROM published.head")
        site = await select(connection, Site, "one")
        editions = await select(
            connection, Edition, "id = ANY(%s)", [[article.edition_id for article in articles]]
        )
        schema = await connection.execute(
            "SELECT document FROM desk.extras_schemas WHERE kind = 'article'"
        )
        contents = await connection.execute(
            "SELECT article_id, content FROM desk.revisions"
            " JOIN unnest(%s::uuid[], %s::bigint[]) AS wanted (id, number)"
            "   ON article_id = wanted.id AND revisions.number = wanted.number",
            (ids, revisions),
        )
        translations = await connection.execute(
            "SELECT own.id, other.id FROM desk.articles own"
            " JOIN desk.articles other USING (translation_group)"
            " JOIN desk.editions edition ON edition.id = other.edition_id"
            " WHERE own.id = ANY(%s) AND other.id <> own.id"
            " ORDER BY edition.position, edition.code, other.id",
            (ids,),
        )
        collections = await connection.execute(
            "SELECT collection_id, article_id, position FROM desk.collection_items"
            " WHERE collection_id IN"
            "   (SELECT collection_id FROM desk.collection_items WHERE article_id = ANY(%s))",
            (ids,),
        )
        external_ids = await connection.execute(
            "SELECT article_id, system, external_id FROM desk.article_external_ids"
            " WHERE article_id = ANY(%s) ORDER BY system, external_id",
            (ids,),
        )
        corrections = await connection.execute(
            "SELECT document_id, version, jsonb_array_elements(corrections) ->> 'id'"
            " FROM published.versions WHERE document_id = ANY(%s) ORDER BY version",
            (ids,),
        )
        besides = await connection.execute(_BESIDES, {"ids": ids})
        return _Own(
            seq=(await head.fetchall())[0][0],
            site=(await site.fetchall())[0],
            editions={edition.id: edition for edition in await editions.fetchall()},
            extras_schema=next((row[0] for row in await schema.fetchall()), None),
            contents={row[0]: Content.model_validate(row[1]) for row in await contents.fetchall()},
            translations={
                identity: [other for (other,) in others]
                for identity, others in grouped(await translations.fetchall()).items()
            },
            curated={
                identity: dict(places)
                for identity, places in grouped(await collections.fetchall()).items()
            },
            external_ids=grouped(await external_ids.fetchall()),
            corrections={
                identity: {UUID(correction): version for version, correction in reversed(notes)}
                for identity, notes in grouped(await corrections.fetchall()).items()
            },
            besides=grouped(await besides.fetchall()),
        )


async def _embedded(
    session: AsyncSession,
    *,
    sections: set[UUID],
    people: set[UUID],
    topics: set[UUID],
    documents: set[UUID],
) -> _Embedded:
    async with pipelined(session) as connection:
        found_sections = await select(connection, Section, _AND_ABOVE, [list(sections)])
        found_people = await select(connection, Person, "id = ANY(%s)", [list(people)])
        found_topics = await select(connection, Topic, "id = ANY(%s)", [list(topics)])
        found_documents = connection.cursor(row_factory=class_row(Live))
        await found_documents.execute(
            "SELECT id, etag, version, modified_at, card, status FROM published.documents"
            " WHERE id = ANY(%s)",
            (list(documents),),
        )
        return _Embedded(
            sections={section.id: section for section in await found_sections.fetchall()},
            people={person.id: person for person in await found_people.fetchall()},
            topics={topic.id: topic for topic in await found_topics.fetchall()},
            documents={live.id: live for live in await found_documents.fetchall()},
        )


_BESIDES = """
SELECT article_id, etag FROM published.citations WHERE article_id = ANY(%(ids)s) AND status = 200
UNION ALL SELECT document_id, etag FROM published.exports WHERE document_id = ANY(%(ids)s)
UNION ALL SELECT article_id, key::text FROM published.listings WHERE article_id = ANY(%(ids)s)
"""

_AND_ABOVE = """id IN (
    WITH RECURSIVE above AS (
        SELECT id, parent_id FROM desk.sections WHERE id = ANY(%s)
        UNION SELECT up.id, up.parent_id FROM desk.sections up JOIN above ON up.id = above.parent_id
    ) SELECT id FROM above)"""


def _lineages(sections: dict[UUID, Section], identities: Iterable[UUID]) -> dict[UUID, Section]:
    chosen: dict[UUID, Section] = {}
    for identity in identities:
        step: UUID | None = identity
        while step is not None and step not in chosen:
            chosen[step] = sections[step]
            step = sections[step].parent_id
    return chosen
