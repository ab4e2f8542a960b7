"""The outlet's own fields, from the operator's schema to readers."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.editing.requests import create, pointers, replace
from tests.newsroom import Newsroom

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "rating": {"type": "integer", "minimum": 1, "maximum": 5, "x-public": True},
        "code": {"type": "string", "pattern": "^[A-Z]{2}-", "maxLength": 9, "x-public": False},
        "since": {"type": "string", "format": "date", "x-public": True},
        "ships": {
            "type": "array",
            "uniqueItems": True,
            "items": {
                "type": "object",
                "properties": {"name": {"type": "string"}},
                "required": ["name"],
                "additionalProperties": False,
            },
            "x-public": True,
        },
    },
    "required": ["rating"],
}


async def _set(newsroom: Newsroom, kind: str, schema: dict[str, Any]) -> httpx.Response:
    etag = (await newsroom.desk.get(f"/desk/schemas/{kind}")).headers["ETag"]
    return await newsroom.desk.put(f"/desk/schemas/{kind}", json=schema, headers={"If-Match": etag})


async def test_without_a_schema_extras_are_refused_and_the_way_out_is_told(
    newsroom: Newsroom,
) -> None:
    answer = await newsroom.desk.post("/desk/topics", json={"name": "x", "extras": {"rating": 1}})

    assert (answer.status_code, pointers(answer)) == (422, ["/extras"])
    assert "/desk/schemas/topic" in answer.json()["errors"][0]["detail"]


async def test_every_kind_of_thing_has_its_own_schema(newsroom: Newsroom) -> None:
    for kind, what, fields in (
        ("section", "sections", {"edition": "en", "name": "World"}),
        ("person", "people", {"name": "Juno"}),
        ("topic", "topics", {"name": "Tides"}),
        ("collection", "collections", {"edition": "en", "title": "Best"}),
    ):
        extras = {"rating": 4, "code": "KB-1"}
        before = await newsroom.desk.post(f"/desk/{what}", json=fields | {"extras": extras})
        assert before.status_code == 422
        assert (await _set(newsroom, kind, SCHEMA)).status_code == 200
        made = await create(newsroom, what, **fields, extras=extras)
        assert made.json()["extras"] == extras

    assert (await _set(newsroom, "article", SCHEMA)).status_code == 200
    section = await create(newsroom, "sections", edition="en", name="News", extras={"rating": 1})
    article = await newsroom.article(section_id=section.json()["id"], extras={"rating": 2})
    assert article.json()["content"]["extras"] == {"rating": 2}


async def test_readers_get_only_what_is_marked_public_and_at_once(newsroom: Newsroom) -> None:
    await _set(newsroom, "section", SCHEMA)
    section = await create(
        newsroom, "sections", edition="en", name="World", extras={"rating": 4, "code": "KB-1"}
    )
    address = f"/v1/sections/{section.json()['id']}"
    assert (await newsroom.read(address))["extras"] == {"rating": 4}

    private = SCHEMA | {
        "properties": SCHEMA["properties"] | {"rating": {"type": "integer", "x-public": False}}
    }
    assert (await _set(newsroom, "section", private)).status_code == 200
    assert (await newsroom.read(address))["extras"] == {}


async def test_articles_follow_a_schema_that_makes_a_field_private(newsroom: Newsroom) -> None:
    await _set(newsroom, "article", SCHEMA)
    article = await newsroom.published(extras={"rating": 5, "code": "KB-1"})
    address = f"/v1/articles/{article.json()['id']}"
    assert (await newsroom.read(address))["extras"] == {"rating": 5}

    etag = (await newsroom.desk.get("/desk/schemas/article")).headers["ETag"]
    await newsroom.desk.delete("/desk/schemas/article", headers={"If-Match": etag})
    await newsroom.drain()

    assert (await newsroom.read(address))["extras"] == {}


@pytest.mark.parametrize(
    ("extras", "pointer", "told"),
    [
        ({}, "/extras/rating", "required"),
        ({"rating": "4"}, "/extras/rating", 'Must be of type "integer"'),
        ({"rating": True}, "/extras/rating", 'Must be of type "integer"'),
        ({"rating": 6}, "/extras/rating", "at most 5"),
        ({"rating": 1, "colour": 1}, "/extras/colour", "no such field"),
        ({"rating": 1, "code": "x"}, "/extras/code", "pattern ^[A-Z]{2}-"),
        ({"rating": 1, "code": "KB-1234567"}, "/extras/code", "at most 9"),
        ({"rating": 1, "since": "2026-02-30"}, "/extras/since", "format date"),
        ({"rating": 1, "ships": [{"name": "Sula"}, {}]}, "/extras/ships/1/name", "required"),
        ({"rating": 1, "ships": [{"name": "a", "b/c": 1}]}, "/extras/ships/0/b~1c", "no such"),
        ({"rating": 1, "ships": [{"name": "a"}] * 2}, "/extras/ships", "differ"),
        ({"rating": 1, "ships": [{"name": "a"}] * 501}, "/extras/ships", "500"),
        ({"rating": 1, "code": "A" * 10_001}, "/extras/code", "10,000"),
        ({"rating": 1, "code": ["A" * 9_999] * 7}, "/extras", "64 KB"),
        ({"rating": 1, "ships": [[0] * 400] * 6}, "/extras", "2,000"),
    ],
)
async def test_each_misfit_is_named_with_its_place(
    newsroom: Newsroom, extras: dict[str, Any], pointer: str, told: str
) -> None:
    await _set(newsroom, "topic", SCHEMA)

    answer = await newsroom.desk.post("/desk/topics", json={"name": "x", "extras": extras})

    assert answer.status_code == 422
    found = {error["pointer"]: error["detail"] for error in answer.json()["errors"]}
    assert pointer in found
    assert told in found[pointer]


async def test_a_schema_that_cannot_be_set_is_refused_with_every_reason(
    newsroom: Newsroom,
) -> None:
    wrong = {"properties": {"a": {"type": "integer"}, "b": {"x-public": True, "pattern": "["}}}

    answer = await _set(newsroom, "topic", wrong)

    assert answer.status_code == 422
    assert pointers(answer) == ["/properties/a", "/properties/b/pattern", "/type"]
    assert (await newsroom.desk.get("/desk/schemas/topic")).headers["ETag"] == '"0"'


async def test_a_schema_comes_back_as_it_is_enforced(newsroom: Newsroom) -> None:
    set_ = await _set(newsroom, "topic", SCHEMA)

    assert set_.json() == SCHEMA | {"additionalProperties": False}
    assert (await newsroom.desk.get("/desk/schemas/topic")).json() == set_.json()
    listed = (await newsroom.desk.get("/desk/schemas")).json()["items"]
    assert [(each["kind"], each["schema"]) for each in listed] == [("topic", set_.json())]
    assert (await newsroom.desk.get("/desk/schemas/ship")).status_code == 422


async def test_a_schema_is_not_overwritten_unseen_not_even_the_first(newsroom: Newsroom) -> None:
    assert (await newsroom.desk.put("/desk/schemas/topic", json=SCHEMA)).status_code == 428
    assert (await newsroom.desk.delete("/desk/schemas/topic")).status_code == 428

    answers = await asyncio.gather(
        *(
            newsroom.desk.put("/desk/schemas/topic", json=SCHEMA, headers={"If-Match": '"0"'})
            for _ in range(6)
        )
    )

    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412, 412, 412]


async def test_what_no_longer_fits_is_told_at_the_next_save(newsroom: Newsroom) -> None:
    await _set(newsroom, "topic", SCHEMA)
    topic = await create(newsroom, "topics", name="Tides", extras={"rating": 5})
    narrower = SCHEMA | {
        "properties": {"rating": {"type": "integer", "maximum": 3, "x-public": True}}
    }
    await _set(newsroom, "topic", narrower)

    kept = await newsroom.desk.get(topic.headers["Location"])
    assert kept.json()["extras"] == {"rating": 5}
    answer = await replace(newsroom, "topics", topic, name="Tides", extras={"rating": 5})
    assert pointers(answer) == ["/extras/rating"]


async def test_a_schema_as_deep_as_it_may_be_can_be_checked_against(newsroom: Newsroom) -> None:
    chain = {f"a{n}": {"allOf": [{"$ref": f"#/$defs/a{n + 1}"}]} for n in range(23)}
    schema = {
        "type": "object",
        "properties": {"a": {"$ref": "#/$defs/a0", "x-public": True}},
        "$defs": chain | {"a23": {"allOf": [{"type": "integer"}]}},
    }
    assert (await _set(newsroom, "topic", schema)).status_code == 200

    refused = await newsroom.desk.post("/desk/topics", json={"name": "x", "extras": {"a": "b"}})

    assert (refused.status_code, pointers(refused)) == (422, ["/extras/a"])
