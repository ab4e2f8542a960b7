"""The list of all that there are feeds of, as readers get it, and what it costs."""

from itertools import product
from typing import Any

import httpx
import psycopg
import pytest

from app.delivery import feed_list
from app.delivery.query_values import USUAL_LIMIT
from app.published.feed_names import MEDIA_TYPES
from app.published.models import FEEDS
from tests.delivery.shelf import Shelf, a_document
from tests.delivery.test_channel_plans import filled as filled
from tests.delivery.test_channel_plans import walked

KINDS = ["latest", "latest", "section", "section", "series", "saved", "topic", "person"]


async def furnish(shelf: Shelf) -> None:
    await shelf.put(
        a_document("section", "Sea", path="/world/sea", sort_key="/world/sea", edition="en",
                   language="en", description="Of the sea"),
        a_document("section", "Monde", path="/fr/monde", sort_key="/fr/monde", edition="fr"),
        a_document("series", "-", slug="lights", title="Lights", edition="en"),
        a_document("feed", "-", slug="films", title="Films", edition="en"),
        a_document("topic", "بندر", slug="بندر", description={"en": "A port"}),
        a_document("person", "Mara Tollen", slug="mara-tollen"),
    )  # fmt: skip


async def pages(reader: httpx.AsyncClient, address: str) -> list[dict[str, Any]]:
    """All items, over all pages."""
    items: list[dict[str, Any]] = []
    following: str | None = address
    while following is not None:
        answer = await reader.get(following)
        assert answer.status_code == 200, answer.text
        items += answer.json()["items"]
        following = answer.json()["next"]
    return items


async def test_all_are_listed_kind_by_kind(shelf: Shelf, reader: httpx.AsyncClient) -> None:
    await furnish(shelf)

    items = await pages(reader, "/v1/feeds")

    assert [item["kind"] for item in items] == KINDS
    for item in items:
        guide = {"xmltv"} if item["kind"] == "latest" else set()
        assert item["feeds"].keys() == MEDIA_TYPES.keys() | guide
    assert items[1]["feeds"]["xmltv"] == "/feeds/streams.xmltv?edition=fr"
    assert [item["feeds"]["rss"] for item in items] == [
        "/feeds/latest.rss?edition=en", "/feeds/latest.rss?edition=fr",
        "/feeds/sections/fr/monde.rss", "/feeds/sections/world/sea.rss",
        "/feeds/series/lights.rss", "/feeds/saved/films.rss",
        "/feeds/topics/%D8%A8%D9%86%D8%AF%D8%B1.rss", "/feeds/people/mara-tollen.rss",
    ]  # fmt: skip
    assert [item["title"] for item in items][2:] == [
        "Monde", "Sea", "Lights", "Films", "بندر", "Mara Tollen"
    ]  # fmt: skip
    sea = items[3]
    assert (sea["edition"], sea["language"], sea["description"]) == ("en", "en", "Of the sea")
    assert (items[-2]["edition"], items[-2]["description"]) == (None, None)
    formats = (await reader.get("/v1/feeds")).json()["formats"]
    told = {each["name"]: each["media_type"] for each in formats}
    assert told == MEDIA_TYPES | {"xmltv": "application/xml"}


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8, 9])
async def test_pages_neither_repeat_nor_skip(
    shelf: Shelf, reader: httpx.AsyncClient, limit: int
) -> None:
    await furnish(shelf)

    items = await pages(reader, f"/v1/feeds?limit={limit}")

    assert items == await pages(reader, "/v1/feeds")


async def test_it_is_narrowed_to_a_kind_and_to_an_edition(
    shelf: Shelf, reader: httpx.AsyncClient
) -> None:
    await furnish(shelf)

    english = await pages(reader, "/v1/feeds?edition=en&limit=1")
    french = await pages(reader, "/v1/feeds?edition=fr&limit=1")
    topics = await pages(reader, "/v1/feeds?kind=topic")

    assert [item["kind"] for item in english] == ["latest", "section", "series", "saved"]
    assert [item["kind"] for item in french] == ["latest", "section"]
    assert [item["kind"] for item in topics] == ["topic"]
    for wrong in ("kind=streams", "edition=de", "cursor=x", "limit=0", "colour=red"):
        answer = await reader.get(f"/v1/feeds?{wrong}")
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["parameter"] == wrong.partition("=")[0]


async def test_whoever_has_it_gets_304_until_something_changes(
    shelf: Shelf, reader: httpx.AsyncClient
) -> None:
    await furnish(shelf)
    etag = (await reader.get("/v1/feeds")).headers["ETag"]
    held = {"If-None-Match": etag}
    assert (await reader.get("/v1/feeds", headers=held)).status_code == 304

    await shelf.put(a_document("topic", "Fog", slug="fog"))

    after = await reader.get("/v1/feeds", headers=held)
    assert (after.status_code, after.headers["ETag"] != etag) == (200, True)
    cursor = (await reader.get("/v1/feeds?limit=1")).json()["next"]
    assert (await reader.get(cursor.replace("limit=1", "limit=1&edition=en"))).status_code == 422


@pytest.fixture
def sorted_in(filled: psycopg.Connection, database_url: str) -> psycopg.Connection:
    """The same with thousands of what there are feeds of."""
    fill = """
        INSERT INTO published.documents (id, kind, edition, slug, sort_key, status, version, seq,
            etag, modified_at, tags, meta, "full")
        SELECT md5(kind || n)::uuid, kind,
            CASE WHEN kind IN ('topic', 'person') THEN NULL WHEN n > 300 THEN 'en' ELSE 'fr' END,
            CASE kind WHEN 'section' THEN NULL ELSE 's' || lpad(n::text, 5, '0') END,
            CASE kind WHEN 'section' THEN lpad(n::text, 5, '0') END, 200, 1, n, 'x', now(),
            '{}', '{}', '\\x7b7d'
        FROM generate_series(1, 2000) n, unnest(ARRAY['section', 'topic', 'person', 'feed']) kind;
        ANALYZE published.documents
    """
    with psycopg.connect(database_url) as connection:
        connection.execute(fill.encode())
    return filled


def test_each_page_is_a_walk(sorted_in: psycopg.Connection) -> None:
    """Of those that are in one edition, the others before them are passed by: there are few."""
    limit = USUAL_LIMIT + 1
    for name, edition, after in product(feed_list.SORTS, (False, True), (False, True)):
        sort = feed_list.SORTS[name]
        if name == "latest" or (edition and not sort.of_edition):
            continue
        values: list[object] = [FEEDS, limit, *(["en"] if edition else [])]
        values += [("00400" if sort.order == "sort_key" else "s00400")] if after else []
        plan = walked(sorted_in, feed_list._SELECTIONS[name, edition, after], *values, most=321)
        assert plan[0]["Actual Rows"] == limit, (name, edition, after)
