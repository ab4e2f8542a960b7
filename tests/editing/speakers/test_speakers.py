"""Speakers at the desk."""

import asyncio
from typing import Any

import pytest

from tests.editing.merges import merge, merged, quotation, rows
from tests.editing.requests import create, delete, pointers, replace
from tests.newsroom import Newsroom

WHOLE: dict[str, Any] = {
    "kind": "person",
    "name": "Ines Valdo",
    "names": {"fa": "اینس والدو"},
    "aliases": ["Ines Valdo-Kern"],
    "short_name": "I. Valdo",
    "csl_name": {"family": "Valdo", "given": "Ines"},
    "wikidata_id": "Q4115189",
    "url": "https://valdo.example/",
    "roles": [
        {"title": "Adviser", "organisation": "Northgate council", "from": "2024-07"},
        {"title": "Harbour master", "from": "2019", "to": "2024-06-30"},
    ],
}


async def speaker(newsroom: Newsroom, name: str, kind: str = "person", **fields: Any) -> Any:
    return await create(newsroom, "speakers", name=name, kind=kind, **fields)


async def test_what_was_sent_comes_back(newsroom: Newsroom) -> None:
    made = (await create(newsroom, "speakers", **WHOLE)).json()

    same = WHOLE.keys() - {"csl_name", "roles"}
    assert {name: made[name] for name in same} == {name: WHOLE[name] for name in same}
    assert (made["csl_name"]["family"], made["csl_name"]["literal"]) == ("Valdo", None)
    assert made["roles"][1] == {
        "title": "Harbour master", "organisation_id": None, "organisation": None, "from": "2019",
        "to": "2024-06-30",
    }  # fmt: skip


async def test_what_was_read_can_be_sent_back(newsroom: Newsroom) -> None:
    port = await speaker(newsroom, "Port of Calder", "organisation")
    role = {"organisation_id": port.json()["id"], "to": "2024"}
    made = await create(newsroom, "speakers", **WHOLE | {"roles": [role]})
    only_shown = {"id", "changed_at", "sort_key"}
    content = {name: value for name, value in made.json().items() if name not in only_shown}

    kept = await replace(newsroom, "speakers", made, **content)

    assert kept.status_code == 200, kept.text
    assert kept.json() | {"changed_at": None} == made.json() | {"changed_at": None}


async def test_each_wrong_field_is_named(newsroom: Newsroom) -> None:
    nobody = "00000000-0000-4000-8000-000000000000"
    answer = await newsroom.desk.post(
        "/desk/speakers",
        json={
            "kind": "source",
            "name": "",
            "names": {"!": "x"},
            "aliases": [" "],
            "short_name": "x" * 25,
            "csl_name": {"family": "A", "literal": "A"},
            "wikidata_id": "42",
            "url": "x",
            "roles": [
                {},
                {"title": "A", "organisation": "B", "organisation_id": nobody},
                {"title": "A", "from": "2026", "to": "2025-12"},
                {"title": "A", "from": "2026/2027"},
                {"title": "A", "to": "yesterday"},
                {"title": "A", "since": "2026"},
            ],
            "telephone": "1",
        },
    )

    assert answer.status_code == 422
    assert pointers(answer) == [
        "/aliases/0", "/csl_name", "/kind", "/name", "/names/!", "/roles/0", "/roles/1", "/roles/2",
        "/roles/3", "/roles/4/to", "/roles/5/since", "/short_name", "/telephone", "/url",
        "/wikidata_id",
    ]  # fmt: skip


async def test_a_role_is_in_an_organisation_that_is_there(newsroom: Newsroom) -> None:
    person = await speaker(newsroom, "Ines Valdo")
    port = await speaker(newsroom, "Port of Calder", "organisation")

    for organisation, detail in (
        ("00000000-0000-4000-8000-000000000000", "no such"),
        (person.json()["id"], "an organisation or a group"),
    ):
        refused = await newsroom.desk.post(
            "/desk/speakers",
            json={
                "kind": "person", "name": "A",
                "roles": [{"title": "B"}, {"organisation_id": organisation}],
            },
        )  # fmt: skip
        assert (refused.status_code, pointers(refused)) == (422, ["/roles/1/organisation_id"])
        assert detail in refused.json()["errors"][0]["detail"]
    itself = await replace(
        newsroom, "speakers", port, kind="organisation", name="Port",
        roles=[{"organisation_id": port.json()["id"]}],
    )  # fmt: skip
    assert itself.status_code == 422

    master = await speaker(newsroom, "M", roles=[{"organisation_id": port.json()["id"]}])
    for answer in (
        await delete(newsroom, "speakers", port),
        await replace(newsroom, "speakers", port, kind="person", name="Mr Port"),
    ):
        assert answer.status_code == 409
        assert master.json()["id"] in answer.json()["detail"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"csl_name": {"family": "Ávila", "given": "Íñigo"}}, "avila, inigo"),
        ({"csl_name": {"family": "Berg", "non-dropping-particle": "van den"}}, "berg"),
        ({"csl_name": {"literal": "The Harbour Board"}}, "ines valdo"),
        ({}, "ines valdo"),
    ],
)
async def test_what_they_are_sorted_by_is_made(
    newsroom: Newsroom, fields: dict[str, Any], expected: str
) -> None:
    made = await speaker(newsroom, "Ines Valdo", **fields)

    assert made.json()["sort_key"] == expected


async def test_replacing_empties_what_is_left_out(newsroom: Newsroom) -> None:
    made = await create(newsroom, "speakers", **WHOLE)

    after = (await replace(newsroom, "speakers", made, kind="group", name="Valdos")).json()

    assert (after["names"], after["aliases"], after["roles"]) == ({}, [], [])
    empty = ("short_name", "csl_name", "wikidata_id", "url", "note_internal")
    assert {after[name] for name in empty} == {None}


async def test_of_writers_with_the_same_etag_one_wins(newsroom: Newsroom) -> None:
    made = await speaker(newsroom, "Ines Valdo")

    answers = await asyncio.gather(
        *(replace(newsroom, "speakers", made, kind="person", name=name) for name in "ABCD")
    )

    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
    address = made.headers["Location"]
    assert (
        await newsroom.desk.put(address, json={"kind": "person", "name": "E"})
    ).status_code == 428
    assert (await newsroom.desk.delete(address)).status_code == 428
    assert (await delete(newsroom, "speakers", made)).status_code == 412


async def test_the_list_is_paged_in_order_searched_and_narrowed(newsroom: Newsroom) -> None:
    for given, family in (("Zoe", "Abel"), ("Ada", "Zand"), ("Bea", "Ébert"), ("Cleo", "Eber")):
        await speaker(
            newsroom, f"{given} {family}", csl_name={"family": family, "given": given},
            names={"fr": f"Mme {family}"}, aliases=[f"{given}100%"],
        )  # fmt: skip
    await speaker(newsroom, "Port of Calder", "organisation", short_name="PoC")

    seen: list[str] = []
    address = "/desk/speakers?limit=2"
    while address:
        page = (await newsroom.desk.get(address)).json()
        seen += [each["name"] for each in page["items"]]
        address = page["next"]
    assert seen == ["Zoe Abel", "Cleo Eber", "Bea Ébert", "Port of Calder", "Ada Zand"]

    async def found(**query: str) -> list[str]:
        answer = await newsroom.desk.get("/desk/speakers", params=query)
        return [each["name"] for each in answer.json()["items"]]

    assert await found(q="mme zand") == ["Ada Zand"]
    assert await found(q="ADA1") == ["Ada Zand"]
    assert await found(q="poc") == ["Port of Calder"]
    assert await found(q="_") == []
    assert await found(kind="organisation") == ["Port of Calder"]


async def test_one_whom_an_article_quotes_cannot_be_deleted(newsroom: Newsroom) -> None:
    valdo = await speaker(newsroom, "Ines Valdo")
    identity = valdo.json()["id"]
    work = (await create(newsroom, "works", kind="report", title="A")).json()["id"]
    for citation in (
        quotation(identity),
        {
            "type": "reported_by",
            "work_id": work,
            "chain": [{"work_id": work}, {"speaker_id": identity}],
        },
    ):
        article = await newsroom.article(citations=[citation])
        refused = await delete(newsroom, "speakers", valdo)
        assert refused.status_code == 409
        assert article.json()["id"] in refused.json()["detail"]
        await newsroom.save(article, citations=[])

    assert (await delete(newsroom, "speakers", valdo)).status_code == 204
    assert (await newsroom.desk.get(valdo.headers["Location"])).status_code == 404


async def test_one_whom_readers_are_shown_cannot_be_deleted(newsroom: Newsroom) -> None:
    valdo = await speaker(newsroom, "Ines Valdo")
    article = await newsroom.published(citations=[quotation(valdo.json()["id"])])
    saved = await newsroom.save(article, citations=[])

    refused = await delete(newsroom, "speakers", valdo)
    await newsroom.publish(saved)

    assert refused.status_code == 409
    assert article.json()["id"] in refused.json()["detail"]
    assert (await delete(newsroom, "speakers", valdo)).status_code == 204


async def test_merging_moves_statements_chains_and_roles(newsroom: Newsroom) -> None:
    goes = await create(newsroom, "speakers", **WHOLE | {"name": "I. Valdo"})
    stays = await speaker(newsroom, "Ines Valdo", names={"fr": "Inès Valdo"})
    new = stays.json()["id"]
    await newsroom.article(
        citations=[quotation(goes.json()["id"], chain=[{"speaker_id": goes.json()["id"]}])]
    )

    after = (await merged(newsroom, "speakers", goes, stays)).json()

    assert after["names"] == {"fr": "Inès Valdo", "fa": "اینس والدو"}
    assert after["aliases"] == ["I. Valdo", "Ines Valdo-Kern"]
    assert after["csl_name"]["family"] == "Valdo"
    assert after["sort_key"] == "valdo, ines"
    assert [role["title"] for role in after["roles"]] == ["Adviser", "Harbour master"]
    assert await rows(newsroom, "desk.statements.speaker_id") == [new]
    assert await rows(newsroom, "desk.citation_hops.speaker_id") == [new]
    moved = await newsroom.desk.get(goes.headers["Location"])
    assert (moved.status_code, moved.headers["Location"]) == (308, stays.headers["Location"])


async def test_roles_in_an_organisation_that_was_merged_are_in_the_other(
    newsroom: Newsroom,
) -> None:
    board = await speaker(newsroom, "Harbour Board", "organisation")
    port = await speaker(newsroom, "Port", "organisation")
    port = await replace(
        newsroom, "speakers", port, kind="organisation", name="Port",
        roles=[{"title": "Part", "organisation_id": board.json()["id"]}],
    )  # fmt: skip
    port.headers["Location"] = f"/desk/speakers/{port.json()['id']}"
    valdo = await speaker(
        newsroom, "Ines Valdo",
        roles=[{"title": "Adviser"}, {"title": "Master", "organisation_id": board.json()["id"]}],
    )  # fmt: skip

    after = await merged(newsroom, "speakers", board, port)

    assert after.json()["roles"] == []
    shown = (await newsroom.desk.get(valdo.headers["Location"])).json()
    assert [(role["title"], role["organisation_id"]) for role in shown["roles"]] == [
        ("Adviser", None), ("Master", port.json()["id"]),
    ]  # fmt: skip
    later = await speaker(newsroom, "L", roles=[{"organisation_id": board.json()["id"]}])
    assert later.json()["roles"][0]["organisation_id"] == port.json()["id"]


async def test_a_person_is_merged_into_persons_only(newsroom: Newsroom) -> None:
    valdo = await speaker(newsroom, "Ines Valdo")
    port = await speaker(newsroom, "Port", "organisation")
    crew = await speaker(newsroom, "Crew", "group")

    assert (await merge(newsroom, "speakers", valdo, port)).status_code == 409
    assert (await merge(newsroom, "speakers", port, valdo)).status_code == 409
    assert (await merge(newsroom, "speakers", crew, port)).status_code == 200
