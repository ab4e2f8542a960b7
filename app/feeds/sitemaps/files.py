"""Which files there are: the index of all sitemaps."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from app.feeds.bases import canonical
from app.feeds.places import Read
from app.feeds.sitemaps.names import NEWS, PAGES, Wanted
from app.feeds.sitemaps.query import PART, site_of
from app.feeds.sitemaps.sitemap import File
from app.feeds.states import SITE, State, combined, moment, stamp
from app.published import sitemap_months
from app.published.models import EVERYTHING, FEEDS, STREAMS
from app.published.sitemap_months import window_id

INDEX = "/sitemap.xml"

Json = Mapping[str, Any]


async def state(read: Read) -> State | None:
    """None where there is no site yet."""
    rows = await read(_STATE)
    return combined(rows) if rows else None


async def load(read: Read) -> list[File]:
    """The files of all editions: news and pages first, then each month, the newest first."""
    site = await site_of(read)
    api = canonical(site).api
    files: list[File] = []
    for edition in site["editions"]:
        code = edition["code"]
        months = await read(_MONTHS, code)
        newest = max((each for row in months if (each := _moment(row[3]))), default=None)
        if await read(_NEWS, str(window_id(code))):
            files.append(File(loc=api + Wanted(code, NEWS).address, changed_at=newest))
        for kind in PAGES:
            sql = _KINDS.get(kind)
            counted = await read(sql, code) if sql else [(b"1",)]
            files += _parts(api, Wanted(code, kind), counted[0][0]) if _has(edition, kind) else []
        for month, articles, films, at in months:
            for kind, count in (("articles", articles), ("videos", films)):
                wanted = Wanted(code, kind, _text(month))
                files += _parts(api, wanted, count, _moment(at))
    return files


def _has(edition: Json, kind: str) -> bool:
    """Topics and people belong to no edition: they are with the default one."""
    return edition["is_default"] or kind not in ("topics", "people")


def _parts(
    api: str, wanted: Wanted, count: bytes | None, changed_at: datetime | None = None
) -> Iterator[File]:
    parts = -(-int(count or b"0") // PART)
    for part in range(1, parts + 1):
        address = Wanted(wanted.edition, wanted.kind, wanted.month, part).address
        yield File(loc=api + address, changed_at=changed_at)


def _text(value: bytes | None) -> str:
    return (value or b"").decode()


def _moment(value: bytes | None) -> datetime | None:
    return datetime.fromisoformat(value.decode()) if value else None


_STATE = " UNION ALL ".join(
    (SITE, *(stamp(f"'{key}'::uuid") for key in (EVERYTHING, FEEDS, STREAMS, sitemap_months.NEWS)))
)

_MONTHS = f"""SELECT m.month,
    (SELECT count(*)::text FROM published.listings l WHERE l.key = m.key),
    (SELECT count(*)::text FROM published.listings l WHERE l.key = m.key AND l.has_video),
    {moment("s.at")}
    FROM published.sitemap_months m JOIN published.stamps s ON s.key = m.key
    WHERE m.edition = $1 ORDER BY m.month DESC"""

# An empty file is none for crawlers.
_NEWS = """SELECT 'some' FROM published.documents w
    CROSS JOIN LATERAL (SELECT convert_from(w."full", 'UTF8')::jsonb->>'since' AS since) told
    JOIN published.sitemap_months m ON m.edition = w.edition AND m.month >= left(told.since, 7)
    JOIN published.listings l ON l.key = m.key AND l.published_at >= told.since::timestamptz
    WHERE w.id = $1::uuid AND w.status = 200 LIMIT 1"""

_NAMED = """SELECT count(*)::text FROM published.documents d
    WHERE d.kind = '{kind}' AND d.slug IS NOT NULL AND d.status = 200 AND $1::text IS NOT NULL"""

_LISTED = """SELECT count(*)::text FROM published.documents d
    WHERE d.kind = '{kind}' AND d.edition = $1 AND d.sort_key IS NOT NULL AND d.status = 200"""

_KINDS = {
    "topics": _NAMED.format(kind="topic"),
    "people": _NAMED.format(kind="person"),
    "series": _LISTED.format(kind="series"),
    "streams": _LISTED.format(kind="stream"),
}
