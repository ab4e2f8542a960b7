"""The TV report: each published video held against what the TV platforms ask."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.assets.hls import queries as hls
from app.published.models import EVERYTHING
from app.published.tv_targets import NAMES, TARGETS, Finding, Target, findings
from app.publishing.tv_report_schemas import (
    DEAD,
    TvFinding,
    TvReportItem,
    TvReportQuery,
    TvTarget,
)

CHUNK = 100
MOST_LOOKED_AT = 1_000
"""Videos for one page, where few of them are what is asked for."""

Place = tuple[datetime, UUID]

_DEAD = Finding(
    DEAD, "asset: playback.sources",
    "Its stream cannot be played: see /desk/stream-checks?dead=true.", blocks=False,
)  # fmt: skip


async def page(
    session: AsyncSession, query: TvReportQuery, *, after: Place | None
) -> tuple[list[TvReportItem], Place | None]:
    """The items behind this place, and the place behind which to go on; None at the end."""
    found: list[TvReportItem] = []
    for _ in range(MOST_LOOKED_AT // CHUNK):
        rows = await _videos(session, after)
        films = [orjson.loads(row.full) for row in rows]
        dead = await hls.dead(session, [each["url"] for film in films for each in film["sources"]])
        for row, film in zip(rows, films, strict=True):
            after = (row.published_at, row.article_id)
            if item := _item(film, query, dead):
                found.append(item)
                if len(found) == query.limit:
                    return found, after
        if len(rows) < CHUNK:
            return found, None
    return found, after


async def _videos(session: AsyncSession, after: Place | None) -> Sequence[Any]:
    at, identity = after or (None, None)
    rows = await session.execute(
        _BEHIND if after else _FIRST,
        {"key": EVERYTHING, "limit": CHUNK} | ({"at": at, "id": identity} if after else {}),
    )
    return rows.all()


def _item(film: dict[str, Any], query: TvReportQuery, dead: set[str]) -> TvReportItem | None:
    """None where it is not what is asked for."""
    targets = [
        told
        for target in TARGETS
        if query.target in (None, target) and _is_wanted(told := _target(film, target, dead), query)
    ]
    if not targets:
        return None
    return TvReportItem(
        article_id=film["id"],
        asset_id=film["asset_id"],
        headline=film["title"],
        path=film["path"],
        edition=film["edition"],
        published_at=film["published_at"],
        targets=targets,
    )


def _is_wanted(told: TvTarget, query: TvReportQuery) -> bool:
    if query.on is not None and told.on is not query.on:
        return False
    said = {each.code for each in (*told.missing, *told.warnings)}
    return query.missing is None or query.missing in said


def _target(film: dict[str, Any], target: Target, dead: set[str]) -> TvTarget:
    found = findings(film, target)
    if any(source["url"] in dead for source in film["sources"]):
        found.append(_DEAD)
    missing = [each for each in found if each.blocks]
    return TvTarget(
        target=target,
        name=NAMES[target],
        on=not missing,
        missing=_told(missing),
        warnings=_told(each for each in found if not each.blocks),
    )


def _told(found: Iterable[Finding]) -> list[TvFinding]:
    return [TvFinding(code=each.code, field=each.field, detail=each.detail) for each in found]


_WALK = """
    SELECT listing.published_at, listing.article_id, video."full"
    FROM published.listings listing
    JOIN published.videos video ON video.article_id = listing.article_id
    WHERE listing.key = :key AND listing.has_video {behind}
    ORDER BY listing.published_at DESC, listing.article_id DESC LIMIT :limit
"""
_FIRST = text(_WALK.format(behind=""))
_BEHIND = text(_WALK.format(behind="AND (listing.published_at, listing.article_id) < (:at, :id)"))
