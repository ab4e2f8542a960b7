"""Which article is in which list, and the stamp of each list."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from psycopg import AsyncConnection, AsyncCursor

from app.published.models import FEEDS, PUBLICATIONS, SERIES, STREAMS
from app.published.sitemap_months import month_key, month_of
from app.published.writes import Listed, Put, Remove


async def leave(
    connection: AsyncConnection, writes: Sequence[Put | Remove]
) -> AsyncCursor[tuple[UUID, UUID]]:
    """Take articles out of the lists where they are no longer; those that are removed out of
    curated ones, too, and remember where they stood. Asked for are (article, list): what was left,
    and every curated list."""
    wanted = [(put.id, key) for put in _listed(writes) for key in _keys(put)]
    removed = [write.id for write in writes if isinstance(write, Remove)]
    return await connection.execute(
        _LEAVE,
        {
            "ids": [write.id for write in writes],
            "removed": removed,
            "articles": [article_id for article_id, _ in wanted],
            "keys": [key for _, key in wanted],
        },
    )


_LEAVE = """
WITH listings AS (
    DELETE FROM published.listings
    WHERE article_id = ANY(%(ids)s) AND (article_id, key) NOT IN (
        SELECT * FROM unnest(%(articles)s::uuid[], %(keys)s::uuid[])
    ) RETURNING article_id, key
), collections AS (
    DELETE FROM published.collection_items WHERE article_id = ANY(%(removed)s)
), departed AS (
    INSERT INTO published.departed (article_id, key, at)
    SELECT article_id, key, transaction_timestamp() FROM listings
    WHERE article_id = ANY(%(removed)s)
    ON CONFLICT (article_id, key) DO UPDATE SET at = excluded.at
), returned AS (
    DELETE FROM published.departed WHERE article_id = ANY(%(articles)s::uuid[])
)
SELECT article_id, key FROM listings
UNION SELECT article_id, collection_id FROM published.collection_items
WHERE article_id = ANY(%(ids)s)
"""


def touched(
    writes: Sequence[Put | Remove], left: Iterable[tuple[UUID, UUID]]
) -> dict[UUID, frozenset[UUID]]:
    """The lists that each write touches: where it was, is, and what it says itself."""
    found: dict[UUID, set[UUID]] = {write.id: set() for write in writes}
    for article_id, key in left:
        found[article_id].add(key)
    for write in writes:
        found[write.id] |= _OF_KINDS.get(write.kind, frozenset())
        if isinstance(write, Put):
            found[write.id] |= write.touched | write.curated.keys() | _keys(write)
    return {identity: frozenset(keys) for identity, keys in found.items()}


_OF_KINDS = {
    "publication": frozenset({PUBLICATIONS}),
    "stream": frozenset({STREAMS}),
    "series": frozenset({SERIES, FEEDS}),
    **dict.fromkeys(("edition", "section", "topic", "person", "feed"), frozenset({FEEDS})),
}
"""The lists of all documents of a kind, where there are some."""


async def enter(connection: AsyncConnection, writes: Sequence[Put | Remove]) -> None:
    """Put articles into their lists, and set the curated ones: to those of their articles that are
    live by now."""
    for put in _listed(writes):
        assert put.listed
        series, episode = put.listed.episode or (None, None)
        values = {"id": put.id, "keys": list(_keys(put)), "series": series, "episode": episode}
        await connection.execute(_ENTER, {**vars(put.listed), **values})
    await _open_months(connection, [put.listed for put in _listed(writes) if put.listed])
    curated: dict[UUID, dict[UUID, int]] = {}
    for write in writes:
        curated |= write.curated if isinstance(write, Put) else {}
    for collection_id, places in curated.items():
        values = {"id": collection_id, "articles": list(places), "places": list(places.values())}
        await connection.execute(_UNCURATE, values)
        await connection.execute(_CURATE, values)


_ENTER = """
INSERT INTO published.listings AS old (article_id, key, published_at, updated_at, edition,
    language, format, genre, has_video, episode)
SELECT %(id)s, key, %(published_at)s, %(updated_at)s, %(edition)s,
    %(language)s, %(format)s, %(genre)s, %(has_video)s,
    CASE WHEN key = %(series)s::uuid THEN %(episode)s::bigint END
FROM unnest(%(keys)s::uuid[]) AS key
ON CONFLICT (article_id, key) DO UPDATE SET published_at = excluded.published_at,
    updated_at = excluded.updated_at, edition = excluded.edition, language = excluded.language,
    format = excluded.format, genre = excluded.genre, has_video = excluded.has_video,
    episode = excluded.episode
WHERE old IS DISTINCT FROM excluded
"""


async def _open_months(connection: AsyncConnection, listed: Iterable[Listed]) -> None:
    months = {(one.edition, month_of(one.published_at)) for one in listed if one.indexed}
    if months:
        rows = [(edition, month, month_key(edition, month)) for edition, month in sorted(months)]
        await connection.cursor().executemany(_OPEN_MONTH, rows)


_OPEN_MONTH = """
INSERT INTO published.sitemap_months (edition, month, key) VALUES (%s, %s, %s)
ON CONFLICT (edition, month) DO NOTHING
"""

_UNCURATE = """
DELETE FROM published.collection_items
WHERE collection_id = %(id)s AND article_id <> ALL(%(articles)s::uuid[])
"""

_CURATE = """
INSERT INTO published.collection_items (collection_id, article_id, position)
SELECT %(id)s, wanted.id, wanted.place
FROM unnest(%(articles)s::uuid[], %(places)s::bigint[]) AS wanted (id, place)
JOIN published.documents live ON live.id = wanted.id AND live.status = 200
ON CONFLICT (collection_id, article_id) DO UPDATE SET position = excluded.position
"""


def _listed(writes: Sequence[Put | Remove]) -> list[Put]:
    return [write for write in writes if isinstance(write, Put) and write.listed]


def _keys(put: Put) -> frozenset[UUID]:
    return put.listed.everywhere if put.listed else frozenset()


async def stamp(connection: AsyncConnection, keys: Iterable[UUID], seq: int) -> None:
    await connection.execute(
        "INSERT INTO published.stamps (key, seq, at)"
        " SELECT key, %s, transaction_timestamp() FROM unnest(%s::uuid[]) AS key"
        " ON CONFLICT (key) DO UPDATE SET seq = excluded.seq, at = excluded.at",
        (seq, sorted(keys)),
    )
