"""Writing the published side: documents, lists and the change log, in one flush.

Callers do all their reading and rendering first: the flush takes the lock of the change log, and
only the commit should follow it.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import delete, literal_column, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.published import changes, listings
from app.published.models import Change, CollectionItem, Document, ExternalId, Version
from app.published.writes import Put, Remove, Views, document_tag, listing_tag


async def write(session: AsyncSession, writes: Sequence[Put | Remove]) -> int:
    """Make these public when the transaction commits. Returns the number of the last change.

    A write for an id replaces all that was there: document, lists, external ids.
    """
    if not writes:
        return await changes.head(session)
    first = await changes.take_numbers(session, len(writes))
    numbered = [(first + offset, write) for offset, write in enumerate(writes)]
    puts = [write for write in writes if isinstance(write, Put)]
    touched = await listings.replace_listings(session, writes)
    await _write_documents(session, numbered)
    await listings.replace_collection_items(session, puts)
    await _replace_external_ids(session, puts, [write.id for write in writes])
    await _add_versions(session, puts)
    await listings.stamp(session, touched, first + len(writes) - 1)
    await _log(session, numbered, touched)
    return first + len(writes) - 1


async def _write_documents(
    session: AsyncSession, numbered: Sequence[tuple[int, Put | Remove]]
) -> None:
    rows = [
        _document_row(seq, write) if isinstance(write, Put) else _tombstone_row(seq, write)
        for seq, write in numbered
    ]
    statement = insert(Document)
    columns = {name: statement.excluded[name] for name in rows[0] if name != "id"}
    # A tombstone keeps what the document was called, so that its old addresses still know it.
    for name in ("edition", "slug", "path"):
        columns[name] = literal_column(f"coalesce(excluded.{name}, documents.{name})")
    await session.execute(
        statement.on_conflict_do_update(index_elements=[Document.id], set_=columns), rows
    )


def _document_row(seq: int, put: Put) -> dict[str, Any]:
    views = put.views
    return {
        "id": put.id,
        "kind": put.kind,
        "status": 200,
        "edition": put.edition,
        "slug": put.slug,
        "path": put.path,
        "version": put.version,
        "seq": seq,
        "etag": views.etag,
        "modified_at": put.modified_at,
        "tags": [document_tag(put.kind, put.id)],
        "meta": put.meta,
        "card": views.card,
        "full": views.full,
        "app": views.app,
        "whole_full": views.whole_full,
        "whole_app": views.whole_app,
    }


def _tombstone_row(seq: int, remove: Remove) -> dict[str, Any]:
    notice = orjson.dumps({"notice": remove.notice})
    return {
        "id": remove.id,
        "kind": remove.kind,
        "status": remove.status,
        "edition": None,
        "slug": None,
        "path": None,
        "version": remove.version,
        "seq": seq,
        "etag": Views(full=notice).etag,
        "modified_at": remove.modified_at,
        "tags": [document_tag(remove.kind, remove.id)],
        "meta": {"notice": remove.notice},
        "card": None,
        "full": None,
        "app": None,
        "whole_full": None,
        "whole_app": None,
    }


async def _replace_external_ids(
    session: AsyncSession, puts: Sequence[Put], all_ids: Sequence[UUID]
) -> None:
    removed = set(all_ids) - {put.id for put in puts}
    if removed:
        await session.execute(delete(CollectionItem).where(CollectionItem.article_id.in_(removed)))
    await session.execute(delete(ExternalId).where(ExternalId.document_id.in_(all_ids)))
    rows = [
        {"system": system, "external_id": external_id, "document_id": put.id}
        for put in puts
        for system, external_id in put.external_ids
    ]
    if rows:
        await session.execute(insert(ExternalId).on_conflict_do_nothing(), rows)


async def _add_versions(session: AsyncSession, puts: Sequence[Put]) -> None:
    rows = [
        {
            "document_id": put.id,
            "version": put.version,
            "etag": put.views.etag,
            "published_at": put.published.published_at,
            "minor": put.published.minor,
            "headline": put.published.headline,
            "corrections": put.published.corrections,
            "full": put.views.full,
            "app": put.views.app,
        }
        for put in puts
        if put.published
    ]
    if rows:
        await session.execute(insert(Version), rows)


async def _log(
    session: AsyncSession,
    numbered: Sequence[tuple[int, Put | Remove]],
    touched: dict[UUID, frozenset[UUID]],
) -> None:
    await session.execute(
        insert(Change),
        [
            {
                "seq": seq,
                "kind": write.change if isinstance(write, Put) else "remove",
                "document_id": write.id,
                "document_kind": write.kind,
                "version": write.version,
                "quiet": write.quiet,
                "tags": [
                    document_tag(write.kind, write.id),
                    *(listing_tag(key) for key in sorted(touched[write.id])),
                ],
            }
            for seq, write in numbered
        ],
    )


async def withhold_version(
    session: AsyncSession, document_id: UUID, version: int, *, status: int
) -> bool:
    """Take one version out of the public's reach. False where there is no such version."""
    found = await session.execute(
        text(
            "UPDATE published.versions SET withheld_at = transaction_timestamp(),"
            " withheld_status = :status WHERE document_id = :id AND version = :version"
            " RETURNING version"
        ),
        {"id": document_id, "version": version, "status": status},
    )
    return found.first() is not None
