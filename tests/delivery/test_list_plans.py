"""What a list costs: a walk along an index, however many articles there are; or a clear refusal."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any
from uuid import UUID

import psycopg
import pytest

from app import connections
from app.delivery.list_query import Order
from app.delivery.list_sql import Shape, select
from app.delivery.wire import session_settings
from tests.delivery.shelf import NOON, Shelf, a_document, an_article, reading

ARTICLES = 25_000
EVERYWHERE, SECTION = UUID(int=0), UUID(int=1)
LIMIT = 21

FILL = """
    INSERT INTO published.documents (id, kind, status, edition, version, seq, etag, modified_at,
        tags, meta, card, "full", app)
    SELECT md5(n::text)::uuid, 'article', 200, 'en', 1, n, 'x', now(), '{{}}', '{{}}', '\\x7b7d',
        '\\x7b7d', '\\x7b7d'
    FROM generate_series(1, {count}) n;

    INSERT INTO published.listings (article_id, key, published_at, updated_at, edition, language,
        format, genre, has_video)
    SELECT md5(n::text)::uuid, key, timestamptz '2020-01-01' + n * interval '1 hour',
        timestamptz '2020-01-01' + n * interval '1 hour', 'en',
        (ARRAY['en', 'fr'])[1 + n % 2], (ARRAY['text', 'video', 'audio'])[1 + n % 3],
        (ARRAY['news', 'opinion', 'analysis', 'review'])[1 + n % 4], n % 10 = 0
    FROM generate_series(1, {count}) n, unnest(ARRAY['{everywhere}', '{section}']::uuid[]) key;

    INSERT INTO published.videos (article_id, etag, card, "full", locked)
    SELECT md5(n::text)::uuid, 'x', '\\x7b7d', '\\x7b7d', false
    FROM generate_series(10, {count}, 10) n;

    INSERT INTO published.stamps SELECT DISTINCT key, 1, now() FROM published.listings;
    ANALYZE published.documents, published.listings, published.stamps, published.videos
"""

FILTERS: list[dict[str, Any]] = [
    {}, {"genres": 1}, {"genres": 2}, {"format": True}, {"language": True}, {"video": True},
]  # fmt: skip
WALKS = [
    Shape(order=order, since=since, until=until, after=after, **filters)
    for order in (Order.NEWEST, Order.OLDEST)
    for filters in FILTERS
    for since, until, after in product((False, True), repeat=3)
] + [Shape(order=Order.UPDATED, after=after) for after in (False, True)]
FILMS = [replace(shape, films=True) for shape in WALKS if shape.video]
"""The walks for `/v1/videos`."""

VALUES = {
    "key": SECTION, "genre": "news", "format": "video", "language": "fr", "limit": LIMIT,
    "since": "2020-03-01", "until": "2022-09-01", "at": "2021-06-01", "id": SECTION,
}  # fmt: skip


@pytest.fixture
def filled(database_url: str) -> Iterator[psycopg.Connection]:
    """A session as the reader has it, on a database with 50,000 entries in two lists."""
    with psycopg.connect(database_url) as connection:
        fill = FILL.format(count=ARTICLES, everywhere=EVERYWHERE, section=SECTION)
        connection.execute(fill.encode())
    options = connections.options(database_url, always=session_settings(60_000))
    with psycopg.connect(database_url, autocommit=True, options=options) as connection:
        connection.prepare_threshold = None
        yield connection


def plan_of(connection: psycopg.Connection, shape: Shape, **values: Any) -> list[dict[str, Any]]:
    """All nodes of the plan that is run for a list of this shape, with what they really did."""
    selection = select(shape)
    given = {**VALUES, **values}
    if shape.genres > 1:
        given["genre"] = "{news,opinion}"
    literals = ", ".join(f"'{given[name]}'" for name in selection.parameters)
    connection.execute(b"PREPARE list AS " + selection.statement.sql)
    row = connection.execute(
        f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) EXECUTE list({literals})".encode()
    ).fetchone()
    connection.execute("DEALLOCATE list")
    assert row
    return list(nodes(row[0][0]["Plan"]))


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def test_a_walk_reads_no_more_rows_than_a_page_has(filled: psycopg.Connection) -> None:
    for shape in WALKS + FILMS:
        assert shape.is_walk, shape
        plan = plan_of(filled, shape)

        several = max(shape.genres, 1)
        for node in plan:
            kind, rows = node["Node Type"], node["Actual Rows"] * node["Actual Loops"]
            assert rows <= several * LIMIT + 1, (shape, node)
            assert node.get("Rows Removed by Filter", 0) == 0, (shape, node)
            assert "Seq Scan" not in kind, (shape, node)
            assert "Bitmap" not in kind, (shape, node)
            if kind == "Sort":
                assert shape.genres > 1, (shape, node)
        assert plan[0]["Actual Rows"] == LIMIT, shape


def test_what_is_no_walk_is_known_to_be_none(filled: psycopg.Connection) -> None:
    for change in ({"also": 1}, {"without": True}, {"edition": True}, {"video": False},
                   {"genres": 1, "format": True}):  # fmt: skip
        assert not replace(Shape(), **change).is_walk
    assert not Shape(order=Order.UPDATED, since=True).is_walk
    assert not Shape(order=Order.UPDATED, genres=1).is_walk

    plan = plan_of(filled, Shape(genres=1, format=True), genre="news", format="none")

    assert any(node.get("Rows Removed by Filter", 0) > 1000 for node in plan)


def test_a_search_walks_an_index_too(filled: psycopg.Connection) -> None:
    plan = plan_of(filled, Shape(also=1), also0=EVERYWHERE)

    assert plan[0]["Actual Rows"] == LIMIT
    assert not [node for node in plan if node["Node Type"] in ("Sort", "Seq Scan")]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("genre=news&format=text&since=2020-01-01T00:00:00Z", {"genre", "format"}),
        ("has_video=false", {"has_video"}),
        ("has_video=true&language=en", {"has_video", "language"}),
        ("order=updated&since=2020-01-01T00:00:00Z", {"order"}),
        ("section=world&topic=harbour", {"section", "topic"}),
        ("section=world&not_topic=harbour", {"not_topic"}),
        ("topic=harbour&edition=en&genre=news", {"edition"}),
        ("/v1/videos?genre=news&language=en", {"genre", "language"}),
        ("/v1/videos?order=updated", {"order"}),
    ],
)
async def test_a_search_that_takes_too_long_is_told_how_to_be_narrowed(
    database_url: str, shelf: Shelf, query: str, named: set[str]
) -> None:
    await shelf.put(
        a_document("section", "World", path="/world", edition="en"),
        a_document("topic", "Harbour", slug="harbour"),
    )
    # Whoever holds this lock makes every list wait for it, as long as need be.
    blocker = await psycopg.AsyncConnection.connect(database_url)
    await blocker.execute("LOCK TABLE published.listings IN ACCESS EXCLUSIVE MODE")

    async with reading(database_url, timeout_ms=200) as reader:
        address = query if query.startswith("/") else f"/v1/articles?{query}"
        answer = await reader.get(address)
        await blocker.close()
        later = await reader.get(address)

    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:masthead:problem:too-broad"
    assert {fault["parameter"] for fault in answer.json()["errors"]} == named
    assert later.status_code == 200


async def test_a_search_that_takes_long_makes_nobody_else_wait(
    database_url: str, shelf: Shelf
) -> None:
    story = an_article(published_at=NOON)
    await shelf.put(story)
    blocker = await psycopg.AsyncConnection.connect(database_url)
    await blocker.execute("LOCK TABLE published.listings IN ACCESS EXCLUSIVE MODE")

    async with reading(database_url, timeout_ms=1000, connections=2) as reader:
        searches = [
            asyncio.create_task(reader.get("/v1/articles?has_video=false")) for _ in range(30)
        ]
        await asyncio.sleep(0.05)
        for _ in range(50):
            assert (await reader.get(f"/v1/articles/{story.id}")).status_code == 200
        assert sum(search.done() for search in searches) < 30
        answers = await asyncio.gather(*searches)
        await blocker.close()

    assert {answer.status_code for answer in answers} == {422, 503}
    for answer in answers:
        if answer.status_code == 503:
            assert answer.headers["retry-after"] == "1"
