"""Publications at the desk."""

import asyncio
from typing import Any

import pytest

from tests.editing.requests import create, delete, pointers, replace
from tests.newsroom import Newsroom

WHOLE: dict[str, Any] = {
    "name": "The Northgate Courier",
    "short_name": "Northgate Courier",
    "kind": "newspaper",
    "homepage_url": "https://northgate-courier.example/",
    "domains": ["northgate-courier.example", "amtsblatt-xn.example"],
    "issn": ["2049-3630"],
    "wikidata_id": "Q4115189",
    "country": "GB",
    "language": "en-GB",
    "aliases": ["Northgate Evening Courier"],
    "disclosures": [
        {"text": "Owned by the county", "source_url": "https://register.example/entry/7"}
    ],
    "attribution": {"en": "the {name}", "fr": "le {name}"},
}


async def test_what_was_sent_comes_back_in_its_one_spelling(newsroom: Newsroom) -> None:
    made = (
        await create(
            newsroom,
            "publications",
            **WHOLE
            | {
                "name": "  The Northgate\n Courier",
                "domains": ["WWW.Northgate-Courier.example.", "bücher.example"],
                "issn": ["20493630", "2434-561x", "2049-3630"],
                "wikidata_id": "https://www.wikidata.org/wiki/Q4115189",
                "country": "gb",
                "language": "EN-gb",
            },
        )
    ).json()

    assert made["name"] == "The Northgate Courier"
    assert made["domains"] == ["northgate-courier.example", "xn--bcher-kva.example"]
    assert made["issn"] == ["2049-3630", "2434-561X"]
    same = ("short_name", "homepage_url", "wikidata_id", "country", "language", "aliases",
            "disclosures", "attribution")  # fmt: skip
    assert {name: made[name] for name in same} == {name: WHOLE[name] for name in same}


async def test_each_wrong_field_is_named(newsroom: Newsroom) -> None:
    answer = await newsroom.desk.post(
        "/desk/publications",
        json={
            "name": " ",
            "short_name": "x" * 25,
            "kind": "gazette",
            "homepage_url": "northgate",
            "domains": ["https://a.example", "a.example/b", "localhost", "127.0.0.1", "a..example"],
            "issn": ["2049-3631", "ISSN"],
            "wikidata_id": "P31",
            "country": "XX",
            "language": "English!",
            "parent_id": "x",
            "aliases": [""],
            "disclosures": [{"text": "Owned by the state"}, {"source_url": "x", "text": "a"}],
            "attribution": {"en": "the paper", "fr": "le {name} {place}", "!": "{name}"},
            "owner": "nobody",
        },
    )

    assert answer.status_code == 422
    assert pointers(answer) == [
        "/aliases/0", "/attribution/!", "/attribution/en", "/attribution/fr", "/country",
        "/disclosures/0/source_url", "/disclosures/1/source_url", "/domains/0", "/domains/1",
        "/domains/2", "/domains/3", "/domains/4", "/homepage_url", "/issn/0", "/issn/1", "/kind",
        "/language", "/name", "/owner", "/parent_id", "/short_name", "/wikidata_id",
    ]  # fmt: skip


async def test_a_short_name_that_grows_when_it_is_normalised_is_refused(
    newsroom: Newsroom,
) -> None:
    grows = "\u0958" * 24

    answer = await newsroom.desk.post(
        "/desk/publications", json={"name": "A", "kind": "other", "short_name": grows}
    )

    assert (answer.status_code, pointers(answer)) == (422, ["/short_name"])


async def test_replacing_empties_what_is_left_out(newsroom: Newsroom) -> None:
    made = await create(newsroom, "publications", **WHOLE)

    changed = await replace(newsroom, "publications", made, name="The Courier", kind="magazine")

    assert changed.status_code == 200
    after = changed.json()
    empty = ("short_name", "homepage_url", "wikidata_id", "country", "language", "note_internal")
    assert all(after[name] is None for name in empty)
    assert (after["domains"], after["issn"], after["aliases"]) == ([], [], [])
    assert (after["disclosures"], after["attribution"]) == ([], {})
    assert changed.headers["ETag"] != made.headers["ETag"]
    await create(newsroom, "publications", **WHOLE)


async def test_a_write_over_a_state_that_was_not_read_is_refused(newsroom: Newsroom) -> None:
    made = await create(newsroom, "publications", **WHOLE)
    address = made.headers["Location"]
    again = {"name": "Once", "kind": "other"}

    answers = await asyncio.gather(
        *(replace(newsroom, "publications", made, **again) for _ in range(4))
    )

    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
    assert (await newsroom.desk.put(address, json=again)).status_code == 428
    assert (await newsroom.desk.delete(address)).status_code == 428
    assert (await delete(newsroom, "publications", made)).status_code == 412


async def test_a_domain_belongs_to_one_publication(newsroom: Newsroom) -> None:
    first = await create(newsroom, "publications", **WHOLE)
    other = await create(newsroom, "publications", name="Other", kind="other")

    refused = await replace(
        newsroom, "publications", other, name="Other", kind="other",
        domains=["own.example", "www.northgate-courier.example"],
    )  # fmt: skip

    assert (refused.status_code, pointers(refused)) == (409, ["/domains/1"])
    assert first.json()["id"] in refused.json()["errors"][0]["detail"]
    kept = await newsroom.desk.get(other.headers["Location"])
    assert kept.json()["domains"] == []


async def test_of_two_who_want_a_domain_at_once_one_gets_it(newsroom: Newsroom) -> None:
    async def make(number: int) -> int:
        answer = await newsroom.desk.post(
            "/desk/publications",
            json={"name": f"{number}", "kind": "other", "domains": ["wanted.example"]},
        )
        return answer.status_code

    assert sorted(await asyncio.gather(*map(make, range(4)))) == [201, 409, 409, 409]


async def test_a_publication_can_be_part_of_another_but_not_of_itself(newsroom: Newsroom) -> None:
    whole = await create(newsroom, "publications", name="Whole", kind="broadcaster")
    part = await create(
        newsroom, "publications", name="Part", kind="broadcaster", parent_id=whole.json()["id"]
    )
    nobody = "00000000-0000-4000-8000-000000000000"

    for parent, detail in (
        (part.json()["id"], "itself"), (whole.json()["id"], "itself"), (nobody, "no such"),
    ):  # fmt: skip
        refused = await replace(
            newsroom, "publications", whole, name="Whole", kind="broadcaster", parent_id=parent
        )
        assert (refused.status_code, pointers(refused)) == (422, ["/parent_id"])
        assert detail in refused.json()["errors"][0]["detail"]


async def test_two_cannot_become_parts_of_each_other_at_once(newsroom: Newsroom) -> None:
    both = [await create(newsroom, "publications", name=name, kind="other") for name in "AB"]
    identities = [each.json()["id"] for each in both]

    answers = await asyncio.gather(
        *(
            replace(newsroom, "publications", each, name="X", kind="other", parent_id=parent)
            for each, parent in zip(both, reversed(identities), strict=True)
        )
    )

    assert sorted(answer.status_code for answer in answers) in ([200, 422], [200, 503])


async def test_what_is_in_use_cannot_be_deleted(newsroom: Newsroom) -> None:
    whole = await create(newsroom, "publications", name="Whole", kind="broadcaster")
    identity = whole.json()["id"]
    part = await create(
        newsroom, "publications", name="Part", kind="broadcaster", parent_id=identity
    )
    works = [
        await create(newsroom, "works", kind="report", title=name, **{name: identity})
        for name in ("publication_id", "agency_id", "via_id")
    ]

    for thing, noun in ((part, "publications"), *((work, "works") for work in works)):
        refused = await delete(newsroom, "publications", whole)
        assert refused.status_code == 409
        assert thing.json()["id"] in refused.json()["detail"]
        assert (await delete(newsroom, noun, thing)).status_code == 204
    assert (await delete(newsroom, "publications", whole)).status_code == 204
    assert (await newsroom.desk.get(whole.headers["Location"])).status_code == 404


async def test_what_readers_are_shown_cannot_be_deleted(newsroom: Newsroom) -> None:
    paper = await create(newsroom, "publications", name="Paper", kind="newspaper")
    work = await create(newsroom, "works", kind="report", title="A")
    chain = [{"work_id": work.json()["id"]}, {"publication_id": paper.json()["id"]}]
    article = await newsroom.published(
        citations=[{"type": "reported_by", "work_id": work.json()["id"], "chain": chain}]
    )

    cited = await delete(newsroom, "publications", paper)
    saved = await newsroom.save(article, citations=[])
    shown = await delete(newsroom, "publications", paper)
    await newsroom.publish(saved)
    gone = await delete(newsroom, "publications", paper)

    for answer in (cited, shown):
        assert answer.status_code == 409
        assert article.json()["id"] in answer.json()["detail"]
    assert gone.status_code == 204


async def test_what_a_draft_names_in_a_chain_cannot_be_deleted(newsroom: Newsroom) -> None:
    paper = await create(newsroom, "publications", name="Paper", kind="newspaper")
    work = await create(newsroom, "works", kind="report", title="A")
    chain = [{"work_id": work.json()["id"]}, {"publication_id": paper.json()["id"]}]
    article = await newsroom.article(
        citations=[{"type": "reported_by", "work_id": work.json()["id"], "chain": chain}]
    )

    refused = await delete(newsroom, "publications", paper)

    assert refused.status_code == 409
    assert article.json()["id"] in refused.json()["detail"]


async def test_the_list_is_paged_in_order_searched_and_narrowed(newsroom: Newsroom) -> None:
    for name in ("éclair", "Zeit", "eclair", "Ábel", "100% News"):
        await create(
            newsroom, "publications", name=name, kind="magazine" if name == "Zeit" else "newspaper",
            aliases=[f"Also {name}"], domains=[f"n{len(name)}-{ord(name[0])}.example"],
        )  # fmt: skip

    seen: list[str] = []
    address = "/desk/publications?limit=2"
    while address:
        page = (await newsroom.desk.get(address)).json()
        seen += [each["name"] for each in page["items"]]
        address = page["next"]
    assert [name.strip("é") for name in seen[2:4]] in (["clair", "eclair"], ["eclair", "clair"])
    assert (seen[:2], seen[4:]) == (["100% News", "Ábel"], ["Zeit"])

    async def found(**query: str) -> list[str]:
        answer = await newsroom.desk.get("/desk/publications", params=query)
        return [each["name"] for each in answer.json()["items"]]

    assert await found(q="ZEI") == ["Zeit"]
    assert await found(q="also z") == ["Zeit"]
    assert await found(q="n4-90") == ["Zeit"]
    assert await found(q="%") == ["100% News"]
    assert await found(kind="magazine") == ["Zeit"]
    assert await found(kind="newspaper", q="zeit") == []


@pytest.mark.parametrize("role", ["reader", "front-end"])
async def test_only_who_may_write_does(newsroom: Newsroom, role: str) -> None:
    async with await newsroom.client(role) as client:
        answer = await client.post("/desk/publications", json=WHOLE)

    assert answer.status_code == 403
