"""Two changes at the same moment: whatever comes first, readers have both in the end.

What a publish or an edit shows was read before its commit, so another one can fall between.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import psycopg

from app.editing.expectation import anything
from app.identity.actor import SYSTEM
from app.published import changes
from app.publishing import commands
from app.publishing.refresh import rerender_all
from tests.newsroom import Newsroom


@asynccontextmanager
async def _publishing(newsroom: Newsroom, article_id: str) -> AsyncIterator[None]:
    """While an article is being published: all of it is read, nothing is written yet."""
    async with newsroom.database.write() as session:
        await commands.publish(session, SYSTEM, UUID(article_id), expected=anything)
        yield


@asynccontextmanager
async def _nobody_else_writes(newsroom: Newsroom) -> AsyncIterator[None]:
    """Whoever gets to his flush meanwhile waits, in the order of coming."""
    async with await psycopg.AsyncConnection.connect(newsroom.url) as connection:
        await connection.execute("SELECT pg_advisory_xact_lock(%s)", (changes.LOCK,))
        yield


async def _until_waiting(newsroom: Newsroom, count: int) -> None:
    query = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    async with await psycopg.AsyncConnection.connect(newsroom.url, autocommit=True) as connection:
        while True:
            row = await (await connection.execute(query)).fetchone()
            if row and row[0] >= count:
                return
            await asyncio.sleep(0.02)


async def _change(newsroom: Newsroom, path: str, **fields: Any) -> None:
    seen = await newsroom.desk.get(path)
    answer = await newsroom.desk.put(path, json=fields, headers={"If-Match": seen.headers["ETag"]})
    assert answer.status_code == 200, answer.text


async def _headlines(newsroom: Newsroom, collection_id: str) -> list[str]:
    shown = await newsroom.read(f"/v1/collections/{collection_id}")
    return [card["headline"] for card in shown["items"]]


async def test_a_related_story_is_refreshed_while_another_embeds_it(newsroom: Newsroom) -> None:
    sport = await newsroom.section("Sport")
    one = await newsroom.published("One", section_id=sport)
    other = await newsroom.article("Other", related_ids=[one.json()["id"]])

    async with _publishing(newsroom, other.json()["id"]):
        await _change(newsroom, f"/desk/sections/{sport}", name="Games")
        await newsroom.drain()
    await newsroom.drain()

    shown = await newsroom.read(f"/v1/articles/{other.json()['id']}")
    assert shown["related"][0]["section"]["name"] == "Games"


async def test_a_person_is_renamed_while_first_named_in_public(newsroom: Newsroom) -> None:
    person = (await newsroom.desk.post("/desk/people", json={"name": "Old Name"})).json()["id"]
    article = await newsroom.article(bylines=[{"person_id": person}])

    async with _publishing(newsroom, article.json()["id"]):
        await _change(newsroom, f"/desk/people/{person}", name="New Name")
    await newsroom.drain()

    shown = await newsroom.read(f"/v1/articles/{article.json()['id']}")
    assert shown["byline_text"] == "New Name"
    assert (await newsroom.read(f"/v1/people/{person}"))["name"] == "New Name"


async def test_a_field_becomes_internal_while_its_holder_is_edited(newsroom: Newsroom) -> None:
    def schema(public: bool) -> dict[str, Any]:
        return {"type": "object", "properties": {"phone": {"type": "string", "x-public": public}}}

    await newsroom.desk.put("/desk/schemas/person", json=schema(True), headers={"If-Match": "*"})
    sent = {"name": "Thea", "extras": {"phone": "0700-canary"}}
    person = (await newsroom.desk.post("/desk/people", json=sent)).json()["id"]
    await newsroom.published(bylines=[{"person_id": person}])

    async with _nobody_else_writes(newsroom):
        one = asyncio.create_task(_change(newsroom, "/desk/schemas/person", **schema(False)))
        await _until_waiting(newsroom, 1)
        edited = sent | {"role": "Editor"}
        two = asyncio.create_task(_change(newsroom, f"/desk/people/{person}", **edited))
        await _until_waiting(newsroom, 2)
    await asyncio.gather(one, two)
    await newsroom.drain()

    shown = await newsroom.read(f"/v1/people/{person}")
    assert shown["role"] == "Editor"
    assert "0700-canary" not in str(shown)


async def test_the_site_moves_while_a_section_is_renamed(newsroom: Newsroom) -> None:
    section = await newsroom.section("News")
    site = (await newsroom.desk.get("/desk/site")).json()
    moved = {name: site[name] for name in site if name not in ("id", "changed_at", "edit")}
    base = "https://new.example.org"
    moved["addresses"] = [{"kind": "canonical", "priority": 0, "web": base, "api": base,
                           "media": base}]  # fmt: skip

    async with _nobody_else_writes(newsroom):
        one = asyncio.create_task(_change(newsroom, "/desk/site", **moved))
        await _until_waiting(newsroom, 1)
        two = asyncio.create_task(_change(newsroom, f"/desk/sections/{section}", name="Today"))
        await _until_waiting(newsroom, 2)
    await asyncio.gather(one, two)
    await newsroom.drain()

    shown = await newsroom.read(f"/v1/sections/{section}")
    assert shown["name"] == "Today"
    assert shown["canonical_url"].startswith(base)


async def test_a_story_is_curated_while_it_is_published(newsroom: Newsroom) -> None:
    made = await newsroom.desk.post("/desk/collections", json={"edition": "en", "title": "Choice"})
    path = f"/desk/collections/{made.json()['id']}"
    entering, leaving = await newsroom.article("Entering"), await newsroom.published("Leaving")
    await _change(newsroom, path, title="Choice", articles=[leaving.json()["id"]])
    await newsroom.save(leaving, headline="Leaving, updated")

    changed = _change(newsroom, path, title="Choice", articles=[entering.json()["id"]])
    async with (
        _publishing(newsroom, entering.json()["id"]),
        _publishing(newsroom, leaving.json()["id"]),
    ):
        curating = asyncio.create_task(changed)
        done, _ = await asyncio.wait([curating], timeout=0.5)
        assert not done, "the curator waits for those who publish what he moves"
    await curating
    await newsroom.drain()

    assert await _headlines(newsroom, made.json()["id"]) == ["Entering"]
    await rerender_all(newsroom.database)
    assert await _headlines(newsroom, made.json()["id"]) == ["Entering"]


async def test_curators_and_publishers_do_not_lock_each_other_out(newsroom: Newsroom) -> None:
    live = [await newsroom.published(f"Story {number}") for number in range(3)]
    ids = [each.json()["id"] for each in live]
    made = await newsroom.desk.post(
        "/desk/collections", json={"edition": "en", "title": "Choice", "articles": ids}
    )
    path = f"/desk/collections/{made.json()['id']}"

    async def curate() -> None:
        for number in range(20):
            order = ids if number % 2 else ids[::-1]
            await _change(newsroom, path, title=f"Choice {number}", articles=order)

    async def publish(article_id: str) -> None:
        for number in range(10):
            seen = await newsroom.desk.get(f"/desk/articles/{article_id}")
            saved = await newsroom.save(seen, headline=f"Take {number} of {article_id}")
            await newsroom.publish(saved)

    await asyncio.gather(curate(), *map(publish, ids))

    shown = await newsroom.read(f"/v1/collections/{made.json()['id']}")
    assert [card["id"] for card in shown["items"]] == ids
