"""The health of links at the desk: the list, the numbers, and asking for a look."""

import subprocess
import sys
from collections import Counter

import pytest

from app.editing.works.links import rounds, tasks
from tests import newsroom as newsrooms
from tests.editing.requests import create
from tests.editing.works.links import checks, link, round_of_checks, show, wait_days, work
from tests.newsroom import Newsroom
from tests.outbound.playing import Stranger, reply

PAGE = "<title>Fog at sea</title><p>It came at dawn.</p>"


async def test_the_list_is_narrowed_and_paged(calling: Newsroom, there: Stranger) -> None:
    courier = await create(calling, "publications", name="The Courier", kind="newspaper")
    for number in range(7):
        there.pages[f"/{number}"] = reply(200, PAGE) if number % 2 else reply(410)
        publication_id = courier.json()["id"] if number < 3 else None
        await work(calling, there.url(f"/{number}"), publication_id=publication_id)
    await work(calling, there.url("/not-looked-at"), shown=False)
    await round_of_checks(calling)

    async def urls(query: str) -> list[str]:
        found = (await calling.desk.get(f"/desk/link-health?{query}")).json()["items"]
        return sorted(each["url"].rpartition("/")[2] for each in found)

    assert await urls("limit=100") == ["0", "1", "2", "3", "4", "5", "6"]
    assert await urls("verdict=gone") == ["0", "2", "4", "6"]
    assert await urls(f"publication={courier.json()['id']}") == ["0", "1", "2"]
    assert await urls(f"publication={courier.json()['id']}&verdict=ok") == ["1"]
    assert await urls("broken=true") == []

    seen: list[str] = []
    address = "/desk/link-health?limit=3"
    while address:
        page = (await calling.desk.get(address)).json()
        assert len(page["items"]) <= 3
        seen += [each["work_id"] for each in page["items"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == 7


async def test_a_row_tells_all_that_an_editor_needs(calling: Newsroom, there: Stranger) -> None:
    identity = await work(
        calling, there.url("/a"), title="Fog", archive_url="https://archive.example/1"
    )
    await round_of_checks(calling)

    found = await link(calling, identity)

    assert found | {"checked_at": 0, "next_check_at": 0, "last_check": 0} == {
        "work_id": identity, "title": "Fog", "publication_id": None, "url": there.url("/a"),
        "archive_url": "https://archive.example/1", "verdict": "not_found", "broken": False,
        "checked_at": 0, "next_check_at": 0, "last_check": 0,
    }  # fmt: skip
    assert found["last_check"]["failures"] == 1


async def test_wrong_parameters_are_named(newsroom: Newsroom) -> None:
    for query, name in (
        ("verdict=dead", "verdict"), ("broken=perhaps", "broken"), ("publication=1", "publication"),
        ("cursor=AAAA", "cursor"), ("q=x", "q"),
    ):  # fmt: skip
        answer = await newsroom.desk.get(f"/desk/link-health?{query}")
        assert answer.status_code == 422
        assert [each["parameter"] for each in answer.json()["errors"]] == [name]


async def test_the_numbers(calling: Newsroom, there: Stranger) -> None:
    there.pages["/ok"] = reply(200, PAGE)
    for target in ("/ok", "/a", "/b"):
        archive_url = "https://archive.example/1" if target == "/b" else None
        await work(calling, there.url(target), archive_url=archive_url)
    for _ in range(4):
        await round_of_checks(calling)
        await wait_days(calling, 4)

    summary = (await calling.desk.get("/desk/link-health/summary")).json()

    assert summary == {
        "by_verdict": {"not_found": 2, "ok": 1}, "checked": 3, "broken": 2, "without_archive": 1,
        "due": 2,
    }  # fmt: skip


async def test_an_editor_has_one_looked_at_now(calling: Newsroom, there: Stranger) -> None:
    """Also one that no article cites yet; pressed twice, it is one look."""
    there.pages["/a"] = reply(200, PAGE)
    identity = await work(calling, there.url("/a"), shown=False)

    for _ in range(2):
        answer = await calling.desk.post(f"/desk/works/{identity}/check")
        assert answer.status_code == 202, answer.text
        assert answer.headers["Location"] == f"/desk/works/{identity}/checks"
        assert (answer.json()["verdict"], answer.json()["last_check"]) == (None, None)
    assert there.asked == []
    await calling.drain()

    assert [each["verdict"] for each in await checks(calling, identity)] == ["ok"]


async def test_what_is_never_looked_at_is_refused(calling: Newsroom, there: Stranger) -> None:
    internal = await work(calling, there.url("/a"), shown=False, visibility="internal")
    nowhere = await create(calling, "works", kind="report", title="Tides")
    article = await calling.published()
    own = await calling.desk.post(f"/desk/works/from-article/{article.json()['id']}")
    assert own.status_code == 201, own.text

    for identity in (internal, nowhere.json()["id"], own.json()["id"]):
        answer = await calling.desk.post(f"/desk/works/{identity}/check")
        assert (answer.status_code, answer.json()["type"]) == (
            409, "urn:masthead:problem:conflict",
        )  # fmt: skip
    nobody = await calling.desk.post("/desk/works/00000000-0000-4000-8000-000000000000/check")
    assert nobody.status_code == 404
    await calling.drain()
    assert there.asked == []


async def test_a_merged_work_leads_to_the_other(calling: Newsroom, there: Stranger) -> None:
    goes = await create(calling, "works", kind="web_page", url=there.url("/a"))
    stays = await create(calling, "works", kind="web_page", url=there.url("/b"))
    merged = await calling.desk.post(
        f"/desk/works/{goes.json()['id']}/merge",
        json={"into": stays.json()["id"]}, headers={"If-Match": goes.headers["ETag"]},
    )  # fmt: skip
    assert merged.status_code == 200, merged.text

    for method, part in (("POST", "check"), ("GET", "checks")):
        answer = await calling.desk.request(method, f"/desk/works/{goes.json()['id']}/{part}")
        assert answer.status_code == 308
        assert answer.headers["Location"].endswith(f"/works/{stays.json()['id']}/{part}")


async def test_switched_off_nobody_is_asked(site_url: str, there: Stranger) -> None:
    async with newsrooms.opened(site_url, outbound=False) as newsroom:
        identity = await work(newsroom, there.url("/a"))
        answer = await newsroom.desk.post(f"/desk/works/{identity}/check")
        done = await round_of_checks(newsroom)
        await tasks.begin_round.run(newsroom.database)
        await tasks.check_one.run(newsroom.database, work_id=identity)
        await newsroom.drain()

    assert (answer.status_code, answer.json()["type"]) == (
        409, "urn:masthead:problem:outbound-off",
    )  # fmt: skip
    assert (done, there.asked) == (0, [])


async def test_the_clock_begins_a_round_and_goes_on_until_nothing_is_due(
    calling: Newsroom, there: Stranger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "MOST", 2)
    for number in range(3):
        there.pages[f"/{number}"] = reply(200, b"%PDF", content_type="application/pdf")
        await work(calling, there.url(f"/{number}"))
    await round_of_checks(calling)
    await wait_days(calling, 2)
    there.asked.clear()

    await tasks.begin_round.run(calling.database)
    await tasks.begin_round.run(calling.database)
    assert there.asked == []
    await calling.drain()

    assert Counter(there.targets) == {"/robots.txt": 2, "/0": 1, "/1": 1, "/2": 1}


async def test_works_are_enrolled_within_the_hour_and_dropped_when_readers_lose_them(
    calling: Newsroom, there: Stranger
) -> None:
    identity = await work(calling, there.url("/a"))
    await tasks.begin_round.run(calling.database)
    await calling.drain()
    assert there.asked == []  # its time comes some time in the next hour

    await wait_days(calling, 1 / 24)
    await show(calling, identity, status=410)
    await tasks.begin_round.run(calling.database)
    await calling.drain()

    assert there.asked == []


def test_the_worker_knows_these_jobs() -> None:
    names = "from app import jobs, worker; print(*(each.name for each in jobs.declared()))"

    known = subprocess.run(
        [sys.executable, "-c", names], check=True, capture_output=True, text=True
    ).stdout.split()

    assert {"works.links", "works.check_due", "works.check_one"} <= set(known)


def test_of_the_jobs_that_ask_others_one_runs_at_a_time() -> None:
    assert tasks.check_due.lock == tasks.check_one.lock is not None
