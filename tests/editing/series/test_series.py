"""Series at the desk, their episodes, and what readers have of both."""

from typing import Any

from tests.editing.requests import create, delete, pointers, replace
from tests.newsroom import Newsroom


def episode(series: Any, number: int, season: int = 1, **told: Any) -> dict[str, Any]:
    return {"series_id": series.json()["id"], "season": season, "number": number, **told}


async def test_a_series_is_public_while_the_desk_says_so_with_its_episodes(
    newsroom: Newsroom,
) -> None:
    told: dict[str, Any] = {
        "title": "Harbour lights",
        "description": "Nights on the mole.",
        "genres": ["documentary"],
        "seasons": [{"number": 2, "title": "Winter"}, {"number": 1}],
    }
    series = await create(newsroom, "series", edition="en", **told)
    article = await newsroom.published("The first night", episode=episode(series, 1, title="One"))
    identity = article.json()["id"]
    await newsroom.read("/v1/series/harbour-lights", 404)
    document = await newsroom.read(f"/v1/articles/{identity}")
    assert (document["series"], document["episode"]) == (None, None)
    assert "Harbour lights" not in str(document)

    shown = await replace(newsroom, "series", series, **told, public=True)
    await newsroom.drain()

    public = await newsroom.read("/v1/series/harbour-lights")
    assert [season["number"] for season in public["seasons"]] == [1, 2]
    assert public["genres"] == ["documentary"]
    assert (await newsroom.read("/v1/pages/series/harbour-lights"))["id"] == public["id"]
    document = await newsroom.read(f"/v1/articles/{identity}")
    assert document["series"] == {
        "id": public["id"], "slug": "harbour-lights", "title": "Harbour lights",
        "path": "/series/harbour-lights",
    }  # fmt: skip
    assert document["episode"] == {"season": 1, "number": 1, "title": "One"}
    [card] = (await newsroom.read(public["episodes"]))["items"]
    assert (card["id"], card["episode"]["number"]) == (identity, 1)

    renamed = await replace(newsroom, "series", shown, **told | {"title": "Mole"}, public=True)
    await newsroom.drain()
    assert (await newsroom.read(f"/v1/articles/{identity}"))["series"]["title"] == "Mole"

    assert (await replace(newsroom, "series", renamed, **told)).status_code == 200
    await newsroom.drain()
    assert (await newsroom.read(f"/v1/articles/{identity}"))["series"] is None
    await newsroom.read(f"/v1/series/{public['id']}", 410)
    await newsroom.read(public["episodes"], 410)


async def test_episodes_come_newest_first_or_in_their_own_order(newsroom: Newsroom) -> None:
    series = await create(newsroom, "series", edition="en", title="Lights", public=True)
    for season, number in ((2, 1), (1, 2), (1, 10), (1, 1)):
        await newsroom.published(f"{season}/{number}", episode=episode(series, number, season))
    await newsroom.published("No episode")

    async def pages(address: str) -> list[str]:
        found: list[str] = []
        link: str | None = address
        while link:
            page = await newsroom.read(link)
            assert len(page["items"]) <= 2
            found += [card["headline"] for card in page["items"]]
            link = page["next"]
        return found

    newest = await pages("/v1/series/lights/episodes?limit=2")
    assert newest[0] in ("1/1", "1/10", "1/2", "2/1")
    assert sorted(newest) == ["1/1", "1/10", "1/2", "2/1"]
    in_order = await pages("/v1/series/lights/episodes?order=episode&limit=2")
    assert in_order == ["1/1", "1/2", "1/10", "2/1"]

    known = await newsroom.reader.get("/v1/series/lights/episodes?order=episode")
    same = {"If-None-Match": known.headers["ETag"]}
    again = await newsroom.reader.get("/v1/series/lights/episodes?order=episode", headers=same)
    assert again.status_code == 304
    await newsroom.published("3/1", episode=episode(series, 1, 3))
    more = await newsroom.reader.get("/v1/series/lights/episodes?order=episode", headers=same)
    assert [card["headline"] for card in more.json()["items"]][-1] == "3/1"


async def test_an_article_that_is_moved_in_its_series_moves_in_the_list(newsroom: Newsroom) -> None:
    series = await create(newsroom, "series", edition="en", title="Lights", public=True)
    first = await newsroom.published("First", episode=episode(series, 1))
    await newsroom.published("Second", episode=episode(series, 2))

    async def listed() -> list[str]:
        page = await newsroom.read("/v1/series/lights/episodes?order=episode")
        return [card["headline"] for card in page["items"]]

    assert await listed() == ["First", "Second"]
    moved = await newsroom.save(first, episode=episode(series, 3))
    assert await listed() == ["First", "Second"]
    taken = await newsroom.publish(moved)
    assert await listed() == ["Second", "First"]
    await newsroom.publish(await newsroom.save(taken, episode=None))
    assert await listed() == ["Second"]


async def test_a_series_that_has_episodes_cannot_be_deleted(newsroom: Newsroom) -> None:
    series = await create(newsroom, "series", edition="en", title="Lights", public=True)
    draft = await newsroom.article(episode=episode(series, 1))
    assert (await delete(newsroom, "series", series)).status_code == 409

    published = await newsroom.publish(draft)
    saved = await newsroom.save(published, episode=None)
    assert (await delete(newsroom, "series", series)).status_code == 409, "readers have it still"

    await newsroom.publish(saved)
    assert (await delete(newsroom, "series", series)).status_code == 204
    await newsroom.read(f"/v1/series/{series.json()['id']}", 410)


async def test_what_names_a_wrong_series_is_refused(newsroom: Newsroom) -> None:
    await newsroom.desk.post(
        "/desk/editions",
        json={"code": "fr", "name": "Français", "language": "fr", "path_prefix": "/fr"},
    )
    french = await create(newsroom, "series", edition="fr", title="Phares")
    section = await newsroom.section("News")
    told = {"headline": "Fog", "section_id": section, "body_markdown": "Fog."}

    elsewhere = await newsroom.desk.post(
        "/desk/articles", json=told | {"episode": episode(french, 1)}
    )
    assert pointers(elsewhere) == ["/episode/series_id"]
    wrong = await newsroom.desk.post(
        "/desk/articles", json=told | {"episode": {"season": -1, "number": 1_000_000}}
    )
    assert pointers(wrong) == ["/episode/number", "/episode/season", "/episode/series_id"]
    twice = await newsroom.desk.post(
        "/desk/series",
        json={"edition": "en", "title": "X", "seasons": [{"number": 1}, {"number": 1}]},
    )
    assert pointers(twice) == ["/seasons"]
    nothing = [{"number": 2, "artwork_id": section}]
    unseen = await newsroom.desk.post(
        "/desk/series", json={"edition": "en", "title": "X", "seasons": nothing}
    )
    assert pointers(unseen) == ["/seasons/0/artwork_id"]


async def test_lists_are_in_the_order_that_the_editors_gave_them(newsroom: Newsroom) -> None:
    await newsroom.desk.post(
        "/desk/editions",
        json={"code": "fr", "name": "Français", "language": "fr", "path_prefix": "/fr"},
    )
    for title, edition, position in (("B", "en", 1), ("A", "en", 2), ("C", "fr", 0)):
        await create(
            newsroom, "series", edition=edition, title=title, position=position, public=True
        )
    await create(newsroom, "series", edition="en", title="Hidden")

    async def listed(query: str = "") -> list[str]:
        return [each["title"] for each in (await newsroom.read(f"/v1/series{query}"))["items"]]

    assert await listed() == ["C", "B", "A"]
    assert await listed("?edition=en") == ["B", "A"]
    page = await newsroom.read("/v1/series?edition=en&limit=1")
    assert [each["title"] for each in (await newsroom.read(page["next"]))["items"]] == ["A"]
    await newsroom.read("/v1/series?edition=de", 422)
    last = (await newsroom.read("/v1/series/b"))["id"]
    known = {"If-None-Match": (await newsroom.reader.get("/v1/series")).headers["etag"]}
    moved = await newsroom.desk.put(
        f"/desk/series/{last}",
        json={"title": "B", "position": 9, "public": True},
        headers={"If-Match": "*"},
    )
    assert moved.status_code == 200, moved.text
    assert await listed() == ["C", "A", "B"]
    assert (await newsroom.reader.get("/v1/series", headers=known)).status_code == 200
    kept = await newsroom.desk.delete("/desk/editions/fr", headers={"If-Match": "*"})
    assert (kept.status_code, kept.json()["detail"]) == (409, "It still has series.")
    desk = await newsroom.desk.get("/desk/series?edition=en")
    assert [each["title"] for each in desk.json()["items"]] == ["A", "B", "Hidden"]
