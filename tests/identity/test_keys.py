"""API keys through the desk: made, shown once, restricted, revoked."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from app.database import Database
from tests import newsroom as newsrooms
from tests.newsroom import Newsroom, client


@pytest.fixture
async def newsroom(site_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url) as opened:
        yield opened


async def _make(desk: httpx.AsyncClient, **fields: Any) -> httpx.Response:
    return await desk.post("/desk/keys", json={"name": "a test's", **fields})


async def test_a_key_is_shown_once_and_only_a_digest_is_stored(newsroom: Newsroom) -> None:
    made = await _make(newsroom.desk, role="editor")
    assert made.status_code == 201
    key = made.json()["key"]
    secret = key.split("_")[2]

    async with client(newsroom.app, key) as editor:
        me = (await editor.get("/desk/me")).json()
    assert (me["kind"], me["name"], me["id"]) == ("key", "a test's", made.json()["id"])
    assert "articles:publish" in me["scopes"]
    assert "keys:manage" not in me["scopes"]

    again = await newsroom.desk.get(made.headers["Location"])
    listed = await newsroom.desk.get("/desk/keys")
    assert again.json() == {name: made.json()[name] for name in again.json()}
    for answer in (again, listed):
        assert secret not in answer.text
    async with newsroom.database.read() as session:
        connection = await session.connection()
        rows = (await connection.exec_driver_sql("SELECT keys::text FROM desk.keys")).scalars()
        assert not any(secret in row for row in rows)


async def test_nobody_can_give_what_they_do_not_have(newsroom: Newsroom) -> None:
    made = await _make(newsroom.desk, scopes=["keys:manage", "desk:read", "topics:write"])
    async with client(newsroom.app, made.json()["key"]) as manager:
        more = await _make(manager, role="admin")
        other = await _make(manager, scopes=["articles:publish"])
        less = await _make(manager, scopes=["topics:write"])

    assert (more.status_code, other.status_code, less.status_code) == (403, 403, 201)
    assert "articles:publish" in other.json()["detail"]


async def test_a_restricted_key_that_manages_keys_is_refused_everywhere(
    newsroom: Newsroom,
) -> None:
    section = await newsroom.section("News")
    victim = (await _make(newsroom.desk, role="admin")).json()
    made = (await _make(newsroom.desk, role="admin")).json()
    await _execute(  # none can be made any more
        newsroom.database,
        f"UPDATE desk.keys SET section_ids = ARRAY['{section}']::uuid[] WHERE id = '{made['id']}'",
    )

    async with client(newsroom.app, made["key"]) as restricted:
        me = (await restricted.get("/desk/me")).json()
        answers = [
            await _make(restricted, role="reader"),
            await restricted.get("/desk/keys"),
            await restricted.get(f"/desk/keys/{victim['id']}"),
            await restricted.delete(f"/desk/keys/{victim['id']}"),
        ]

    assert me["section_ids"] == [section]
    assert [answer.status_code for answer in answers] == [403] * 4
    assert all("restricted to sections" in answer.json()["detail"] for answer in answers)
    seen = (await newsroom.desk.get(f"/desk/keys/{victim['id']}")).json()
    assert seen["revoked_at"] is None


@pytest.mark.parametrize("scope", ["content:full", "keys:manage"])
async def test_what_knows_no_sections_cannot_be_restricted_to_some(
    newsroom: Newsroom, scope: str
) -> None:
    section = await newsroom.section("News")

    refused = await _make(newsroom.desk, scopes=["desk:read", scope], section_ids=[section])

    assert refused.status_code == 422
    assert scope in refused.json()["detail"]
    (error,) = refused.json()["errors"]
    assert error["pointer"] == "/section_ids"
    assert "second key" in error["detail"]
    assert (await _make(newsroom.desk, role="editor", section_ids=[section])).status_code == 201


async def test_a_revoked_key_is_refused_at_once_and_for_good(newsroom: Newsroom) -> None:
    made = await _make(newsroom.desk, role="reader")
    address = made.headers["Location"]
    async with client(newsroom.app, made.json()["key"]) as reader:
        assert (await reader.get("/desk/site")).status_code == 200

        revoked = await newsroom.desk.delete(address)
        assert revoked.status_code == 200
        assert revoked.json()["revoked_at"] is not None

        refused = await reader.get("/desk/site")
        assert refused.status_code == 401
        assert refused.headers["WWW-Authenticate"].startswith("Bearer")
    again = await newsroom.desk.delete(address)
    assert again.json() == revoked.json()
    stranger = "00000000-0000-4000-8000-000000000000"
    assert (await newsroom.desk.delete(f"/desk/keys/{stranger}")).status_code == 404


async def test_a_key_ends_when_it_expires_by_the_databases_clock(newsroom: Newsroom) -> None:
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    made = await _make(newsroom.desk, role="reader", expires_at=later)
    past = await _make(newsroom.desk, role="reader", expires_at="2020-01-01T00:00:00Z")
    naive = await _make(newsroom.desk, role="reader", expires_at="2099-01-01T00:00:00")

    async with client(newsroom.app, made.json()["key"]) as reader:
        assert (await reader.get("/desk/site")).status_code == 200
        await _execute(
            newsroom.database,
            "UPDATE desk.keys SET expires_at = now() - interval '1 second'"
            f" WHERE id = '{made.json()['id']}'",
        )
        assert (await reader.get("/desk/site")).status_code == 401

    for refused in (past, naive):
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["pointer"] == "/expires_at"


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer mh_short",
        "Basic bWg6eA==",
        "Bearer mh_AAAAAAAAAAAA_" + "A" * 43 + "_00000000",
        "Bearer \xff\xfe",
    ],
)
async def test_what_is_no_key_is_refused(newsroom: Newsroom, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization.encode("latin-1")}

    answer = await newsroom.reader.get("/desk/site", headers=headers)  # type: ignore[arg-type]

    assert answer.status_code == 401
    assert answer.json()["type"] == "urn:masthead:problem:unauthenticated"


async def test_another_secret_under_a_known_prefix_is_refused(newsroom: Newsroom) -> None:
    one = (await _make(newsroom.desk, role="reader")).json()["key"]
    two = (await _make(newsroom.desk, role="reader")).json()["key"]
    forged = "_".join([*one.split("_")[:2], *two.split("_")[2:]])

    async with client(newsroom.app, forged) as forger:
        assert (await forger.get("/desk/site")).status_code == 401


async def test_a_key_without_the_scope_is_told_which_one_it_needs(newsroom: Newsroom) -> None:
    reader = await newsroom.client("reader")
    async with reader:
        answers = [
            (await reader.get("/desk/keys"), "keys:manage"),
            (await reader.post("/desk/topics", json={"name": "x"}), "topics:write"),
            (await reader.post("/desk/people", json={"name": "x"}), "people:write"),
            (await reader.post("/desk/sections", json={"edition": "en", "name": "x"}),
             "sections:write"),
            (await reader.post("/desk/collections", json={"edition": "en", "title": "x"}),
             "collections:write"),
            (await reader.delete("/desk/schemas/topic", headers={"If-Match": "*"}),
             "schemas:write"),
            (await reader.delete("/desk/editions/en", headers={"If-Match": "*"}), "site:write"),
        ]  # fmt: skip

    for answer, scope in answers:
        assert answer.status_code == 403
        assert scope in answer.json()["detail"]


async def test_each_wrong_field_of_a_key_is_named(newsroom: Newsroom) -> None:
    stranger = "00000000-0000-4000-8000-000000000000"
    known = await newsroom.section("News")

    async def told(**fields: Any) -> list[str]:
        answer = await _make(newsroom.desk, **fields)
        assert answer.status_code == 422
        return sorted(error["pointer"] for error in answer.json()["errors"])

    assert await told() == [""]
    assert await told(role="editor", scopes=["desk:read"]) == [""]
    assert await told(role="boss", owner="me") == ["/owner", "/role"]
    assert await told(scopes=["desk:read", "desk:all"]) == ["/scopes/1"]
    assert await told(role="editor", section_ids=[known, stranger]) == ["/section_ids/1"]
    assert await told(role="editor", section_ids=[]) == ["/section_ids"]
    for name in ("a\x1b[2Jb", "two\nlines", "back\u202ewards", "\x9b31m"):
        answer = await newsroom.desk.post("/desk/keys", json={"name": name, "role": "editor"})
        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.json()["errors"]] == ["/name"]
    for name in ("میز\u200cشب", "Bureau\u202f: nuit", "[/x] 🗝"):
        answer = await newsroom.desk.post("/desk/keys", json={"name": name, "role": "editor"})
        assert answer.status_code == 201


async def test_keys_are_listed_the_newest_first_in_pages(newsroom: Newsroom) -> None:
    for number in range(3):
        await newsroom.desk.post("/desk/keys", json={"name": f"key {number}", "role": "reader"})

    names: list[str] = []
    address = "/desk/keys?limit=2"
    while address:
        page = (await newsroom.desk.get(address)).json()
        names += [key["name"] for key in page["items"]]
        address = page["next"]

    assert names == ["key 2", "key 1", "key 0", "a test's admin"]


async def test_a_retried_creation_makes_one_key_and_shows_it_again(newsroom: Newsroom) -> None:
    retried = {"Idempotency-Key": "once"}
    body = {"name": "a test's", "role": "reader"}

    first = await newsroom.desk.post("/desk/keys", json=body, headers=retried)
    second = await newsroom.desk.post("/desk/keys", json=body, headers=retried)

    assert second.json() == first.json()
    assert len((await newsroom.desk.get("/desk/keys")).json()["items"]) == 2
    async with newsroom.database.read() as session:
        connection = await session.connection()
        stored = await connection.exec_driver_sql("SELECT body FROM desk.idempotent_answers")
        assert first.json()["key"].encode() not in stored.scalar_one()


async def _execute(database: Database, statement: str) -> None:
    async with database.write() as session:
        await (await session.connection()).exec_driver_sql(statement)
