"""A file of references becomes works at the desk, and each entry is answered for."""

import asyncio
import json
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.works import commands as works
from app.editing.works.schemas import WorkCreate
from app.exchange.references.routes import MOST
from app.exchange.references.schemas import LARGEST
from app.identity.actor import SYSTEM
from tests.exchange.references.sending import (
    ARTICLE,
    REPORT,
    listed,
    outcomes,
    post,
    send,
    without_ids,
)
from tests.newsroom import Newsroom

FILES = {
    "csl-json": json.dumps([ARTICLE]),
    "bibtex": """@article{okello2026,
  entrysubtype = {newspaper},
  title = {Dredgers leave early},
  journaltitle = {The Northgate Courier},
  author = {Okello, Sam},
  date = {2026-11-20},
  url = {https://northgate-courier.example/dredgers}
}""",
    "ris": """TY  - NEWS
ID  - okello2026
TI  - Dredgers leave early
T2  - The Northgate Courier
AU  - Okello, Sam
DA  - 2026/11/20
UR  - https://northgate-courier.example/dredgers
ER  - """,
}


@pytest.mark.parametrize("form", FILES)
async def test_each_format_becomes_the_same_work(newsroom: Newsroom, form: str) -> None:
    report = await send(newsroom, FILES[form], form=form)

    [entry] = report["entries"]
    assert (entry["outcome"], entry["key"], entry["reasons"]) == ("created", "okello2026", [])
    [publication] = report["publications"]
    assert (publication["name"], publication["kind"]) == ("The Northgate Courier", "newspaper")
    made = (await newsroom.desk.get(f"/desk/works/{entry['work_id']}")).json()
    assert {name: made[name] for name in ("kind", "title", "issued", "url")} == {
        "kind": "newspaper_article",
        "title": "Dredgers leave early",
        "issued": "2026-11-20",
        "url": "https://northgate-courier.example/dredgers",
    }
    assert made["publication_id"] == publication["id"]
    assert made["authors"][0]["family"] == "Okello"
    assert report["totals"] == {"entries": 1, "created": 1, "found": 0, "refused": 0}


MIXED: list[Any] = [
    ARTICLE,
    "no item",
    {"id": "nameless", "type": "report"},
    {**ARTICLE, "id": "again", "title": "Dredgers left", "indexed": {"x": [1]}, "language": "!?"},
    REPORT,
    {**REPORT, "id": "audit-2"},
    {**REPORT, "id": "audit-3", "title": "Audit of the Harbour!", "number": "115"},
    {"id": "part", "type": "chapter", "title": "On silt", "ISSN": "2049-3630"},
]


async def test_the_report_answers_for_each_entry(newsroom: Newsroom) -> None:
    report = await send(newsroom, *MIXED)

    assert outcomes(report) == [
        "created", "refused", "refused", "found", "created", "found", "created", "created",
    ]  # fmt: skip
    assert report["totals"] == {"entries": 8, "created": 4, "found": 2, "refused": 2}
    first, no_item, nameless, again, audit, same, alike, part = report["entries"]
    assert no_item["reasons"] == ["An item must be an object."]
    assert "`title`" in nameless["reasons"][0]
    assert (again["work_id"], again["found_by"], again["same_as"]) == (
        first["work_id"], "url", "/0",
    )  # fmt: skip
    [warning] = again["warnings"]
    assert warning.startswith("the work there is called “Dredgers leave early”")
    assert again["unplaced"] == [{"field": "indexed", "value": '{"x":[1]}'}]
    assert [each["field"] for each in again["dropped"]] == ["language"]
    assert (same["work_id"], same["found_by"], same["same_as"]) == (audit["work_id"], "text", "/4")
    assert alike["duplicates"] == [
        {"work_id": audit["work_id"], "place": "/4", "title": REPORT["title"], "score": 100}
    ]
    assert [each["field"] for each in part["dropped"]] == ["ISSN"]
    assert [entry["place"] for entry in report["entries"]] == [f"/{at}" for at in range(8)]
    assert len(await listed(newsroom)) == 4


async def test_a_dry_run_foretells_the_real_one_and_writes_nothing(newsroom: Newsroom) -> None:
    await send(newsroom, REPORT)
    before = await listed(newsroom), await listed(newsroom, "publications")

    foretold = await send(newsroom, *MIXED, dry_run=True)

    assert (await listed(newsroom), await listed(newsroom, "publications")) == before
    assert foretold["dry_run"]
    [known] = before[0]
    ids = [entry["work_id"] for entry in foretold["entries"]]
    assert ids == [None, None, None, None, known["id"], known["id"], None, None]
    assert [each["id"] for each in foretold["publications"]] == [None]
    assert foretold["entries"][6]["duplicates"][0]["work_id"] == known["id"]
    real = await send(newsroom, *MIXED)
    assert not real["dry_run"]
    assert without_ids(real) == without_ids(foretold)


async def test_in_a_dry_run_nothing_names_what_was_undone(newsroom: Newsroom) -> None:
    alike = {**REPORT, "title": "Audit of the Harbour!", "number": "115"}

    report = await send(newsroom, REPORT, alike, dry_run=True)

    [duplicate] = report["entries"][1]["duplicates"]
    assert (duplicate["work_id"], duplicate["place"]) == (None, "/0")


async def test_the_same_file_again_changes_nothing(newsroom: Newsroom) -> None:
    titleless = {"id": "case", "type": "legal_case", "number": "7 C 12/26"}
    first = await send(newsroom, ARTICLE, REPORT, titleless)
    before = await listed(newsroom)

    again = await send(newsroom, ARTICLE, REPORT, titleless)

    assert outcomes(again) == ["found"] * 3
    assert [each["found_by"] for each in again["entries"]] == ["url", "text", "text"]
    ids = [[entry["work_id"] for entry in report["entries"]] for report in (first, again)]
    assert ids[0] == ids[1]
    assert again["publications"] == []
    assert await listed(newsroom) == before


async def test_what_says_anything_else_is_another_work(newsroom: Newsroom) -> None:
    others = [
        REPORT | {"title": "Audit of the harbours"}, REPORT | {"number": "115"},
        REPORT | {"issued": {"date-parts": [[2025]]}}, REPORT | {"publisher": "Court of Audit"},
        REPORT | {"author": [{"literal": "Audit Office"}]}, REPORT | {"volume": "2"},
        REPORT | {"abstract": "On silt."}, REPORT | {"type": "book"},
    ]  # fmt: skip

    report = await send(newsroom, REPORT, *others)

    assert outcomes(report) == ["created"] * 9


async def test_what_was_merged_is_found_where_it_went(newsroom: Newsroom) -> None:
    named = REPORT | {"DOI": "10.5555/1"}
    elsewhere = REPORT | {"title": "Another", "URL": "https://audit.example/114"}
    first = await send(newsroom, ARTICLE, named, elsewhere)
    article, report, other = (entry["work_id"] for entry in first["entries"])
    for goes in (article, report):
        answer = await newsroom.desk.post(
            f"/desk/works/{goes}/merge", json={"into": other}, headers={"If-Match": '"1"'}
        )
        assert answer.status_code == 200, answer.text

    again = await send(newsroom, ARTICLE, named)

    assert [entry["work_id"] for entry in again["entries"]] == [other, other]
    assert [entry["found_by"] for entry in again["entries"]] == ["url", "identifier"]


async def test_an_entry_that_would_be_two_works_is_refused(newsroom: Newsroom) -> None:
    first = await send(newsroom, ARTICLE, REPORT | {"DOI": "10.5555/1"})
    article, paper = (entry["work_id"] for entry in first["entries"])

    report = await send(newsroom, ARTICLE | {"DOI": "10.5555/1"}, REPORT | {"title": "Third"})

    assert outcomes(report) == ["refused", "created"]
    [reason] = report["entries"][0]["reasons"]
    assert f"doi:10.5555/1 is of {paper}; its address is of {article}" in reason


async def test_an_internal_work_is_found_by_its_identifier(newsroom: Newsroom) -> None:
    kept = {"kind": "report", "title": "Audit of the harbour", "visibility": "internal"}
    made = await newsroom.desk.post(
        "/desk/works", json={**kept, "identifiers": [{"scheme": "doi", "value": "10.5555/1"}]}
    )

    report = await send(newsroom, REPORT | {"DOI": "10.5555/1"})

    assert report["entries"][0]["work_id"] == made.json()["id"]
    assert "internal" in report["entries"][0]["warnings"][-1]


async def test_two_imports_at_once_create_everything_once(newsroom: Newsroom) -> None:
    items = [ARTICLE | {"URL": f"https://courier.example/{n}"} for n in range(10)]

    reports = await asyncio.gather(
        send(newsroom, *items, REPORT), send(newsroom, REPORT, *reversed(items))
    )

    assert sum(report["totals"]["created"] for report in reports) == 11
    assert sum(report["totals"]["found"] for report in reports) == 11
    assert len(await listed(newsroom)) == 11
    assert len(await listed(newsroom, "publications")) == 2


async def test_what_the_desk_creates_meanwhile_is_found(newsroom: Newsroom) -> None:
    draft = WorkCreate(kind="web_page", title="Dredgers leave early", url=ARTICLE["URL"])
    async with newsroom.database.write() as session:
        made = await works.create(session, SYSTEM, draft)
        importing = asyncio.create_task(send(newsroom, REPORT, ARTICLE))
        await _until_somebody_waits(session)

    report = await importing

    assert outcomes(report) == ["created", "found"]
    assert report["entries"][1]["work_id"] == str(made.id)
    assert [each["name"] for each in report["publications"]] == ["Audit Office"]


async def _until_somebody_waits(session: AsyncSession) -> None:
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'"
    for _ in range(600):
        if (await session.execute(text(waiting))).scalar_one():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("nobody waits")


async def test_a_repeated_request_has_one_effect(newsroom: Newsroom) -> None:
    body = {"format": "csl-json", "content": json.dumps([ARTICLE])}

    first = await post(newsroom.desk, body, Idempotency_Key="a")
    again = await post(newsroom.desk, body, Idempotency_Key="a")

    assert first.json() == again.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    assert outcomes(again.json()) == ["created"]


async def test_who_may_not_write_works_may_not_import(newsroom: Newsroom) -> None:
    body = {"format": "csl-json", "content": json.dumps([ARTICLE])}

    async with await newsroom.client("reader") as reader:
        refused = [await post(reader, body, dry_run=dry) for dry in (False, True)]

    assert [answer.status_code for answer in refused] == [403, 403]
    async with await newsroom.client("reporter") as reporter:
        assert (await post(reporter, body)).status_code == 200


@pytest.mark.parametrize(
    ("form", "content", "detail"),
    [
        ("csl-json", '[{"id": 1,}]', "line 1"),
        ("csl-json", '"no list"', "list of CSL-JSON items"),
        ("csl-json", '[{"id": "a", "id": "b"}]', "/0/id: It appears more than once."),
        ("bibtex", "Okello 2026", "begin with @"),
        ("ris", "Okello 2026", "begin with a line"),
        ("ris", "TY  - RPRT\nTI  - A\nER  - \n" * (MOST + 1), f"parts of at most {MOST}"),
        ("ris", "TY  - RPRT\n" * 10_001, "more than 10,000"),
        ("ris", "x" * (LARGEST + 1), f"{LARGEST}"),
    ],
)
async def test_a_file_that_cannot_be_read_is_refused(
    newsroom: Newsroom, form: str, content: str, detail: str
) -> None:
    answer = await post(newsroom.desk, {"format": form, "content": content})

    assert answer.status_code == 422, answer.text
    [error] = answer.json()["errors"]
    assert error["pointer"] == "/content"
    assert detail in error["detail"]
    assert await listed(newsroom) == []


async def test_as_many_entries_as_may_be_are_taken(newsroom: Newsroom) -> None:
    files = "".join(f"TY  - RPRT\nTI  - Audit\nIS  - {n}\nER  - \n" for n in range(MOST))

    report = await send(newsroom, files, form="ris")

    assert report["totals"] == {"entries": MOST, "created": MOST, "found": 0, "refused": 0}
    assert len(report["entries"][-1]["duplicates"]) == 10


async def test_what_has_no_place_is_shown_with_its_beginning(newsroom: Newsroom) -> None:
    report = await send(newsroom, ARTICLE | {"reference": [{"key": "x" * 1_000}]})

    [unplaced] = report["entries"][0]["unplaced"]
    assert unplaced["field"] == "reference"
    assert len(unplaced["value"]) == 200
    assert unplaced["value"].startswith('[{"key":"xxx')
