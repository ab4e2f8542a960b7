"""How many citations there are in groups; and that no source can be singled out by them."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import combinations, pairwise
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from app.published.writes import Put, Remove
from tests.delivery.shelf import NOON, Shelf, a_citation, a_citing_article, a_document, reading


def month(number: int) -> datetime:
    return datetime(2026, number, 15, tzinfo=UTC)


async def stats(reader: httpx.AsyncClient, query: str) -> dict[str, Any]:
    answer = await reader.get(f"/v1/citation-stats?{query}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    assert sum(group["count"] for group in found["groups"]) + found["other"] == found["total"]
    return found


def groups(found: dict[str, Any]) -> dict[str | None, int]:
    return {group["value"]: group["count"] for group in found["groups"]}


def a_story(number: int, *, keys: frozenset[UUID] = frozenset(), **citation: Any) -> Put:
    return a_citing_article("x", a_citation(**citation), published_at=month(number), keys=keys)


async def test_citations_are_counted_by_type_month_and_publication(shelf: Shelf, reader) -> None:
    courier = a_document("publication", "The Courier")
    await shelf.put(courier)
    await shelf.put(
        a_story(1, publication=courier.id), a_story(2, publication=courier.id),
        a_story(2, of_type="data"), gone := a_story(3, of_type="legal"),
    )  # fmt: skip
    await shelf.put(Remove(id=gone.id, kind="article", version=1, modified_at=NOON))

    by_type = await stats(reader, "group_by=type")
    by_month = await stats(reader, "group_by=month")
    by_publication = await stats(reader, "group_by=publication")

    assert by_type == {
        "group_by": "type", "since": None, "until": None, "total": 3,
        "groups": [{"value": "quotation", "label": None, "count": 2},
                   {"value": "data", "label": None, "count": 1}],
        "other": 0,
    }  # fmt: skip
    assert by_month["groups"] == [
        {"value": "2026-01", "label": None, "count": 1},
        {"value": "2026-02", "label": None, "count": 2},
    ]
    assert by_publication["groups"] == [
        {"value": str(courier.id), "label": "The Courier", "count": 2},
        {"value": None, "label": None, "count": 1},
    ]


async def test_a_span_of_months_and_a_section_narrow_them(shelf: Shelf, reader) -> None:
    world = a_document("section", "World", path="/world", edition="en")
    await shelf.put(world)
    await shelf.put(
        *(a_story(number, keys=frozenset({world.id} if number % 2 else set()))
          for number in (1, 2, 3, 4))
    )  # fmt: skip

    assert groups(await stats(reader, "group_by=month&since=2026-02&until=2026-04")) == {
        "2026-02": 1, "2026-03": 1,
    }  # fmt: skip
    assert groups(await stats(reader, "group_by=month&section=world")) == {
        "2026-01": 1, "2026-03": 1,
    }  # fmt: skip
    assert groups(await stats(reader, "group_by=type&section=world&since=2026-02")) == {
        "quotation": 1
    }


async def test_months_are_those_of_utc(shelf: Shelf, reader) -> None:
    for moment in ("2026-01-31T23:59:59.999999Z", "2026-02-01T00:00:00Z"):
        await shelf.put(
            a_citing_article("x", a_citation(), published_at=datetime.fromisoformat(moment))
        )

    assert groups(await stats(reader, "group_by=month&since=2026-02")) == {"2026-02": 1}
    assert groups(await stats(reader, "group_by=month&until=2026-02")) == {"2026-01": 1}


async def test_only_the_largest_publications_come(shelf: Shelf, reader) -> None:
    few = [a_citation(publication=uuid4()) for _ in range(120)]
    many = uuid4()
    citations = [*few, a_citation(publication=many), a_citation(publication=many)]
    await shelf.put(a_citing_article("x", *citations))

    found = await stats(reader, "group_by=publication")

    assert len(found["groups"]) == 100
    assert found["groups"][0] == {"value": str(many), "label": None, "count": 2}
    assert (found["total"], found["other"]) == (122, 21)


@pytest.mark.parametrize(
    ("group_by", "field", "few", "many"),
    [
        ("level", "level", "background", "on_the_record"),
        ("level", "level", "on_the_record", "background"),
        ("affiliation", "affiliation", "witness", "government"),
        ("affiliation", "affiliation", None, "government"),
        ("channel", "channel", "leak", "other"),
    ],
)
async def test_one_or_two_of_a_month_are_never_seen(
    shelf: Shelf, reader, group_by: str, field: str, few: str | None, many: str
) -> None:
    rare: dict[str, Any] = {field: few}
    usual: dict[str, Any] = {field: many}

    def stories(number: int, few: int, many: int) -> Iterable[Put]:
        yield from (a_story(number, **rare) for _ in range(few))
        yield from (a_story(number, **usual) for _ in range(many))

    await shelf.put(*stories(1, 2, 6), *stories(2, 1, 7), *stories(3, 3, 0))

    async def seen(query: str = "") -> tuple[dict[str | None, int], int]:
        found = await stats(reader, f"group_by={group_by}{query}")
        return groups(found), found["other"]

    assert await seen("&until=2026-02") == ({many: 6}, 2)
    assert await seen("&since=2026-02&until=2026-03") == ({many: 6}, 2)
    assert await seen("&until=2026-03") == ({many: 12}, 4)
    assert await seen("&since=2026-03") == ({few: 3}, 0)
    assert await seen() == ({many: 12, few: 3}, 4)


async def test_answers_for_spans_tell_no_more_than_those_for_their_months(
    shelf: Shelf, reader
) -> None:
    levels = ["background"] * 5 + ["on_the_record"] * 8 + ["deep_background"]
    for number in (1, 2, 3, 4):
        await shelf.put(
            *(a_story(number, level=each) for each in levels[number : number + 3 * number])
        )
    ends = [f"2026-{number:02}" for number in range(1, 6)]
    single = {
        since: await stats(reader, f"group_by=level&since={since}&until={until}")
        for since, until in pairwise(ends)
    }

    for since, until in combinations(ends, 2):
        found = await stats(reader, f"group_by=level&since={since}&until={until}")
        months = [each for start, each in single.items() if since <= start < until]
        assert found["other"] == sum(each["other"] for each in months)
        for level in set(levels):
            parts = sum(groups(each).get(level, 0) for each in months)
            assert groups(found).get(level, 0) == parts
            assert all(groups(each).get(level, 0) % 3 == 0 for each in months)


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("", {"group_by"}),
        ("group_by=speaker", {"group_by"}),
        ("group_by=unnamed", {"group_by"}),
        ("group_by=level&group_by=type", {"group_by"}),
        ("group_by=type&level=background", {"level"}),
        ("group_by=type&since=2026-13", {"since"}),
        ("group_by=type&since=2026-1", {"since"}),
        ("group_by=type&until=2026-11-20T00:00:00Z", {"until"}),
        ("group_by=type&until=0000-01", {"until"}),
        ("group_by=type&section=nowhere", {"section"}),
        ("group_by=level&section=world", {"section"}),
        ("group_by=channel&section=world", {"section"}),
        ("group_by=affiliation&section=world", {"section"}),
    ],
)
async def test_what_cannot_be_is_refused_by_name(
    shelf: Shelf, reader, query: str, wrong: set[str]
) -> None:
    await shelf.put(a_document("section", "World", path="/world", edition="en"))

    answer = await reader.get(f"/v1/citation-stats?{query}")

    assert answer.status_code == 422, answer.text
    assert {fault["parameter"] for fault in answer.json()["errors"]} == wrong


async def test_numbers_that_did_not_change_are_a_304(shelf: Shelf, reader) -> None:
    await shelf.put(a_story(1))
    address = "/v1/citation-stats?group_by=type"
    first = await reader.get(address)
    known = {"If-None-Match": first.headers["etag"]}

    same = await reader.get(address, headers=known)
    await shelf.put(a_story(2))
    changed = await reader.get(address, headers=known)

    assert (same.status_code, changed.status_code) == (304, 200)
    assert first.headers["surrogate-key"] == f"list-{UUID(int=0)}"


async def test_what_takes_too_long_to_count_is_too_broad(database_url: str, shelf: Shelf) -> None:
    blocker = await psycopg.AsyncConnection.connect(database_url)
    await blocker.execute("LOCK TABLE published.citation_listings IN ACCESS EXCLUSIVE MODE")

    async with reading(database_url, timeout_ms=200) as reader:
        answer = await reader.get("/v1/citation-stats?group_by=level")
        await blocker.close()

    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:masthead:problem:too-broad"
    assert {fault["parameter"] for fault in answer.json()["errors"]} == {"since", "until"}
