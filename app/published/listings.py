"""Which article is in which list, and the stamp of each list."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, text, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.published.models import EVERYTHING, CollectionItem, Listing
from app.published.writes import Put, Remove


async def replace_listings(
    session: AsyncSession, writes: Sequence[Put | Remove]
) -> dict[UUID, frozenset[UUID]]:
    """Put articles into their lists. Returns the lists that each write touches, by id."""
    listed = {
        write.id: write.listed.keys | {EVERYTHING} if isinstance(write, Put) and write.listed
        else frozenset[UUID]()
        for write in writes
    }  # fmt: skip
    before: dict[UUID, set[UUID]] = {}
    found = await session.execute(
        select(Listing.article_id, Listing.key).where(Listing.article_id.in_(list(listed)))
    )
    for article_id, key in found:
        before.setdefault(article_id, set()).add(key)
    stale = [
        (article_id, key)
        for article_id, keys in before.items()
        for key in keys - listed[article_id]
    ]
    if stale:
        await session.execute(
            delete(Listing).where(tuple_(Listing.article_id, Listing.key).in_(stale))
        )
    rows = [row for write in writes if isinstance(write, Put) for row in _listing_rows(write)]
    if rows:
        statement = insert(Listing)
        values = {
            name: statement.excluded[name] for name in rows[0] if name not in ("article_id", "key")
        }
        await session.execute(
            statement.on_conflict_do_update(
                index_elements=[Listing.article_id, Listing.key],
                set_=values,
                where=tuple_(*(getattr(Listing, name) for name in values))
                != tuple_(*values.values()),
            ),
            rows,
        )
    in_collections = await session.execute(
        select(CollectionItem.article_id, CollectionItem.collection_id).where(
            CollectionItem.article_id.in_(list(listed))
        )
    )
    for article_id, collection_id in in_collections:
        before.setdefault(article_id, set()).add(collection_id)
    return {
        write.id: frozenset(before.get(write.id, ()))
        | listed[write.id]
        | (write.touched | write.collections.keys() if isinstance(write, Put) else frozenset())
        for write in writes
    }


def _listing_rows(put: Put) -> Iterable[dict[str, Any]]:
    if put.listed is None:
        return
    for key in put.listed.keys | {EVERYTHING}:
        yield {
            "article_id": put.id,
            "key": key,
            "published_at": put.listed.published_at,
            "updated_at": put.listed.updated_at,
            "edition": put.listed.edition,
            "language": put.listed.language,
            "format": put.listed.format,
            "genre": put.listed.genre,
            "has_video": put.listed.has_video,
        }


async def replace_collection_items(session: AsyncSession, puts: Sequence[Put]) -> None:
    """Put articles into the curated lists that name them.

    A list's own header never removes its items: only an article's Put or Remove does.
    """
    articles = [put for put in puts if put.listed]
    rows = [
        {"collection_id": collection_id, "article_id": put.id, "position": position}
        for put in articles
        for collection_id, position in put.collections.items()
    ]
    if rows:
        statement = insert(CollectionItem)
        await session.execute(
            statement.on_conflict_do_update(
                index_elements=[CollectionItem.collection_id, CollectionItem.article_id],
                set_={"position": statement.excluded.position},
            ),
            rows,
        )


async def replace_collection(
    session: AsyncSession, collection_id: UUID, places: Mapping[UUID, int]
) -> bool:
    """Set the live articles of a curated list and their places. True where readers see it: other
    articles, or another order.

    Places may have gaps: those of articles that are not live yet.
    """
    before = await session.execute(
        delete(CollectionItem)
        .where(CollectionItem.collection_id == collection_id)
        .returning(CollectionItem.position, CollectionItem.article_id)
    )
    shown = [
        article_id for _, article_id in sorted((row.position, row.article_id) for row in before)
    ]
    if places:
        await session.execute(
            insert(CollectionItem),
            [
                {"collection_id": collection_id, "article_id": article_id, "position": position}
                for article_id, position in places.items()
            ],
        )
    return shown != sorted(places, key=lambda article_id: places[article_id])


async def stamp(session: AsyncSession, touched: dict[UUID, frozenset[UUID]], seq: int) -> None:
    keys = sorted(frozenset().union(*touched.values()))
    if keys:
        await session.execute(
            text(
                "INSERT INTO published.stamps (key, seq, at)"
                " SELECT key, :seq, transaction_timestamp() FROM unnest(CAST(:keys AS uuid[])) key"
                " ON CONFLICT (key) DO UPDATE SET seq = excluded.seq, at = excluded.at"
            ),
            {"keys": keys, "seq": seq},
        )
