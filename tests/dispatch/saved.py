"""Saved feeds and partners for tests."""

from typing import Any
from uuid import uuid4

import httpx

from tests.newsroom import Newsroom


async def saved_feed(newsroom: Newsroom, title: str = "All of it", **fields: Any) -> Any:
    """A saved feed that is complete."""
    told = {"edition": "en", "title": title, **fields}
    answer = await newsroom.desk.post("/desk/feeds", json=told)
    assert answer.status_code == 201, answer.text
    await newsroom.drain()
    return answer.json()


async def partner(newsroom: Newsroom, *feed_ids: str, **fields: Any) -> Any:
    told = {"name": f"Partner {uuid4()}", "feed_ids": list(feed_ids), **fields}
    answer = await newsroom.desk.post("/desk/partners", json=told)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def key_of(newsroom: Newsroom, partner_id: str) -> Any:
    """The answer to making a key for this partner."""
    answer = await newsroom.desk.post(f"/desk/partners/{partner_id}/keys", json={"name": "Theirs"})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def pull(
    newsroom: Newsroom, key: str, address: str, status: int = 200, *, etag: str | None = None
) -> httpx.Response:
    """The answer to somebody with this key."""
    told = {"Authorization": f"Bearer {key}", "Accept-Encoding": "identity"}
    told |= {"If-None-Match": etag} if etag else {}
    answer = await newsroom.reader.get(address, headers=told)
    assert answer.status_code == status, f"{answer.status_code} {answer.text}"
    return answer


async def usage(newsroom: Newsroom, partner_id: str, query: str = "") -> Any:
    answer = await newsroom.desk.get(f"/desk/partners/{partner_id}/usage{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()
