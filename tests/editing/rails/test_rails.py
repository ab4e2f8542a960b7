"""The TV home as the desk arranges it, and as readers get it."""

from typing import Any

import httpx
from sqlalchemy import text

from tests.editing.requests import create, pointers, replace
from tests.newsroom import Newsroom

HLS = "https://live.example.org/one/index.m3u8"
FILM = {"video": {"sources": [{"url": "https://media.example.org/film.mp4"}]}}


async def film(newsroom: Newsroom, headline: str, *, day: int = 1, **fields: Any) -> str:
    at = f"2026-11-{day:02}T10:00:00Z"
    answer = await newsroom.published(
        headline, format="video", lead=FILM, published_at=at, **fields
    )
    return str(answer.json()["id"])


async def arrange(
    newsroom: Newsroom, *rails: dict[str, Any], query: str = "edition=en", status: int = 200
) -> httpx.Response:
    answer = await newsroom.desk.put(
        f"/desk/tv/rails?{query}", json={"rails": list(rails)}, headers={"If-Match": "*"}
    )
    assert answer.status_code == status, answer.text
    return answer


async def home(newsroom: Newsroom, query: str = "") -> list[tuple[str, str, list[str]]]:
    """Kind, title and contents of each rail."""
    shown = await newsroom.read(f"/v1/tv/home{query}")
    for rail in shown["rails"]:
        await newsroom.read(rail["more"])
    return [
        (rail["kind"], rail["title"],
         [item.get("title") or item["headline"] for item in rail["items"]])
        for rail in shown["rails"]
    ]  # fmt: skip


async def test_nobody_has_to_arrange_anything(newsroom: Newsroom) -> None:
    sport = await newsroom.section("Sport")
    hidden = await newsroom.section("Hidden", hidden=True)
    rowing = await newsroom.section("Rowing", parent_id=sport)
    assert await home(newsroom) == []
    await newsroom.published("Only text")
    await film(newsroom, "Regatta", section_id=rowing)
    await film(newsroom, "Fog", day=2)
    await create(newsroom, "streams", edition="en", title="One", url=HLS, public=True, on_air=True)

    usual = await newsroom.desk.get("/desk/tv/rails?edition=en")
    assert usual.json()["usual"]
    shown = {rail["section_id"] for rail in usual.json()["rails"]}
    assert shown == {None, sport, await newsroom.section("News")}
    assert hidden not in shown

    assert await home(newsroom) == [
        ("live", "Live now", ["One"]),
        ("latest", "Latest", ["Fog", "Regatta"]),
    ], "what is new is not shown again below"
    [latest] = await home(newsroom, "?section=sport")
    assert latest == ("latest", "Latest", ["Regatta"])
    assert (await newsroom.read(f"/v1/tv/home?section={sport}"))["section"]["name"] == "Sport"
    for unknown in ("?edition=de", "?section=hidden", "?section=x", "?platform=ROKU", "?x=1"):
        await newsroom.read(f"/v1/tv/home{unknown}", 422)


async def test_rails_are_as_the_desk_arranges_them(newsroom: Newsroom) -> None:
    topic = (await create(newsroom, "topics", name="Ferries")).json()["id"]
    series = await create(newsroom, "series", edition="en", title="Lights", public=True)
    lights = series.json()["id"]
    sport = await newsroom.section("Sport")
    top = await film(newsroom, "Top", topic_ids=[topic])
    await film(newsroom, "Ferry", topic_ids=[topic])
    await film(newsroom, "Night 1", episode={"series_id": lights, "number": 1})
    await film(newsroom, "Match", day=2, section_id=sport)
    warning = (await newsroom.published("Storm warning")).json()["id"]
    chosen = (
        await create(
            newsroom, "collections", edition="en", title="Top stories", articles=[top, warning]
        )
    ).json()["id"]
    alert = (
        await create(newsroom, "collections", edition="en", title="Alert", articles=[warning])
    ).json()["id"]

    arranged = await arrange(
        newsroom,
        {"kind": "alert", "collection_id": alert},
        {"kind": "collection", "collection_id": chosen},
        {"kind": "topic", "topic_id": topic, "title": "At sea"},
        {"kind": "series", "series_id": lights},
        {"kind": "series"},
        {"kind": "section", "section_id": sport, "platforms": ["roku"]},
        {"kind": "latest", "limit": 1},
        {"kind": "live"},
    )
    await newsroom.drain()

    assert not arranged.json()["usual"]
    rails = [
        ("alert", "Alert", ["Storm warning"]),
        ("collection", "Top stories", ["Top"]),
        ("topic", "At sea", ["Ferry"]),
        ("series", "Lights", ["Night 1"]),
        ("series", "Series", ["Lights"]),
    ]
    assert await home(newsroom) == [*rails, ("latest", "Latest", ["Match"])]
    assert await home(newsroom, "?platform=roku") == [*rails, ("section", "Sport", ["Match"])]
    kinds = {item["kind"] for rail in (await newsroom.read("/v1/tv/home"))["rails"]
             for item in rail["items"]}  # fmt: skip
    assert kinds == {"article", "video", "series"}

    await newsroom.desk.delete("/desk/tv/rails?edition=en", headers={"If-Match": "*"})
    assert [kind for kind, *_ in await home(newsroom)] == ["latest"]


async def test_names_and_contents_follow_and_what_is_not_public_does_not_show(
    newsroom: Newsroom,
) -> None:
    topic = await create(newsroom, "topics", name="Investigation")
    series = await create(newsroom, "series", edition="en", title="Secret")
    lights = series.json()["id"]
    await film(newsroom, "Pilot", episode={"series_id": lights, "number": 1})
    chosen = await create(newsroom, "collections", edition="en", title="Choice")
    await arrange(
        newsroom,
        {"kind": "topic", "topic_id": topic.json()["id"], "title": "What nobody knows"},
        {"kind": "series", "series_id": lights},
        {"kind": "collection", "collection_id": chosen.json()["id"]},
    )
    assert await home(newsroom) == []
    async with newsroom.database.read() as session:
        plans = await session.execute(
            text("SELECT convert_from(\"full\", 'UTF8') FROM published.documents WHERE kind = 'tv'")
        )
        kept = "".join(plans.scalars())
    assert "Choice" in kept
    assert "Secret" not in kept
    assert "What nobody knows" not in kept
    before = await newsroom.reader.get("/v1/tv/home")
    known = {"If-None-Match": before.headers["ETag"]}
    assert (await newsroom.reader.get("/v1/tv/home", headers=known)).status_code == 304

    story = await film(newsroom, "It is out", topic_ids=[topic.json()["id"]])
    assert (await replace(newsroom, "series", series, title="Lights", public=True)).is_success
    changed = await replace(newsroom, "collections", chosen, title="Best of all", articles=[story])
    assert changed.status_code == 200, changed.text
    await newsroom.drain()

    assert (await newsroom.reader.get("/v1/tv/home", headers=known)).status_code == 200
    assert await home(newsroom) == [
        ("topic", "What nobody knows", ["It is out"]),
        ("series", "Lights", ["Pilot"]),
    ]
    await newsroom.desk.delete(chosen.headers["Location"], headers={"If-Match": "*"})
    assert len(await home(newsroom)) == 2


async def test_wrong_rails_are_refused_and_nobody_overwrites_unseen(newsroom: Newsroom) -> None:
    await newsroom.desk.post(
        "/desk/editions",
        json={"code": "fr", "name": "Français", "language": "fr", "path_prefix": "/fr"},
    )
    section = await newsroom.section("News")
    wrong = await arrange(
        newsroom,
        {"kind": "collection"},
        {"kind": "live", "section_id": section},
        {"kind": "carousel"},
        {"kind": "latest", "limit": 31, "platforms": ["Roku!"], "title": "x" * 61, "colour": 1},
        status=422,
    )
    assert pointers(wrong) == [
        "/rails/0", "/rails/1", "/rails/2/kind", "/rails/3/colour", "/rails/3/limit",
        "/rails/3/platforms/0", "/rails/3/title",
    ]  # fmt: skip
    elsewhere = await arrange(
        newsroom, {"kind": "section", "section_id": section}, query="edition=fr", status=422
    )
    assert pointers(elsewhere) == ["/rails/0/section_id"]
    for query in ("edition=de", f"edition=fr&section={section}", "section=x"):
        await arrange(newsroom, query=query, status=422)

    address = "/desk/tv/rails?edition=fr"
    read = await newsroom.desk.get(address)
    body: dict[str, Any] = {"rails": [{"kind": "live"}]}
    assert (await newsroom.desk.put(address, json=body)).status_code == 428
    headers = {"If-Match": read.headers["ETag"]}
    assert (await newsroom.desk.put(address, json=body, headers=headers)).status_code == 200
    assert (await newsroom.desk.put(address, json=body, headers=headers)).status_code == 412
    assert (await newsroom.desk.delete(address, headers=headers)).status_code == 412
