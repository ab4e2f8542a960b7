"""Who issued what is imported: found where the desk knows it, else created."""

from typing import Any

import pytest

from tests.editing.requests import create
from tests.exchange.references.sending import ARTICLE, REPORT, listed, outcomes, send
from tests.newsroom import Newsroom

COURIER: dict[str, Any] = {
    "name": "The Northgate Courier",
    "short_name": "Northgate Courier",
    "kind": "newspaper",
    "aliases": ["NC Daily"],
    "issn": ["2049-3630"],
    "domains": ["northgate-courier.example"],
}
ELSEWHERE = ARTICLE | {"URL": "https://elsewhere.example/dredgers"}


async def publication_of(newsroom: Newsroom, report: dict[str, Any], at: int = 0) -> Any:
    work = await newsroom.desk.get(f"/desk/works/{report['entries'][at]['work_id']}")
    return work.json()["publication_id"]


@pytest.mark.parametrize(
    ("fields", "warning"),
    [
        ({"container-title": "the northgate COURIER"}, None),
        ({"container-title": "Northgate courier"}, None),
        ({"container-title": "nc daily"}, None),
        ({"container-title": "Courier", "ISSN": "2049-3630"}, "“Courier” was taken for"),
        ({"container-title": "", "ISSN": "2049-3630"}, None),
        ({"container-title": "Courier", "URL": ARTICLE["URL"]}, "at whose domain"),
        ({"container-title": "", "URL": ARTICLE["URL"]}, None),
        ({"ISSN": "2041-1723"}, "has no ISSN 2041-1723 here"),
    ],
)
async def test_a_known_publication_is_used(
    newsroom: Newsroom, fields: dict[str, Any], warning: str | None
) -> None:
    known = (await create(newsroom, "publications", **COURIER)).json()

    report = await send(newsroom, ELSEWHERE | fields)

    assert await publication_of(newsroom, report) == known["id"]
    assert report["publications"] == []
    warnings = report["entries"][0]["warnings"]
    assert len(warnings) == (warning is not None)
    assert warning is None or warning in warnings[0]
    kept = (await newsroom.desk.get(f"/desk/publications/{known['id']}")).json()
    assert kept == known


async def test_an_unknown_one_is_created_once(newsroom: Newsroom) -> None:
    report = await send(
        newsroom,
        ELSEWHERE | {"ISSN": "2049-3630"},
        ELSEWHERE
        | {"URL": "https://elsewhere.example/2", "container-title": "THE NORTHGATE courier"},
        REPORT,
    )

    assert report["publications"] == [
        {"id": each["id"], "name": each["name"], "kind": each["kind"], "issn": each["issn"]}
        for each in report["publications"]
    ]
    courier, office = report["publications"]
    assert (courier["name"], courier["kind"], courier["issn"]) == (
        "The Northgate Courier", "newspaper", ["2049-3630"],
    )  # fmt: skip
    assert (office["name"], office["kind"]) == ("Audit Office", "other")
    assert await publication_of(newsroom, report, 0) == courier["id"]
    assert await publication_of(newsroom, report, 1) == courier["id"]
    assert await publication_of(newsroom, report, 2) == office["id"]
    assert len(await listed(newsroom, "publications")) == 2


async def test_what_others_publish_on_a_platform_is_not_the_platforms(newsroom: Newsroom) -> None:
    await create(newsroom, "publications", name="Tube", kind="platform", domains=["tube.example"])

    report = await send(newsroom, ARTICLE | {"URL": "https://tube.example/watch"})

    assert [each["name"] for each in report["publications"]] == ["The Northgate Courier"]


async def test_a_merged_one_stands_for_the_other(newsroom: Newsroom) -> None:
    stays = (await create(newsroom, "publications", **COURIER)).json()
    goes = (await create(newsroom, "publications", name="Courier", kind="newspaper")).json()
    answer = await newsroom.desk.post(
        f"/desk/publications/{goes['id']}/merge",
        json={"into": stays["id"]},
        headers={"If-Match": '"1"'},
    )
    assert answer.status_code == 200, answer.text

    report = await send(newsroom, ELSEWHERE | {"container-title": "Courier"})

    assert await publication_of(newsroom, report) == stays["id"]


async def test_among_several_of_a_name_the_kind_decides(newsroom: Newsroom) -> None:
    made = {
        kind: (await create(newsroom, "publications", name="Harbour", kind=kind)).json()["id"]
        for kind in ("company", "newspaper", "journal")
    }
    paper = {"type": "article-journal", "URL": "https://elsewhere.example/2"}

    named = ELSEWHERE | {"container-title": "Harbour"}
    report = await send(newsroom, named, named | paper)

    assert await publication_of(newsroom, report, 0) == made["newspaper"]
    assert await publication_of(newsroom, report, 1) == made["journal"]


async def test_of_an_entry_that_is_found_or_refused_none_is_created(newsroom: Newsroom) -> None:
    first = await send(newsroom, ELSEWHERE, REPORT | {"DOI": "10.5555/1"})
    assert outcomes(first) == ["created", "created"]

    report = await send(
        newsroom,
        ELSEWHERE | {"container-title": "Another"},
        ELSEWHERE | {"container-title": "A third", "DOI": "10.5555/1"},
    )

    assert outcomes(report) == ["found", "refused"]
    assert report["publications"] == []
    assert len(await listed(newsroom, "publications")) == 2


async def test_the_agency_and_who_passed_it_on_are_publications_too(newsroom: Newsroom) -> None:
    custom = {"masthead:agency": "Tidewire", "masthead:via": "Press library"}

    report = await send(newsroom, ARTICLE | {"custom": custom})

    made = {each["name"]: each for each in report["publications"]}
    assert made["Tidewire"]["kind"] == "news_agency"
    work = await newsroom.desk.get(f"/desk/works/{report['entries'][0]['work_id']}")
    assert work.json()["agency_id"] == made["Tidewire"]["id"]
    assert work.json()["via_id"] == made["Press library"]["id"]


async def test_who_is_named_twice_in_one_entry_is_one(newsroom: Newsroom) -> None:
    custom = {"masthead:agency": "THE Northgate Courier"}

    report = await send(newsroom, ARTICLE | {"custom": custom})

    [publication] = report["publications"]
    work = (await newsroom.desk.get(f"/desk/works/{report['entries'][0]['work_id']}")).json()
    assert work["agency_id"] == work["publication_id"] == publication["id"]


async def test_a_name_that_no_publication_can_have_is_told(newsroom: Newsroom) -> None:
    report = await send(newsroom, ARTICLE | {"container-title": "x" * 201})

    assert outcomes(report) == ["created"]
    assert report["publications"] == []
    assert report["entries"][0]["dropped"] == [
        {"field": "container-title", "reason": "is longer than 200 characters"}
    ]
