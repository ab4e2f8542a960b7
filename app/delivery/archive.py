"""The archive: how many articles were published on each day of a month."""

import re
from typing import Annotated
from uuid import UUID

import orjson
from fastapi import Path, Query

from app.delivery.asking import Asked
from app.delivery.documents import JSON, kept, missing
from app.delivery.reader import TooSlow
from app.delivery.routing import PublicRouter, failing, refused, unknown
from app.delivery.sections import DEFAULT_EDITION, EditionQuery
from app.delivery.statements import number, statement
from app.errors import Unavailable
from app.published.document import ArchiveMonth
from app.published.writes import listing_tag
from app.web import caching
from app.web.answers import Answer
from app.web.conditional import etag_of

router = PublicRouter("archive")

Year = Annotated[
    str,
    Path(description="Four digits", examples=["2026"], json_schema_extra={"pattern": "^[0-9]{4}$"}),
]
Month = Annotated[
    str,
    Path(description="Two digits", examples=["11"], json_schema_extra={"pattern": "^[0-9]{2}$"}),
]

_YEAR = re.compile(r"(?!0000)[0-9]{4}")
_MONTH = re.compile(r"0[1-9]|1[0-2]")

_EDITION = statement(f"""
    SELECT d.id::text, d.slug, d.meta->>'time_zone' FROM published.documents d
    WHERE d.kind = 'edition' AND d.status = 200
        AND d.slug = coalesce($1, (SELECT e.slug {DEFAULT_EDITION}))
""")

_MONTH_ENDS = """
    SELECT $2::timestamp AT TIME ZONE $3 AS since,
        ($2::timestamp + interval '1 month') AT TIME ZONE $3 AS until
"""

_ENDS = statement(f"""
    SELECT to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        to_char(until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        (SELECT to_char(max(l.published_at) AT TIME ZONE $3, 'YYYY/MM')
         FROM published.listings l WHERE l.key = $1::uuid AND l.published_at < since),
        (SELECT to_char(min(l.published_at) AT TIME ZONE $3, 'YYYY/MM')
         FROM published.listings l WHERE l.key = $1::uuid AND l.published_at >= until)
    FROM ({_MONTH_ENDS}) month
""")

_DAYS = statement(f"""
    SELECT to_char(day, 'YYYY-MM-DD'), articles FROM (
        SELECT (l.published_at AT TIME ZONE $3)::date AS day, count(*) AS articles
        FROM ({_MONTH_ENDS}) month
        JOIN published.listings l
            ON l.key = $1::uuid AND l.published_at >= month.since AND l.published_at < month.until
        GROUP BY day
    ) counted
""")
"""Not in order: told to give one, PostgreSQL sorts all articles instead of the days."""


@router.get(
    "/archive/{year}/{month}",
    operation_id="readArchiveMonth",
    summary="How many articles each day of a month had",
    response_model=ArchiveMonth,
    responses=failing(),
)
async def read_archive_month(
    ask: Asked, year: Year, month: Month, query: Annotated[EditionQuery, Query()]
) -> Answer:
    """Days by the edition's own clock; days without articles are left out.

    `articles` leads to the list of the month, `previous` and `next` to the nearest months that have
    any.
    """
    if not _YEAR.fullmatch(year) or not _MONTH.fullmatch(month):
        raise missing()
    wanted = query.edition.encode() if query.edition is not None else None
    edition = await ask.reader.row(_EDITION, wanted)
    if edition is None:
        raise refused(unknown("edition")) if wanted is not None else missing()
    key, code, zone = edition
    of_month = (key, f"{year}-{month}-01".encode(), zone)
    ends = await ask.reader.row(_ENDS, *of_month)
    assert ends is not None
    since, until, previous, following = (each and each.decode() for each in ends)
    try:
        days = await ask.reader.search(_DAYS, *of_month)
    except TooSlow as error:
        raise Unavailable("The database is too slow at the moment.") from error
    name = code.decode()

    def link(month: str | None) -> str | None:
        return f"/v1/archive/{month}?edition={name}" if month else None

    body = orjson.dumps(
        {
            "edition": name,
            "month": f"{year}-{month}",
            "days": [{"day": day.decode(), "count": number(count)} for day, count in sorted(days)],
            "articles": f"/v1/articles?edition={name}&since={since}&until={until}&order=oldest",
            "previous": link(previous),
            "next": link(following),
        }
    )
    tags = (listing_tag(UUID(key.decode())),)
    headers = [JSON, (b"etag", etag_of(body).encode()), *kept(caching.LISTING, tags)]
    return Answer(200, headers, body, tags)
