"""Writing the published side: documents, lists and the change log, in one flush.

Callers do all their reading and rendering first: the flush takes the lock of the change log, and
only the commit should follow it.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson
from psycopg import AsyncConnection
from psycopg.types.json import Jsonb
from sqlalchemy import func, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import driver, pipelined
from app.published import changes, cited, listings, videos
from app.published.models import Version
from app.published.writes import Put, Remove, Views, document_tag, listing_tag


async def write(session: AsyncSession, writes: Sequence[Put | Remove]) -> range:
    """Make these public when the transaction commits. Returns the numbers of their log entries.

    A Put replaces all that was there: document, lists, external ids. It is sent in
    one pipeline, because until the commit everybody else who publishes waits.
    """
    if not writes:
        return range(0)
    entries = list(dict.fromkeys(_entry(write) for write in writes))
    puts = [write for write in writes if isinstance(write, Put)]
    async with pipelined(session) as connection:
        numbered = await changes.take_numbers(connection, len(entries))
        left = await listings.leave(connection, writes)
        [last] = await numbered.fetchall()
        touched = listings.touched(writes, await left.fetchall())
        first = last - len(entries) + 1
        numbers = {entry: first + offset for offset, entry in enumerate(entries)}
        numbered_writes = [(numbers[_entry(write)], write) for write in writes]
        await _write_documents(connection, numbered_writes)
        await listings.enter(connection, puts)
        await _replace_external_ids(connection, puts)
        await _add_versions(connection, puts)
        await cited.replace_citations(connection, numbered_writes)
        await cited.replace_exports(connection, writes)
        await videos.replace(connection, writes)
        await listings.stamp(connection, frozenset().union(*touched.values()), last)
        await _log(connection, numbered_writes, touched)
    return range(first, last + 1)


def _entry(write: Put | Remove) -> tuple[str, UUID]:
    """Which entry of the log tells of this write: one of its own, or that of its cause."""
    cause = write.because if isinstance(write, Put) else None
    return ("because", cause[1]) if cause else (write.kind, write.id)


async def _write_documents(
    connection: AsyncConnection, numbered: Sequence[tuple[int, Put | Remove]]
) -> None:
    rows = [
        _document_row(seq, write) if isinstance(write, Put) else _tombstone_row(seq, write)
        for seq, write in numbered
    ]
    await connection.cursor().executemany(_DOCUMENT, rows)


# A tombstone keeps what the document was called, so that its old addresses still know it.
_DOCUMENT = """
INSERT INTO published.documents AS old (id, kind, status, edition, slug, sort_key, path, version,
    seq, etag, modified_at, tags, meta, card, "full", app, whole_full, whole_app)
VALUES (%(id)s, %(kind)s, %(status)s, %(edition)s, %(slug)s, %(sort_key)s, %(path)s, %(version)s,
    %(seq)s, %(etag)s, %(modified_at)s, %(tags)s, %(meta)s, %(card)s, %(full)s, %(app)s,
    %(whole_full)s, %(whole_app)s)
ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, status = excluded.status,
    edition = coalesce(excluded.edition, old.edition), slug = coalesce(excluded.slug, old.slug),
    sort_key = excluded.sort_key, path = coalesce(excluded.path, old.path),
    version = excluded.version, seq = excluded.seq, etag = excluded.etag,
    modified_at = excluded.modified_at, tags = excluded.tags, meta = excluded.meta,
    card = excluded.card, "full" = excluded."full", app = excluded.app,
    whole_full = excluded.whole_full, whole_app = excluded.whole_app
"""


def _document_row(seq: int, put: Put) -> dict[str, Any]:
    views = put.views
    return {
        "id": put.id,
        "kind": put.kind,
        "status": 200,
        "edition": put.edition,
        "slug": put.slug,
        "sort_key": put.sort_key,
        "path": put.path,
        "version": put.version,
        "seq": seq,
        "etag": views.etag,
        "modified_at": put.modified_at,
        "tags": [document_tag(put.kind, put.id)],
        "meta": Jsonb(put.meta),
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
        "sort_key": None,
        "path": None,
        "version": remove.version,
        "seq": seq,
        "etag": Views(full=notice).etag,
        "modified_at": remove.modified_at,
        "tags": [document_tag(remove.kind, remove.id)],
        "meta": Jsonb({"notice": remove.notice}),
        "card": None,
        "full": None,
        "app": None,
        "whole_full": None,
        "whole_app": None,
    }


async def _replace_external_ids(connection: AsyncConnection, puts: Sequence[Put]) -> None:
    """What is removed keeps its ids until another document has them: a link of old to it is 410."""
    await connection.execute(
        "DELETE FROM published.external_ids WHERE document_id = ANY(%s)",
        ([put.id for put in puts],),
    )
    rows = [
        (system, external_id, put.id) for put in puts for system, external_id in put.external_ids
    ]
    await connection.cursor().executemany(
        "INSERT INTO published.external_ids (system, external_id, document_id)"
        " VALUES (%s, %s, %s)"
        " ON CONFLICT (system, external_id) DO UPDATE SET document_id = excluded.document_id",
        rows,
    )


async def _add_versions(connection: AsyncConnection, puts: Sequence[Put]) -> None:
    rows = [
        (
            put.id,
            put.version,
            put.views.etag,
            put.published.published_at,
            put.published.minor,
            put.published.headline,
            Jsonb(put.published.corrections),
            put.published.full,
            put.published.app,
        )
        for put in puts
        if put.published
    ]
    await connection.cursor().executemany(
        "INSERT INTO published.versions (document_id, version, etag, published_at, minor, headline,"
        ' corrections, "full", app) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)',
        rows,
    )


async def _log(
    connection: AsyncConnection,
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
    await connection.cursor().executemany(_CHANGE, rows.values())


_CHANGE = """
INSERT INTO published.changes (seq, kind, document_id, document_kind, version, quiet, tags)
VALUES (%(seq)s, %(kind)s, %(document_id)s, %(document_kind)s, %(version)s, %(quiet)s, %(tags)s)
"""


async def withhold_all_versions(session: AsyncSession, document_id: UUID, *, status: int) -> None:
    """Take all versions of an article until now out of the public's reach, for good."""
    await session.execute(
        update(Version)
        .where(Version.document_id == document_id, Version.withheld_at.is_(None))
        .values(withheld_at=func.transaction_timestamp(), withheld_status=status)
    )


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
    await _tell_of_version(session, document_id, version)
    return True


async def rewrite_version(
    session: AsyncSession, document_id: UUID, version: int, views: Views
) -> None:
    """Give one version of an article other bytes, because it showed what nobody may see now."""
    await session.execute(
        update(Version)
        .where(Version.document_id == document_id, Version.version == version)
        .values(full=views.full, app=views.app, etag=views.etag)
    )
    await _tell_of_version(session, document_id, version)


async def _tell_of_version(session: AsyncSession, document_id: UUID, version: int) -> None:
    """Copies of the history must go, too: the log says so."""
    connection = await driver(session)
    [seq] = await (await changes.take_numbers(connection, 1)).fetchall()
    row = {
        "seq": seq,
        "kind": "refresh",
        "document_id": document_id,
        "document_kind": "article",
        "version": version,
        "quiet": True,
        "tags": [document_tag("article", document_id)],
    }
    await connection.execute(_CHANGE, row)
