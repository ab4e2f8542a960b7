"""The site, sections, people, topics and collections."""

from dataclasses import replace
from urllib.parse import quote
from uuid import uuid4

import pytest

from app.published.writes import Put, Remove
from tests.delivery.shelf import NOON, Shelf, a_document, an_article


async def test_the_site_is_where_clients_begin(shelf: Shelf, reader) -> None:
    answer = await reader.get("/v1/site")

    assert answer.status_code == 200
    assert answer.json()["name"] == "The Lamp"


async def test_each_edition_has_its_tree_of_sections(shelf: Shelf, reader) -> None:
    default = await reader.get("/v1/sections")
    french = await reader.get("/v1/sections?edition=fr")
    unknown = await reader.get("/v1/sections?edition=de")

    assert default.json()["name"] == "en"
    assert french.json()["name"] == "fr"
    assert unknown.status_code == 422
    assert unknown.json()["errors"][0]["parameter"] == "edition"


async def test_a_section_is_found_by_id_and_by_path(shelf: Shelf, reader) -> None:
    sea = a_document("section", "Sea", path="/world/sea", edition="en")
    monde = a_document("section", "Monde", path="/fr/monde", edition="fr")
    await shelf.put(sea, monde, an_article(path="/world/story"))

    for spelled in (sea.id, "world/sea", "world/sea/", "/world/sea"):
        assert (await reader.get(f"/v1/sections/{spelled}")).json()["name"] == "Sea", spelled
    assert (await reader.get("/v1/sections/fr/monde")).json()["name"] == "Monde"
    for nothing in ("monde", "world", "world/story", uuid4(), "%FF"):
        assert (await reader.get(f"/v1/sections/{nothing}")).status_code == 404


async def test_a_default_edition_with_a_prefix_needs_none_in_section_paths(shelf, reader) -> None:
    meta = {"time_zone": "UTC", "default": True}
    await shelf.put(
        a_document("edition", "en", identity=shelf.english, slug="en", path="/en", meta=meta),
        a_document("section", "World", path="/en/world", edition="en"),
    )

    assert (await reader.get("/v1/sections/world")).json()["name"] == "World"
    assert (await reader.get("/v1/sections/en/world")).json()["name"] == "World"
    assert (await reader.get("/v1/articles?section=world")).status_code == 200


@pytest.mark.parametrize(("kind", "folder"), [("person", "people"), ("topic", "topics")])
async def test_people_and_topics_have_ids_and_slugs(shelf, reader, kind: str, folder: str) -> None:
    named = a_document(kind, "ثریا", slug="ثریا", path=f"/{folder}/ثریا")
    await shelf.put(named)

    by_id = await reader.get(f"/v1/{folder}/{named.id}")
    by_slug = await reader.get(f"/v1/{folder}/{quote('ثریا')}")
    nobody = await reader.get(f"/v1/{folder}/nobody")

    assert by_id.content == by_slug.content == named.views.full
    assert nobody.status_code == 404


@pytest.mark.parametrize(("kind", "folder"), [("person", "people"), ("topic", "topics")])
async def test_a_slug_that_was_given_up_leads_to_the_new_one(shelf, reader, kind, folder) -> None:
    before = a_document(kind, "Before", slug="before", path=f"/{folder}/before")
    await shelf.put(before)
    await shelf.move(
        f"/{folder}/before",
        a_document(kind, "After", identity=before.id, slug="آن", path=f"/{folder}/آن"),
    )

    answer = await reader.get(f"/v1/{folder}/before")

    assert answer.status_code == 301
    assert answer.headers["location"] == f"/v1/{folder}/{quote('آن')}"
    assert answer.json()["to"] == answer.headers["location"]
    assert (await reader.get(answer.headers["location"])).json()["name"] == "After"


async def test_a_section_path_that_was_given_up_leads_to_the_new_one(shelf, reader) -> None:
    before = a_document("section", "Sea", path="/world/sea", edition="en")
    await shelf.put(before)
    await shelf.move(
        "/world/sea",
        a_document("section", "Sea", identity=before.id, path="/coast/sea", edition="en"),
    )

    answer = await reader.get("/v1/sections/world/sea")
    filtered = await reader.get("/v1/articles?section=world/sea")

    assert answer.status_code == 301
    assert answer.headers["location"] == "/v1/sections/coast/sea"
    assert filtered.status_code == 200


@pytest.mark.parametrize(
    ("kind", "address"),
    [("section", "/v1/sections/world"), ("person", "/v1/people/world"),
     ("topic", "/v1/topics/{id}"), ("collection", "/v1/collections/{id}")],
)  # fmt: skip
async def test_what_was_deleted_is_gone(shelf: Shelf, reader, kind: str, address: str) -> None:
    folder = {"person": "/people"}.get(kind, "")
    thing = a_document(kind, "World", slug="world", path=f"{folder}/world")
    await shelf.put(thing)
    await shelf.put(Remove(id=thing.id, kind=kind, version=1, modified_at=NOON))

    answer = await reader.get(address.format(id=thing.id))

    assert answer.status_code == 410
    assert answer.json()["notice"] is None


async def a_collection(shelf: Shelf, *articles: Put) -> Put:
    choice = a_document("collection", "Editor's choice", slug="choice", edition="en")
    places = {each.id: place for place, each in enumerate(articles)}
    await shelf.put(replace(choice, curated={choice.id: places}), *articles)
    return choice


async def test_a_collection_has_the_cards_of_its_articles_in_order(shelf, reader) -> None:
    one, two, three = (an_article(name) for name in ("one", "two", "three"))
    choice = await a_collection(shelf, two, three, one)

    by_slug = await reader.get("/v1/collections/choice")
    by_id = await reader.get(f"/v1/collections/{choice.id}")

    assert by_slug.content == by_id.content
    assert by_slug.json()["name"] == "Editor's choice"
    assert [card["headline"] for card in by_slug.json()["items"]] == ["two", "three", "one"]
    assert by_slug.headers["surrogate-key"] == f"collection-{choice.id} list-{choice.id}"


async def test_a_collection_changes_with_its_articles(shelf: Shelf, reader) -> None:
    one, two = an_article("one"), an_article("two")
    await a_collection(shelf, one, two)
    first = await reader.get("/v1/collections/choice")
    known = {"If-None-Match": first.headers["etag"]}

    same = await reader.get("/v1/collections/choice", headers=known)
    await shelf.put(an_article("one, corrected", identity=one.id, version=2))
    corrected = await reader.get("/v1/collections/choice", headers=known)
    await shelf.put(Remove(id=two.id, kind="article", version=1, modified_at=NOON))
    shorter = await reader.get("/v1/collections/choice", headers=known)

    assert same.status_code == 304
    assert [card["headline"] for card in corrected.json()["items"]] == ["one, corrected", "two"]
    assert [card["headline"] for card in shorter.json()["items"]] == ["one, corrected"]


async def test_an_empty_collection_is_a_collection(shelf: Shelf, reader) -> None:
    await a_collection(shelf)

    assert (await reader.get("/v1/collections/choice")).json()["items"] == []
    assert (await reader.get("/v1/collections/other")).status_code == 404
