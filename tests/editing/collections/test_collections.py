"""Collections: lists in the editors' order."""

import asyncio
from typing import Any

import httpx
import psycopg

from tests.editing.requests import create, delete, pointers, replace
from tests.newsroom import Newsroom


async def _collection(newsroom: Newsroom, *articles: str, **fields: Any) -> httpx.Response:
    return await create(
        newsroom, "collections", edition="en", title="Editor's choice", articles=list(articles),
        **fields,
    )  # fmt: skip


async def _live(newsroom: Newsroom, *headlines: str) -> list[str]:
    return [(await newsroom.published(headline)).json()["id"] for headline in headlines]


async def _public(newsroom: Newsroom) -> list[str]:
    collection = await newsroom.read("/v1/collections/editors-choice")
    return [card["id"] for card in collection["items"]]


async def _positions(newsroom: Newsroom) -> list[int]:
    async with await psycopg.AsyncConnection.connect(newsroom.url) as connection:
        found = await connection.execute(
            "SELECT position FROM desk.collection_items ORDER BY position"
        )
        return [row[0] for row in await found.fetchall()]


async def test_readers_see_the_live_articles_in_the_editors_order(newsroom: Newsroom) -> None:
    one, two, three = await _live(newsroom, "One", "Two", "Three")
    draft = await newsroom.article("Not yet")

    made = await _collection(newsroom, three, draft.json()["id"], one)
    assert made.json()["articles"] == [three, draft.json()["id"], one]
    assert await _public(newsroom) == [three, one]

    changed = await replace(
        newsroom, "collections", made, title="Editor's choice", articles=[one, two, three]
    )
    assert changed.json()["articles"] == [one, two, three]
    assert await _public(newsroom) == [one, two, three]


async def test_an_article_is_put_in_moved_and_taken_out(newsroom: Newsroom) -> None:
    one, two, three = await _live(newsroom, "One", "Two", "Three")
    made = await _collection(newsroom, one, two)
    address = f"{made.headers['Location']}/articles"

    put = await newsroom.desk.post(address, json={"article_id": three, "position": 0})
    assert put.json()["articles"] == [three, one, two]
    moved = await newsroom.desk.post(address, json={"article_id": three})
    assert moved.json()["articles"] == [one, two, three]
    assert await _public(newsroom) == [one, two, three]

    assert (await newsroom.desk.delete(f"{address}/{two}")).status_code == 428
    stale = {"If-Match": made.headers["ETag"]}
    assert (await newsroom.desk.delete(f"{address}/{two}", headers=stale)).status_code == 412
    now = {"If-Match": moved.headers["ETag"]}
    out = await newsroom.desk.delete(f"{address}/{two}", headers=now)
    assert out.json()["articles"] == [one, three]
    assert await _public(newsroom) == [one, three]
    now = {"If-Match": out.headers["ETag"]}
    assert (await newsroom.desk.delete(f"{address}/{two}", headers=now)).status_code == 404


async def test_articles_put_in_at_once_are_all_in(newsroom: Newsroom) -> None:
    drafts = [await newsroom.article(f"Draft {n}") for n in range(8)]
    ids = [draft.json()["id"] for draft in drafts]
    made = await _collection(newsroom)

    answers = await asyncio.gather(
        *(
            newsroom.desk.post(f"{made.headers['Location']}/articles", json={"article_id": one})
            for one in ids
        )
    )

    assert {answer.status_code for answer in answers} == {200}
    now = await newsroom.desk.get(made.headers["Location"])
    assert sorted(now.json()["articles"]) == sorted(ids)


async def test_a_withdrawn_article_leaves_its_collections_by_itself(newsroom: Newsroom) -> None:
    one, two = await _live(newsroom, "One", "Two")
    made = await _collection(newsroom, one, two)
    article = await newsroom.desk.get(f"/desk/articles/{one}")

    withdrawn = await newsroom.desk.post(
        f"/desk/articles/{one}/withdraw", json={}, headers={"If-Match": article.headers["ETag"]}
    )
    assert withdrawn.status_code == 200, withdrawn.text

    now = await newsroom.desk.get(made.headers["Location"])
    assert now.json()["articles"] == [two]
    assert now.headers["ETag"] != made.headers["ETag"]
    assert await _public(newsroom) == [two]


async def test_a_deleted_draft_leaves_its_collections_by_itself(newsroom: Newsroom) -> None:
    one, two = await _live(newsroom, "One", "Two")
    draft = await newsroom.article("Draft")
    made = await _collection(newsroom, one, draft.json()["id"], two)

    refused = await newsroom.desk.delete(
        f"/desk/articles/{draft.json()['id']}", headers={"If-Match": '"7"'}
    )
    assert refused.status_code == 412
    still = await newsroom.desk.get(made.headers["Location"])
    assert still.headers["ETag"] == made.headers["ETag"]
    assert (await delete(newsroom, "articles", draft)).status_code == 204

    now = await newsroom.desk.get(made.headers["Location"])
    assert now.json()["articles"] == [one, two]
    assert now.headers["ETag"] != made.headers["ETag"]
    assert await _positions(newsroom) == [0, 1]
    assert await _public(newsroom) == [one, two]


async def test_an_article_is_withdrawn_while_a_draft_beside_it_is_deleted(
    newsroom: Newsroom,
) -> None:
    one, two = await _live(newsroom, "One", "Two")
    draft = (await newsroom.article("Draft")).json()["id"]
    made = await _collection(newsroom, one, draft, two)

    async with await psycopg.AsyncConnection.connect(newsroom.url) as deleting:
        await deleting.execute("DELETE FROM desk.articles WHERE id = %s", (draft,))
        withdrawing = asyncio.create_task(
            newsroom.desk.post(f"/desk/articles/{one}/withdraw", headers={"If-Match": "*"})
        )
        done, _ = await asyncio.wait([withdrawing], timeout=0.5)
        assert not done

    assert (await withdrawing).status_code == 200
    now = await newsroom.desk.get(made.headers["Location"])
    assert now.json()["articles"] == [two]


async def test_an_article_is_withdrawn_while_somebody_takes_it_out(newsroom: Newsroom) -> None:
    for _ in range(4):
        (one,) = await _live(newsroom, "One")
        made = await create(newsroom, "collections", edition="en", title="x", articles=[one])
        now = {"If-Match": made.headers["ETag"]}

        withdrawn, out = await asyncio.gather(
            newsroom.desk.post(f"/desk/articles/{one}/withdraw", headers={"If-Match": "*"}),
            newsroom.desk.delete(f"{made.headers['Location']}/articles/{one}", headers=now),
        )

        assert withdrawn.status_code == 200
        assert out.status_code in (200, 412)
        left = await newsroom.desk.get(made.headers["Location"])
        assert left.json()["articles"] == []


async def test_only_articles_of_its_edition_and_each_once(newsroom: Newsroom) -> None:
    await create(newsroom, "editions", code="fr", name="Français", language="fr", path_prefix="/fr")
    port = await create(newsroom, "sections", edition="fr", name="Port")
    french = await newsroom.article("Le port", section_id=port.json()["id"])
    english = await newsroom.article("The port")
    stranger = "00000000-0000-4000-8000-000000000000"

    async def refused(*articles: str) -> list[str]:
        answer = await newsroom.desk.post(
            "/desk/collections", json={"edition": "en", "title": "x", "articles": list(articles)}
        )
        assert answer.status_code == 422
        return pointers(answer)

    assert await refused(english.json()["id"], french.json()["id"], stranger) == [
        "/articles/1", "/articles/2",
    ]  # fmt: skip
    assert await refused(english.json()["id"], english.json()["id"]) == ["/articles"]
    assert await refused(*[stranger] * 201) == ["/articles"]
    made = await _collection(newsroom)
    put = await newsroom.desk.post(
        f"{made.headers['Location']}/articles", json={"article_id": french.json()["id"]}
    )
    assert (put.status_code, pointers(put)) == (422, ["/article_id"])


async def test_a_collection_comes_and_goes_and_its_articles_stay(newsroom: Newsroom) -> None:
    (one,) = await _live(newsroom, "One")
    made = await _collection(newsroom, one)
    address = made.headers["Location"]

    assert (await newsroom.desk.delete(address)).status_code == 428
    assert (await delete(newsroom, "collections", made)).status_code == 204

    assert (await newsroom.desk.get(address)).status_code == 404
    await newsroom.read(f"/v1/collections/{made.json()['id']}", 410)
    assert (await newsroom.read(f"/v1/articles/{one}"))["headline"] == "One"
    again = await _collection(newsroom, one)
    assert again.json()["slug"] == "editors-choice"
    assert await _public(newsroom) == [one]


async def test_collections_are_listed_by_edition_in_pages(newsroom: Newsroom) -> None:
    await create(newsroom, "editions", code="fr", name="Français", language="fr", path_prefix="/fr")
    for title in ("Third", "First", "Second"):
        await create(newsroom, "collections", edition="en", title=title)
    await create(newsroom, "collections", edition="fr", title="Premier")

    page = (await newsroom.desk.get("/desk/collections?edition=en&limit=2")).json()
    assert [each["slug"] for each in page["items"]] == ["first", "second"]
    rest = (await newsroom.desk.get(page["next"])).json()
    assert [each["slug"] for each in rest["items"]] == ["third"]
    assert rest["next"] is None
    everything = (await newsroom.desk.get("/desk/collections")).json()
    assert [each["edition"] for each in everything["items"]] == ["en", "fr", "en", "en"]


async def test_a_slug_that_another_has_is_refused_on_a_change_too(newsroom: Newsroom) -> None:
    await _collection(newsroom)
    other = await create(newsroom, "collections", edition="en", title="Weekend")

    answer = await replace(newsroom, "collections", other, title="Weekend", slug="editors-choice")

    assert (answer.status_code, pointers(answer)) == (409, ["/slug"])
    assert "editors-choice-2 is free" in answer.json()["detail"]
    now = await newsroom.desk.get(other.headers["Location"])
    assert now.headers["ETag"] == other.headers["ETag"]
