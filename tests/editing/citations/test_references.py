"""What citations name, through saves of an article while it changes, is merged, is hidden."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from app.editing import merging
from app.editing.works.models import Work
from tests.editing.merges import merged, rows, until_waiting
from tests.editing.requests import create, pointers, replace
from tests.newsroom import Newsroom


async def saved(newsroom: Newsroom, article: httpx.Response, **fields: Any) -> httpx.Response:
    """The answer to saving the article under another headline, without its citations."""
    content = article.json()["content"] | {"headline": "Once more"}
    del content["citations"]
    return await newsroom.desk.put(
        f"/desk/articles/{article.json()['id']}",
        json=content | fields,
        headers={"If-Match": article.headers["ETag"]},
    )


async def papers(newsroom: Newsroom, *names: str) -> list[str]:
    made = [await create(newsroom, "publications", name=n, kind="newspaper") for n in names]
    return [each.json()["id"] for each in made]


async def report(newsroom: Newsroom, title: str = "Audit", **fields: Any) -> httpx.Response:
    return await create(newsroom, "works", kind="report", title=title, **fields)


def beginning(work: httpx.Response, publication_id: str) -> dict[str, Any]:
    chain = [{"publication_id": publication_id}]
    return {"type": "reported_by", "work_id": work.json()["id"], "chain": chain}


async def test_a_public_chain_cannot_name_an_internal_work(newsroom: Newsroom) -> None:
    """Readers would see its title and its id."""
    audit, secret = await report(newsroom), await report(newsroom, "Leak", visibility="internal")
    article = await newsroom.article()
    chain = [{"work_id": each.json()["id"]} for each in (audit, secret)]
    citation = {"type": "reported_by", "work_id": audit.json()["id"], "chain": chain}

    refused = await saved(newsroom, article, citations=[citation])
    internal = await saved(newsroom, article, citations=[citation | {"visibility": "internal"}])

    assert refused.status_code == 422
    assert pointers(refused) == ["/citations/0/chain/1/work_id"]
    assert "internal" in refused.json()["errors"][0]["detail"]
    assert internal.status_code == 200, internal.text


async def test_an_article_is_saved_though_its_work_was_merged(newsroom: Newsroom) -> None:
    [paper, other] = await papers(newsroom, "Paper", "Other")
    goes = await report(newsroom, publication_id=paper)
    stays = await report(newsroom, "Report", publication_id=other)
    article = await newsroom.article(citations=[beginning(goes, paper)])
    await merged(newsroom, "works", goes, stays)

    copy = await newsroom.article("A copy", citations=article.json()["content"]["citations"])
    again = await saved(newsroom, article)

    assert (copy.status_code, again.status_code) == (201, 200), again.text


async def test_an_article_is_saved_though_its_work_has_another_publication(
    newsroom: Newsroom,
) -> None:
    [paper, other] = await papers(newsroom, "Paper", "Other")
    audit = await report(newsroom, publication_id=paper)
    article = await newsroom.article(citations=[beginning(audit, paper)])
    fields = {"kind": "report", "title": "Audit", "publication_id": other}
    assert (await replace(newsroom, "works", audit, **fields)).status_code == 200

    again = await saved(newsroom, article)
    new = await saved(newsroom, again, citations=[beginning(audit, paper)])
    await newsroom.save(new, citations=[])
    draft = {"headline": "New", "section_id": await newsroom.section("News")}
    refused = await newsroom.desk.post(
        "/desk/articles", json=draft | {"citations": [beginning(audit, paper)]}
    )
    address = f"/desk/articles/{article.json()['id']}"
    etag = (await newsroom.desk.get(address)).headers["ETag"]
    restored = await newsroom.desk.post(
        f"{address}/restore", json={"revision": 1}, headers={"If-Match": etag}
    )

    assert (again.status_code, new.status_code) == (200, 200), again.text
    assert restored.status_code == 200, restored.text
    assert pointers(refused) == ["/citations/0/chain/0"]


async def test_of_two_who_use_an_id_at_once_one_is_told(newsroom: Newsroom) -> None:
    audit = (await report(newsroom)).json()["id"]
    citation = {"id": str(uuid4()), "type": "background", "work_id": audit}
    draft = {"headline": "A", "section_id": await newsroom.section("News"), "citations": [citation]}

    answers = await asyncio.gather(
        *(newsroom.desk.post("/desk/articles", json=draft) for _ in range(4))
    )
    again = await newsroom.desk.post("/desk/articles", json=draft)

    assert {answer.status_code for answer in answers} <= {201, 409}
    assert all("id" in each.json()["detail"] for each in answers if each.status_code == 409)
    assert again.status_code == 201
    assert again.json()["content"]["citations"][0]["id"] != citation["id"]


@pytest.mark.parametrize("how", ["reanchor", "save"])
async def test_whoever_saves_while_a_work_is_merged_waits(newsroom: Newsroom, how: str) -> None:
    """Else both would: the one for the work, and the other for the citations."""
    goes, stays = await report(newsroom), await report(newsroom, "Report")
    cites = {
        "type": "reported_by", "work_id": goes.json()["id"], "anchors": [{"exact": "The ferry"}],
    }  # fmt: skip
    article = await newsroom.article(body_markdown="The ferry left.", citations=[cites])
    moves = {"goes": goes.json()["id"], "stays": stays.json()["id"]}
    async with newsroom.database.write() as session:  # the anchor is at another place now
        place = "jsonb_set(content, '{citations,0,anchors,0,start}', '3')"
        await session.execute(text(f"UPDATE desk.revisions SET content = {place}"))

    async with newsroom.database.write() as session:
        gone, stayed = await merging.lock_both(
            session, Work, UUID(moves["goes"]), UUID(moves["stays"])
        )
        saving = asyncio.create_task(_saved(newsroom, article, how))
        await until_waiting(newsroom)
        await merging.lead_on(session, gone, stayed)
        await session.execute(
            text("UPDATE desk.citations SET work_id = :stays WHERE work_id = :goes"), moves
        )
    answer = await saving

    assert answer.status_code == 200, answer.text
    assert await rows(newsroom, "desk.citations.work_id") == [moves["stays"]]


async def _saved(newsroom: Newsroom, article: httpx.Response, how: str) -> httpx.Response:
    if how == "save":
        return await saved(newsroom, article)
    return await newsroom.desk.post(
        f"/desk/articles/{article.json()['id']}/citations/reanchor",
        headers={"If-Match": article.headers["ETag"]},
    )
