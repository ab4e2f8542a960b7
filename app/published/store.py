"""Writing the published side: documents, lists and the change log, in one flush.

Callers do all their reading and rendering first: the flush takes the lock of the change log, and
only the commit should follow it.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import delete, func, literal_column, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.published import changes, listings
from app.published.models import Change, CollectionItem, Document, ExternalId, Version
from app.published.writes import Put, Remove, Views, document_tag, listing_tag


async def write(session: AsyncSession, writes: Sequence[Put | Remove]) -> range:
    """Make these public when the transaction commits. Returns the numbers of their log entries.

    A write for an id replaces all that was there: document, lists, external ids.
    """
    if not writes:
        return range(0)
    entries = list(dict.fromkeys(_entry(write) for write in writes))
    first = await changes.take_numbers(session, len(entries))
    last = first + len(entries) - 1
    numbers = {entry: first + offset for offset, entry in enumerate(entries)}
    numbered = [(numbers[_entry(write)], write) for write in writes]
    puts = [write for write in writes if isinstance(write, Put)]
    touched = await listings.replace_listings(session, writes)
    await _write_documents(session, numbered)
    await listings.replace_collection_items(session, puts)
    await _replace_external_ids(session, puts, [write.id for write in writes])
    await _add_versions(session, puts)
    await listings.stamp(session, touched, last)
    await _log(session, numbered, touched)
    return range(first, last + 1)


def _entry(write: Put | Remove) -> tuple[str, UUID]:
    """Which entry of the log tells of this write: one of its own, or that of its cause."""
    cause = write.because if isinstance(write, Put) else None
    return ("because", cause[1]) if cause else (write.kind, write.id)


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
    rows: dict[int, dict[str, Any]] = {}
    for seq, write in numbered:
        cause = write.because if isinstance(write, Put) else None
        kind, document_id = cause or (write.kind, write.id)
        row = rows.setdefault(
            seq,
            {
                "seq": seq,
                "kind": write.change if isinstance(write, Put) else "remove",
                "document_id": document_id,
                "document_kind": kind,
                "version": 0 if cause else write.version,
                "quiet": write.quiet,
                "tags": {},
            },
        )
        row["tags"][document_tag(write.kind, write.id)] = None
        row["tags"] |= {listing_tag(key): None for key in sorted(touched[write.id])}
    for row in rows.values():
        row["tags"] = list(row["tags"])
    await session.execute(insert(Change), list(rows.values()))


async def withhold_version(
    session: AsyncSession, document_id: UUID, version: int, *, status: int
) -> bool:
    """Take one version of an article out of the public's reach; False where there is none such."""
    found = await session.execute(
        update(Version)
        .where(Version.document_id == document_id, Version.version == version)
        .values(withheld_at=func.transaction_timestamp(), withheld_status=status)
        .returning(Version.version)
    )
    if found.first() is None:
        return False
    # Copies of the history must go, too: the log says so.
    await session.execute(
        insert(Change).values(
            seq=await changes.take_numbers(session, 1),
            kind="refresh",
            document_id=document_id,
            document_kind="article",
            version=version,
            quiet=True,
            tags=[document_tag("article", document_id)],
        )
    )
    return True
