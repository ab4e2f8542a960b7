"""What belongs to articles themselves, and to the site, in one round trip."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.database import pipelined
from app.editing.articles.content import Content
from app.editing.articles.models import Article
from app.editing.feeds.schemas import FeedQuery
from app.editing.site.models import Edition, Site
from app.publishing.feed_members import SavedQuery
from app.publishing.rows import grouped, select


@dataclass(frozen=True, kw_only=True)
class OwnRows:
    """By the ids of the articles."""

    seq: int
    site: Site
    editions: dict[UUID, Edition]
    extras_schema: dict[str, Any] | None
    contents: dict[UUID, Content]
    translations: dict[UUID, list[UUID]]
    curated: dict[UUID, dict[UUID, int]]
    external_ids: dict[UUID, list[tuple[str, str]]]
    feeds: list[SavedQuery]
    corrections: dict[UUID, dict[UUID, int]]
    besides: dict[UUID, list[tuple[str]]]


async def load(
    session: AsyncSession, articles: Sequence[Article], *, live_revision: bool
) -> OwnRows:
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
        feeds = await connection.execute("SELECT id, query_edit, query FROM desk.feeds")
        return OwnRows(
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
            feeds=[
                SavedQuery(identity, edit, FeedQuery.model_validate(query))
                for identity, edit, query in await feeds.fetchall()
            ],
        )


_BESIDES = """
SELECT article_id, etag FROM published.citations WHERE article_id = ANY(%(ids)s) AND status = 200
UNION ALL SELECT document_id, etag FROM published.exports WHERE document_id = ANY(%(ids)s)
UNION ALL SELECT article_id, etag FROM published.videos WHERE article_id = ANY(%(ids)s)
UNION ALL SELECT article_id, name || ' ' || etag FROM published.tracks
    WHERE article_id = ANY(%(ids)s)
UNION ALL SELECT article_id, key::text FROM published.listings WHERE article_id = ANY(%(ids)s)
"""
