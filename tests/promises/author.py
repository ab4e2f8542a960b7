"""Somebody who fills a newsroom with secrets, and remembers what a curious reader might guess."""

from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.newsroom import Newsroom

CANARY = "canary"
RESTRICTED = "pelican"
"""Stands in text that only keys with the scope `content:full` may read."""
LIVE = "seagull"


def extras(kind: str) -> dict[str, str]:
    return {"shown": f"{LIVE} extra of a {kind}", "canary-property": f"canary extra of a {kind}"}


@dataclass
class Secrets:
    """What a curious reader might guess or have seen: ids, slugs and paths, public or not."""

    public_ids: set[str] = field(default_factory=set)
    secret_ids: set[str] = field(default_factory=set)
    """Of what never was public: no answer may hold one."""
    private_lists: set[str] = field(default_factory=set)
    """Those among them that are feeds for partners."""
    films: set[str] = field(default_factory=set)
    """Those among them that have captions of their own."""
    slugs: set[str] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)
    names_of_works: set[str] = field(default_factory=set)
    """Queries by which a work might be found."""
    draft: httpx.Response | None = None
    """One of the drafts: published, its words must come out."""


class Author:
    """Writes as somebody whose key has a telling name."""

    def __init__(self, newsroom: Newsroom, desk: httpx.AsyncClient, secrets: Secrets) -> None:
        self.newsroom, self.desk, self.secrets = newsroom, desk, secrets

    async def make(self, noun: str, *, secret: bool = False, **fields: Any) -> httpx.Response:
        answer = await self.desk.post(f"/desk/{noun}", json=fields)
        assert answer.status_code == 201, answer.text
        made = answer.json()
        (self.secrets.secret_ids if secret else self.secrets.public_ids).add(made["id"])
        self.secrets.slugs.add(made.get("slug") or "")
        return answer

    async def do(self, method: str, address: str, read: httpx.Response, **body: Any) -> Any:
        headers = {"If-Match": read.headers["ETag"]}
        answer = await self.desk.request(method, address, json=body, headers=headers)
        assert answer.is_success, answer.text
        return answer

    async def article(self, headline: str, *, secret: bool = False, **fields: Any) -> Any:
        content = {
            "headline": headline,
            "body_markdown": f"{headline} in the text.",
            "extras": extras("article"),
            "note_internal": "canary note of an article",
        }
        return await self.make("articles", secret=secret, **(content | fields))

    async def publish(self, article: httpx.Response, **options: Any) -> Any:
        made = await self.do("POST", f"{address_of(article)}/publish", article, **options)
        self.secrets.paths.add(made.json()["live"]["path"])
        return made

    async def save(self, article: httpx.Response, **changes: Any) -> Any:
        content = article.json()["content"] | changes
        if "body_markdown" in changes:
            del content["body"]
        return await self.do("PUT", address_of(article), article, **content)


def address_of(article: httpx.Response) -> str:
    return f"/desk/articles/{article.json()['id']}"
