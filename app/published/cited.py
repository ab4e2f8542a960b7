"""Writing what articles cite: each citation as a row of bytes, its lists, and the exports."""

from collections.abc import Sequence
from uuid import UUID

from psycopg import AsyncConnection

from app.published.models import EVERYTHING
from app.published.writes import Put, Remove


async def replace_citations(
    connection: AsyncConnection, numbered: Sequence[tuple[int, Put | Remove]]
) -> None:
    """Set the public citations of articles. One that is no longer there answers 410, or with the
    status of its article."""
    articles = [(seq, write) for seq, write in numbered if write.kind == "article"]
    if not articles:
        return
    await connection.execute(
        "DELETE FROM published.citation_listings WHERE article_id = ANY(%s)",
        ([write.id for _, write in articles],),
    )
    for seq, write in articles:
        kept = [each.id for each in write.citations] if isinstance(write, Put) else []
        status = write.status if isinstance(write, Remove) else 410
        await connection.execute(_TAKE_AWAY, (status, seq, write.modified_at, write.id, kept))
    puts = [(seq, write) for seq, write in articles if isinstance(write, Put)]
    rows = [row for seq, put in puts for row in _rows(seq, put)]
    if rows:
        await connection.cursor().executemany(_CITATION, rows)
        await connection.cursor().executemany(_LISTING, rows)


async def replace_exports(connection: AsyncConnection, writes: Sequence[Put | Remove]) -> None:
    """Set the other formats of documents. A removed document has none."""
    ids: list[UUID] = [write.id for write in writes if write.kind == "article"]
    if not ids:
        return
    await connection.execute("DELETE FROM published.exports WHERE document_id = ANY(%s)", (ids,))
    rows = [
        (write.id, export.name, export.media_type, export.etag, export.body)
        for write in writes
        if isinstance(write, Put)
        for export in write.exports
    ]
    if rows:
        await connection.cursor().executemany(
            "INSERT INTO published.exports (document_id, name, media_type, etag, body)"
            " VALUES (%s, %s, %s, %s, %s)",
            rows,
        )


def _rows(seq: int, put: Put) -> list[dict[str, object]]:
    assert put.listed or not put.citations, "citations are listed with their article"
    return [
        {
            **vars(each),
            "etag": each.etag,
            "keys": [*each.keys, EVERYTHING],
            "article_id": put.id,
            "seq": seq,
            "modified_at": put.modified_at,
            "published_at": put.listed.published_at if put.listed else None,
        }
        for each in put.citations
    ]


_TAKE_AWAY = """
UPDATE published.citations SET status = %s, seq = %s, modified_at = %s, card = NULL, "full" = NULL
WHERE article_id = %s AND id <> ALL(%s) AND status = 200
"""

_CITATION = """
INSERT INTO published.citations AS old (id, article_id, ordinal, status, seq, etag, modified_at,
    card, "full", type, channel, level, affiliation, publication_id,
    published_at)
VALUES (%(id)s, %(article_id)s, %(ordinal)s, 200, %(seq)s, %(etag)s, %(modified_at)s, %(card)s,
    %(full)s, %(type)s, %(channel)s, %(level)s, %(affiliation)s, %(publication_id)s,
    %(published_at)s)
ON CONFLICT (id) DO UPDATE SET article_id = excluded.article_id, ordinal = excluded.ordinal,
    status = 200, seq = excluded.seq, etag = excluded.etag, modified_at = excluded.modified_at,
    card = excluded.card, "full" = excluded."full", type = excluded.type,
    channel = excluded.channel, level = excluded.level, affiliation = excluded.affiliation,
    publication_id = excluded.publication_id, published_at = excluded.published_at
"""

_LISTING = """
INSERT INTO published.citation_listings (citation_id, key, article_id, published_at, type, level,
    channel)
SELECT %(id)s, key, %(article_id)s, %(published_at)s, %(type)s, %(level)s, %(channel)s
FROM unnest(%(keys)s::uuid[]) AS key
"""
