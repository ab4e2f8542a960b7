"""Sitemaps over more articles than a newspaper writes in ten years, in bounded memory."""

import time
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import httpx
import psutil
import pytest
from sqlalchemy import text

from app.database import Database
from app.published.models import EVERYTHING
from app.published.sitemap_months import month_key
from tests import newsroom as newsrooms
from tests.feeds.crawling import NAMES, crawled, fetched
from tests.promises.program import family, serving
from tests.publishing.filming import film, led_by

BASE = "http://127.0.0.1:8000"
CROWDED = datetime(2016, 1, 1, tzinfo=UTC)
"""A month with more articles than there is room for in one file."""

MONTHS = 100
ROOM_MB = 120
"""What the server may take besides what it needs to run, to make and to keep all of it."""

LISTED = "article_id, published_at, updated_at, edition, language, format, genre, has_video"


async def fill(database: Database, count: int) -> None:
    """Put copies of the one article there is under other ids and paths, in many months: a sixteenth
    of them in one, one in ten with a film."""
    values = {"count": count, "crowded": count // 16, "begin": CROWDED, "months": MONTHS}
    async with database.write() as session:
        for statement in _FILL:
            await session.execute(text(statement), values)
        rows = await session.execute(text("SELECT DISTINCT to_char(at, 'YYYY-MM') FROM copies"))
        months = [{"month": month, "key": month_key("en", month)} for (month,) in rows]
        await session.execute(text(_MONTH), months)
        for statement in _LIST:
            await session.execute(text(statement), {"everything": EVERYTHING})


_FILL = (
    """CREATE TEMP TABLE copies ON COMMIT DROP AS
    SELECT gen_random_uuid() AS id, n, date_trunc('second', CAST(:begin AS timestamptz)
        + CASE WHEN n < :crowded THEN interval '0' ELSE make_interval(months => n % :months + 1) END
        + (n % 2400000) * interval '1 second') AT TIME ZONE 'UTC' AS at
    FROM generate_series(1, :count) n""",
    """INSERT INTO published.documents (id, kind, status, edition, path, version, seq, etag,
        modified_at, tags, meta, card, "full", app)
    SELECT c.id, d.kind, 200, d.edition, d.path || '-' || n, 1, 1, 'x' || n, c.at, d.tags, d.meta,
        convert_to(replace(convert_from(d.card, 'UTF8'), d.path, d.path || '-' || n), 'UTF8'),
        d."full", d.app
    FROM copies c CROSS JOIN published.documents d WHERE d.kind = 'article' AND d.version = 1
        AND d.path LIKE '/news/%' AND d.etag NOT LIKE 'x%'""",
    """INSERT INTO published.videos (article_id, etag, card, "full", locked)
    SELECT c.id, v.etag, v.card,
        convert_to(replace(convert_from(v."full", 'UTF8'), '/the-harbour', '/the-harbour-' || n),
            'UTF8'), false
    FROM copies c CROSS JOIN published.videos v WHERE n % 10 = 0""",
)
_MONTH = "INSERT INTO published.sitemap_months (edition, month, key) VALUES ('en', :month, :key)"
_LIST = (
    f"""INSERT INTO published.listings (key, {LISTED})
    SELECT key, c.id, c.at, c.at, 'en', 'en', 'text', 'news', n % 10 = 0
    FROM copies c JOIN published.sitemap_months m ON m.month = to_char(c.at, 'YYYY-MM')""",
    f"""INSERT INTO published.listings (key, {LISTED})
    SELECT :everything, c.id, c.at, c.at, 'en', 'en', 'text', 'news', n % 10 = 0 FROM copies c""",
    """INSERT INTO published.stamps (key, seq, at)
    SELECT key, 1, transaction_timestamp() FROM published.sitemap_months
    ON CONFLICT DO NOTHING""",
)


def peak_mb(processes: list[psutil.Process]) -> float:
    """The most memory that one of them ever had."""
    found = [Path(f"/proc/{each.pid}/status").read_text() for each in processes]
    lines = (line for status in found for line in status.splitlines() if line.startswith("VmHWM"))
    return max(int(line.split()[1]) for line in lines) / 1024


@pytest.mark.prove
@pytest.mark.timeout(1_800)
async def test_every_article_is_in_one_file_and_no_file_is_large(database_url: str) -> None:
    count = 200_000
    await newsrooms.found(database_url)
    async with newsrooms.opened(database_url) as newsroom:
        await newsroom.published("The harbour", **led_by(await film(newsroom)))
        await fill(newsroom.database, count)
    options = {"feed_memory_mb": "16"}
    async with serving(database_url, "--workers", "1", **options) as (address, process):
        reader = httpx.AsyncClient(base_url=address, timeout=60)
        async with reader:
            await reader.get("/robots.txt")
            before = peak_mb(family(process))
            began = time.monotonic()
            index = await reader.get("/sitemap.xml")
            took = {"index": time.monotonic() - began}
            pages = await fetched(reader, BASE)
            took["all"] = time.monotonic() - began
            after = peak_mb(family(process))
            began = time.monotonic()
            again = await reader.get(
                "/sitemaps/en/articles-2016-01.xml", headers={"If-None-Match": '"x"'}
            )
            took["one"] = time.monotonic() - began
            known = {"If-None-Match": again.headers["ETag"]}
            same = await reader.get("/sitemaps/en/articles-2016-01.xml", headers=known)
    files = {name: page for name, page in pages.items() if "/sitemaps/" in name}
    print({name: round(value, 3) for name, value in took.items()}, "MB:", before, after,
          "files:", len(files), "largest:", max(map(len, files.values())))  # fmt: skip

    assert index.status_code == 200 and same.status_code == 304
    assert after - before < ROOM_MB
    found: list[str] = []
    for name, page in files.items():
        urls = ElementTree.fromstring(page.encode()).findall("s:url", NAMES)
        assert len(urls) <= 5_000 and len(page) < 10_000_000
        if "/articles-" in name:
            found += [url.findtext("s:loc", "", NAMES) for url in urls]
        if "/videos-" in name:
            assert all(url.find("video:video", NAMES) is not None for url in urls)
    assert len(found) == len(set(found)) == count + 1
    told = crawled(pages, BASE)
    articles = [page.url for name, each in told.items() if "/articles-" in name for page in each]
    assert sorted(articles) == sorted(found)
