"""The TV home as it is put together: what it shows of its lists, its size, when it changes."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import orjson

from app.delivery import tv_fitting
from app.published.models import STREAMS
from app.published.tv import Plan, PlannedRail
from app.published.writes import Filmed, Put, Remove, Views
from tests.delivery.shelf import NOON, Shelf, a_document, an_article, hours


def a_rail(source: str, key: UUID, *, kind: str = "latest", limit: int = 20, **told: Any) -> Any:
    title, platforms = told.get("title", kind), told.get("platforms", [])
    return PlannedRail(kind=kind, title=title, more="/v1/videos", source=source, key=key,
                       limit=limit, platforms=platforms)  # fmt: skip


def a_home(*rails: PlannedRail, slug: str = "en", edition: str = "en") -> Put:
    plan = Plan(edition=edition, language=edition, direction="ltr", section=None, rails=list(rails))
    return Put(
        id=uuid4(), kind="tv", change="upsert", version=1, modified_at=NOON, slug=slug,
        views=Views(full=plan.model_dump_json().encode()), edition=edition,
    )  # fmt: skip


def a_film(title: str, *, key: UUID, at: float = 0, size: int = 0, **fields: Any) -> Put:
    identity = fields.pop("identity", None) or uuid4()
    card = orjson.dumps({"kind": "video", "id": identity, "title": title, "filling": "x" * size})
    return an_article(
        title, identity=identity, keys=frozenset({key}), published_at=NOON - hours(at),
        has_video=True, video=Filmed(card=card, full=card), **fields,
    )  # fmt: skip


async def shown(reader: Any, query: str = "") -> dict[str, list[str]]:
    answer = await reader.get(f"/v1/tv/home{query}")
    assert answer.status_code == 200, answer.text
    return {
        rail["title"]: [item.get("title") or item.get("headline") or item["name"]
                        for item in rail["items"]]
        for rail in answer.json()["rails"]
    }  # fmt: skip


async def test_no_video_is_in_two_rails_and_each_is_filled_from_further_down(
    shelf: Shelf, reader: Any
) -> None:
    films = [a_film(f"{number}", key=shelf.english, at=number) for number in range(8)]
    best = a_document("collection", "Best", slug="best", edition="en")
    places = {films[0].id: 0, films[2].id: 1}
    await shelf.put(*films, an_article("text", keys=frozenset({shelf.english})))
    await shelf.put(replace(best, curated={best.id: places}))
    await shelf.put(
        a_home(
            a_rail("curated", best.id, title="best"),
            a_rail("listing", shelf.english, title="new", limit=3),
            a_rail("listing", shelf.english, title="more", limit=2),
            a_rail("listing", uuid4(), title="empty"),
            a_rail("alert", best.id, title="alert", limit=1),
        )
    )

    assert await shown(reader) == {
        "best": ["0", "2"], "new": ["1", "3", "4"], "more": ["5", "6"], "alert": ["0"],
    }  # fmt: skip


async def test_a_topic_shows_what_is_of_this_edition(shelf: Shelf, reader: Any) -> None:
    topic = uuid4()
    await shelf.put(
        a_film("english", key=topic), a_film("français", key=topic, edition="fr"),
        a_home(a_rail("listing", topic, title="topic")),
        a_home(a_rail("listing", topic, title="sujet"), slug="fr", edition="fr"),
    )  # fmt: skip

    assert await shown(reader) == {"topic": ["english"]}
    assert await shown(reader, "?edition=fr") == {"sujet": ["français"]}


async def test_whoever_has_it_is_told_so_until_a_list_of_it_changes(
    shelf: Shelf, reader: Any
) -> None:
    topic = uuid4()
    film = a_film("one", key=topic)
    roku = a_rail("streams", topic, title="roku", platforms=["roku"])
    await shelf.put(film, a_home(a_rail("listing", topic, title="topic"), roku))
    first = await reader.get("/v1/tv/home")
    assert f"list-{topic}" in first.headers["surrogate-key"].split()

    async def known(query: str = "") -> int:
        headers = {"If-None-Match": first.headers["etag"]}
        status: int = (await reader.get(f"/v1/tv/home{query}", headers=headers)).status_code
        return status

    assert await known() == 304
    await shelf.put(a_film("elsewhere", key=uuid4()))
    assert await known() == 304
    assert await known("?platform=roku") == 200
    await shelf.put(a_film("one, corrected", key=topic, identity=film.id, version=2))
    assert await known() == 200
    assert await shown(reader) == {"topic": ["one, corrected"]}
    first = await reader.get("/v1/tv/home")
    await shelf.put(Remove(id=film.id, kind="article", version=2, modified_at=NOON))
    assert await known() == 200
    assert await shown(reader) == {}


async def test_streams_that_are_on_air_are_shown_with_series(shelf: Shelf, reader: Any) -> None:
    def channel(kind: str, name: str, place: int, *, edition: str = "en", **meta: Any) -> Put:
        made = a_document(
            kind, name, slug=name, edition=edition, sort_key=f"{place:05}", meta=meta
        )  # fmt: skip
        return replace(made, views=Views(full=b"{}", card=made.views.full))

    def stream(name: str, place: int, *, on_air: bool, edition: str = "en") -> Put:
        return channel("stream", name, place, edition=edition, on_air=on_air)

    series = channel("series", "Lights", 1)
    await shelf.put(
        stream("two", 2, on_air=True), stream("one", 1, on_air=True),
        stream("off", 0, on_air=False), stream("fr", 0, on_air=True, edition="fr"), series,
        a_home(a_rail("streams", STREAMS, title="live"), a_rail("series", uuid4(), title="series")),
    )  # fmt: skip

    assert await shown(reader) == {"live": ["one", "two"], "series": ["Lights"]}


async def test_it_fits_whatever_the_editors_ask_for(shelf: Shelf, reader: Any) -> None:
    keys = [uuid4() for _ in range(20)]
    await shelf.put(
        *(a_film(f"{at} {key}", key=key, at=at, size=6_000) for key in keys for at in range(8)),
        a_home(*(a_rail("listing", key, title=str(key), limit=30) for key in keys)),
    )

    answer = await reader.get("/v1/tv/home")

    rails = {rail["title"]: rail["items"] for rail in answer.json()["rails"]}
    lengths = [len(rails[str(key)]) for key in keys]
    assert 180_000 < len(answer.content) <= 200_000
    assert lengths == sorted(lengths, reverse=True)
    assert set(lengths) == {1, 2}
    for key in keys:
        assert rails[str(key)][0]["title"] == f"0 {key}", "the newest stay"


async def test_a_card_that_would_leave_no_room_is_left_out(shelf: Shelf, reader: Any) -> None:
    small = a_film("small", key=shelf.english, at=1)
    monster = a_film("monster", key=shelf.english, size=199_000)
    await shelf.put(monster, small, a_home(a_rail("listing", shelf.english, title="new")))

    assert await shown(reader) == {"new": ["small"]}


async def test_an_edition_without_a_plan_has_none(shelf: Shelf, reader: Any) -> None:
    assert (await reader.get("/v1/tv/home")).status_code == 404
    answer = await reader.get("/v1/tv/home?edition=de")
    assert answer.json()["errors"][0]["parameter"] == "edition"


def test_the_lowest_of_the_longest_rails_gives_way_first() -> None:
    rails = [a_rail("listing", uuid4()) for _ in range(3)]
    found = [[uuid4() for _ in range(count)] for count in (60, 60, 40)]
    wide = [rail.model_copy(update={"limit": 100}) for rail in rails]

    rows = tv_fitting.chosen(wide, found)

    assert [len(row) for row in rows] == [55, 55, 40]
    assert [identity for _, identity in rows[0]] == found[0][:55]


def test_not_a_byte_too_much() -> None:
    home, rails = b'{"kind":"tv"}', [a_rail("listing", uuid4())]
    sizes = []
    for last in range(19_000, 19_998):
        row = [b'"%s"' % (b"x" * size) for size in [18_000] * 10 + [last]]
        sizes.append(len(tv_fitting.fitted(home, rails, [row])))

    assert max(sizes) == tv_fitting.LARGEST
