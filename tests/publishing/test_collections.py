"""Curated lists with articles that are not live yet."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests import newsroom as newsrooms
from tests.newsroom import Newsroom


@pytest.fixture
async def newsroom(site_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url) as opened:
        yield opened


async def collection(newsroom: Newsroom, *articles: Any) -> dict[str, Any]:
    ids = [article.json()["id"] for article in articles]
    made = await newsroom.desk.post(
        "/desk/collections", json={"edition": "en", "title": "Choice", "articles": ids}
    )
    assert made.status_code == 201, made.text
    return made.json()


async def test_an_article_comes_to_its_place_when_it_is_published(newsroom: Newsroom) -> None:
    first = [await newsroom.article(f"Draft {number}") for number in range(4)]
    live = [await newsroom.published(f"Live {number}") for number in range(2)]
    await collection(newsroom, first[0], live[0], first[1], first[2], live[1], first[3])

    for draft in (first[2], first[0], first[3], first[1]):
        await newsroom.publish(draft)

    shown = (await newsroom.read("/v1/collections/choice"))["items"]
    assert [card["headline"] for card in shown] == [
        "Draft 0", "Live 0", "Draft 1", "Draft 2", "Live 1", "Draft 3",
    ]  # fmt: skip


async def test_a_draft_that_a_collection_waits_for_changes_nothing_in_public(
    newsroom: Newsroom,
) -> None:
    live, draft = await newsroom.published("Live"), await newsroom.article("Draft")
    made = await collection(newsroom, live)
    before = await newsroom.reader.get("/v1/collections/choice")

    put = await newsroom.desk.post(
        f"/desk/collections/{made['id']}/articles",
        json={"article_id": draft.json()["id"], "position": 0},
    )
    assert put.status_code == 200, put.text

    after = await newsroom.reader.get("/v1/collections/choice")
    assert (after.content, after.headers["ETag"]) == (before.content, before.headers["ETag"])


async def test_another_order_is_a_change(newsroom: Newsroom) -> None:
    one, two = await newsroom.published("One"), await newsroom.published("Two")
    made = await collection(newsroom, one, two)
    before = await newsroom.reader.get("/v1/collections/choice")

    await newsroom.desk.post(
        f"/desk/collections/{made['id']}/articles",
        json={"article_id": two.json()["id"], "position": 0},
    )

    after = await newsroom.reader.get("/v1/collections/choice")
    assert [card["headline"] for card in after.json()["items"]] == ["Two", "One"]
    assert after.headers["ETag"] != before.headers["ETag"]
