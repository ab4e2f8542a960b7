"""WebSub: which feeds a change touches, how hubs are told, and what if they do not listen."""

import asyncio
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import pytest
from sqlalchemy import text

from app.dispatch import outcomes
from app.identity.actor import SYSTEM
from app.publishing.commands import Options, publish_many
from tests.dispatch.conftest import SITE, set_site
from tests.newsroom import Newsroom
from tests.outbound.playing import Asked, Stranger, reply

API = "https://api.example.org"


@pytest.fixture
async def hub(newsroom: Newsroom, there: Stranger) -> str:
    """The site's hub, which takes all pings, and has taken those for the site itself."""
    there.pages["/hub"] = reply(204)
    url = there.url("/hub")
    await newsroom.section("Harbour")
    await set_site(newsroom, hubs=[url])
    await newsroom.drain()
    await settle(newsroom)
    there.asked.clear()
    return url


async def settle(newsroom: Newsroom) -> None:
    """Follow the log, and have at once what is to be told later."""
    await newsroom.follow()
    await soon(newsroom)
    await newsroom.follow()


async def soon(newsroom: Newsroom) -> None:
    async with newsroom.database.write() as session:
        await session.execute(
            text("UPDATE desk.errands SET next_at = now() WHERE next_at IS NOT NULL")
        )


def pinged(there: Stranger) -> list[str]:
    """The feeds that the hub was told of."""
    found = []
    for asked in there.asked:
        form = parse_qs(asked.body.decode(), strict_parsing=True)
        assert form["hub.mode"] == ["publish"]
        assert form["hub.url"] == form["hub.topic"]
        assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
        found += form["hub.url"]
    return sorted(found)


async def hub_view(newsroom: Newsroom) -> Any:
    answer = await newsroom.desk.get("/desk/hubs")
    [view] = answer.json()["items"]
    return view


async def test_a_hub_hears_of_each_feed_that_a_story_is_in(
    newsroom: Newsroom, hub: str, there: Stranger
) -> None:
    topic = (await newsroom.desk.post("/desk/topics", json={"name": "Tides"})).json()["id"]
    section = await newsroom.section("Harbour")
    below = await newsroom.section("Ferries", parent_id=section)
    await newsroom.published(section_id=below, topic_ids=[topic])

    await settle(newsroom)

    feeds = ["latest.{}?edition=en", "sections/harbour.{}", "sections/harbour/ferries.{}",
             "topics/tides.{}", "topics/tides.{}?edition=en"]  # fmt: skip
    assert pinged(there) == sorted(
        f"{API}/feeds/{feed.format(name)}" for feed in feeds for name in ("rss", "atom", "json")
    )
    view = await hub_view(newsroom)
    assert (view["url"], view["feeds"], view["waiting"], view["failing"]) == (hub, 15, 0, 0)
    assert all(ping["ok"] and ping["status"] == 204 for ping in view["pings"])


async def test_each_pinged_address_is_what_the_feed_says_of_itself(
    newsroom: Newsroom, hub: str, there: Stranger
) -> None:
    person = (await newsroom.desk.post("/desk/people", json={"name": "Juno T"})).json()["id"]
    await newsroom.published(bylines=[{"person_id": person}])

    await settle(newsroom)

    assert len(pinged(there)) == 12
    for topic in pinged(there):
        answer = await newsroom.reader.get(topic.removeprefix(API))
        assert answer.status_code == 200, topic
        assert f'<{topic}>; rel="self"' in answer.headers["Link"]
        assert f'<{hub}>; rel="hub"' in answer.headers["Link"]


async def test_a_story_that_is_taken_away_is_told_of(
    newsroom: Newsroom, hub: str, there: Stranger
) -> None:
    live = await newsroom.published()
    await settle(newsroom)
    there.asked.clear()

    await newsroom.desk.post(
        f"/desk/articles/{live.json()['id']}/withdraw", json={}, headers={"If-Match": "*"}
    )
    await settle(newsroom)

    assert f"{API}/feeds/sections/news.rss" in pinged(there)


async def test_quiet_changes_and_refreshes_are_not_told(
    newsroom: Newsroom, hub: str, there: Stranger
) -> None:
    live = await newsroom.published()
    await settle(newsroom)
    there.asked.clear()

    imported = await newsroom.article("Of 1998")
    async with newsroom.database.write() as session:
        both = [UUID(imported.json()["id"]), UUID(live.json()["id"])]
        await publish_many(session, SYSTEM, both, options=Options(quiet=True))
    section = await newsroom.section("News")
    renamed = await newsroom.desk.put(
        f"/desk/sections/{section}", json={"name": "The news"}, headers={"If-Match": "*"}
    )
    assert renamed.status_code == 200
    await newsroom.drain()
    await settle(newsroom)

    assert pinged(there) == []


async def test_a_hub_whose_address_no_index_would_take_is_refused(newsroom: Newsroom) -> None:
    """It would end all that others are told."""
    told = SITE | {"hubs": ["https://hub.example/", f"https://hub.example/{'x' * 481}"]}
    answer = await newsroom.desk.put("/desk/site", json=told, headers={"If-Match": "*"})

    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == ["/hubs/1"]
    told["hubs"] = [f"https://hub.example/{'x' * 480}"]
    answer = await newsroom.desk.put("/desk/site", json=told, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text


async def test_a_hub_that_does_not_answer_is_asked_once_for_all_feeds(
    newsroom: Newsroom, hub: str, there: Stranger
) -> None:
    async def hangs_up(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.close()

    there.pages["/hub"] = hangs_up
    await newsroom.published()
    await settle(newsroom)

    assert len(there.asked) == 1
    view = await hub_view(newsroom)
    assert view["failing"] == view["waiting"] == 6

    there.pages["/hub"] = reply(204)
    there.asked.clear()
    await settle(newsroom)
    assert len(pinged(there)) == 6


async def test_many_changes_within_seconds_are_one_ping(
    newsroom: Newsroom, hub: str, there: Stranger
) -> None:
    for number in range(3):
        await newsroom.published(f"Story {number}")
        await newsroom.follow()
    assert pinged(there) == []

    await settle(newsroom)

    assert len(pinged(there)) == len(set(pinged(there))) == 6

    await newsroom.published("The last one")
    await newsroom.follow()
    async with newsroom.database.read() as session:
        waits = text("SELECT min(extract(epoch FROM next_at - tried_at)) FROM desk.errands")
        assert (await session.execute(waits)).scalar_one() == pytest.approx(10)


async def test_a_hub_that_fails_is_asked_again_ever_later(
    newsroom: Newsroom, hub: str, there: Stranger
) -> None:
    there.pages["/hub"] = reply(500, "Out of order", content_type="text/plain")
    await newsroom.published()
    await settle(newsroom)

    view = await hub_view(newsroom)
    assert (view["waiting"], view["failing"], view["last_ok_at"]) == (6, 6, None)
    [ping, *_] = view["pings"]
    assert (ping["status"], ping["failures"]) == (500, 1)
    assert ping["reason"] == "It answered 500: Out of order"

    there.asked.clear()
    await newsroom.follow()
    assert there.asked == []
    there.pages["/hub"] = reply(202)
    await soon(newsroom)
    await newsroom.follow()

    view = await hub_view(newsroom)
    assert (len(pinged(there)), view["waiting"], view["failing"]) == (6, 0, 0)


async def test_a_hub_that_never_answers_is_given_up_and_tried_again_with_the_next_story(
    newsroom: Newsroom, hub: str, there: Stranger
) -> None:
    there.pages["/hub"] = reply(503)
    await newsroom.published()
    await newsroom.follow()
    for _ in range(outcomes.ATTEMPTS + 2):
        await soon(newsroom)
        await newsroom.follow()
    assert len(pinged(there)) == 6 * outcomes.ATTEMPTS
    view = await hub_view(newsroom)
    assert (view["waiting"], view["failing"]) == (0, 6)

    there.pages["/hub"] = reply(202)
    await newsroom.published("Another")
    await settle(newsroom)

    assert (await hub_view(newsroom))["failing"] == 0


@pytest.mark.parametrize("status", [400, 301, 404])
async def test_a_hub_that_says_no_is_not_asked_twice(
    newsroom: Newsroom, hub: str, there: Stranger, status: int
) -> None:
    there.pages["/hub"] = reply(status, location="https://elsewhere.example/")
    await newsroom.published()
    await settle(newsroom)
    await settle(newsroom)

    view = await hub_view(newsroom)
    assert (len(pinged(there)), view["waiting"], view["failing"]) == (6, 0, 6)


async def test_a_private_address_is_not_called(newsroom: Newsroom, there: Stranger) -> None:
    await newsroom.section("News")
    await set_site(newsroom, hubs=["http://127.0.0.1:1/hub"])
    await settle(newsroom)
    await newsroom.published()
    await settle(newsroom)

    view = await hub_view(newsroom)
    assert view["waiting"] == 0
    assert view["pings"][0]["reason"] == "It does not lead to the public internet."


async def test_what_waited_for_a_hub_that_is_no_longer_ours_is_forgotten(
    newsroom: Newsroom, hub: str, there: Stranger
) -> None:
    await newsroom.published()
    await newsroom.follow()
    await set_site(newsroom, hubs=[])
    await newsroom.drain()

    await settle(newsroom)

    assert pinged(there) == []
    async with newsroom.database.read() as session:
        left = await session.execute(text("SELECT count(*) FROM desk.errands"))
        assert left.scalar_one() == 0
