"""The published store to the files of sitemaps: each read in chunks, and only what it shows."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

import orjson

from app.feeds.bases import canonical
from app.feeds.places import Read, Row
from app.feeds.sitemaps import entries
from app.feeds.sitemaps.names import MONTHLY, NEWS, Wanted
from app.feeds.sitemaps.sitemap import Url
from app.feeds.states import SITE, State, combined, moment, stamp
from app.published.models import EVERYTHING, FEEDS, STREAMS
from app.published.sitemap_months import month_key, window_id

PART = 5_000
"""Addresses in one file: a tenth of what is allowed, so that none is slow or large."""

MOST_NEWS = 1_000
"""What Google News takes."""

CHUNK = 500
"""So many short forms of documents are in memory at a time."""

NEWS_CHUNK = 100
"""The same, of whole documents."""

Json = Mapping[str, Any]
Made = TypeVar("Made")


async def site_of(read: Read) -> Json:
    [(full,)] = await read(_SITE_JSON)
    found: Json = orjson.loads(full or b"")
    return found


def edition_of(site: Json, code: str) -> Json | None:
    return next((each for each in site["editions"] if each["code"] == code), None)


def web_base(edition: Json) -> str:
    """Where the paths of its pages begin."""
    url: str = edition["canonical_url"]
    return url.removesuffix(edition["path"])


async def state(read: Read, wanted: Wanted) -> State | None:
    """None for a file that there is not, as far as one can see without reading it."""
    parts = _PAGES_STATE
    if wanted.kind in MONTHLY:
        parts = stamp("$2::uuid")
    elif wanted.kind == NEWS:
        parts = _NEWS_STATE
    key = str(month_key(wanted.edition, wanted.month or ""))
    if wanted.kind == NEWS:
        key = str(window_id(wanted.edition))
    rows = await read(_STATE.format(parts=parts), wanted.edition, key)
    return combined(rows) if _is_known(rows, wanted) else None


def _is_known(rows: Sequence[Row], wanted: Wanted) -> bool:
    """Site, edition, and the list of the month."""
    return len(rows) >= (3 if wanted.kind in MONTHLY else 2)


async def load(read: Read, wanted: Wanted) -> list[Url] | None:
    """What the file has; None where there is nothing that could be in it."""
    site = await site_of(read)
    edition, bases = edition_of(site, wanted.edition), canonical(site)
    if edition is None:
        return None
    web = web_base(edition)
    if wanted.kind == NEWS:
        return await _news(read, site, edition)
    if wanted.kind == "articles":
        return await _month(read, _CARDS, wanted, partial(entries.article, web, bases)) or None
    if wanted.kind == "videos":
        films = await _month(read, _FILMS, wanted, partial(entries.film, web, bases))
        return [each for each in films if each] if films else None
    if wanted.kind == "sections":
        return await _sections(read, edition) if wanted.part == 1 else None
    at = str((wanted.part - 1) * PART)
    if wanted.kind in ("series", "streams"):
        rows = await read(_LISTED, _KINDS[wanted.kind], wanted.edition, at, str(PART))
        return [entries.page(web, *row) for row in rows] or None
    # Topics and people belong to no edition: they are in the files of the default one.
    rows = await read(_NAMED, _KINDS[wanted.kind], at, str(PART)) if edition["is_default"] else []
    used = [entries.page(bases.web, path, changed) for path, changed, used in rows if used]
    return used if rows else None


async def _month(read: Read, sql: str, wanted: Wanted, make: Callable[..., Made]) -> list[Made]:
    """What is made of the rows of one part of a month, the oldest first: so that full parts stay as
    they are."""
    found: list[Made] = []
    key = str(month_key(wanted.edition, wanted.month or ""))
    first = (wanted.part - 1) * PART
    for at in range(first, first + PART, CHUNK):
        rows = await read(sql, key, str(at), str(min(CHUNK, first + PART - at)))
        # Hundreds of documents: readers go on meanwhile.
        found += await asyncio.to_thread(_each, make, rows)
        if len(rows) < CHUNK:
            break
    return found


def _each(make: Callable[..., Made], rows: Sequence[Row]) -> list[Made]:
    return [make(*row) for row in rows if row[0] is not None]


async def _news(read: Read, site: Json, edition: Json) -> list[Url]:
    code = edition["code"]
    since = await read(_SINCE, str(window_id(code)))
    if not since or not since[0][0]:
        return []
    begin = datetime.fromisoformat(orjson.loads(since[0][0])["since"])
    months = await read(_MONTHS_SINCE, code, f"{begin:%Y-%m}")
    found: list[Url] = []
    for (key,) in months:
        for at in range(0, MOST_NEWS, NEWS_CHUNK):
            rows = await read(
                _NEWEST, (key or b"").decode(), begin.isoformat(), str(at), str(NEWS_CHUNK)
            )
            each = (entries.news(web_base(edition), site["name"], row[0] or b"") for row in rows)
            found += [url for url in each if url and url.news and url.news.published_at >= begin]
            if len(rows) < NEWS_CHUNK:
                break
    return found[:MOST_NEWS]


async def _sections(read: Read, edition: Json) -> list[Url]:
    """The front page, and all sections that readers see."""
    rows = await read(_TREE, edition["code"])
    paths = {edition["id"]: edition["path"]}
    paths |= entries.section_paths(orjson.loads(rows[0][0] or b"{}")["items"]) if rows else {}
    stamps = await read(_STAMPS, f"{{{','.join(paths)}}}")
    changed = {(key or b"").decode(): at for key, at in stamps}
    web = web_base(edition)
    return [entries.at_path(web, path, changed.get(key)) for key, path in paths.items()]


_KINDS = {"topics": "topic", "people": "person", "series": "series", "streams": "stream"}

_SITE_JSON = """SELECT d."full" FROM published.documents d
    WHERE d.kind = 'site' AND d.slug = 'site' AND d.status = 200"""

_STATE = f"""{SITE}
    UNION ALL SELECT d.etag, {moment("d.modified_at")}, array_to_string(d.tags, ' ')
        FROM published.documents d
        WHERE d.kind = 'edition' AND d.slug = $1 AND d.status = 200 AND $2::uuid IS NOT NULL
    UNION ALL {{parts}}"""

_NEWS_STATE = f"""{stamp("$2::uuid")} UNION ALL {
    stamp('''(
    SELECT e.id FROM published.documents e
    WHERE e.kind = 'edition' AND e.slug = $1 AND e.status = 200)''')
}"""

_PAGES_STATE = f"""{stamp(f"'{EVERYTHING}'::uuid")} UNION ALL {stamp(f"'{FEEDS}'::uuid")}
    UNION ALL {stamp(f"'{STREAMS}'::uuid")}"""

_CHUNK = """(SELECT l.article_id, l.published_at, l.format FROM published.listings l
    WHERE l.key = $1::uuid {condition}
    ORDER BY l.published_at, l.article_id OFFSET $2::bigint LIMIT $3::bigint) l"""

_CARDS = f"""SELECT d.card, CASE WHEN l.format = 'gallery' THEN d."full" END
    FROM {_CHUNK.format(condition="")}
    LEFT JOIN published.documents d ON d.id = l.article_id AND d.status = 200
    ORDER BY l.published_at, l.article_id"""

_FILMS = f"""SELECT v."full"
    FROM {_CHUNK.format(condition="AND l.has_video")}
    LEFT JOIN published.videos v ON v.article_id = l.article_id
    ORDER BY l.published_at, l.article_id"""

_SINCE = 'SELECT d."full" FROM published.documents d WHERE d.id = $1::uuid AND d.status = 200'

_MONTHS_SINCE = """SELECT m.key::text FROM published.sitemap_months m
    WHERE m.edition = $1 AND m.month >= $2 ORDER BY m.edition DESC, m.month DESC"""

_NEWEST = """SELECT d."full" FROM published.listings l
    JOIN published.documents d ON d.id = l.article_id AND d.status = 200
    WHERE l.key = $1::uuid AND l.published_at >= $2::timestamptz
    ORDER BY l.published_at DESC, l.article_id DESC OFFSET $3::bigint LIMIT $4::bigint"""

_TREE = """SELECT d."full" FROM published.documents d
    WHERE d.kind = 'sections' AND d.slug = $1 AND d.status = 200"""

_STAMPS = f"""SELECT s.key::text, {moment("s.at")} FROM unnest($1::uuid[]) AS wanted(id)
    JOIN published.stamps s ON s.key = wanted.id"""

_LISTED = f"""SELECT d.path, {moment("coalesce(s.at, d.modified_at)")}
    FROM published.documents d LEFT JOIN published.stamps s ON s.key = d.id
    WHERE d.kind = $1 AND d.edition = $2 AND d.sort_key IS NOT NULL AND d.status = 200
    ORDER BY d.kind, d.edition, d.sort_key, d.id OFFSET $3::bigint LIMIT $4::bigint"""

_NAMED = f"""SELECT d.path, {moment("coalesce(s.at, d.modified_at)")},
        (SELECT 'used' FROM published.listings l WHERE l.key = d.id LIMIT 1)
    FROM (SELECT n.id, n.kind, n.slug FROM published.documents n
        WHERE n.kind = $1 AND n.slug IS NOT NULL AND n.status = 200
        ORDER BY n.kind, n.slug OFFSET $2::bigint LIMIT $3::bigint) named
    JOIN published.documents d ON d.id = named.id
    LEFT JOIN published.stamps s ON s.key = d.id
    ORDER BY named.slug"""
