"""What a list of citations costs: a walk along an index, on its last page as on its first."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any
from uuid import UUID

import psycopg
import pytest

from app import connections
from app.delivery import citation_stats, citations, publication_list
from app.delivery.citation_sql import Shape, select
from app.delivery.statements import Statement
from app.delivery.wire import session_settings
from tests.delivery.test_list_plans import nodes

CITATIONS = 10_000
EVERYWHERE, WORK, SECTION = UUID(int=0), UUID(int=2), UUID(int=3)
LIMIT = 21

FILL = f"""
    INSERT INTO published.citations (id, article_id, ordinal, status, seq, etag, modified_at, card,
        "full", type, channel, level, published_at)
    SELECT md5(n::text)::uuid, md5('a' || n)::uuid, 1, 200, n, 'x', now(), '\\x7b7d', '\\x7b7d',
        (ARRAY['quotation', 'paraphrase', 'data'])[1 + n % 3],
        (ARRAY['interview', 'document'])[1 + n % 2],
        (ARRAY['on_the_record', 'background'])[1 + n % 2],
        timestamptz '2020-01-01' + n * interval '1 hour'
    FROM generate_series(1, {CITATIONS}) n;

    INSERT INTO published.citation_listings (citation_id, key, article_id, published_at, type,
        level, channel)
    SELECT c.id, key, c.article_id, c.published_at, c.type, c.level, c.channel
    FROM published.citations c, unnest(ARRAY['{EVERYWHERE}', '{WORK}']::uuid[]) key;

    INSERT INTO published.stamps SELECT DISTINCT key, 1, now() FROM published.citation_listings;

    INSERT INTO published.documents (id, kind, sort_key, status, version, seq, etag, modified_at,
        tags, meta, "full")
    SELECT md5(kind || n)::uuid, kind, CASE kind WHEN 'publication' THEN 'name ' || n % 2000 END,
        200, 1, n, 'x', now(), '{{}}', '{{}}', '\\x7b7d'
    FROM generate_series(1, {CITATIONS}) n, unnest(ARRAY['article', 'publication']) kind;

    ANALYZE published.citations, published.citation_listings, published.stamps,
        published.documents
"""

KINDS: list[dict[str, bool]] = [{}, {"type": True}, {"level": True}, {"channel": True}]
WALKS = [
    Shape(since=since, until=until, after=after, **kinds)
    for kinds in KINDS
    for since, until, after in product((False, True), repeat=3)
]
VALUES = {
    "key": WORK, "type": "quotation", "level": "background", "channel": "interview",
    "since": "2020-01-05", "until": "2021-01-25", "at": "2020-09-01", "id": WORK,
    "section": SECTION, "limit": LIMIT,
}  # fmt: skip
FIRST_DAYS = {"at": "2020-01-04", "until": "2020-01-04", "since": "2020-01-01"}
"""At the end of the list, which begins with what is new."""


@pytest.fixture
def filled(database_url: str) -> Iterator[psycopg.Connection]:
    """A session as the reader has it: a work that 10,000 articles cite, and 10,000 publications."""
    with psycopg.connect(database_url) as connection:
        connection.execute(FILL.encode())
    options = connections.options(database_url, always=session_settings(60_000))
    with psycopg.connect(database_url, autocommit=True, options=options) as connection:
        connection.prepare_threshold = None
        yield connection


def explained(
    connection: psycopg.Connection, statement: Statement, *values: object
) -> tuple[list[dict[str, Any]], int]:
    """All nodes of the plan that is run, with what they really did; and the pages it looked at."""
    literals = ", ".join("NULL" if value is None else f"'{value}'" for value in values)
    connection.execute(b"PREPARE list AS " + statement.sql)
    row = connection.execute(
        f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) EXECUTE list({literals})".encode()
    ).fetchone()
    connection.execute("DEALLOCATE list")
    assert row
    plan = row[0][0]["Plan"]
    return list(nodes(plan)), plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]


def plan_of(
    connection: psycopg.Connection, shape: Shape, **values: Any
) -> tuple[list[dict[str, Any]], int]:
    selection = select(shape)
    given = {**VALUES, **values}
    return explained(
        connection, selection.statement, *(given[name] for name in selection.parameters)
    )


def assert_walks(plan: list[dict[str, Any]], what: object) -> None:
    for node in plan:
        kind, rows = node["Node Type"], node["Actual Rows"] * node["Actual Loops"]
        assert rows <= LIMIT + 1, (what, node)
        assert node.get("Rows Removed by Filter", 0) == 0, (what, node)
        assert kind not in ("Seq Scan", "Sort", "Incremental Sort"), (what, node)
        assert "Bitmap" not in kind, (what, node)
    assert plan[0]["Actual Rows"] == LIMIT, what


def test_a_walk_reads_no_more_rows_than_a_page_has(filled: psycopg.Connection) -> None:
    for shape in WALKS:
        assert shape.is_walk, shape
        plan, _ = plan_of(filled, shape)
        assert_walks(plan, shape)


def test_the_last_page_of_what_10_000_articles_cite_costs_what_the_first_does(
    filled: psycopg.Connection,
) -> None:
    for kinds in KINDS:
        _, first = plan_of(filled, Shape(**kinds))
        plan, last = plan_of(filled, Shape(after=True, **kinds), **FIRST_DAYS)
        assert_walks(plan, kinds)
        assert last <= first + 10, kinds


def test_what_is_no_walk_is_known_to_be_none(filled: psycopg.Connection) -> None:
    for change in ({"section": True}, {"type": True, "level": True},
                   {"level": True, "channel": True}):  # fmt: skip
        assert not replace(Shape(), **change).is_walk

    plan, _ = plan_of(filled, Shape(type=True, channel=True), type="quotation", channel="leak")

    assert any(node.get("Rows Removed by Filter", 0) > 1000 for node in plan)


def test_the_list_of_publications_is_a_walk_on_every_page(filled: psycopg.Connection) -> None:
    key, limit = EVERYWHERE, LIMIT
    plan, first = explained(filled, publication_list.FIRST, key, limit)
    assert_walks(plan, "first")

    plan, last = explained(filled, publication_list.FURTHER, key, limit, "name 994", WORK)

    assert_walks(plan, "last")
    assert last <= first + 10


def test_what_one_article_cites_is_found_without_looking_at_others(
    filled: psycopg.Connection,
) -> None:
    article = filled.execute("SELECT article_id FROM published.citations LIMIT 1").fetchone()
    assert article
    filled.execute("SET default_transaction_read_only = off")
    filled.execute(
        "UPDATE published.documents SET id = %s WHERE id = md5('article1')::uuid", article
    )

    plan, looked_at = explained(filled, citations.OF_ARTICLE, article[0], "data", "background", "x")
    whole, _ = explained(filled, citations.OF_ARTICLE, article[0], None, None, None)

    assert looked_at < 20
    assert not [node for node in plan if "Seq Scan" in node["Node Type"]]
    assert whole[0]["Actual Rows"] == 1


@pytest.mark.parametrize("grouping", citation_stats.COUNTED)
def test_a_month_is_counted_without_looking_at_others(
    filled: psycopg.Connection, grouping: str
) -> None:
    plan, _ = explained(
        filled, citation_stats.COUNTED[grouping], EVERYWHERE, "2020-03-01", "2020-04-01", None
    )

    for node in plan:
        assert node["Actual Rows"] * node["Actual Loops"] <= 31 * 24, node
        assert node.get("Rows Removed by Filter", 0) == 0, node
        assert "Seq Scan" not in node["Node Type"], node
