"""Files of references, sent to the desk."""

import json
from typing import Any

import httpx

from tests.newsroom import Newsroom

ARTICLE: dict[str, Any] = {
    "id": "okello2026",
    "type": "article-newspaper",
    "title": "Dredgers leave early",
    "container-title": "The Northgate Courier",
    "author": [{"family": "Okello", "given": "Sam"}],
    "issued": {"date-parts": [[2026, 11, 20]]},
    "URL": "https://northgate-courier.example/dredgers",
}
REPORT: dict[str, Any] = {
    "id": "audit",
    "type": "report",
    "title": "Audit of the harbour",
    "publisher": "Audit Office",
    "number": "114",
    "issued": {"date-parts": [[2026]]},
}


async def send(
    newsroom: Newsroom, *items: Any, dry_run: bool = False, form: str = "csl-json"
) -> dict[str, Any]:
    """The report on these items, or on the text of a file."""
    content = items[0] if items and isinstance(items[0], str) else json.dumps(items)
    answer = await post(newsroom.desk, {"format": form, "content": content}, dry_run=dry_run)
    assert answer.status_code == 200, answer.text
    report: dict[str, Any] = answer.json()
    return report


async def post(
    desk: httpx.AsyncClient, body: Any, *, dry_run: bool = False, **headers: str
) -> httpx.Response:
    query = {"dry_run": "1"} if dry_run else {}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await desk.post("/desk/works/import", json=body, params=query, headers=named)


def outcomes(report: dict[str, Any]) -> list[str]:
    return [entry["outcome"] for entry in report["entries"]]


def without_ids(report: Any) -> Any:
    """A report as a dry run could give it."""
    if isinstance(report, list):
        return [without_ids(each) for each in report]
    if not isinstance(report, dict):
        return report
    ids = {"id", "work_id", "dry_run"}
    return {name: without_ids(value) for name, value in report.items() if name not in ids}


async def listed(newsroom: Newsroom, noun: str = "works") -> list[dict[str, Any]]:
    answer = await newsroom.desk.get(f"/desk/{noun}", params={"limit": 100})
    items: list[dict[str, Any]] = answer.json()["items"]
    return items
