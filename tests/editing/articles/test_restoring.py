"""An earlier revision comes back only where its restorer could write it today."""

from typing import Any

import httpx

from app.identity.scopes import ROLES, Scope
from tests.editing.requests import pointers
from tests.newsroom import Newsroom

RAW = {"type": "html", "html": "<iframe></iframe>"}


async def _restore(desk: httpx.AsyncClient, article: httpx.Response) -> httpx.Response:
    return await desk.post(
        f"/desk/articles/{article.json()['id']}/restore",
        json={"revision": 1},
        headers={"If-Match": "*"},
    )


async def test_raw_html_takes_its_scope(newsroom: Newsroom) -> None:
    first = await newsroom.article(body=[RAW])
    kept = await newsroom.article(body=[RAW])
    await newsroom.save(first, body=[])
    await newsroom.save(kept, headline="Another one")

    assert Scope.ARTICLES_HTML not in ROLES["editor"]
    async with await newsroom.client("editor") as desk:
        assert (await _restore(desk, first)).status_code == 403
        assert (await _restore(desk, kept)).status_code == 200
    assert (await _restore(newsroom.desk, first)).status_code == 200


async def test_extras_are_checked_by_the_schema_of_today(newsroom: Newsroom) -> None:
    def schema(kind: str) -> dict[str, Any]:
        return {"type": "object", "properties": {"rating": {"type": kind, "x-public": True}}}

    address = "/desk/schemas/article"
    await newsroom.desk.put(address, json=schema("string"), headers={"If-Match": "*"})
    first = await newsroom.article(extras={"rating": "high"})
    await newsroom.save(first, extras={})
    await newsroom.desk.put(address, json=schema("integer"), headers={"If-Match": "*"})

    refused = await _restore(newsroom.desk, first)

    assert (refused.status_code, pointers(refused)) == (422, ["/extras/rating"])
