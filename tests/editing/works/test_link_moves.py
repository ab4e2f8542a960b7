"""What is known of a link, where its address moves to another work, or the work to another one."""

from tests.editing.merges import merged
from tests.editing.requests import create, replace
from tests.editing.works.links import checks, link, round_of_checks, show, wait_days
from tests.newsroom import Newsroom
from tests.outbound.playing import Stranger, reply

WORDS = " ".join(f"ferry{number} harbour{number * 3} pier" for number in range(150))
PAGE = f"<title>Fog at sea</title><article>{WORDS}</article>"
OTHER = " ".join(f"casino{number} bonus{number * 7} spins" for number in range(150))


async def test_what_is_known_goes_with_the_address_into_another_work(
    calling: Newsroom, there: Stranger
) -> None:
    there.pages["/a"] = reply(200, PAGE)
    goes = await create(calling, "works", kind="web_page", title="A", url=there.url("/a"))
    stays = await create(calling, "works", kind="report", title="B")
    identity = stays.json()["id"]
    await show(calling, goes.json()["id"])
    await round_of_checks(calling)
    there.pages["/a"] = reply(404)
    for days in (1.2, 4):
        await wait_days(calling, days)
        await round_of_checks(calling)

    await merged(calling, "works", goes, stays)
    await show(calling, identity)

    assert [each["failures"] for each in await checks(calling, identity)] == [2, 1, 0]
    await wait_days(calling, 4)
    await round_of_checks(calling)
    found = await link(calling, identity)
    assert (found["last_check"]["failures"], found["broken"]) == (3, True)
    there.pages["/a"] = reply(200, f"<article>{OTHER}</article>")
    await wait_days(calling, 8)
    await round_of_checks(calling)
    assert (await link(calling, identity))["verdict"] == "drifted"


async def test_what_was_found_at_another_address_is_not_shown(
    calling: Newsroom, there: Stranger
) -> None:
    there.pages["/a"] = reply(404)
    made = await create(calling, "works", kind="web_page", url=there.url("/a"))
    await show(calling, made.json()["id"])
    await round_of_checks(calling)

    await replace(calling, "works", made, kind="web_page", url=there.url("/b"))

    assert await checks(calling, made.json()["id"]) == []


async def test_links_are_listed_by_a_publication_that_was_merged(
    calling: Newsroom, there: Stranger
) -> None:
    there.pages["/a"] = reply(200, PAGE)
    goes, stays = [
        await create(calling, "publications", name=name, kind="newspaper") for name in ("A", "B")
    ]
    old = goes.json()["id"]
    made = await create(calling, "works", kind="web_page", url=there.url("/a"), publication_id=old)
    await show(calling, made.json()["id"])
    await round_of_checks(calling)

    await merged(calling, "publications", goes, stays)

    found = await calling.desk.get(f"/desk/link-health?publication={old}")
    assert [each["work_id"] for each in found.json()["items"]] == [made.json()["id"]]
