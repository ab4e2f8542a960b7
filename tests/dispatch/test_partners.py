"""Partners: what they may have, under which keys, how much of it, and what is told of that."""

from typing import Any
from uuid import UUID

import feedparser
import pytest
from sqlalchemy import text

from app.dispatch.partners import commands
from app.dispatch.partners.schemas import PartnerKeyCreate
from app.errors import Forbidden
from app.identity.actor import Actor
from app.identity.scopes import Scope
from tests.dispatch.saved import key_of, partner, pull, saved_feed, usage
from tests.newsroom import Newsroom

NEEDED = {Scope.PARTNERS_MANAGE}


async def test_a_partner_pulls_what_nobody_else_has(newsroom: Newsroom, feed: Any) -> None:
    made = await partner(newsroom, feed["id"])
    [links] = made["feeds"]
    key = (await key_of(newsroom, made["id"]))["key"]

    answer = await pull(newsroom, key, links["addresses"]["rss"])

    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    parsed = feedparser.parse(answer.content)
    assert not parsed.bozo
    assert [entry.title for entry in parsed.entries] == ["Fog at sea"]
    own = "https://api.example.org/desk/partner-feeds/for-partners.rss"
    assert [link.href for link in parsed.feed.links if link.rel == "self"] == [own]
    await newsroom.read("/feeds/saved/for-partners.rss", 404)


async def test_no_partner_has_what_another_has(newsroom: Newsroom, feed: Any) -> None:
    other = await saved_feed(newsroom, "For others")
    made = await partner(newsroom, feed["id"], formats=["rss"])
    key = (await key_of(newsroom, made["id"]))["key"]

    await pull(newsroom, key, "/desk/partner-feeds/for-others.rss", 404)
    await pull(newsroom, key, "/desk/partner-feeds/for-partners.json", 404)
    await pull(newsroom, key, "/desk/partner-feeds/for-partners.rss")
    assert (await usage(newsroom, made["id"]))["total"]["requests"] == 1
    assert [each["id"] for each in made["feeds"]] == [feed["id"]] != [other["id"]]


async def test_a_partners_key_opens_nothing_else(newsroom: Newsroom, feed: Any) -> None:
    key = (await key_of(newsroom, (await partner(newsroom, feed["id"]))["id"]))["key"]

    for address in ("/desk/me", "/desk/feeds", "/desk/partners", "/desk/articles", "/desk/site"):
        await pull(newsroom, key, address, 403)


async def test_a_key_ends_at_once(newsroom: Newsroom, feed: Any) -> None:
    made = await partner(newsroom, feed["id"])
    keys = f"/desk/partners/{made['id']}/keys"
    first, second = [await key_of(newsroom, made["id"]) for _ in range(2)]

    revoked = await newsroom.desk.delete(f"{keys}/{first['id']}")

    assert revoked.json()["revoked_at"] is not None
    await pull(newsroom, first["key"], "/desk/partner-feeds/for-partners.rss", 401)
    await pull(newsroom, second["key"], "/desk/partner-feeds/for-partners.rss")
    listed = (await newsroom.desk.get(keys)).json()["items"]
    assert [(each["id"], each["revoked_at"] is None) for each in listed] == [
        (second["id"], True), (first["id"], False),
    ]  # fmt: skip
    assert "key" not in listed[0]


async def test_a_partner_that_is_suspended_or_deleted_gets_nothing(
    newsroom: Newsroom, feed: Any
) -> None:
    made = await partner(newsroom, feed["id"])
    address = "/desk/partner-feeds/for-partners.rss"
    key = (await key_of(newsroom, made["id"]))["key"]
    fields = {"name": "Them", "feed_ids": [feed["id"]]}
    place, anyway = f"/desk/partners/{made['id']}", {"If-Match": "*"}

    await newsroom.desk.put(place, json=fields | {"active": False}, headers=anyway)
    answer = await pull(newsroom, key, address, 403)
    assert "no feeds at the moment" in answer.json()["detail"]

    await newsroom.desk.put(place, json=fields, headers=anyway)
    await pull(newsroom, key, address)
    assert (await newsroom.desk.delete(place, headers=anyway)).status_code == 204
    await pull(newsroom, key, address, 401)


async def test_a_key_that_lost_its_partner_is_nobodys(newsroom: Newsroom, feed: Any) -> None:
    key = (await key_of(newsroom, (await partner(newsroom, feed["id"]))["id"]))["key"]
    async with newsroom.database.write() as session:
        await session.execute(text("DELETE FROM desk.partner_keys"))

    await pull(newsroom, key, "/desk/partner-feeds/for-partners.rss", 403)


async def test_only_those_who_manage_partners_make_their_keys(
    newsroom: Newsroom, feed: Any
) -> None:
    made = await partner(newsroom, feed["id"])
    path = f"/desk/partners/{made['id']}/keys"
    async with await newsroom.client("chief") as chief, await newsroom.client("editor") as editor:
        assert (await editor.post(path, json={"name": "x"})).status_code == 403
        key = await chief.post(path, json={"name": "x"})
        # The chief has no scope to manage keys, and gets none by this.
        assert (await chief.get("/desk/keys")).status_code == 403

    assert (key.status_code, key.json()["scopes"]) == (201, ["feeds:read"])
    assert key.json()["created_by"] == "a test's chief"


async def test_the_right_is_checked_whoever_gives_the_command(
    newsroom: Newsroom, feed: Any
) -> None:
    made = await partner(newsroom, feed["id"])
    nobody = Actor(kind="key", id=None, name="Nobody", scopes=frozenset(Scope) - NEEDED)

    async with newsroom.database.write() as session:
        with pytest.raises(Forbidden):
            await commands.create_key(
                session, nobody, UUID(made["id"]), PartnerKeyCreate(name="Theirs")
            )
    assert (await newsroom.desk.get(f"/desk/partners/{made['id']}/keys")).json()["items"] == []


async def test_the_newsroom_sees_what_a_partner_would_and_is_not_counted(
    newsroom: Newsroom, feed: Any
) -> None:
    async with await newsroom.client("editor") as editor:
        answer = await editor.get("/desk/partner-feeds/for-partners.json")

    assert [each["title"] for each in answer.json()["items"]] == ["Fog at sea"]
    assert "RateLimit" not in answer.headers


async def test_an_unchanged_feed_is_304_until_something_in_it_changes(
    newsroom: Newsroom, feed: Any
) -> None:
    made = await partner(newsroom, feed["id"])
    key = (await key_of(newsroom, made["id"]))["key"]
    address = "/desk/partner-feeds/for-partners.rss"
    first = await pull(newsroom, key, address)
    etag = first.headers["ETag"]

    same = await pull(newsroom, key, address, 304, etag=etag)
    assert (same.content, same.headers["ETag"]) == (b"", etag)
    await newsroom.published("The second ferry")
    second = await pull(newsroom, key, address, etag=etag)
    assert second.headers["ETag"] != etag
    assert b"The second ferry" in second.content
    other = await pull(newsroom, key, address.replace(".rss", ".json"))
    assert other.headers["ETag"] != second.headers["ETag"]
    renamed = {"title": "Another name", "slug": "for-partners"}
    etag = (await pull(newsroom, key, address)).headers["ETag"]
    answer = await newsroom.desk.put(
        f"/desk/feeds/{feed['id']}", json=renamed, headers={"If-Match": "*"}
    )
    assert answer.status_code == 200, answer.text
    assert b"Another name" in (await pull(newsroom, key, address, etag=etag)).content

    report = await usage(newsroom, made["id"])
    [day] = report["days"]
    by_format = {each["format"]: each for each in day["feeds"]}
    assert (by_format["rss"]["requests"], by_format["rss"]["not_modified"]) == (5, 1)
    assert by_format["json"]["bytes"] == len(other.content)
    assert report["total"]["requests"] == day["requests"] == 6


async def test_a_story_that_is_taken_away_is_out_of_it_at_once(
    newsroom: Newsroom, feed: Any
) -> None:
    live = await newsroom.published("Not for long")
    key = (await key_of(newsroom, (await partner(newsroom, feed["id"]))["id"]))["key"]
    address = "/desk/partner-feeds/for-partners.rss"
    assert b"Not for long" in (await pull(newsroom, key, address)).content

    await newsroom.desk.post(
        f"/desk/articles/{live.json()['id']}/withdraw", json={}, headers={"If-Match": "*"}
    )

    assert b"Not for long" not in (await pull(newsroom, key, address)).content


async def test_what_is_not_there_cannot_be_given(newsroom: Newsroom, feed: Any) -> None:
    strange = "5b0c7a9e-3f1d-4c55-9d0a-6f2f8f5f7d11"
    answer = await newsroom.desk.post(
        "/desk/partners", json={"name": "Them", "feed_ids": [feed["id"], strange]}
    )

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/feed_ids/1"


async def test_partners_are_listed_by_name_and_changed_only_by_who_has_seen_them(
    newsroom: Newsroom, feed: Any
) -> None:
    for name in ("Bay Wire", "Aggregator", "Bay Wire", "Courier"):
        await partner(newsroom, name=name)

    names, address = [], "/desk/partners?limit=1"
    while address:
        page = (await newsroom.desk.get(address)).json()
        names += [each["name"] for each in page["items"]]
        address = page["next"]
    assert names == ["Aggregator", "Bay Wire", "Bay Wire", "Courier"]

    made = await partner(newsroom, feed["id"])
    place = f"/desk/partners/{made['id']}"
    seen = await newsroom.desk.get(place)
    stale = {"If-Match": seen.headers["ETag"]}
    changed = await newsroom.desk.put(place, json={"name": "Them"}, headers=stale)
    assert (changed.status_code, changed.json()["feed_ids"]) == (200, [])
    again = await newsroom.desk.put(place, json={"name": "Us"}, headers=stale)
    assert again.status_code == 412
