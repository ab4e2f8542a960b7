"""IndexNow: which pages an engine is told of, how, and what it needs to believe it."""

from typing import Any

import orjson
import pytest
from sqlalchemy import text

from app.dispatch import index_now
from tests.dispatch.conftest import set_site
from tests.newsroom import Newsroom
from tests.outbound.playing import Stranger, reply

KEY = "5b0c7a9e3f1d4c55"
WEB = "https://www.example.org"
ANYWAY = {"If-Match": "*"}


@pytest.fixture
async def engine(newsroom: Newsroom, there: Stranger) -> str:
    """An engine that takes all, and has been told of nothing yet."""
    there.pages["/indexnow"] = reply(202)
    await newsroom.section("News")
    await set_site(newsroom, index_now={"key": KEY, "endpoint": there.url("/indexnow")})
    await newsroom.drain()
    await settle(newsroom)
    assert there.asked == []
    return there.url("/indexnow")


async def settle(newsroom: Newsroom) -> None:
    await newsroom.follow()
    async with newsroom.database.write() as session:
        await session.execute(
            text("UPDATE desk.errands SET next_at = now() WHERE next_at IS NOT NULL")
        )
    await newsroom.follow()


def told(there: Stranger) -> list[Any]:
    return [orjson.loads(asked.body) for asked in there.asked]


async def test_new_changed_and_removed_pages_are_told_in_one_call(
    newsroom: Newsroom, engine: str, there: Stranger
) -> None:
    first = await newsroom.published("Fog at sea", slug="fog")
    second = await newsroom.published("The café", slug="café")
    await settle(newsroom)

    [sent] = told(there)
    pages = [WEB + each.json()["live"]["path"] for each in (first, second)]
    assert sorted(sent.pop("urlList")) == sorted(pages)
    assert sent == {
        "host": "www.example.org", "key": KEY, "keyLocation": f"{WEB}/indexnow-key.txt",
    }  # fmt: skip
    assert there.asked[0].headers["content-type"] == "application/json; charset=utf-8"

    there.asked.clear()
    await newsroom.publish(await newsroom.save(first, headline="Fog on the sea"))
    await newsroom.desk.post(
        f"/desk/articles/{second.json()['id']}/withdraw", json={}, headers=ANYWAY
    )
    await settle(newsroom)
    assert sorted(told(there)[0]["urlList"]) == sorted(pages)


async def test_the_key_is_where_the_engine_was_told_that_it_is(
    newsroom: Newsroom, engine: str, there: Stranger
) -> None:
    answer = await newsroom.reader.get("/indexnow-key.txt")
    assert (answer.status_code, answer.text) == (200, KEY)
    assert answer.headers["Content-Type"].startswith("text/plain")

    await set_site(newsroom)
    assert (await newsroom.reader.get("/indexnow-key.txt")).status_code == 404


async def test_engines_hear_nothing_of_what_they_may_not_list(
    newsroom: Newsroom, engine: str, there: Stranger
) -> None:
    await newsroom.published("Not for engines", seo={"robots": "noindex, nofollow"})
    await newsroom.published("Of others", seo={"canonical_url": "https://other.example/a"})
    wire = {"name": "Northgate Wire", "url": "https://wire.example/a"}
    await newsroom.published("From a wire", syndicated_from=wire)
    await newsroom.published("Hidden", seo={"robots": "none"})
    await newsroom.article("A draft")
    await settle(newsroom)

    assert told(there) == []


async def test_an_engine_that_did_not_find_the_key_says_so(
    newsroom: Newsroom, engine: str, there: Stranger
) -> None:
    there.pages["/indexnow"] = reply(403)
    await newsroom.published()
    await settle(newsroom)
    await settle(newsroom)

    assert len(there.asked) == 1
    [told] = (await newsroom.desk.get("/desk/index-now")).json()["items"]
    assert (told["base"], told["waiting"], told["refused"]) == (WEB, 0, 1)
    assert (told["ok"], told["status"]) == (False, 403)
    assert told["reason"].startswith(f"It did not find the key at {WEB}/indexnow-key.txt")


async def test_what_was_not_taken_is_told_later_with_the_rest(
    newsroom: Newsroom, engine: str, there: Stranger
) -> None:
    there.pages["/indexnow"] = reply(429)
    await newsroom.published("One")
    await settle(newsroom)
    there.pages["/indexnow"] = reply(200)
    await newsroom.published("Two")
    await settle(newsroom)

    first, second = told(there)
    assert (len(first["urlList"]), len(second["urlList"])) == (1, 2)
    [view] = (await newsroom.desk.get("/desk/index-now")).json()["items"]
    assert (view["waiting"], view["refused"], view["ok"], view["status"]) == (0, 0, True, 200)
    await settle(newsroom)
    assert len(there.asked) == 2


async def test_more_than_an_engine_takes_goes_in_several_calls(
    newsroom: Newsroom, engine: str, there: Stranger
) -> None:
    async with newsroom.database.write() as session:
        await session.execute(
            text(
                "INSERT INTO desk.errands (kind, target, subject, seq, next_at, attempts)"
                " SELECT 'index_now', :web, :web || '/' || n, 1, now(), 0"
                " FROM generate_series(1, :count) n"
            ),
            {"web": WEB, "count": index_now.MOST + 2},
        )
    await newsroom.follow()
    await newsroom.follow()

    assert [len(each["urlList"]) for each in told(there)] == [index_now.MOST, 2]
    assert len({url for each in told(there) for url in each["urlList"]}) == index_now.MOST + 2


async def test_an_edition_of_another_host_is_told_of_there(
    newsroom: Newsroom, engine: str, there: Stranger
) -> None:
    fields = {"code": "fr", "name": "Français", "language": "fr", "path_prefix": "/fr",
              "base_url": "https://fr.example.org"}  # fmt: skip
    assert (await newsroom.desk.post("/desk/editions", json=fields)).status_code == 201
    section = await newsroom.desk.post("/desk/sections", json={"edition": "fr", "name": "Une"})
    await newsroom.published("Ici", section_id=section.json()["id"], edition="fr")
    await newsroom.published("Here")
    await settle(newsroom)

    hosts = {each["host"]: each["urlList"] for each in told(there)}
    assert hosts.keys() == {"fr.example.org", "www.example.org"}
    assert all(url.startswith("https://fr.example.org/fr/") for url in hosts["fr.example.org"])
