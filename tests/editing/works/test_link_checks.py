"""Looking at links: against a server that behaves as servers do."""

import asyncio
import gzip
from dataclasses import replace as replace_fields
from functools import partial
from itertools import pairwise
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import Database
from app.editing import calling as calling_out
from app.editing import changed
from app.editing.changed import Changed
from app.editing.works.links import rounds
from app.outbound.fetching import fetch
from app.settings import Settings
from tests.editing.requests import replace
from tests.editing.works.links import (
    checks,
    days_until_next,
    link,
    round_of_checks,
    show,
    wait_days,
    work,
)
from tests.newsroom import Newsroom
from tests.outbound.playing import Asked, Play, Stranger, redirect, reply

WORDS = " ".join(f"ferry{number} leaves quay{number * 3}" for number in range(150))
PAGE = f"<title>Fog at sea</title><article>{WORDS}</article>"
OTHER = " ".join(f"casino{number} bonus{number * 7} spins" for number in range(150))


async def hang_up(asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.close()


@pytest.mark.parametrize(
    ("play", "verdict", "status"),
    [
        (reply(200, PAGE), "ok", 200),
        (reply(200, "fog", content_type="text/plain"), "ok", 200),
        (redirect("/moved", 301), "moved_permanently", 200),
        (redirect("/moved", 302), "redirected", 200),
        (redirect("/", 301), "soft_404", 200),
        (redirect("/login?next=/a", 302), "paywalled", 200),
        (redirect("/a", 302), "server_error", None),
        (redirect("http://169.254.169.254/", 302), "skipped", None),
        (redirect("http://10.0.0.1/", 301), "skipped", None),
        (reply(200, "<title>Page not found | The Courier</title>"), "soft_404", 200),
        (reply(200, "<title>Just a moment...</title>"), "blocked", 200),
        (reply(200, "<title>Log in</title>"), "paywalled", 200),
        (reply(401), "blocked", 401),
        (reply(403, PAGE), "blocked", 403),
        (reply(429), "blocked", 429),
        (reply(451), "blocked", 451),
        (reply(999), "blocked", 999),
        (reply(404, "Not here"), "not_found", 404),
        (reply(410), "gone", 410),
        (reply(503), "server_error", 503),
        (hang_up, "server_error", None),
        (reply(200, gzip.compress(b"<p>" + b"\0" * 50_000_000, 1), content_encoding="gzip"),
         "ok", 200),
    ],
)  # fmt: skip
async def test_what_is_found(
    calling: Newsroom, there: Stranger, play: Play, verdict: str, status: int | None
) -> None:
    there.pages |= {"/a": play, "/moved": reply(200, PAGE), "/": reply(200, PAGE)}
    there.pages["/login?next=/a"] = reply(200, "<p>Welcome</p>")
    identity = await work(calling, there.url("/a"))

    assert await round_of_checks(calling)

    found = await link(calling, identity)
    assert (found["verdict"], found["broken"]) == (verdict, False)
    assert found["last_check"]["http_status"] == status
    assert await checks(calling, identity) == [found["last_check"]]
    assert (await calling.desk.get(f"/desk/works/{identity}")).json()["link"]["verdict"] == verdict


async def test_head_comes_first_and_get_only_where_it_says_more(
    calling: Newsroom, there: Stranger
) -> None:
    there.pages["/page"] = reply(200, PAGE)
    there.pages["/report.pdf"] = reply(200, b"%PDF", content_type="application/pdf")
    there.pages["/wait"] = reply(429, retry_after="60")
    for target in there.pages:
        await work(calling, there.url(target))

    await round_of_checks(calling)

    asked = [(each.method, each.target) for each in there.asked]
    assert asked.count(("GET", "/robots.txt")) == 1
    assert {each for each in asked if each[1] != "/robots.txt"} == {
        ("HEAD", "/page"), ("GET", "/page"), ("HEAD", "/report.pdf"), ("HEAD", "/wait"),
    }  # fmt: skip


async def test_a_server_that_cannot_head_is_asked_again(calling: Newsroom, there: Stranger) -> None:
    async def only_get(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await (reply(404) if asked.method == "HEAD" else reply(200, PAGE))(asked, writer)

    there.pages["/a"] = only_get
    identity = await work(calling, there.url("/a"))

    await round_of_checks(calling)

    assert (await link(calling, identity))["verdict"] == "ok"


async def test_only_what_readers_see_is_looked_at(calling: Newsroom, there: Stranger) -> None:
    there.pages["/a"] = reply(200, PAGE)
    await work(calling, there.url("/draft"), shown=False)
    await work(calling, there.url("/secret"), shown=False, visibility="internal")
    gone = await work(calling, there.url("/gone"))
    await show(calling, gone, status=410)
    shown = await work(calling, there.url("/a"))

    await round_of_checks(calling)
    await wait_days(calling, 2)
    await round_of_checks(calling)

    assert set(there.targets) == {"/robots.txt", "/a"}
    assert len(await checks(calling, shown)) == 2


async def test_what_becomes_internal_is_never_asked_for_again(
    calling: Newsroom, there: Stranger
) -> None:
    there.pages["/a"] = reply(200, PAGE)
    made = await calling.desk.post("/desk/works", json={"kind": "web_page", "url": there.url("/a")})
    await show(calling, made.json()["id"])
    await round_of_checks(calling)
    asked_before = len(there.asked)
    await show(calling, made.json()["id"], status=410)
    changed = await replace(
        calling, "works", made, kind="web_page", url=there.url("/a"), visibility="internal"
    )
    assert changed.status_code == 200, changed.text

    await show(calling, made.json()["id"])
    await wait_days(calling, 100)
    await round_of_checks(calling)

    assert len(there.asked) == asked_before
    assert await link(calling, made.json()["id"]) == {}


async def test_it_breaks_after_three_failures_in_a_week_and_heals_at_once(
    calling: Newsroom, there: Stranger
) -> None:
    there.pages["/a"] = reply(200, PAGE)
    identity = await work(calling, there.url("/a"))
    await round_of_checks(calling)
    there.pages["/a"] = reply(404)

    states = []
    for days in (1.2, 4, 4, 8):
        await wait_days(calling, days)
        assert await round_of_checks(calling)
        found = await link(calling, identity)
        states.append((found["last_check"]["failures"], found["broken"]))
    assert states == [(1, False), (2, False), (3, True), (4, True)]
    assert (await calling.desk.get(f"/desk/works/{identity}")).json()["link"]["broken"]

    there.pages["/a"] = reply(200, PAGE)
    await wait_days(calling, 8)
    await round_of_checks(calling)

    healed = await link(calling, identity)
    assert (healed["last_check"]["failures"], healed["broken"]) == (0, False)


async def test_readers_learn_of_it_when_it_breaks_and_when_it_heals(
    calling: Newsroom, there: Stranger
) -> None:
    """The work is noted as changed, for the press to make it and its articles again."""
    noted: list[Changed] = []

    async def collect(session: AsyncSession) -> None:
        noted.extend(changed.take(session))

    only_there = calling_out.session_info(
        Settings(_env_file=None), partial(fetch, allowed={there.endpoint})
    )
    database = Database(calling.url, before_commit=collect, info=only_there)
    watched = replace_fields(calling, database=database)
    identity = await work(calling, there.url("/a"))

    counts = []
    for status in (200, 404, 404, 404, 404, 403, 200, 200):
        there.pages["/a"] = reply(status, PAGE)
        await round_of_checks(watched)
        counts.append(len(noted))
        await wait_days(calling, 34)
    await database.close()

    assert counts == [0, 0, 0, 1, 1, 1, 2, 2]
    assert {(each.kind, str(each.id)) for each in noted} == {("work", identity)}


async def test_three_failures_in_one_day_break_nothing(calling: Newsroom, there: Stranger) -> None:
    identity = await work(calling, there.url("/a"))
    for _ in range(4):
        await round_of_checks(calling)
        await rounds.check_one(calling.database, UUID(identity), pause=0)

    found = await link(calling, identity)
    assert found["last_check"]["failures"] >= 4
    assert not found["broken"]


async def test_while_nobody_answers_nothing_breaks_for_it_may_be_our_own_line(
    calling: Newsroom, there: Stranger
) -> None:
    there.pages["/a"] = there.pages["/b"] = hang_up
    one = await work(calling, there.url("/a"))
    other = await work(calling, there.url("/b"))

    async def broken_after(days: int) -> list[bool]:
        await wait_days(calling, days)
        assert await round_of_checks(calling) == 2
        return [(await link(calling, each))["broken"] for each in (one, other)]

    for _ in range(4):
        assert await broken_after(8) == [False, False]
    there.pages["/b"] = reply(404)
    assert True in await broken_after(8)
    assert await broken_after(8) == [True, True]


async def test_to_be_turned_away_for_years_breaks_nothing(
    calling: Newsroom, there: Stranger
) -> None:
    there.pages["/a"] = reply(403)
    identity = await work(calling, there.url("/a"))

    for _ in range(5):
        await round_of_checks(calling)
        await wait_days(calling, 100)

    found = await link(calling, identity)
    assert (found["verdict"], found["broken"], found["last_check"]["failures"]) == (
        "blocked", False, 0,
    )  # fmt: skip


async def test_the_pauses_grow(calling: Newsroom, there: Stranger) -> None:
    there.pages["/a"] = reply(200, PAGE)
    identity = await work(calling, there.url("/a"))

    pauses = []
    for days in (1.11, 7.8, 33.1, 99.1):
        await round_of_checks(calling)
        pauses.append(days_until_next(await link(calling, identity)))
        assert not await round_of_checks(calling)
        await wait_days(calling, days)

    for pause, expected in zip(pauses, (1, 7, 30, 90), strict=True):
        assert expected <= pause <= 1.1 * expected


async def test_a_page_that_turned_into_another_has_drifted(
    calling: Newsroom, there: Stranger
) -> None:
    there.pages["/a"] = reply(200, PAGE)
    identity = await work(calling, there.url("/a"))
    await round_of_checks(calling)
    first = await link(calling, identity)

    there.pages["/a"] = reply(200, PAGE.replace("ferry7 ", "boat7 "))
    await wait_days(calling, 2)
    await round_of_checks(calling)
    touched = await link(calling, identity)
    there.pages["/a"] = reply(200, PAGE.replace(WORDS, OTHER))
    await wait_days(calling, 10)
    await round_of_checks(calling)
    other = await link(calling, identity)
    there.pages["/a"] = reply(200, PAGE)
    await wait_days(calling, 100)
    await round_of_checks(calling)
    back = await link(calling, identity)

    assert first["last_check"]["similarity"] is None
    assert touched["verdict"] == "ok"
    assert touched["last_check"]["similarity"] >= 0.85
    assert (other["verdict"], other["broken"]) == ("drifted", False)
    assert other["last_check"]["similarity"] < 0.85
    assert (back["verdict"], back["last_check"]["similarity"]) == ("ok", 1.0)


async def test_robots_are_obeyed(calling: Newsroom, there: Stranger) -> None:
    there.pages["/robots.txt"] = reply(200, "User-agent: *\nDisallow: /private/")
    there.pages |= {"/a": reply(200, PAGE), "/private/b": reply(200, PAGE)}
    for target in ("/a", "/private/b"):
        await work(calling, there.url(target))

    await round_of_checks(calling)

    assert "/private/b" not in there.targets
    items = (await calling.desk.get("/desk/link-health?verdict=skipped")).json()["items"]
    assert [each["url"] for each in items] == [there.url("/private/b")]


async def test_a_server_that_wants_to_be_left_alone_is(calling: Newsroom, there: Stranger) -> None:
    """Also with the other pages that are due there."""
    for number in range(3):
        there.pages[f"/{number}"] = reply(429, retry_after=str(3 * 86_400))
        await work(calling, there.url(f"/{number}"))

    await round_of_checks(calling)
    await wait_days(calling, 2.9)
    await round_of_checks(calling)
    assert len(there.asked) == 2  # robots.txt and one page

    await wait_days(calling, 0.5)
    await round_of_checks(calling)
    assert len(there.asked) > 2


async def test_hosts_are_asked_side_by_side_and_each_one_in_turn(
    calling: Newsroom, there: Stranger
) -> None:
    open_now, most = 0, 0

    async def counting(asked: Asked, writer: asyncio.StreamWriter) -> None:
        nonlocal open_now, most
        open_now += 1
        most = max(most, open_now)
        await asyncio.sleep(0.01)
        await reply(200, PAGE)(asked, writer)
        open_now -= 1

    for number in range(8):
        there.pages[f"/{number}"] = counting
        await work(calling, there.url(f"/{number}"))

    await round_of_checks(calling)

    assert len(there.asked) == 1 + 2 * 8
    assert most == 1


async def test_between_rounds_there_is_a_pause_too(calling: Newsroom, there: Stranger) -> None:
    moments: list[float] = []

    async def timed(asked: Asked, writer: asyncio.StreamWriter) -> None:
        moments.append(asyncio.get_running_loop().time())
        await reply(200, PAGE)(asked, writer)

    there.pages = {"/a": timed, "/robots.txt": timed}
    identity = UUID(await work(calling, there.url("/a")))

    for _ in range(2):
        await rounds.check_one(calling.database, identity, pause=0.1)

    assert len(moments) == 6
    assert all(later - earlier >= 0.1 for earlier, later in pairwise(moments))


async def test_an_address_that_was_changed_begins_anew(calling: Newsroom, there: Stranger) -> None:
    made = await calling.desk.post("/desk/works", json={"kind": "web_page", "url": there.url("/a")})
    identity = made.json()["id"]
    await show(calling, identity)
    for _ in range(2):
        await round_of_checks(calling)
        await wait_days(calling, 4)
    there.pages["/b"] = reply(500)

    changed = await replace(calling, "works", made, kind="web_page", url=there.url("/b"))
    assert changed.status_code == 200
    await round_of_checks(calling)

    found = await link(calling, identity)
    assert (found["verdict"], found["last_check"]["failures"]) == ("server_error", 1)
    assert len(await checks(calling, identity)) == 1


async def test_what_was_found_at_an_old_address_is_not_written_to_the_new_one(
    calling: Newsroom, there: Stranger
) -> None:
    made = await calling.desk.post("/desk/works", json={"kind": "web_page", "url": there.url("/a")})
    await show(calling, made.json()["id"])

    async def change_meanwhile(asked: Asked, writer: asyncio.StreamWriter) -> None:
        if asked.method == "GET":
            await replace(calling, "works", made, kind="web_page", url=there.url("/b"))
        await reply(404)(asked, writer)

    there.pages["/a"] = change_meanwhile

    await round_of_checks(calling)

    assert await checks(calling, made.json()["id"]) == []


async def test_the_last_twenty_looks_are_kept_and_the_first_failure(
    calling: Newsroom, there: Stranger
) -> None:
    identity = await work(calling, there.url("/a"))
    for _ in range(25):
        await round_of_checks(calling)
        await wait_days(calling, 8)

    found = [each["failures"] for each in await checks(calling, identity)]

    assert found == [*range(25, 5, -1), 1]


async def test_what_is_found_out_is_no_edit(calling: Newsroom, there: Stranger) -> None:
    there.pages["/a"] = reply(200, PAGE)
    identity = await work(calling, there.url("/a"))
    before = await calling.desk.get(f"/desk/works/{identity}")

    await round_of_checks(calling)

    after = await calling.desk.get(f"/desk/works/{identity}")
    assert after.headers["ETag"] == before.headers["ETag"]
    assert after.json()["changed_at"] == before.json()["changed_at"]


async def test_one_page_that_cannot_be_looked_at_does_not_keep_the_others(
    calling: Newsroom, there: Stranger
) -> None:
    there.pages["/a"] = reply(200, PAGE)
    strange = await work(calling, there.url("/strange"))
    async with calling.database.write() as session:
        await session.execute(
            text("UPDATE desk.works SET url = 'http://[::1' WHERE id = :id"), {"id": strange}
        )
    fine = await work(calling, there.url("/a"))

    await round_of_checks(calling)

    assert (await link(calling, fine))["verdict"] == "ok"
    assert (await link(calling, strange))["verdict"] == "skipped"
