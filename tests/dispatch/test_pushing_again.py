"""What changes while a feed is pushed, or after a push failed: in the end the partner has what is
so."""

import asyncio
from typing import Any

import psycopg

from app.dispatch.deliveries import pushing
from tests.dispatch.conftest import set_site
from tests.dispatch.office import ANYWAY, Office, office, sftp, titles
from tests.outbound.playing import Asked, Stranger, reply

__all__ = ["office", "sftp"]


async def test_a_delivery_that_is_changed_during_a_push_goes_to_its_new_address(
    office: Office, there: Stranger
) -> None:
    there.pages["/old"] = reply(500)
    delivery = await office.deliver(there.url("/old"))
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(asked: Asked, writer: asyncio.StreamWriter) -> None:
        begun.set()
        await go_on.wait()
        await reply(200)(asked, writer)

    there.pages |= {"/old": slow, "/new": reply(200)}
    pushing = asyncio.create_task(office.again(delivery))
    await begun.wait()
    changed = await office.newsroom.desk.put(
        f"/desk/deliveries/{delivery['id']}", json=office.fields(there.url("/new")), headers=ANYWAY
    )
    assert changed.status_code == 200
    go_on.set()
    await pushing

    await office.later()

    assert there.targets == ["/old", "/old", "/new"]
    assert [each["ok"] for each in await office.receipts(delivery)] == [True, True, False]


async def test_a_story_that_came_with_a_push_that_failed_is_taken_away_again(
    office: Office, there: Stranger
) -> None:
    """Nobody knows what a server keeps that answers 500. Without the story the feed is what it was
    before, byte for byte."""
    there.pages["/in"] = reply(200)
    await office.deliver(there.url("/in"), format="json")
    there.pages["/in"] = reply(500)
    live = await office.newsroom.published("Not for long")
    await office.later()
    assert b"Not for long" in there.asked[-1].body

    there.pages["/in"] = reply(200)
    await office.newsroom.desk.post(
        f"/desk/articles/{live.json()['id']}/withdraw", json={}, headers=ANYWAY
    )
    await office.later()
    await office.later()

    assert there.asked[-1].body == there.asked[0].body


async def test_push_now_means_now_also_after_a_failure(office: Office, there: Stranger) -> None:
    there.pages["/in"] = reply(200)
    delivery = await office.deliver(there.url("/in"))
    there.pages["/in"] = reply(500)
    await office.push(delivery)
    there.pages["/in"] = reply(200)

    await office.push(delivery)

    assert len(there.asked) == 3
    view = (await office.newsroom.desk.get(f"/desk/deliveries/{delivery['id']}")).json()
    assert (view["last"]["ok"], view["next_at"]) == (True, None)


async def test_a_receiver_takes_a_new_push_for_a_new_one(office: Office, there: Stranger) -> None:
    """Whoever has seen a `webhook-id` lets the second of its kind pass."""
    there.pages["/in"] = reply(200)
    delivery = await office.deliver(there.url("/in"))
    await office.push(delivery)
    await set_site(office.newsroom, name="The Kestrel Bay Herald")
    await office.later()

    assert len(there.asked) == 3
    assert len({asked.headers["webhook-id"] for asked in there.asked}) == 3


async def test_a_new_name_of_the_site_is_pushed(office: Office, there: Stranger) -> None:
    there.pages["/in"] = reply(200)
    await office.deliver(there.url("/in"))

    await set_site(office.newsroom, name="The Kestrel Bay Herald")
    await office.later()

    assert len(there.asked) == 2
    assert b"The Kestrel Bay Herald" in there.asked[-1].body


async def test_a_new_title_of_the_feed_is_pushed(office: Office, there: Stranger) -> None:
    there.pages["/in"] = reply(200)
    await office.deliver(there.url("/in"))

    renamed = {"title": "For good friends"}
    await office.newsroom.desk.put(f"/desk/feeds/{office.feed}", json=renamed, headers=ANYWAY)
    await office.newsroom.drain()
    await office.later()

    assert len(there.asked) == 2
    assert b"For good friends" in there.asked[-1].body


async def test_a_partner_that_may_have_feeds_again_gets_what_came_meanwhile(
    office: Office, there: Stranger
) -> None:
    there.pages["/in"] = reply(200)
    await office.deliver(there.url("/in"))
    place = f"/desk/partners/{office.partner}"
    fields = {"name": "Them", "feed_ids": [office.feed]}
    less: list[dict[str, Any]] = [{"active": False}, {"feed_ids": []}, {"formats": ["json"]}]
    for without in less:
        await office.newsroom.desk.put(place, json=fields | without, headers=ANYWAY)
        await office.newsroom.published(f"While without {without}")
        await office.later()
        before = len(there.asked)

        await office.newsroom.desk.put(place, json=fields, headers=ANYWAY)
        await office.later()

        assert len(there.asked) == before + 1
        assert f"While without {without}" in titles(there.asked[-1].body)

    await office.newsroom.desk.put(place, json=fields, headers=ANYWAY)
    await office.later()
    assert len(there.asked) == before + 1, "it has this already"


async def test_a_delivery_that_is_active_again_before_it_was_given_up_is_pushed(
    office: Office, there: Stranger
) -> None:
    """The job saw that it was not, and finds that it is when it would forget what is due."""
    there.pages["/in"] = reply(200)
    delivery = await office.deliver(there.url("/in"))
    place = f"/desk/partners/{office.partner}"
    fields = {"name": "Them", "feed_ids": [office.feed]}
    await office.newsroom.published("Meanwhile")
    await office.newsroom.follow()
    await office.newsroom.desk.put(place, json=fields | {"active": False}, headers=ANYWAY)
    await office.make_due()
    with psycopg.connect(office.newsroom.url) as other:
        other.execute("UPDATE desk.partners SET active = true")
        giving_up = asyncio.ensure_future(
            pushing.push.run(office.newsroom.database, target=delivery["id"])
        )
        await asyncio.sleep(0.3)
        other.commit()
    await giving_up
    await office.later()

    assert len(there.asked) == 2
    assert "Meanwhile" in titles(there.asked[-1].body)


async def test_a_feed_that_is_given_back_while_its_push_fails_for_that_is_pushed(
    office: Office, there: Stranger
) -> None:
    there.pages["/in"] = reply(200)
    delivery = await office.deliver(there.url("/in"))
    place = f"/desk/partners/{office.partner}"
    await office.newsroom.desk.put(place, json={"name": "Them"}, headers=ANYWAY)
    await office.newsroom.follow()
    await office.newsroom.published("Meanwhile")
    await office.newsroom.follow()
    await office.make_due()
    with psycopg.connect(office.newsroom.url) as other:
        other.execute("UPDATE desk.partners SET edit = edit + 1")
        told = [office.partner, office.feed]
        other.execute("INSERT INTO desk.partner_feeds (partner_id, feed_id) VALUES (%s, %s)", told)
        failing = asyncio.ensure_future(
            pushing.push.run(office.newsroom.database, target=delivery["id"])
        )
        await asyncio.sleep(0.3)
        other.commit()
    await failing
    await office.later()

    assert len(there.asked) == 2
    assert "Meanwhile" in titles(there.asked[-1].body)
