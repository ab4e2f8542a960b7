"""Sections: a tree per edition, its paths, and what readers see of it."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.editing.requests import create, delete, pointers, replace
from tests.newsroom import Newsroom


async def _section(newsroom: Newsroom, name: str, **fields: Any) -> httpx.Response:
    return await create(newsroom, "sections", edition="en", name=name, **fields)


async def _move(newsroom: Newsroom, section: httpx.Response, **target: Any) -> httpx.Response:
    return await newsroom.desk.post(f"{section.headers['Location']}/move", json=target)


async def _tree(newsroom: Newsroom) -> list[Any]:
    """Names, each with those below it."""

    def outline(nodes: list[dict[str, Any]]) -> list[Any]:
        return [[node["name"], *outline(node["children"])] for node in nodes]

    answer = await newsroom.desk.get("/desk/sections?edition=en")
    public = (await newsroom.read("/v1/sections?edition=en"))["items"]
    assert outline(public) == outline(answer.json()["items"])
    return outline(answer.json()["items"])


async def test_a_tree_is_what_readers_get_of_it(newsroom: Newsroom) -> None:
    world = await _section(newsroom, "World", description="Beyond the bay")
    near = await _section(newsroom, "Neighbours", parent_id=world.json()["id"])
    await _section(newsroom, "Sport")
    await _section(newsroom, "Weather", position=0)

    assert near.json()["path"] == "world/neighbours"
    assert await _tree(newsroom) == [["Weather"], ["World", ["Neighbours"]], ["Sport"]]
    public = await newsroom.read(f"/v1/sections/{near.json()['id']}")
    assert public["path"] == "/world/neighbours"
    assert [crumb["name"] for crumb in public["breadcrumbs"]] == ["World"]
    assert (await newsroom.read("/v1/pages/world"))["description"] == "Beyond the bay"


async def test_moving_a_section_moves_all_below_it_and_the_old_paths_redirect(
    newsroom: Newsroom,
) -> None:
    world = await _section(newsroom, "World")
    sport = await _section(newsroom, "Sport")
    near = await _section(newsroom, "Neighbours", parent_id=world.json()["id"])
    lisk = await _section(newsroom, "Lisk", parent_id=near.json()["id"])

    moved = await _move(newsroom, near, parent_id=sport.json()["id"])

    assert moved.status_code == 200
    assert moved.json()["path"] == "sport/neighbours"
    now = await newsroom.desk.get(lisk.headers["Location"])
    assert now.json()["path"] == "sport/neighbours/lisk"
    assert now.headers["ETag"] != lisk.headers["ETag"]
    assert await _tree(newsroom) == [["World"], ["Sport", ["Neighbours", ["Lisk"]]]]
    for old, new in (
        ("/world/neighbours", "/sport/neighbours"),
        ("/world/neighbours/lisk", "/sport/neighbours/lisk"),
    ):
        there = await newsroom.read(f"/v1/pages{old}")
        assert (there["kind"], there["to"]) == ("redirect", new)
        assert (await newsroom.read(f"/v1/pages{new}"))["path"] == new

    back = await _move(newsroom, near, parent_id=world.json()["id"])
    assert back.status_code == 200
    assert (await newsroom.read("/v1/pages/sport/neighbours/lisk"))["to"] == (
        "/world/neighbours/lisk"
    )
    assert (await newsroom.read("/v1/pages/world/neighbours/lisk"))["name"] == "Lisk"


async def test_a_new_slug_changes_the_paths_below_and_the_name_alone_does_not(
    newsroom: Newsroom,
) -> None:
    world = await _section(newsroom, "World")
    await _section(newsroom, "Lisk", parent_id=world.json()["id"])

    renamed = await replace(newsroom, "sections", world, name="The World")
    assert (renamed.json()["slug"], renamed.json()["path"]) == ("world", "world")
    lisk = await newsroom.read("/v1/pages/world/lisk")
    assert lisk["parent"]["name"] == "The World"

    moved = await replace(newsroom, "sections", renamed, name="Abroad", slug="abroad")
    assert moved.json()["path"] == "abroad"
    assert (await newsroom.read("/v1/pages/world/lisk"))["to"] == "/abroad/lisk"
    assert (await newsroom.read("/v1/pages/abroad/lisk"))["breadcrumbs"][0]["name"] == "Abroad"


async def test_names_may_swap_their_places(newsroom: Newsroom) -> None:
    first = await _section(newsroom, "First", slug="a")
    second = await _section(newsroom, "Second", slug="b")

    first = await replace(newsroom, "sections", first, name="First", slug="c")
    assert (await replace(newsroom, "sections", second, name="Second", slug="a")).status_code == 200
    assert (await replace(newsroom, "sections", first, name="First", slug="b")).status_code == 200

    assert (await newsroom.read("/v1/pages/a"))["name"] == "Second"
    assert (await newsroom.read("/v1/pages/b"))["name"] == "First"
    assert (await newsroom.read("/v1/pages/c"))["to"] == "/b"


async def test_a_section_cannot_be_moved_below_itself(newsroom: Newsroom) -> None:
    world = await _section(newsroom, "World")
    near = await _section(newsroom, "Neighbours", parent_id=world.json()["id"])

    below = await _move(newsroom, world, parent_id=near.json()["id"])
    itself = await _move(newsroom, world, parent_id=world.json()["id"])

    assert (below.status_code, itself.status_code) == (409, 409)
    assert "below itself" in below.json()["detail"]
    assert await _tree(newsroom) == [["World", ["Neighbours"]]]


async def test_two_moves_at_once_never_make_a_circle(newsroom: Newsroom) -> None:
    """Twenty rounds: each move would be right without the other."""
    first = await _section(newsroom, "First")
    second = await _section(newsroom, "Second")

    for _ in range(20):
        answers = await asyncio.gather(
            _move(newsroom, first, parent_id=second.json()["id"]),
            _move(newsroom, second, parent_id=first.json()["id"]),
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        tree = await _tree(newsroom)
        assert tree in ([["First", ["Second"]]], [["Second", ["First"]]])
        for section in (first, second):
            assert (await _move(newsroom, section, parent_id=None)).status_code == 200


async def test_twenty_sections_of_one_name_at_once_get_twenty_paths(newsroom: Newsroom) -> None:
    answers = await asyncio.gather(
        *(
            newsroom.desk.post("/desk/sections", json={"edition": "en", "name": "Port"})
            for _ in range(20)
        )
    )

    assert {answer.status_code for answer in answers} == {201}
    paths = {answer.json()["path"] for answer in answers}
    assert paths == {"port"} | {f"port-{n}" for n in range(2, 21)}


async def test_siblings_cannot_share_a_slug_and_a_free_one_is_proposed(newsroom: Newsroom) -> None:
    world = await _section(newsroom, "World")
    sport = await _section(newsroom, "Sport")
    await _section(newsroom, "Lisk", parent_id=world.json()["id"])
    other = await _section(newsroom, "Lisk", parent_id=sport.json()["id"])

    sent = await newsroom.desk.post(
        "/desk/sections", json={"edition": "en", "name": "New", "slug": "world"}
    )
    moved = await _move(newsroom, other, parent_id=world.json()["id"])

    assert (sent.status_code, pointers(sent)) == (409, ["/slug"])
    assert "world-2 is free" in sent.json()["errors"][0]["detail"]
    assert moved.status_code == 409


async def test_a_path_where_something_else_lives_is_refused(newsroom: Newsroom) -> None:
    await newsroom.published("The harbour reopens", path="/harbour")

    answer = await newsroom.desk.post("/desk/sections", json={"edition": "en", "name": "Harbour"})

    assert answer.status_code == 409
    assert "/harbour" in answer.json()["detail"]
    assert (await newsroom.read("/v1/pages/harbour"))["kind"] == "article"


async def test_a_hidden_section_and_all_below_it_are_nowhere_until_it_is_shown(
    newsroom: Newsroom,
) -> None:
    secret = await _section(newsroom, "Election", hidden=True)
    below = await _section(newsroom, "Results", parent_id=secret.json()["id"])
    own = await _section(newsroom, "Leaks", parent_id=secret.json()["id"], hidden=True)
    for path in ("/election", "/election/results", "/election/leaks"):
        await newsroom.read(f"/v1/pages{path}", 404)
    assert (await newsroom.read("/v1/sections?edition=en"))["items"] == []

    shown = await replace(newsroom, "sections", secret, name="Election", hidden=False)
    assert (await newsroom.read("/v1/pages/election/results"))["name"] == "Results"
    await newsroom.read("/v1/pages/election/leaks", 404)

    kept = await replace(newsroom, "sections", own, name="Leaks!")
    assert kept.json()["hidden"] is True

    hidden = await replace(newsroom, "sections", shown, name="Election", hidden=True)
    await newsroom.read("/v1/pages/election", 410)
    await newsroom.read(f"/v1/sections/{below.json()['id']}", 410)
    moved = await replace(newsroom, "sections", hidden, name="Vote", slug="vote", hidden=False)
    assert moved.status_code == 200
    assert (await newsroom.read("/v1/pages/election/results"))["to"] == "/vote/results"


async def test_a_section_moved_out_of_a_hidden_one_becomes_public(newsroom: Newsroom) -> None:
    secret = await _section(newsroom, "Election", hidden=True)
    below = await _section(newsroom, "Results", parent_id=secret.json()["id"])

    assert (await _move(newsroom, below, parent_id=None)).status_code == 200
    assert (await newsroom.read("/v1/pages/results"))["breadcrumbs"] == []

    assert (await _move(newsroom, below, parent_id=secret.json()["id"])).status_code == 200
    await newsroom.read("/v1/pages/results", 410)


async def test_a_section_in_use_cannot_be_deleted_and_a_deleted_path_is_gone(
    newsroom: Newsroom,
) -> None:
    world = await _section(newsroom, "World")
    below = await _section(newsroom, "Lisk", parent_id=world.json()["id"])
    article = await newsroom.article(section_id=below.json()["id"])

    assert (await delete(newsroom, "sections", world)).status_code == 409
    in_use = await delete(newsroom, "sections", below)
    assert in_use.status_code == 409
    assert article.json()["id"] in in_use.json()["detail"]

    await newsroom.save(article, section_id=world.json()["id"])
    assert (await delete(newsroom, "sections", below)).status_code == 204
    await newsroom.read("/v1/pages/world/lisk", 410)
    assert await _tree(newsroom) == [["World"]]

    again = await _section(newsroom, "Lisk", parent_id=world.json()["id"])
    assert (await newsroom.read("/v1/pages/world/lisk"))["id"] == again.json()["id"]


async def test_an_article_saved_while_its_section_is_deleted_keeps_it_or_is_refused(
    newsroom: Newsroom,
) -> None:
    """Ten rounds: never an article in a section that is not there."""
    for _ in range(10):
        section = await _section(newsroom, "Fleeting")
        identity = section.json()["id"]
        draft = {"headline": "A race", "section_id": identity}

        saved, deleted = await asyncio.gather(
            newsroom.desk.post("/desk/articles", json=draft), delete(newsroom, "sections", section)
        )

        assert (saved.status_code, deleted.status_code) in ((201, 409), (422, 204))
        if saved.status_code == 201:
            await newsroom.desk.delete(
                saved.headers["Location"], headers={"If-Match": saved.headers["ETag"]}
            )
            assert (await delete(newsroom, "sections", section)).status_code == 204


async def test_children_are_reordered_all_or_not_at_all(newsroom: Newsroom) -> None:
    sections = {name: await _section(newsroom, name) for name in ("One", "Two", "Three")}
    ids = {name: section.json()["id"] for name, section in sections.items()}

    async def reorder(*names: str) -> httpx.Response:
        return await newsroom.desk.post(
            "/desk/sections/reorder", json={"edition": "en", "ids": [ids[name] for name in names]}
        )

    answer = await reorder("Three", "One", "Two")
    assert [node["name"] for node in answer.json()["items"]] == ["Three", "One", "Two"]
    assert await _tree(newsroom) == [["Three"], ["One"], ["Two"]]
    assert (await reorder("One", "Two")).status_code == 409
    assert (await reorder("One", "Two", "Two")).status_code == 422

    moved = await _move(newsroom, sections["Two"], parent_id=None, position=1)
    assert moved.headers["ETag"] == sections["Two"].headers["ETag"]
    assert await _tree(newsroom) == [["Three"], ["Two"], ["One"]]


async def test_sections_nest_eight_deep_and_no_deeper(newsroom: Newsroom) -> None:
    chain = [await _section(newsroom, "Level 1")]
    for level in range(2, 9):
        chain.append(await _section(newsroom, f"Level {level}", parent_id=chain[-1].json()["id"]))
    other = await _section(newsroom, "Other")

    deeper = await newsroom.desk.post(
        "/desk/sections",
        json={"edition": "en", "name": "Level 9", "parent_id": chain[-1].json()["id"]},
    )
    moved = await _move(newsroom, chain[0], parent_id=other.json()["id"])

    assert (deeper.status_code, moved.status_code) == (409, 409)
    assert (await newsroom.read("/v1/pages/" + chain[-1].json()["path"]))["name"] == "Level 8"


async def test_a_section_is_not_overwritten_unseen(newsroom: Newsroom) -> None:
    section = await _section(newsroom, "World")
    address = section.headers["Location"]

    answers = await asyncio.gather(
        *(replace(newsroom, "sections", section, name=f"World {n}") for n in range(6))
    )

    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412, 412, 412]
    assert (await newsroom.desk.put(address, json={"name": "x"})).status_code == 428
    assert (await newsroom.desk.delete(address)).status_code == 428
    assert (await delete(newsroom, "sections", section)).status_code == 412


async def test_each_wrong_field_of_a_section_is_named(newsroom: Newsroom) -> None:
    answer = await newsroom.desk.post(
        "/desk/sections",
        json={
            "edition": "en",
            "name": "",
            "slug": "desk",
            "parent": None,
            "position": 1.5,
            "hidden": 1,
            "description": "x" * 5_001,
        },
    )
    assert answer.status_code == 422
    assert pointers(answer) == [
        "/description", "/hidden", "/name", "/parent", "/position", "/slug",
    ]  # fmt: skip

    world = {"edition": "en", "name": "World"}
    edition = await newsroom.desk.post("/desk/sections", json=world | {"edition": "xx"})
    assert (edition.status_code, pointers(edition)) == (422, ["/edition"])
    stranger = "00000000-0000-4000-8000-000000000000"
    parent = await newsroom.desk.post("/desk/sections", json=world | {"parent_id": stranger})
    assert (parent.status_code, pointers(parent)) == (422, ["/parent_id"])
    assert (await newsroom.desk.get(f"/desk/sections/{stranger}")).status_code == 404


@pytest.mark.parametrize("query", ["", "?edition=xx", "?edition=en&editon=en", "?edition="])
async def test_the_tree_is_of_one_edition_that_there_is(newsroom: Newsroom, query: str) -> None:
    assert (await newsroom.desk.get(f"/desk/sections{query}")).status_code == 422


async def test_a_parent_of_another_edition_is_refused(newsroom: Newsroom) -> None:
    await create(newsroom, "editions", code="fr", name="Français", language="fr", path_prefix="/fr")
    french = await create(newsroom, "sections", edition="fr", name="Monde")
    english = await _section(newsroom, "World")

    answer = await _move(newsroom, english, parent_id=french.json()["id"])

    assert (answer.status_code, pointers(answer)) == (422, ["/parent_id"])
