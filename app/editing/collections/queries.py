"""Reading collections."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import Row, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.collections.models import Collection, CollectionItem
from app.editing.collections.schemas import CollectionQuery
from app.editing.site.models import Edition


async def page(
    session: AsyncSession, narrowed: CollectionQuery, *, after: tuple[str] | None
) -> Sequence[Row[Collection, str]]:
    """Collections, each with the code of its edition, in the order of their slugs: one more than
    a page holds."""
    query = select(Collection, Edition.code).join(Edition, Edition.id == Collection.edition_id)
    query = query.order_by(Collection.slug).limit(narrowed.limit + 1)
    if narrowed.edition is not None:
        query = query.where(Edition.code == narrowed.edition)
    if after is not None:
        query = query.where(Collection.slug > after[0])
    return (await session.execute(query)).all()


async def article_ids(session: AsyncSession, collection_id: UUID) -> list[UUID]:
    """The articles of a collection, in order."""
    query = (
        select(CollectionItem.article_id)
        .where(CollectionItem.collection_id == collection_id)
        .order_by(CollectionItem.position)
    )
    return list((await session.execute(query)).scalars())


async def hold_articles(session: AsyncSession, ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Those of these articles that there are, each with its edition. Until the commit nobody can
    delete or publish one: it would go by the collections that it was in before."""
    found = await session.execute(
        text("SELECT id, edition_id FROM desk.articles WHERE id = ANY(:ids) ORDER BY id FOR SHARE"),
        {"ids": list(ids)},
    )
    return {row.id: row.edition_id for row in found}


async def lock_with(session: AsyncSession, article_id: UUID) -> Sequence[Collection]:
    """The collections with this article, locked in the order of their ids."""
    query = (
        select(Collection)
        .join(CollectionItem, CollectionItem.collection_id == Collection.id)
        .where(CollectionItem.article_id == article_id)
        .order_by(Collection.id)
        .with_for_update(key_share=True, of=Collection)
        .execution_options(populate_existing=True)
    )
    return (await session.execute(query)).scalars().all()
