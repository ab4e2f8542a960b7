"""Works that are in use."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from app import ids
from app.editing.reviews.models import CitationReview
from app.editing.works.models import WorkEvent
from tests.editing.requests import create, delete, replace
from tests.newsroom import Newsroom

PLAIN = {"kind": "report", "title": "Audit"}


async def report(newsroom: Newsroom, **fields: Any) -> httpx.Response:
    return await create(newsroom, "works", **PLAIN, **fields)


def citing(work: httpx.Response, **fields: Any) -> dict[str, Any]:
    return {"type": "reported_by", "work_id": work.json()["id"]} | fields


def through(first: httpx.Response, second: httpx.Response, **fields: Any) -> dict[str, Any]:
    """A citation of the first work, which cites the second."""
    chain = [{"work_id": each.json()["id"]} for each in (first, second)]
    return citing(first, chain=chain, **fields)


async def refuses(newsroom: Newsroom, work: httpx.Response, *, names: str) -> None:
    refused = await delete(newsroom, "works", work)
    assert refused.status_code == 409
    assert names in refused.json()["detail"]


async def test_what_an_article_cites_cannot_be_deleted(newsroom: Newsroom) -> None:
    cited, passed_on = await report(newsroom), await report(newsroom)
    article = await newsroom.article(citations=[through(cited, passed_on)])

    for work in (cited, passed_on):
        await refuses(newsroom, work, names=article.json()["id"])
    await newsroom.save(article, citations=[])

    for work in (cited, passed_on):
        assert (await delete(newsroom, "works", work)).status_code == 204


async def test_what_readers_are_shown_cannot_be_deleted(newsroom: Newsroom) -> None:
    cited = await report(newsroom)
    article = await newsroom.published(citations=[citing(cited)])
    saved = await newsroom.save(article, citations=[])

    await refuses(newsroom, cited, names=article.json()["id"])
    await newsroom.publish(saved)

    assert (await delete(newsroom, "works", cited)).status_code == 204


async def test_what_is_to_be_looked_at_cannot_be_deleted(newsroom: Newsroom) -> None:
    work = await report(newsroom)
    event = await newsroom.desk.post(
        f"{work.headers['Location']}/events",
        json={"kind": "retraction", "severity": "fatal", "summary": "Forged."},
    )
    article = await newsroom.article()
    async with newsroom.database.write() as session:
        review = CitationReview(
            id=ids.internal(), article_id=UUID(article.json()["id"]),
            event_id=UUID(event.json()["id"]), work_id=UUID(work.json()["id"]),
        )  # fmt: skip
        session.add(review)

    work = await newsroom.desk.get(work.headers["Location"])
    await refuses(newsroom, work, names=str(review.id))


async def test_what_happened_to_a_work_and_reached_others_is_not_forgotten(
    newsroom: Newsroom,
) -> None:
    work, other = await report(newsroom), await report(newsroom)
    event = await newsroom.desk.post(
        f"{work.headers['Location']}/events",
        json={"kind": "retraction", "severity": "fatal", "summary": "Forged."},
    )
    async with newsroom.database.write() as session:
        session.add(
            WorkEvent(
                work_id=UUID(other.json()["id"]), kind="retraction", severity="fatal",
                summary="Forged.", detected_by="chain", recorded_by="masthead",
                origin_id=UUID(event.json()["id"]),
            )
        )  # fmt: skip

    work = await newsroom.desk.get(work.headers["Location"])
    await refuses(newsroom, work, names=other.json()["id"])


@pytest.mark.parametrize("by", ["itself", "through another"])
async def test_what_is_cited_in_public_cannot_become_internal(newsroom: Newsroom, by: str) -> None:
    work, other = await report(newsroom), await report(newsroom)
    citation = citing(work) if by == "itself" else through(other, work)
    article = await newsroom.article(citations=[citation])
    hidden = PLAIN | {"visibility": "internal"}

    refused = await replace(newsroom, "works", work, **hidden)

    assert refused.status_code == 409
    assert article.json()["id"] in refused.json()["detail"]
    await newsroom.save(article, citations=[citation | {"visibility": "internal"}])
    assert (await replace(newsroom, "works", work, **hidden)).status_code == 200


async def test_what_readers_are_shown_cannot_become_internal(newsroom: Newsroom) -> None:
    work = await report(newsroom)
    article = await newsroom.published(citations=[citing(work)])
    await newsroom.save(article, citations=[])

    refused = await replace(newsroom, "works", work, **PLAIN, visibility="internal")

    assert refused.status_code == 409
