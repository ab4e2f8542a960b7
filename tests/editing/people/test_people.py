"""People at the desk."""

from tests.editing.requests import create, delete, pointers, replace
from tests.newsroom import Newsroom

WHOLE = {
    "name": "Juno Tarrowby",
    "slug": "juno",
    "names": {"fa": "جونو", "FR-ca": "Junon"},
    "role": "Harbour correspondent",
    "bio": {"en": "Writes about ships.\n\nSails, too."},
    "image": {"url": "https://media.example.org/juno.jpg", "alt": "At the quay", "width": 800},
    "links": ["https://example.org/juno"],
    "external_ids": [{"system": "wordpress", "id": "7"}],
    "note_internal": "prefers the telephone",
}


async def test_what_was_sent_comes_back_tidied(newsroom: Newsroom) -> None:
    made = (await create(newsroom, "people", **WHOLE | {"name": "  Juno\n Tarrowby "})).json()

    assert made["name"] == "Juno Tarrowby"
    assert made["names"] == {"fa": "جونو", "fr-CA": "Junon"}
    assert made["image"]["caption"] is None
    assert {name: made[name] for name in ("slug", "bio", "links", "external_ids")} == {
        name: WHOLE[name] for name in ("slug", "bio", "links", "external_ids")
    }


async def test_replacing_empties_what_is_left_out_but_keeps_the_slug(newsroom: Newsroom) -> None:
    made = await create(newsroom, "people", **WHOLE)

    changed = await replace(newsroom, "people", made, name="Juno T.")

    assert changed.status_code == 200
    after = changed.json()
    assert (after["name"], after["slug"]) == ("Juno T.", "juno")
    assert (after["role"], after["bio"], after["image"], after["note_internal"]) == (
        None, {}, None, None,
    )  # fmt: skip
    assert changed.headers["ETag"] != made.headers["ETag"]


async def test_a_write_over_a_state_that_was_not_read_is_refused(newsroom: Newsroom) -> None:
    made = await create(newsroom, "people", name="Juno Tarrowby")
    address = made.headers["Location"]
    assert (await replace(newsroom, "people", made, name="Once")).status_code == 200

    assert (await replace(newsroom, "people", made, name="Twice")).status_code == 412
    assert (await newsroom.desk.put(address, json={"name": "Thrice"})).status_code == 428
    assert (await newsroom.desk.delete(address)).status_code == 428
    assert (await delete(newsroom, "people", made)).status_code == 412
    assert (await newsroom.desk.get(address)).json()["name"] == "Once"


async def test_each_wrong_field_is_named(newsroom: Newsroom) -> None:
    answer = await newsroom.desk.post(
        "/desk/people",
        json={
            "name": " ",
            "slug": "Not A Slug",
            "names": {"no tag": "x"},
            "image": {"url": "javascript:alert(1)", "width": "800"},
            "links": ["https://example.org", "nowhere"],
            "external_ids": [{"system": "Word Press", "id": "7"}],
            "nickname": "Ju",
            "role": "x" * 301,
        },
    )

    assert answer.status_code == 422
    assert pointers(answer) == [
        "/external_ids/0/system", "/image/url", "/image/width", "/links/1", "/name",
        "/names/no tag", "/nickname", "/role", "/slug",
    ]  # fmt: skip


async def test_a_person_whom_an_article_names_cannot_be_deleted(newsroom: Newsroom) -> None:
    person = await create(newsroom, "people", name="Juno Tarrowby")
    article = await newsroom.published(bylines=[{"person_id": person.json()["id"]}])

    refused = await delete(newsroom, "people", person)
    assert refused.status_code == 409
    assert article.json()["id"] in refused.json()["detail"]

    saved = await newsroom.save(article, bylines=[])
    still_shown = await delete(newsroom, "people", person)
    assert still_shown.status_code == 409

    await newsroom.publish(saved)
    assert (await delete(newsroom, "people", person)).status_code == 204
    assert (await newsroom.desk.get(person.headers["Location"])).status_code == 404
    await newsroom.read(f"/v1/people/{person.json()['id']}", 410)


async def test_a_person_is_public_only_once_a_live_article_names_them(newsroom: Newsroom) -> None:
    person = await create(newsroom, "people", **WHOLE)
    identity = person.json()["id"]
    draft = await newsroom.article(bylines=[{"person_id": identity}])
    await newsroom.read(f"/v1/people/{identity}", 404)

    await newsroom.publish(draft)

    public = await newsroom.read("/v1/people/juno")
    assert public["id"] == identity
    assert "prefers the telephone" not in str(public)


async def test_a_new_slug_of_a_public_person_leaves_a_redirect(newsroom: Newsroom) -> None:
    person = await create(newsroom, "people", name="Juno Tarrowby", slug="juno")
    await newsroom.published(bylines=[{"person_id": person.json()["id"]}])

    changed = await replace(newsroom, "people", person, name="Juno", slug="juno-tarrowby")
    assert changed.status_code == 200

    assert (await newsroom.read("/v1/pages/people/juno-tarrowby"))["name"] == "Juno"
    moved = await newsroom.read("/v1/pages/people/juno")
    assert (moved["kind"], moved["to"]) == ("redirect", "/people/juno-tarrowby")


async def test_the_list_is_paged_in_order_and_searched(newsroom: Newsroom) -> None:
    for name in ("Ada", "Bea", "Cleo", "Dora", "100% Eve"):
        await create(newsroom, "people", name=name, names={"fr": f"Madame {name}"})

    seen: list[str] = []
    address = "/desk/people?limit=2"
    while address:
        page = (await newsroom.desk.get(address)).json()
        seen += [person["name"] for person in page["items"]]
        address = page["next"]
    assert seen == ["100% Eve", "Ada", "Bea", "Cleo", "Dora"]

    async def found(words: str) -> list[str]:
        answer = await newsroom.desk.get("/desk/people", params={"q": words})
        return [person["name"] for person in answer.json()["items"]]

    assert await found("DOR") == ["Dora"]
    assert await found("madame c") == ["Cleo"]
    assert await found("0%") == ["100% Eve"]
    assert await found("%") == ["100% Eve"]
    assert await found("_") == []


async def test_a_cursor_serves_only_the_list_it_came_from(newsroom: Newsroom) -> None:
    for name in ("Ada", "Bea", "Cleo"):
        await create(newsroom, "people", name=name)
        await create(newsroom, "topics", name=name)
    page = (await newsroom.desk.get("/desk/people?limit=1&q=a")).json()

    cursor = page["next"].rpartition("cursor=")[2]

    for other in ("/desk/people?cursor=", "/desk/topics?q=a&cursor=", "/desk/people?q=b&cursor="):
        answer = await newsroom.desk.get(other + cursor)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["parameter"] == "cursor"
