"""The live channels and the series of a feed, for formats that know them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson

from app.feeds import items
from app.feeds.bases import Bases
from app.feeds.feed import Channel, FeedItem, Programme
from app.feeds.places import Place, Read
from app.feeds.syndication import permitted
from app.feeds.table import Format

Json = Mapping[str, Any]
Position = tuple[str, str]
"""Behind which article a page begins: when it was published, and its id."""


async def channels(read: Read, place: Place, format_: Format, bases: Bases) -> tuple[Channel, ...]:
    """The live channels of an edition, in the feed of all of it."""
    if not format_.channels or place.kind != "edition":
        return ()
    rows = await read(_STREAMS, place.edition)
    return tuple(_channel(orjson.loads(row[0] or b""), bases) for row in rows)


def _channel(stream: Json, bases: Bases) -> Channel:
    rating = stream["rating"] or {}
    return Channel(
        id=stream["id"],
        title=stream["title"],
        description=stream["description"],
        url=stream["canonical_url"],
        language=stream["language"],
        on_air=stream["on_air"],
        sources=items.sources(stream["sources"], bases),
        artwork=items.image(stream["image"] or stream["artwork"], bases),
        rating_system=rating.get("system"),
        rating=rating.get("value"),
        encrypted=bool(stream["drm"]),
        modified_at=datetime.fromisoformat(stream["modified_at"]),
        external_ids=tuple((each["system"], each["id"]) for each in stream["external_ids"]),
    )


async def of_episodes(
    read: Read,
    place: Place,
    found: Sequence[FeedItem],
    format_: Format,
    bases: Bases,
    behind: Position | None,
    *,
    syndicated: bool,
) -> tuple[Programme, ...]:
    """The series of the episodes among these, in the order in which they come up; but for those
    that were on an earlier page: it begins `behind` this article. `syndicated`: as far as partners
    may have them."""
    wanted = dict.fromkeys(each.instalment.series_id for each in found if each.instalment)
    if not format_.channels or not wanted:
        return ()
    ids = f"{{{','.join(wanted)}}}"
    if behind is None:
        rows = await read(_SERIES, ids)
    else:
        edition = place.edition if place.narrowed else None
        rows = await read(_FURTHER_SERIES, ids, place.id, format_.target, edition, *behind)
    series = (orjson.loads(row[0] or b"") for row in rows)
    return tuple(_programme(permitted(each) if syndicated else each, bases) for each in series)


def _programme(series: Json, bases: Bases) -> Programme:
    return Programme(
        id=series["id"],
        title=series["title"],
        description=series["description"],
        url=series["canonical_url"],
        language=series["language"],
        artwork=items.image(series["image"] or series["artwork"], bases),
        genres=tuple(series["genres"]),
        season_titles={each["number"]: each["title"] for each in series["seasons"]
                       if each["title"]},
    )  # fmt: skip


_STREAMS = """
    SELECT d."full" FROM published.documents d
    WHERE d.kind = 'stream' AND d.status = 200 AND d.sort_key IS NOT NULL AND d.edition = $1
    ORDER BY d.sort_key, d.id
"""

_SERIES = """
    SELECT d."full" FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted(id, place)
    JOIN published.documents d ON d.id = wanted.id AND d.status = 200
    ORDER BY wanted.place
"""

_FURTHER_SERIES = """
    SELECT d."full" FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted(id, place)
    JOIN published.documents d ON d.id = wanted.id AND d.status = 200
    WHERE NOT EXISTS (
        SELECT FROM published.listings e
        JOIN published.listings l ON l.article_id = e.article_id AND l.key = $2::uuid
        JOIN published.videos v ON v.article_id = e.article_id
        WHERE e.key = wanted.id AND e.episode IS NOT NULL AND e.has_video
            AND (v.targets IS NULL OR $3::text IS NULL OR $3::text = ANY(v.targets))
            AND ($4::text IS NULL OR l.edition = $4::text)
            AND (e.published_at, e.article_id) >= ($5::timestamptz, $6::uuid))
    ORDER BY wanted.place
"""
