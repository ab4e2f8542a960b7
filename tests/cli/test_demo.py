"""`masthead demo`: once from nothing, then again on what is there."""

import json
import stat

import psycopg
import pytest

from app.cli import demo
from app.database import Database
from app.identity import commands, queries
from app.identity.actor import SYSTEM
from tests import newsroom
from tests.cli.programs import Place, Running


def start(place: Place) -> Running:
    running = place.start("demo", "--port", "0")
    running.url = running.event("listening", seconds=90)["url"]
    return running


@pytest.mark.prove
@pytest.mark.timeout(300)
def test_the_demo_from_nothing_and_again(bare: Place):
    """The full form of `.ci/demo`."""
    first = start(bare)
    file = bare.directory / "var" / "demo.json"
    told = json.loads(file.read_text())

    assert told["url"] == first.url
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    articles = first.get("/v1/articles?limit=100").json()["items"]
    assert len(articles) > 50
    assert {article["edition"] for article in articles} >= {"en", "fr", "fa"}
    header = {"Authorization": f"Bearer {told['desk_key']}"}
    assert first.get("/desk/articles?limit=1", headers=header).status_code == 200
    shown = [word for line in first.lines for word in line.split() if word.startswith(first.url)]
    assert any("/v1/pages/fa/" in url for url in shown)
    assert {url.partition("/v1/")[2] for url in shown} >= {"tv/home", "site"}
    assert sum(url.endswith("?view=app") for url in shown) == 3
    for url in shown:
        assert first.get(url.removeprefix(first.url), headers=header).status_code == 200, url
    home = first.get("/v1/tv/home").json()
    artwork = next(rail["items"] for rail in home["rails"] if rail["kind"] == "latest")[0]
    assert first.get(artwork["artwork"]["url"]).headers["content-type"] == "image/jpeg"
    assert told["desk_key"] in first.said
    assert first.end() == 0

    second = start(bare)
    assert json.loads(file.read_text())["desk_key"] == told["desk_key"]
    again = second.get("/v1/articles?limit=100").json()["items"]
    assert [one["id"] for one in again] == [one["id"] for one in articles]
    assert second.get("/desk/me", headers=header).status_code == 200
    assert second.end() == 0


async def test_an_earlier_key_is_used_again_while_it_opens_everything(database_url: str):
    database = Database(database_url)
    weak = await newsroom.key(database, "editor")
    expired = "mh_" + "0" * 12 + "_" + "0" * 43 + "_00000000"

    made = await demo.valid_key(database, None)

    assert await demo.valid_key(database, made) == made
    for old in (weak, expired, "nonsense", ""):
        assert await demo.valid_key(database, old) not in (old, made)
    async with database.write() as session:
        holder = await queries.actor_of(session, made)
        assert holder
        assert holder.id
        await commands.revoke(session, SYSTEM, holder.id)
    assert await demo.valid_key(database, made) != made
    await database.close()


@pytest.fixture
async def own_newsroom(place: Place) -> Place:
    async with newsroom.opened(place.settings["MASTHEAD_DATABASE_URL"]) as opened:
        await opened.article()
    return place


def test_it_is_refused_in_somebodys_own_newsroom_before_there_is_a_key(own_newsroom: Place):
    before = keys(own_newsroom)

    refused = own_newsroom.run("demo", "--port", "0")

    assert refused.returncode == 2
    assert "own newsroom" in refused.stderr
    assert "another directory" in refused.stderr
    assert "mh_" not in refused.stdout
    assert keys(own_newsroom) == before
    assert not (own_newsroom.directory / "var" / "demo.json").exists()


def keys(place: Place) -> list[str]:
    with psycopg.connect(place.settings["MASTHEAD_DATABASE_URL"]) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM desk.keys")]


def test_it_is_refused_in_production(place: Place):
    refused = place.run("demo", MASTHEAD_ENVIRONMENT="production")

    assert refused.returncode == 2
    assert "not for production" in refused.stderr
