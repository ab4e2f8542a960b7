"""Works that turn out to be one."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from app.editing import merging
from app.editing.reviews.models import CitationReview
from app.editing.works.models import WorkEvent
from tests.editing.merges import merge, merged, quotation, rows
from tests.editing.requests import create, delete, pointers, replace
from tests.newsroom import Newsroom


async def works(newsroom: Newsroom, *titles: str) -> list[Any]:
    return [await create(newsroom, "works", kind="report", title=title) for title in titles]


async def test_the_one_that_stays_gets_what_only_the_other_had(newsroom: Newsroom) -> None:
    paper = await create(newsroom, "publications", name="Paper", kind="newspaper")
    goes = await create(
        newsroom, "works", kind="report", title="Audit, draft", authors=[{"literal": "A"}],
        url="https://a.example/audit", issued="2026-11", number="7", place="Northgate",
        publication_id=paper.json()["id"], archive_url="https://archive.example/1",
        archived_on="2026-11-20", csl_extra={"issue": 1, "note": "a"}, status="disputed",
        identifiers=[{"scheme": "doi", "value": "10.5555/1"}],
    )  # fmt: skip
    stays = await create(
        newsroom, "works", kind="report", title="Audit", number="8", csl_extra={"note": "b"},
        identifiers=[{"scheme": "doi", "value": "10.5555/2"}],
    )  # fmt: skip

    after = (await merged(newsroom, "works", goes, stays)).json()

    expected = {
        "title": "Audit", "number": "8", "place": "Northgate", "url": "https://a.example/audit",
        "issued": "2026-11", "archive_url": "https://archive.example/1",
        "archived_on": "2026-11-20", "publication_id": paper.json()["id"], "status": "disputed",
        "csl_extra": {"issue": 1, "note": "b"},
    }  # fmt: skip
    assert {name: after[name] for name in expected} == expected
    assert [name["literal"] for name in after["authors"]] == ["A"]
    assert [each["value"] for each in after["identifiers"]] == ["10.5555/1", "10.5555/2"]
    found = await newsroom.desk.get("/desk/works?url=https://a.example/audit")
    assert [each["id"] for each in found.json()["items"]] == [after["id"]]
    found = await newsroom.desk.get("/desk/works?q=draft")
    assert [each["id"] for each in found.json()["items"]] == [after["id"]]
    taken = await newsroom.desk.post(
        "/desk/works", json={"kind": "report", "url": "https://a.example/audit"}
    )
    assert taken.status_code == 409
    assert after["id"] in taken.text


async def test_citations_and_chains_move_along_and_old_revisions_stay(newsroom: Newsroom) -> None:
    goes, stays, other = await works(newsroom, "Goes", "Stays", "Other")
    first, last = goes.json()["id"], stays.json()["id"]
    article = await newsroom.article(
        citations=[
            {"type": "reported_by", "work_id": first},
            {
                "type": "reported_by", "work_id": other.json()["id"],
                "chain": [{"work_id": other.json()["id"]}, {"work_id": first}],
            },
        ]
    )  # fmt: skip
    address = f"/desk/articles/{article.json()['id']}/revisions/1"
    before = (await newsroom.desk.get(address)).json()

    await merged(newsroom, "works", goes, stays)

    assert sorted(await rows(newsroom, "desk.citations.work_id")) == sorted(
        [last, other.json()["id"]]
    )
    assert first not in await rows(newsroom, "desk.citation_hops.work_id")
    assert (await newsroom.desk.get(address)).json() == before
    cited = (await newsroom.desk.get("/desk/works?cited=true")).json()["items"]
    assert {each["title"] for each in cited} == {"Stays", "Other"}
    used = await delete(newsroom, "works", await newsroom.desk.get(f"/desk/works/{last}"))
    assert used.status_code == 409
    assert article.json()["id"] in used.json()["detail"]


async def test_what_is_saved_under_an_old_id_cites_the_one_that_it_leads_to(
    newsroom: Newsroom,
) -> None:
    goes, stays = await works(newsroom, "Goes", "Stays")
    old, new = goes.json()["id"], stays.json()["id"]
    valdo, ines = [
        await create(newsroom, "speakers", kind="person", name=name) for name in ("V", "I")
    ]
    cites = [
        {"type": "reported_by", "work_id": old, "chain": [{"work_id": old}]},
        quotation(valdo.json()["id"], chain=[{"speaker_id": valdo.json()["id"]}]),
    ]
    article = await newsroom.article(citations=cites)
    await merged(newsroom, "works", goes, stays)
    await merged(newsroom, "speakers", valdo, ines)

    article = await newsroom.save(article, headline="Once more")

    assert await rows(newsroom, "desk.citations.work_id") == [new]
    assert await rows(newsroom, "desk.citation_hops.work_id") == [new]
    assert await rows(newsroom, "desk.statements.speaker_id") == [ines.json()["id"]]
    assert await rows(newsroom, "desk.citation_hops.speaker_id") == [ines.json()["id"]]
    assert article.json()["content"]["citations"][0]["work_id"] == old


async def test_what_leads_to_an_internal_work_is_as_internal(newsroom: Newsroom) -> None:
    goes, stays = await works(newsroom, "Goes", "Stays")
    stays = await merged(newsroom, "works", goes, stays)
    section = await newsroom.section("News")
    content = {
        "headline": "A", "section_id": section,
        "citations": [{"type": "reported_by", "work_id": goes.json()["id"]}],
    }  # fmt: skip
    plain = {"kind": "report", "title": "Stays"}

    hidden = await replace(newsroom, "works", stays, **plain, visibility="internal")
    refused = await newsroom.desk.post("/desk/articles", json=content)
    shown = await replace(newsroom, "works", hidden, **plain)
    taken = await newsroom.desk.post("/desk/articles", json=content)

    assert (hidden.status_code, shown.status_code) == (200, 200)
    assert (refused.status_code, pointers(refused)) == (422, ["/citations/0/work_id"])
    assert taken.status_code == 201


async def test_what_leads_to_a_public_work_can_be_cited_in_public(newsroom: Newsroom) -> None:
    hidden = await create(newsroom, "works", kind="report", title="Goes", visibility="internal")
    [stays] = await works(newsroom, "Stays")
    await merged(newsroom, "works", hidden, stays)

    article = await newsroom.article(
        citations=[{"type": "reported_by", "work_id": hidden.json()["id"]}]
    )

    assert article.status_code == 201


async def test_an_internal_address_that_others_have_is_not_taken_over(newsroom: Newsroom) -> None:
    address = {"url": "https://a.example/1"}
    third = await create(newsroom, "works", kind="web_page", **address)
    goes = await create(newsroom, "works", kind="web_page", **address, visibility="internal")
    [stays] = await works(newsroom, "Stays")

    after = await merged(newsroom, "works", goes, stays)

    assert after.json()["url"] is None
    found = await newsroom.desk.get("/desk/works?url=https://a.example/1")
    assert [each["id"] for each in found.json()["items"]] == [third.json()["id"]]


async def test_reviews_and_what_was_inherited_move_along_once(newsroom: Newsroom) -> None:
    goes, stays, cause, other_cause = await works(newsroom, "Goes", "Stays", "A", "B")
    article = await newsroom.article()
    fields = {"kind": "retraction", "severity": "fatal", "summary": "Forged."}
    async with newsroom.database.write() as session:
        causes = [
            WorkEvent(work_id=_id(work), recorded_by="a", **fields) for work in (cause, other_cause)
        ]
        session.add_all(causes)
        await session.flush()
        session.add_all(
            WorkEvent(
                work_id=_id(work), recorded_by="a", detected_by="chain", origin_id=event.id,
                **fields,
            )
            for work, event in ((goes, causes[0]), (stays, causes[0]), (goes, causes[1]))
        )  # fmt: skip
        session.add(
            CitationReview(article_id=_id(article), event_id=causes[0].id, work_id=_id(goes))
        )

    await merged(newsroom, "works", goes, stays)

    events = (await newsroom.desk.get(f"{stays.headers['Location']}/events")).json()["items"]
    assert sorted(each["origin_id"] for each in events) == sorted(str(each.id) for each in causes)
    assert await rows(newsroom, "desk.citation_reviews.work_id") == [stays.json()["id"]]


async def test_an_old_id_leads_on_for_every_method(newsroom: Newsroom) -> None:
    goes, stays = await works(newsroom, "Goes", "Stays")
    old, new = goes.json()["id"], stays.json()["id"]
    await merged(newsroom, "works", goes, stays)

    for method, rest, body in (
        ("GET", "", None),
        ("GET", "/events?limit=5", None),
        ("GET", "/duplicates", None),
        ("PUT", "", {"kind": "report", "title": "A"}),
        ("DELETE", "", None),
        ("POST", "/merge", {"into": new}),
        ("POST", "/archive", {"archive_url": "https://a.example/"}),
        ("POST", "/events", {"kind": "update", "severity": "minor", "summary": "A"}),
    ):
        for spelled in (old, old.upper(), old.replace("-", "")):
            answer = await newsroom.desk.request(
                method, f"/desk/works/{spelled}{rest}", json=body, headers={"If-Match": "*"}
            )
            assert (answer.status_code, answer.headers["Location"]) == (
                308, f"/desk/works/{new}{rest}",
            )  # fmt: skip
            assert answer.json()["type"] == "urn:masthead:problem:moved"

    followed = await newsroom.desk.get(f"/desk/works/{old}", follow_redirects=True)
    assert followed.json()["title"] == "Stays"


async def test_chains_of_merges_are_one_step(newsroom: Newsroom) -> None:
    first, second, third, fourth = await works(newsroom, "1", "2", "3", "4")

    second = await merged(newsroom, "works", first, second)
    third = await merged(newsroom, "works", second, third)
    await merged(newsroom, "works", third, fourth)

    old = [each.json()["id"] for each in (first, second, third)]
    for identity in old:
        answer = await newsroom.desk.get(f"/desk/works/{identity}")
        assert answer.headers["Location"] == f"/desk/works/{fourth.json()['id']}"
    async with newsroom.database.read() as session:
        led = await merging.resolve_ids(session, [*map(_id, (first, second, third, fourth))])
    assert led == dict.fromkeys(map(_id, (first, second, third)), _id(fourth))


async def test_new_things_that_name_an_old_id_name_the_one_it_leads_to(newsroom: Newsroom) -> None:
    goes, stays, other = await works(newsroom, "Goes", "Stays", "Other")
    await merged(newsroom, "works", goes, stays)

    changed = await replace(
        newsroom, "works", other, kind="report", title="Other", superseded_by_id=goes.json()["id"]
    )

    assert changed.json()["superseded_by_id"] == stays.json()["id"]


@pytest.mark.parametrize("order", [(0, 2), (2, 0), (1, 2), (2, 1), (0, 1), (1, 0)])
async def test_no_merge_makes_works_replace_each_other_in_a_ring(
    newsroom: Newsroom, order: tuple[int, int]
) -> None:
    new = await create(newsroom, "works", kind="report", title="New")
    middle = await create(
        newsroom, "works", kind="report", title="Middle", superseded_by_id=new.json()["id"]
    )
    old = await create(
        newsroom, "works", kind="report", title="Old", superseded_by_id=middle.json()["id"]
    )
    three = [new, middle, old]
    goes, stays = three[order[0]], three[order[1]]

    await merged(newsroom, "works", goes, stays)

    listed = (await newsroom.desk.get("/desk/works")).json()["items"]
    shown = [(await newsroom.desk.get(f"/desk/works/{each['id']}")).json() for each in listed]
    above = {each["id"]: each["superseded_by_id"] for each in shown}
    for start in above:
        step, steps = above[start], 0
        while step:
            step, steps = above[step], steps + 1
            assert steps < 3


async def test_what_cannot_be_merged_is_refused(newsroom: Newsroom) -> None:
    goes, stays, third = await works(newsroom, "Goes", "Stays", "Third")
    hidden = await create(newsroom, "works", kind="report", title="Hidden", visibility="internal")
    address = f"{goes.headers['Location']}/merge"
    nobody = {"into": "00000000-0000-4000-8000-000000000000"}

    itself = await merge(newsroom, "works", goes, goes)
    into_nothing = await newsroom.desk.post(address, json=nobody, headers={"If-Match": "*"})
    into_hidden = await merge(newsroom, "works", goes, hidden)
    for answer in (itself, into_nothing):
        assert (answer.status_code, pointers(answer)) == (422, ["/into"])
    assert into_hidden.status_code == 409

    assert (await newsroom.desk.post(address, json={"into": stays.json()["id"]})).status_code == 428
    await merged(newsroom, "works", stays, third)
    into_merged = await merge(newsroom, "works", goes, stays)
    assert (into_merged.status_code, pointers(into_merged)) == (422, ["/into"])
    assert third.json()["id"] in into_merged.text
    changed = await replace(newsroom, "works", goes, kind="report", title="Goes on")
    stale = await merge(newsroom, "works", goes, third)
    assert (changed.status_code, stale.status_code) == (200, 412)
    assert (await merge(newsroom, "works", hidden, third)).status_code == 200


async def test_what_two_merge_into_each_other_at_once_is_merged_once(newsroom: Newsroom) -> None:
    for number in range(1, 13):
        one, other = await works(newsroom, "One", "Other")

        answers = await asyncio.gather(
            merge(newsroom, "works", one, other), merge(newsroom, "works", other, one)
        )

        assert sorted(answer.status_code for answer in answers) in ([200, 308], [200, 422])
        assert len((await newsroom.desk.get("/desk/works")).json()["items"]) == number


async def test_with_a_work_go_those_that_were_merged_into_it(newsroom: Newsroom) -> None:
    goes, stays = await works(newsroom, "Goes", "Stays")
    stays = await merged(newsroom, "works", goes, stays)

    assert (await delete(newsroom, "works", stays)).status_code == 204

    for each in (goes, stays):
        assert (await newsroom.desk.get(f"/desk/works/{each.json()['id']}")).status_code == 404


async def test_a_merge_that_is_repeated_has_one_effect(newsroom: Newsroom) -> None:
    goes, stays = await works(newsroom, "Goes", "Stays")
    address = f"{goes.headers['Location']}/merge"
    headers = {"If-Match": goes.headers["ETag"], "Idempotency-Key": "once"}

    answers = [
        await newsroom.desk.post(address, json={"into": stays.json()["id"]}, headers=headers)
        for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()


def _id(answer: Any) -> UUID:
    return UUID(answer.json()["id"])
