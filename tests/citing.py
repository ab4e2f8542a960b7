"""Works, articles that cite them, and what happens to the works; through HTTP."""

from typing import Any

import httpx

from tests.newsroom import Newsroom

WORDS = "the paper reported"
RETRACTION: dict[str, Any] = {
    "kind": "retraction",
    "severity": "fatal",
    "summary": "The documents were forged.",
    "notice_url": "https://courier.example/retraction",
    "occurred_on": "2026-11-21",
}
NOTICE = {
    "type": "retraction",
    "severity": "fatal",
    "summary": "The documents were forged.",
    "url": "https://courier.example/retraction",
    "occurred_on": "2026-11-21",
}
"""What readers are shown of it."""


async def work(newsroom: Newsroom, title: str = "Harbour audit", **fields: Any) -> str:
    """The id of a new work."""
    sent = {"kind": "report", "title": title} | fields
    answer = await newsroom.desk.post("/desk/works", json=sent)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def naming(work_id: str, **fields: Any) -> dict[str, Any]:
    """A citation of this work."""
    return {"type": "reported_by", "work_id": work_id, "anchors": [{"exact": WORDS}]} | fields


def passing(work_id: str, first_id: str, **fields: Any) -> dict[str, Any]:
    """A citation of the second work, which has it from the first one."""
    chain = [{"work_id": first_id}, {"work_id": work_id, "relation": "cited"}]
    return naming(first_id, chain=chain, **fields)


async def draft(
    newsroom: Newsroom, headline: str, *citations: dict[str, Any], **fields: Any
) -> httpx.Response:
    body = f"{headline}: {WORDS} on Friday."
    return await newsroom.article(headline, body_markdown=body, citations=list(citations), **fields)


async def article(
    newsroom: Newsroom, headline: str, *citations: dict[str, Any], **fields: Any
) -> httpx.Response:
    """A live article with these citations."""
    return await newsroom.publish(await draft(newsroom, headline, *citations, **fields))


async def own_work(newsroom: Newsroom, live: httpx.Response) -> str:
    """The id of the work that stands for this live article."""
    answer = await newsroom.desk.post(f"/desk/works/from-article/{live.json()['id']}")
    assert answer.status_code in (200, 201), answer.text
    return str(answer.json()["id"])


async def happens(newsroom: Newsroom, work_id: str, **fields: Any) -> dict[str, Any]:
    """A work is retracted, where nothing else is said. The event, not followed up yet."""
    answer = await newsroom.desk.post(f"/desk/works/{work_id}/events", json=RETRACTION | fields)
    assert answer.status_code == 201, answer.text
    event: dict[str, Any] = answer.json()
    return event


async def retracted(newsroom: Newsroom, work_id: str, **fields: Any) -> dict[str, Any]:
    """The same, followed up."""
    event = await happens(newsroom, work_id, **fields)
    await newsroom.drain()
    return event


async def reviews(newsroom: Newsroom, **narrowed: Any) -> list[dict[str, Any]]:
    """Every review in the desk's list, over all its pages."""
    found: list[dict[str, Any]] = []
    address = str(httpx.URL("/desk/citation-reviews", params={"limit": 100} | narrowed))
    while address:
        answer = await newsroom.desk.get(address)
        assert answer.status_code == 200, answer.text
        found += answer.json()["items"]
        address = answer.json()["next"]
    return found


async def reviewed(newsroom: Newsroom, **narrowed: Any) -> list[str]:
    """The headlines of the articles that have a review; sorted, one for each review."""
    return sorted(each["article"]["headline"] for each in await reviews(newsroom, **narrowed))


async def close(
    newsroom: Newsroom, review: dict[str, Any], *, etag: str | None = None, **closing: Any
) -> httpx.Response:
    """The answer to closing this review."""
    address = f"/desk/citation-reviews/{review['id']}"
    etag = etag or (await newsroom.desk.get(address)).headers["ETag"]
    return await newsroom.desk.post(f"{address}/close", json=closing, headers={"If-Match": etag})


async def closed(newsroom: Newsroom, live: httpx.Response, **closing: Any) -> dict[str, Any]:
    """The one open review of this article, closed."""
    [review] = await reviews(newsroom, article=live.json()["id"], open=True)
    answer = await close(newsroom, review, **closing)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def events(newsroom: Newsroom, work_id: str) -> list[dict[str, Any]]:
    answer = await newsroom.desk.get(f"/desk/works/{work_id}/events")
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def status(newsroom: Newsroom, work_id: str) -> str:
    return str((await newsroom.desk.get(f"/desk/works/{work_id}")).json()["status"])


async def progress(newsroom: Newsroom, work_id: str) -> dict[str, Any]:
    answer = await newsroom.desk.get(f"/desk/works/{work_id}/follow-up")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def shown(newsroom: Newsroom, live: httpx.Response) -> dict[str, Any]:
    """The notices that readers of a live article see, by the works that they are about."""
    article = await newsroom.read(f"/v1/articles/{live.json()['id']}")
    found: dict[str, Any] = {}
    for citation in article["citations"]:
        for place in filter(None, (citation["work"], *citation["chain"])):
            identity = place["work_id"] if "work_id" in place else place["id"]
            if identity is not None:
                assert found.setdefault(identity, place["notice"]) == place["notice"]
    return found
