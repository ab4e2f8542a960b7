"""What happens to works after they were issued."""

import asyncio
from typing import Any

import httpx
import pytest

from app.editing.works.events import STATUS_AFTER, status_after
from app.published.citation_words import EVENT_KINDS, WORK_STATUSES
from tests.editing.merges import merged
from tests.editing.requests import create, delete, pointers, replace
from tests.newsroom import Newsroom

EVENT: dict[str, Any] = {
    "kind": "retraction",
    "severity": "fatal",
    "summary": "The documents\n were forged.",
    "notice_url": "https://courier.example/retraction",
    "occurred_on": "2026-11",
}


async def record(newsroom: Newsroom, work: httpx.Response, **fields: Any) -> httpx.Response:
    answer = await newsroom.desk.post(
        f"/desk/works/{work.json()['id']}/events", json=EVENT | fields
    )
    assert answer.status_code == 201, answer.text
    return answer


async def events(newsroom: Newsroom, work: httpx.Response) -> list[dict[str, Any]]:
    answer = await newsroom.desk.get(f"/desk/works/{work.json()['id']}/events")
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def status(newsroom: Newsroom, work: httpx.Response) -> str:
    return str((await newsroom.desk.get(f"/desk/works/{work.json()['id']}")).json()["status"])


async def test_an_event_is_kept_as_it_was_recorded(newsroom: Newsroom) -> None:
    work = await create(newsroom, "works", kind="report", title="Audit")

    made = (await record(newsroom, work, detected_by="crossref")).json()

    assert {name: made[name] for name in EVENT} == EVENT | {
        "summary": "The documents\nwere forged."
    }
    assert (made["detected_by"], made["recorded_by"]) == ("crossref", "a test's admin")
    assert made["origin_id"] is None
    assert await events(newsroom, work) == [made]


async def test_the_status_follows_and_the_etag_is_a_new_one(newsroom: Newsroom) -> None:
    work = await create(newsroom, "works", kind="report", title="Audit")

    for kind, after in (
        ("update", "updated"), ("url_moved", "updated"), ("correction", "corrected"),
        ("concern", "expression_of_concern"), ("correction", "expression_of_concern"),
        ("retraction", "retracted"), ("clarification", "retracted"), ("withdrawal", "withdrawn"),
        ("reinstatement", "current"), ("editors_note", "current"),
    ):  # fmt: skip
        await record(newsroom, work, kind=kind)
        assert await status(newsroom, work) == after

    stale = await replace(newsroom, "works", work, kind="report", title="Audit")
    assert stale.status_code == 412
    assert len(await events(newsroom, work)) == 10


def test_every_kind_leaves_a_status_that_there_is() -> None:
    assert STATUS_AFTER.keys() < set(EVENT_KINDS)
    for before in WORK_STATUSES:
        assert {status_after(before, kind) for kind in EVENT_KINDS} <= set(WORK_STATUSES)
        assert status_after(before, "reinstatement") == "current"
        assert status_after(before, "retraction") == "retracted"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "explosion"), ("kind", None), ("severity", "high"), ("summary", " \n "),
        ("summary", "x" * 2001), ("notice_url", "/relative"), ("occurred_on", "yesterday"),
        ("detected_by", "chain"), ("origin_id", None), ("id", "1"),
    ],
)  # fmt: skip
async def test_a_wrong_value_is_named(newsroom: Newsroom, field: str, value: Any) -> None:
    work = await create(newsroom, "works", kind="report", title="Audit")
    address = f"{work.headers['Location']}/events"

    answer = await newsroom.desk.post(address, json=EVENT | {field: value})

    assert (answer.status_code, pointers(answer)) == (422, [f"/{field}"])
    assert await events(newsroom, work) == []
    assert await status(newsroom, work) == "current"


async def test_events_cannot_be_changed_or_taken_back(newsroom: Newsroom) -> None:
    work = await create(newsroom, "works", kind="report", title="Audit")
    event = await record(newsroom, work)
    address = f"{work.headers['Location']}/events"

    for method in ("PUT", "PATCH", "DELETE"):
        assert (await newsroom.desk.request(method, address)).status_code == 405
        one = await newsroom.desk.request(method, f"{address}/{event.json()['id']}")
        assert one.status_code == 404


async def test_events_at_once_are_all_kept(newsroom: Newsroom) -> None:
    work = await create(newsroom, "works", kind="report", title="Audit")

    await asyncio.gather(*(record(newsroom, work, summary=f"{n}") for n in range(6)))

    assert {each["summary"] for each in await events(newsroom, work)} == set("012345")


async def test_the_newest_is_the_first_of_many_pages(newsroom: Newsroom) -> None:
    work = await create(newsroom, "works", kind="report", title="Audit")
    for number in range(5):
        await record(newsroom, work, summary=f"{number}")

    seen: list[str] = []
    address = f"{work.headers['Location']}/events?limit=2"
    while address:
        page = (await newsroom.desk.get(address)).json()
        seen += [each["summary"] for each in page["items"]]
        address = page["next"]

    assert seen == ["4", "3", "2", "1", "0"]


async def test_events_of_a_work_that_is_not_there(newsroom: Newsroom) -> None:
    address = "/desk/works/00000000-0000-4000-8000-000000000000/events"

    assert (await newsroom.desk.get(address)).status_code == 404
    assert (await newsroom.desk.post(address, json=EVENT)).status_code == 404


async def test_merging_brings_the_events_and_the_graver_status(newsroom: Newsroom) -> None:
    goes = await create(newsroom, "works", kind="report", title="Goes")
    stays = await create(newsroom, "works", kind="report", title="Stays")
    for work, kind in ((goes, "retraction"), (stays, "correction")):
        await record(newsroom, work, kind=kind)
    goes = await newsroom.desk.get(goes.headers["Location"])

    after = await merged(newsroom, "works", goes, stays)

    assert after.json()["status"] == "retracted"
    kinds = [each["kind"] for each in await events(newsroom, stays)]
    assert kinds == ["correction", "retraction"]


async def test_with_a_work_that_nothing_cites_go_its_events(newsroom: Newsroom) -> None:
    work = await create(newsroom, "works", kind="report", title="Audit")
    await record(newsroom, work)
    work = await newsroom.desk.get(work.headers["Location"])

    assert (await delete(newsroom, "works", work)).status_code == 204


async def test_reading_takes_another_right_than_recording(newsroom: Newsroom) -> None:
    work = await create(newsroom, "works", kind="report", title="Audit")
    address = f"{work.headers['Location']}/events"
    async with await newsroom.client("reader") as reader:
        assert (await reader.get(address)).status_code == 200
        assert (await reader.post(address, json=EVENT)).status_code == 403
    async with await newsroom.client("reporter") as reporter:
        assert (await reporter.post(address, json=EVENT)).status_code == 201
