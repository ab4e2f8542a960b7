"""Publications that turn out to be one."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from app.editing import merging
from app.editing.publications.models import Publication
from app.editing.works.models import Work
from tests.editing.merges import merge, merged, rows, until_waiting
from tests.editing.requests import create, delete, pointers, replace
from tests.newsroom import Newsroom


async def publications(newsroom: Newsroom, *names: str, **fields: Any) -> list[Any]:
    return [
        await create(newsroom, "publications", name=name, kind="newspaper", **fields)
        for name in names
    ]


async def test_the_one_that_stays_gets_what_only_the_other_had(newsroom: Newsroom) -> None:
    goes = await create(
        newsroom, "publications", name="Evening Courier", kind="magazine", short_name="Evening",
        domains=["evening.example"], issn=["2049-3630"], country="GB", wikidata_id="Q7",
        aliases=["The Evening"], attribution={"en": "the {name}", "fr": "le {name}"},
    )  # fmt: skip
    stays = await create(
        newsroom, "publications", name="Courier", kind="newspaper", domains=["courier.example"],
        issn=["2434-561X"], country="IE", attribution={"en": "{name}"}, aliases=["Evening Courier"],
    )  # fmt: skip

    after = (await merged(newsroom, "publications", goes, stays)).json()

    expected = {
        "name": "Courier", "kind": "newspaper", "short_name": "Evening", "country": "IE",
        "wikidata_id": "Q7", "domains": ["courier.example", "evening.example"],
        "issn": ["2434-561X", "2049-3630"], "aliases": ["Evening Courier", "The Evening"],
        "attribution": {"en": "{name}", "fr": "le {name}"},
    }  # fmt: skip
    assert {name: after[name] for name in expected} == expected
    found = await newsroom.desk.get("/desk/publications?q=evening")
    assert [each["id"] for each in found.json()["items"]] == [after["id"]]


async def test_works_parts_and_chains_move_along(newsroom: Newsroom) -> None:
    goes, stays = await publications(newsroom, "Goes", "Stays")
    old, new = goes.json()["id"], stays.json()["id"]
    [part] = await publications(newsroom, "Part", parent_id=old)
    work = await create(
        newsroom, "works", kind="wire_item", title="A", publication_id=old, agency_id=old,
        via_id=old, url="https://stays.example/1",
    )  # fmt: skip
    await newsroom.article(
        citations=[
            {
                "type": "reported_by",
                "work_id": work.json()["id"],
                "chain": [{"publication_id": old}],
            }
        ]
    )

    await merged(newsroom, "publications", goes, stays)

    shown = (await newsroom.desk.get(work.headers["Location"])).json()
    assert {shown[name] for name in ("publication_id", "agency_id", "via_id")} == {new}
    assert (await newsroom.desk.get(part.headers["Location"])).json()["parent_id"] == new
    assert await rows(newsroom, "desk.citation_hops.publication_id") == [new]
    listed = await newsroom.desk.get(f"/desk/works?publication={old}")
    assert [each["id"] for each in listed.json()["items"]] == [work.json()["id"]]
    later = await create(newsroom, "works", kind="report", title="B", publication_id=old)
    assert later.json()["publication_id"] == new
    moved = await newsroom.desk.get(goes.headers["Location"])
    assert (moved.status_code, moved.headers["Location"]) == (308, stays.headers["Location"])


@pytest.mark.parametrize("order", [(0, 2), (2, 0), (1, 2), (2, 1), (0, 1), (1, 0)])
async def test_no_merge_makes_parts_go_round_in_a_ring(
    newsroom: Newsroom, order: tuple[int, int]
) -> None:
    [whole] = await publications(newsroom, "Whole")
    [part] = await publications(newsroom, "Part", parent_id=whole.json()["id"])
    [smallest] = await publications(newsroom, "Smallest", parent_id=part.json()["id"])
    three = [whole, part, smallest]

    await merged(newsroom, "publications", three[order[0]], three[order[1]])

    listed = (await newsroom.desk.get("/desk/publications")).json()["items"]
    above = {each["id"]: each["parent_id"] for each in listed}
    assert len(above) == 2
    assert sorted(parent is None for parent in above.values()) == [False, True]


async def test_what_cannot_be_merged_is_refused(newsroom: Newsroom) -> None:
    goes, stays = await publications(newsroom, "Goes", "Stays")
    [work] = [await create(newsroom, "works", kind="report", title="A")]

    itself = await merge(newsroom, "publications", goes, goes)
    into_a_work = await merge(newsroom, "publications", goes, work)
    for answer in (itself, into_a_work):
        assert (answer.status_code, pointers(answer)) == (422, ["/into"])
    assert (
        await newsroom.desk.post(
            f"{goes.headers['Location']}/merge", json={"into": stays.json()["id"]}
        )
    ).status_code == 428
    assert (
        await replace(newsroom, "publications", goes, name="Goes on", kind="other")
    ).status_code == 200
    assert (await merge(newsroom, "publications", goes, stays)).status_code == 412


async def test_with_a_publication_go_those_that_were_merged_into_it(newsroom: Newsroom) -> None:
    goes, stays = await publications(newsroom, "Goes", "Stays")
    stays = await merged(newsroom, "publications", goes, stays)

    assert (await delete(newsroom, "publications", stays)).status_code == 204

    assert (await newsroom.desk.get(goes.headers["Location"])).status_code == 404


async def test_whoever_edits_a_work_while_its_publication_is_merged_waits(
    newsroom: Newsroom,
) -> None:
    """Else both would: the one for the publication, and the other for the work."""
    goes, stays = [UUID(each.json()["id"]) for each in await publications(newsroom, "A", "B")]
    fields = {"kind": "report", "title": "Audit", "publication_id": str(goes)}
    work = await create(newsroom, "works", **fields)

    async with newsroom.database.write() as session:
        gone, stayed = await merging.lock_both(session, Publication, goes, stays)
        editing = asyncio.create_task(
            replace(newsroom, "works", work, **fields | {"title": "Report"})
        )
        await until_waiting(newsroom)
        await merging.lead_on(session, gone, stayed)
        await session.execute(
            update(Work).where(Work.publication_id == goes).values(publication_id=stays)
        )
    answer = await editing

    assert answer.status_code == 200, answer.text
    assert answer.json()["publication_id"] == str(stays)
