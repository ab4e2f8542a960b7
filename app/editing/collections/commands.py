"""Creating, filling and deleting collections.

Locks are taken on articles first and on collections then, as a withdrawal takes them.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete as delete_rows
from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import transaction_time
from app.editing import attempts, extras, named
from app.editing.changed import note
from app.editing.collections import queries
from app.editing.collections.models import Collection, CollectionItem
from app.editing.collections.schemas import (
    MOST,
    CollectionCreate,
    CollectionPlace,
    CollectionReplace,
)
from app.editing.expectation import Expectation, edit_etag
from app.editing.site.queries import edition_named
from app.errors import Conflict, Fault, Invalid, NotFound
from app.identity.actor import Actor
from app.identity.scopes import Scope


async def create(session: AsyncSession, actor: Actor, draft: CollectionCreate) -> Collection:
    actor.require(Scope.COLLECTIONS_WRITE)
    edition = await edition_named(session, draft.edition, pointer="/edition")
    await extras.check_extras(session, "collection", draft.extras)
    _require(draft.articles, await queries.hold_articles(session, draft.articles), edition.id)
    fields = draft.model_dump(mode="json", include={"title", "description", "extras"})
    collection = await named.add(
        session, Collection, fields | {"edition_id": edition.id},
        slug=draft.slug, name=draft.title, language=edition.language,
    )  # fmt: skip
    await _fill(session, collection, draft.articles)
    return collection


async def replace(
    session: AsyncSession,
    actor: Actor,
    collection_id: UUID,
    replacement: CollectionReplace,
    *,
    expected: Expectation,
) -> Collection:
    actor.require(Scope.COLLECTIONS_WRITE)
    edition_id = (await named.get(session, Collection, collection_id)).edition_id
    await extras.check_extras(session, "collection", replacement.extras)
    collection, held = await _lock(session, collection_id, replacement.articles)
    expected(edit_etag(collection.edit))
    _require(replacement.articles, held, edition_id)
    await named.rename(session, collection, replacement.slug)
    collection.title = replacement.title
    collection.description = replacement.description
    collection.extras = replacement.extras
    await _touch(session, collection)
    await _fill(session, collection, replacement.articles)
    return collection


async def put_article(
    session: AsyncSession, actor: Actor, collection_id: UUID, place: CollectionPlace
) -> Collection:
    """Put one article into a collection, or to another place in it."""
    actor.require(Scope.COLLECTIONS_WRITE)
    edition_id = (await named.get(session, Collection, collection_id)).edition_id
    collection, held = await _lock(session, collection_id, [place.article_id])
    if held.get(place.article_id) != edition_id:
        raise _unknown([Fault(_NOT_HERE, pointer="/article_id")])
    articles = await queries.article_ids(session, collection_id)
    articles = [article_id for article_id in articles if article_id != place.article_id]
    if len(articles) >= MOST:
        raise Conflict(f"A collection has at most {MOST} articles. Take one out first.")
    at = len(articles) if place.position is None else place.position
    articles.insert(at, place.article_id)
    await _touch(session, collection)
    await _fill(session, collection, articles)
    return collection


async def take_out(
    session: AsyncSession,
    actor: Actor,
    collection_id: UUID,
    article_id: UUID,
    *,
    expected: Expectation,
) -> Collection:
    """Take one article out of a collection."""
    actor.require(Scope.COLLECTIONS_WRITE)
    collection, _ = await _lock(session, collection_id, [])
    expected(edit_etag(collection.edit))
    if not await _leave(session, collection, article_id):
        raise NotFound("The article is not in this collection.")
    return collection


async def delete(
    session: AsyncSession, actor: Actor, collection_id: UUID, *, expected: Expectation
) -> None:
    """Delete a collection. Its articles stay what they are."""
    actor.require(Scope.COLLECTIONS_WRITE)
    collection = await named.lock(session, Collection, collection_id, whole=True)
    expected(edit_etag(collection.edit))
    await session.delete(collection)
    note(session, "collection", collection_id, deleted=True)


async def leave_all(session: AsyncSession, article_id: UUID) -> None:
    """Take an article, which the caller has locked, out of every collection."""
    for collection in await queries.lock_with(session, article_id):
        await _leave(session, collection, article_id)


async def _lock(
    session: AsyncSession, collection_id: UUID, entering: Sequence[UUID]
) -> tuple[Collection, dict[UUID, UUID]]:
    """The collection, locked, and its articles with those entering it, held: by id their editions.

    Articles come first, so somebody may have changed the collection before it is ours: then again.
    """

    async def attempt() -> tuple[Collection, dict[UUID, UUID]] | None:
        before = await queries.article_ids(session, collection_id)
        held = await queries.hold_articles(session, {*entering, *before})
        collection = await named.lock(session, Collection, collection_id)
        unchanged = before == await queries.article_ids(session, collection_id)
        return (collection, held) if unchanged else None

    return await attempts.until_held(session, attempt)


def _require(articles: Sequence[UUID], held: dict[UUID, UUID], edition_id: UUID) -> None:
    """Raise Invalid, naming each article that is not there, or not of this edition."""
    faults = [
        Fault(_NOT_HERE, pointer=f"/articles/{index}")
        for index, article_id in enumerate(articles)
        if held.get(article_id) != edition_id
    ]
    if faults:
        raise _unknown(faults)


_NOT_HERE = "There is no such article in this edition."


def _unknown(faults: list[Fault]) -> Invalid:
    return Invalid("Articles are not known in the edition of this collection.", faults=faults)


async def _leave(session: AsyncSession, collection: Collection, article_id: UUID) -> bool:
    """Take one article out of a locked collection. Also: whether it was there.

    The rows of the others are not written anew: they refer to articles, which may be deleted now
    by somebody who waits for this collection.
    """
    own = CollectionItem.collection_id == collection.id
    left = await session.execute(
        delete_rows(CollectionItem)
        .where(own, CollectionItem.article_id == article_id)
        .returning(CollectionItem.position)
    )
    position = left.scalar_one_or_none()
    if position is None:
        return False
    await session.execute(
        update(CollectionItem)
        .where(own, CollectionItem.position > position)
        .values(position=CollectionItem.position - 1)
    )
    await _touch(session, collection)
    note(session, "collection", collection.id)
    return True


async def _fill(session: AsyncSession, collection: Collection, articles: Sequence[UUID]) -> None:
    """Write the list of a collection anew; the caller holds all the articles."""
    await session.execute(
        delete_rows(CollectionItem).where(CollectionItem.collection_id == collection.id)
    )
    rows = [
        {"collection_id": collection.id, "article_id": article_id, "position": position}
        for position, article_id in enumerate(articles)
    ]
    if rows:
        await session.execute(insert(CollectionItem), rows)
    note(session, "collection", collection.id)


async def _touch(session: AsyncSession, collection: Collection) -> None:
    collection.edit += 1
    collection.changed_at = await transaction_time(session)
