"""Requests to the desk, and what their answers say."""

from typing import Any

import httpx

from tests.newsroom import Newsroom


async def create(newsroom: Newsroom, what: str, **fields: Any) -> httpx.Response:
    """The answer to creating one of these, which must succeed and say where it is."""
    answer = await newsroom.desk.post(f"/desk/{what}", json=fields)
    assert answer.status_code == 201, answer.text
    there = await newsroom.desk.get(answer.headers["Location"])
    assert there.json() == answer.json()
    assert there.headers["ETag"] == answer.headers["ETag"]
    return answer


async def replace(
    newsroom: Newsroom, what: str, answer: httpx.Response, **fields: Any
) -> httpx.Response:
    """The answer to replacing what this answer showed."""
    return await newsroom.desk.put(
        f"/desk/{what}/{answer.json()['id']}",
        json=fields,
        headers={"If-Match": answer.headers["ETag"]},
    )


async def delete(newsroom: Newsroom, what: str, answer: httpx.Response) -> httpx.Response:
    """The answer to deleting what this answer showed."""
    return await newsroom.desk.delete(
        f"/desk/{what}/{answer.json()['id']}", headers={"If-Match": answer.headers["ETag"]}
    )


def pointers(answer: httpx.Response) -> list[str]:
    """Which fields a refusal names."""
    return sorted(error["pointer"] for error in answer.json()["errors"])
