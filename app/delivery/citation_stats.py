"""How many citations there are, by what kind they are of.

Groups that tell something about sources (`ABOUT_SOURCES`) are counted in threes, month by month:
what is left over in a month is in no group. So nobody finds a source that stands alone, not by
subtracting one answer from another either: answers are sums of the same months, and of a month
nobody gets to know more than that. For the same reason they are not told by section.
"""

from collections.abc import Iterable
from typing import Annotated, Any, Literal, NamedTuple
from uuid import UUID

import orjson
from fastapi import Query
from pydantic import Field

from app.delivery import list_keys
from app.delivery.asking import Ask, Asked
from app.delivery.documents import JSON, kept
from app.delivery.query_values import Name, documented_as, spelled
from app.delivery.reader import TooSlow
from app.delivery.routing import Given, PublicRouter, QueryModel, failing, refused, unknown
from app.delivery.statements import number, statement
from app.errors import Fault, TooBroad
from app.published.citation_pages import CitationStats
from app.published.models import EVERYTHING
from app.published.writes import listing_tag
from app.web import caching
from app.web.answers import Answer
from app.web.conditional import etag_of

router = PublicRouter("citations")

Grouping = Literal["type", "channel", "level", "affiliation", "publication", "month"]

ABOUT_SOURCES = ("channel", "level", "affiliation")

MOST_PUBLICATIONS = 100

_MONTH = "[1-9][0-9]{3}-(0[1-9]|1[0-2])"
Month = Annotated[
    str, spelled(_MONTH, "Must be a month, written like 2026-11."), documented_as(_MONTH)
]


class StatsQuery(QueryModel):
    group_by: Grouping = Field(
        description="`channel`, `level` and `affiliation` are counted in threes, so that no source "
        "is singled out",
        examples=["type"],
    )
    since: Given[Month] = Field(
        default=None, description="The first month that counts (UTC)", examples=["2026-01"]
    )
    until: Given[Month] = Field(
        default=None, description="The first month that does not count", examples=["2027-01"]
    )
    section: Given[Name] = Field(
        default=None,
        description="Id or path of a section: in articles of it and of all below it. With "
        "`type`, `publication` and `month` only.",
    )


_LISTED = """
    FROM published.citation_listings l {joined}
    WHERE l.key = $1::uuid
        AND l.published_at >= $2::timestamptz AND l.published_at < $3::timestamptz
        AND ($4::uuid IS NULL OR EXISTS (
            SELECT FROM published.listings a
            WHERE a.article_id = l.article_id AND a.key = $4::uuid))
"""
_ALONE = _LISTED.format(joined="")
_WITH_CITATION = _LISTED.format(joined="JOIN published.citations c ON c.id = l.citation_id")

_COLUMNS = {
    "type": ("l.type", _ALONE),
    "channel": ("l.channel", _ALONE),
    "level": ("l.level", _ALONE),
    "affiliation": ("c.affiliation", _WITH_CITATION),
    "publication": ("c.publication_id::text", _WITH_CITATION),
    "month": ("to_char(l.published_at AT TIME ZONE 'UTC', 'YYYY-MM')", _ALONE),
}

_IN_FULL = {
    grouping: statement(f"SELECT {column}, count(*), 0 {found} GROUP BY 1")
    for grouping, (column, found) in _COLUMNS.items()
}
_IN_THREES = {
    grouping: statement(f"""
        SELECT value, sum(n - n % 3)::bigint, sum(n % 3)::bigint FROM (
            SELECT {column} AS value, count(*) AS n {found}
            GROUP BY 1, date_trunc('month', l.published_at AT TIME ZONE 'UTC')
        ) months GROUP BY 1
    """)
    for grouping, (column, found) in _COLUMNS.items()
    if grouping in ABOUT_SOURCES
}
COUNTED = _IN_FULL | _IN_THREES
"""Rows of: value, how many are in its group, how many are left over."""

_NAMES = statement("""
    SELECT d.id::text, convert_from(d."full", 'UTF8')::json->>'name' FROM published.documents d
    WHERE d.id = ANY($1::uuid[]) AND d.status = 200
""")


class _Group(NamedTuple):
    value: str | None
    size: int


@router.get(
    "/citation-stats",
    operation_id="readCitationStats",
    summary="How many citations there are, in groups",
    response_model=CitationStats,
    responses=failing(TooBroad),
)
async def read_citation_stats(ask: Asked, query: Annotated[StatsQuery, Query()]) -> Answer:
    """Citations of live articles by type, channel, level of attribution, affiliation of the
    source, publication or month.

    By channel, level and affiliation each group is counted in threes, month by month, and the
    rest is in `other`: a group of one or two cannot be seen, nor found by comparing answers. By
    publication the hundred largest groups come.

    A long span of time is tried for a moment, and else answered with a 422 `too-broad`.
    """
    groups, other = await _counts(ask, query)
    total = sum(group.size for group in groups) + other
    shown = [group for group in groups if group.size]
    shown.sort(key=_months_in_order if query.group_by == "month" else _largest_first)
    labels: dict[str, str] = {}
    if query.group_by == "publication":
        shown = shown[:MOST_PUBLICATIONS]
        labels = await _names(ask, shown)
    body = orjson.dumps(
        {
            "group_by": query.group_by,
            "since": query.since,
            "until": query.until,
            "total": total,
            "groups": [_shape(group, labels) for group in shown],
            "other": total - sum(group.size for group in shown),
        }
    )
    tags = (listing_tag(EVERYTHING),)
    headers = [JSON, (b"etag", etag_of(body).encode()), *kept(caching.LISTING, tags)]
    return Answer(200, headers, body, tags)


async def _counts(ask: Ask, query: StatsQuery) -> tuple[list[_Group], int]:
    """The groups, and how many citations are left over."""
    section = await _section(ask, query)
    values = (
        str(EVERYTHING).encode(),
        _first_of(query.since) or b"-infinity",
        _first_of(query.until) or b"infinity",
        section.encode() if section is not None else None,
    )
    try:
        rows = await ask.reader.search(COUNTED[query.group_by], *values)
    except TooSlow:
        raise _too_broad(query) from None
    groups = [_Group(value and value.decode(), number(count)) for value, count, _ in rows]
    return groups, sum(number(left) for _, _, left in rows)


async def _section(ask: Ask, query: StatsQuery) -> str | None:
    if query.section is None:
        return None
    if query.group_by in ABOUT_SOURCES:
        detail = f"It cannot stand beside group_by={query.group_by}: that could single out sources."
        raise refused(Fault(detail, parameter="section"))
    row = await list_keys.look_up(ask.reader, "section", query.section)
    if row is None:
        raise refused(unknown("section"))
    identity: str = row[0].decode()
    return identity


async def _names(ask: Ask, groups: Iterable[_Group]) -> dict[str, str]:
    """The names of these publications, by id."""
    ids = ",".join(str(UUID(group.value)) for group in groups if group.value)
    rows = await ask.reader.rows(_NAMES, f"{{{ids}}}".encode())
    return {identity.decode(): name.decode() for identity, name in rows}


def _first_of(month: str | None) -> bytes | None:
    return f"{month}-01T00:00:00Z".encode() if month else None


def _months_in_order(group: _Group) -> Any:
    return group.value


def _largest_first(group: _Group) -> Any:
    return -group.size, group.value or ""


def _shape(group: _Group, labels: dict[str, str]) -> dict[str, Any]:
    label = labels.get(group.value) if group.value else None
    return {"value": group.value, "label": label, "count": group.size}


def _too_broad(query: StatsQuery) -> TooBroad:
    advice = dict.fromkeys(("since", "until"), "Ask for a shorter span of time.")
    if query.section is not None:
        advice["section"] = "Leave it out, or ask for a shorter span of time."
    return TooBroad(
        "There are too many citations to be counted quickly. Ask for fewer.",
        faults=[Fault(detail, parameter=name) for name, detail in advice.items()],
    )
