"""What channels, schedules, episodes and the TV home cost to read: walks along indexes."""

from collections.abc import Iterator
from itertools import product
from typing import Any
from uuid import UUID

import psycopg
import pytest

from app import connections
from app.delivery import channels, episodes, holders, schedules, tv_home, tv_lists
from app.delivery.statements import Statement
from app.delivery.wire import session_settings
from tests.delivery.test_citation_plans import explained

ARTICLES = 10_000
STREAM, SERIES, TOPIC, *OTHERS = (UUID(int=number) for number in range(5, 11))
LIMIT = 21

FILL = f"""
    INSERT INTO published.documents (id, kind, edition, slug, sort_key, status, version, seq, etag,
        modified_at, tags, meta, card, "full")
    SELECT md5(kind || n)::uuid, kind, CASE WHEN n > 300 THEN 'en' ELSE 'fr' END,
        CASE kind WHEN 'article' THEN NULL ELSE 's' || n END,
        CASE kind WHEN 'article' THEN NULL ELSE lpad(n::text, 5, '0') END, 200, 1, n, 'x', now(),
        '{{}}', jsonb_build_object('on_air', n % 2 = 0), '\\x7b7d', '\\x7b7d'
    FROM generate_series(1, {ARTICLES}) n, unnest(ARRAY['article', 'stream', 'series', 'tv']) kind
    WHERE kind = 'article' OR n <= 500;

    INSERT INTO published.videos (article_id, etag, card, "full", locked)
    SELECT id, 'x', '\\x7b7d', '\\x7b7d', false FROM published.documents WHERE kind = 'article';

    INSERT INTO published.listings (article_id, key, published_at, updated_at, edition, language,
        format, genre, has_video, episode)
    SELECT md5('article' || n)::uuid, key, timestamptz '2020-01-01' + n * interval '1 hour',
        timestamptz '2020-01-01', CASE WHEN n % 2 = 0 THEN 'en' ELSE 'fr' END, 'en', 'video',
        'news', true, CASE WHEN key <> '{TOPIC}' THEN n END
    FROM generate_series(1, {ARTICLES}) n,
        unnest('{{{",".join(map(str, (SERIES, TOPIC, *OTHERS)))}}}'::uuid[]) key;

    INSERT INTO published.schedule_entries (id, stream_id, starts_at, ends_at, body)
    SELECT md5(n::text)::uuid, '{STREAM}', timestamptz '2020-01-01' + n * interval '1 hour',
        timestamptz '2020-01-01' + (n + 1) * interval '1 hour', '\\x7b7d'
    FROM generate_series(1, {ARTICLES}) n;

    INSERT INTO published.stamps SELECT id, 1, now() FROM published.documents;
    INSERT INTO published.stamps VALUES ('{SERIES}', 1, now()), ('{TOPIC}', 1, now());

    ANALYZE published.documents, published.listings, published.videos, published.schedule_entries,
        published.stamps
"""


@pytest.fixture
def filled(database_url: str) -> Iterator[psycopg.Connection]:
    """A session as the reader has it."""
    with psycopg.connect(database_url) as connection:
        connection.execute(FILL.encode())
    options = connections.options(database_url, always=session_settings(60_000))
    with psycopg.connect(database_url, autocommit=True, options=options) as connection:
        connection.prepare_threshold = None
        yield connection


def walked(
    connection: psycopg.Connection, statement: Statement, *values: object, most: int = LIMIT
) -> list[dict[str, Any]]:
    """The plan of a statement, which reads no more rows than it shows, or `most`."""
    plan, _ = explained(connection, statement, *values)
    for node in plan:
        kind, rows = node["Node Type"], node["Actual Rows"] * node["Actual Loops"]
        assert kind not in ("Seq Scan", "Sort", "Incremental Sort"), (statement.sql, node)
        assert "Bitmap" not in kind, (statement.sql, node)
        assert rows <= most + 1, (statement.sql, node)
        assert node.get("Rows Removed by Filter", 0) <= most + 1, (statement.sql, node)
    return plan


def test_channels_and_series_are_walks(filled: psycopg.Connection) -> None:
    values = {"key": TOPIC, "edition": "en", "sort_key": "00350", "id": TOPIC, "limit": LIMIT}
    for kind, on_air in (("stream", None), ("stream", True), ("stream", False), ("series", None)):
        for edition, after in product((False, True), repeat=2):
            selection = channels.select(kind, edition, on_air, after)
            given = (values[name] for name in selection.parameters)
            plan = walked(filled, selection.statement, *given)
            assert plan[0]["Actual Rows"] == LIMIT


def test_schedules_and_episodes_are_walks_however_far_behind(filled: psycopg.Connection) -> None:
    for since, until in (("2020-01-02", "2020-01-09"), ("2021-01-02 00:30", "2021-01-09")):
        plan = walked(filled, schedules.FIRST, TOPIC, STREAM, since, until, LIMIT)
        assert plan[0]["Actual Rows"] == LIMIT
        further = (TOPIC, STREAM, since, until, LIMIT, until.replace("09", "08"))
        assert walked(filled, schedules.FURTHER, *further)[0]["Actual Rows"] == LIMIT
    everything = walked(filled, schedules.FIRST, TOPIC, STREAM, "-infinity", "infinity", LIMIT)
    assert everything[0]["Actual Rows"] == LIMIT
    assert walked(filled, episodes.FIRST, SERIES, LIMIT)[0]["Actual Rows"] == LIMIT
    at_the_end = walked(filled, episodes.FURTHER, SERIES, LIMIT, 9_900, TOPIC)
    assert at_the_end[0]["Actual Rows"] == LIMIT
    for found in (holders._BY_ID, holders._BY_SLUG):
        walked(filled, found, *(SERIES, "series") if found is holders._BY_ID else ("s7", "series"))


def test_the_tv_home_is_walks(filled: psycopg.Connection) -> None:
    walked(filled, tv_home._PLAN, "s7")
    for key in (SERIES, TOPIC):
        plan = walked(filled, tv_lists.LISTING, key, "en", LIMIT, most=2 * LIMIT)
        assert plan[0]["Actual Rows"] == LIMIT
    nobodys = walked(filled, tv_lists.LISTING, TOPIC, "de", LIMIT, most=tv_lists.FARTHEST)
    assert nobodys[0]["Actual Rows"] == 0
    for statement in (tv_lists.STREAMS, tv_lists.SERIES):
        assert walked(filled, statement, "en", LIMIT)[0]["Actual Rows"] == LIMIT
    ids = "{" + ",".join(str(UUID(int=number)) for number in range(20)) + "}"
    walked(filled, tv_lists.STAMPS, ids)
    walked(filled, tv_lists.CARDS, ids, ids, ids, most=60)
