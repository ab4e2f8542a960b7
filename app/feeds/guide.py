"""What is on the live channels of an edition when: what the programme guide is rendered from."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from app.feeds import items
from app.feeds.bases import Bases, canonical
from app.feeds.feed import Image
from app.feeds.places import Read, Row
from app.feeds.states import DOCUMENT, SITE, State, combined, stamp
from app.published.models import STREAMS

Json = Mapping[str, Any]

MOST = 5_000
"""Programmes of one channel: the last ones. A month of quarters of an hour are 3,000."""

EARLIER_ID = "xmltv"
"""The system of the external id by which guides know a channel already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Airing:
    """Something that is on. `season` and `number` where it is an episode."""

    start: datetime
    end: datetime
    title: str
    subtitle: str | None = None
    description: str | None = None
    season: int | None = None
    number: int | None = None
    rating_system: str | None = None
    rating: str | None = None
    picture: Image | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideChannel:
    """A live channel. `airings` are in order, and no two overlap."""

    id: str
    name: str
    url: str
    language: str
    picture: Image | None = None
    airings: tuple[Airing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    publisher: str
    url: str
    updated_at: datetime
    channels: tuple[GuideChannel, ...]


async def state(read: Read, edition: str | None) -> State | None:
    """None where there is no such edition. Without one it is the default edition."""
    rows = await read(_STATE, edition)
    return combined(rows) if rows else None


async def load(read: Read, edition: str | None, updated_at: datetime) -> Guide:
    """The guide of an edition that there is."""
    [(site_json,)] = await read(_SITE)
    site = orjson.loads(site_json or b"")
    channels, programmes = await read(_CHANNELS, edition), await read(_AIRINGS, edition, str(MOST))
    # Thousands for each channel: readers go on meanwhile.
    return await asyncio.to_thread(_guide, site, channels, programmes, updated_at)


def _guide(
    site: Json, channels: Sequence[Row], programmes: Sequence[Row], updated_at: datetime
) -> Guide:
    bases = canonical(site)
    airings: dict[str, list[Airing]] = {}
    for identity, body in programmes:
        assert identity
        airings.setdefault(identity.decode(), []).append(_airing(orjson.loads(body or b""), bases))
    return Guide(
        publisher=site["publisher"]["name"],
        url=bases.web + "/",
        updated_at=updated_at,
        channels=_channels(channels, airings, bases),
    )


def _channels(
    rows: Sequence[Row], airings: Mapping[str, list[Airing]], bases: Bases
) -> tuple[GuideChannel, ...]:
    return tuple(
        _channel(stream, tuple(airings.get(stream["id"], ())), bases)
        for stream in (orjson.loads(row[0] or b"") for row in rows)
    )


def _channel(stream: Json, airings: tuple[Airing, ...], bases: Bases) -> GuideChannel:
    earlier = (each["id"] for each in stream["external_ids"] if each["system"] == EARLIER_ID)
    return GuideChannel(
        id=next(earlier, f"{stream['id']}.masthead"),
        name=stream["title"],
        url=stream["canonical_url"],
        language=stream["language"],
        picture=items.image(stream["image"] or stream["artwork"], bases),
        airings=airings,
    )


def _airing(entry: Json, bases: Bases) -> Airing:
    rating = entry["rating"] or {}
    return Airing(
        start=datetime.fromisoformat(entry["start"]),
        end=datetime.fromisoformat(entry["end"]),
        title=entry["title"],
        subtitle=entry["subtitle"],
        description=entry["description"],
        season=entry["season"],
        number=entry["number"],
        rating_system=rating.get("system"),
        rating=rating.get("value"),
        picture=items.image(entry["image"], bases),
    )


_EDITION = """d.kind = 'edition' AND d.status = 200 AND d.slug IS NOT NULL
    AND CASE WHEN $1::text IS NULL THEN (d.meta->>'default')::boolean ELSE d.slug = $1::text END"""

_STATE = f"""
    WITH edition AS (SELECT {DOCUMENT} FROM published.documents d WHERE {_EDITION} LIMIT 1)
    SELECT * FROM edition
    UNION ALL {SITE} AND EXISTS (SELECT FROM edition)
    UNION ALL {stamp(f"'{STREAMS}'")} AND EXISTS (SELECT FROM edition)
"""

_SITE = """SELECT d."full" FROM published.documents d
    WHERE d.kind = 'site' AND d.slug = 'site' AND d.status = 200"""

_OF_EDITION = f"""d.kind = 'stream' AND d.status = 200 AND d.sort_key IS NOT NULL
    AND d.edition = (SELECT d.slug FROM published.documents d WHERE {_EDITION} LIMIT 1)"""

_CHANNELS = f"""SELECT d."full" FROM published.documents d
    WHERE {_OF_EDITION} ORDER BY d.sort_key, d.id"""

_AIRINGS = f"""
    SELECT d.id::text, e.body FROM published.documents d CROSS JOIN LATERAL (
        SELECT e.starts_at, e.body FROM published.schedule_entries e
        WHERE e.stream_id = d.id ORDER BY e.starts_at DESC LIMIT $2::bigint) e
    WHERE {_OF_EDITION} ORDER BY d.sort_key, d.id, e.starts_at
"""
