"""Saved feeds as partners get them, pulled under a key or pushed: also those that are not public.

They are rendered from what is published, in one snapshot of the database.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from psycopg import AsyncRawCursor
from psycopg.rows import dict_row
from sqlalchemy.ext.asyncio import AsyncSession

from app import __version__
from app.database import driver
from app.feeds.bases import canonical
from app.feeds.feed import Feed
from app.feeds.places import Place, Read, Row
from app.feeds.query import load
from app.feeds.table import Format
from app.published.feed_names import named_place
from app.published.models import SERIES
from app.web.conditional import etag_of


@dataclass(frozen=True)
class Saved:
    """A saved feed as it is now. `seq`: the last change that touched it; `state` changes whenever
    anything does that it shows. `base` is where this API can be reached."""

    id: UUID
    slug: str
    title: str
    document: dict[str, Any]
    state: str
    seq: int
    changed_at: datetime
    base: str

    def etag(self, format_: Format, cursor: str | None = None) -> str:
        """Another release may render the same in another way."""
        return etag_of(f"{__version__} {self.state} {format_.name} {cursor or ''}".encode())


def content_type(format_: Format) -> str:
    charset = "; charset=utf-8" if format_.media_type.endswith("xml") else ""
    return format_.media_type + charset


def partner_address(slug: str, format_name: str) -> str:
    """The root-relative link under which partners pull a feed."""
    return f"/desk/partner-feeds/{slug}.{format_name}"


async def by_slug(session: AsyncSession, slug: str) -> Saved | None:
    return await _found(session, _SAVED + "feeds.slug = %s", slug)


async def by_id(session: AsyncSession, feed_id: UUID) -> Saved | None:
    return await _found(session, _SAVED + "feeds.id = %s", feed_id)


async def rendered(
    session: AsyncSession, saved: Saved, format_: Format, *, cursor: str | None = None
) -> bytes:
    """The feed in this format; from `cursor` on, where it has pages. Raises Invalid for a cursor
    that is not one of this feed."""
    read = _reading(await driver(session))
    feed = await load(
        read, _place(saved), format_, cursor=cursor if format_.paged else None,
        about=saved.document,
    )  # fmt: skip
    return await asyncio.to_thread(format_.render, _for_partners(feed, saved, format_))


def _for_partners(feed: Feed, saved: Saved, format_: Format) -> Feed:
    """Whose address leads to where partners get it: no hub and no other format is open to all."""
    own = saved.base + partner_address(saved.slug, format_.name)

    def moved(url: str) -> str:
        _, mark, query = url.partition("?")
        return own + mark + query

    return replace(
        feed,
        url=moved(feed.url),
        next_url=moved(feed.next_url) if feed.next_url else None,
        hubs=(),
        alternates=(),
    )


def _place(saved: Saved) -> Place:
    return Place(
        kind="feed",
        id=str(saved.id),
        name=named_place("feed", saved.slug),
        edition=None,
        narrowed=False,
        state=saved.state,
        channels="",
        changed_at=saved.changed_at,
        tags=(),
    )


def _reading(connection: Any) -> Read:
    """How `app.feeds` asks: with numbered parameters, and for bytes."""

    async def read(sql: str, *parameters: str | None) -> Sequence[Row]:
        cursor = AsyncRawCursor(connection)
        await cursor.execute(sql.encode(), parameters)
        return [tuple(map(_bytes, row)) for row in await cursor.fetchall()]

    return read


def _bytes(value: str | bytes | None) -> bytes | None:
    return value.encode() if isinstance(value, str) else value


async def _found(session: AsyncSession, query: str, wanted: str | UUID) -> Saved | None:
    cursor = (await driver(session)).cursor(row_factory=dict_row)
    await cursor.execute(query.encode(), (wanted,))
    row = await cursor.fetchone()
    if row is None or row["document"] is None:
        return None
    site = orjson.loads(row.pop("site"))
    return Saved(**row | {"document": orjson.loads(row["document"])}, base=canonical(site).api)


_SAVED = f"""
    SELECT feeds.id, feeds.slug, feeds.title, feeds.document,
        array_to_string(ARRAY[site.etag, md5(feeds.document), stamp.seq::text, series.seq::text],
            ' ', '-') AS state,
        coalesce(stamp.seq, 0) AS seq,
        greatest(site.modified_at, feeds.changed_at, stamp.at) AS changed_at,
        site."full" AS site
    FROM desk.feeds
    JOIN published.documents site
        ON site.kind = 'site' AND site.slug = 'site' AND site.status = 200
    LEFT JOIN published.stamps stamp ON stamp.key = feeds.id
    LEFT JOIN published.stamps series ON series.key = '{SERIES}'
    WHERE """  # noqa: S608
