"""The documents of collections: made again when the desk changes them or their articles."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.collections.models import Collection, CollectionItem
from app.published.models import CollectionItem as PublicItem
from app.published.models import Document
from app.publishing import render_subjects
from app.publishing.sheet import Sheet, look_up, put


async def add(sheet: Sheet, changed: set[UUID], editions: set[UUID]) -> None:
    """Put these collections on the sheet, and all of these editions."""
    rows = await sheet.session.execute(
        select(Collection).where(Collection.id.in_(changed) | Collection.edition_id.in_(editions))
    )
    collections = list(rows.scalars())
    await look_up(sheet, [collection.id for collection in collections])
    for collection in collections:
        edition = sheet.editions[collection.edition_id]
        places = await _places(sheet.session, collection.id)
        # What only the desk sees of it, a draft that it waits for, must not show as a change.
        other_articles = await _shown(sheet.session, collection.id) != await _live(
            sheet.session, places
        )
        await put(
            sheet,
            "collection",
            collection.id,
            collection.edit,
            partial(
                render_subjects.collection_document,
                edition,
                collection,
                sheet.schemas.get("collection"),
            ),
            edition=edition.code,
            slug=collection.slug,
            refresh=collection.id not in changed,
            touched=frozenset({collection.id}),
            curated={collection.id: places},
            always=other_articles,
        )


async def _places(session: AsyncSession, collection_id: UUID) -> dict[UUID, int]:
    """The articles that the desk has in a collection, in order, each with its position."""
    rows = await session.execute(
        select(CollectionItem.article_id, CollectionItem.position)
        .where(CollectionItem.collection_id == collection_id)
        .order_by(CollectionItem.position)
    )
    return {row.article_id: row.position for row in rows}


async def _shown(session: AsyncSession, collection_id: UUID) -> list[UUID]:
    rows = await session.execute(
        select(PublicItem.article_id)
        .where(PublicItem.collection_id == collection_id)
        .order_by(PublicItem.position, PublicItem.article_id)
    )
    return list(rows.scalars())


async def _live(session: AsyncSession, identities: Iterable[UUID]) -> list[UUID]:
    wanted = list(identities)
    query = select(Document.id).where(Document.id.in_(wanted), Document.status == 200)
    live = set((await session.execute(query)).scalars())
    return [identity for identity in wanted if identity in live]
