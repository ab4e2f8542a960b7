"""A newsroom that is full of secrets: a canary word in every field that no reader may see.

Another word stands in public fields: a crawl that does not find that one looked nowhere.
"""

from dataclasses import dataclass, field
from typing import Any

import httpx

from app.identity import commands as identity
from app.identity.actor import SYSTEM
from app.identity.scopes import ROLES
from tests import newsroom as newsrooms
from tests.newsroom import Newsroom

CANARY = "canary"
RESTRICTED = "pelican"
"""Stands in text that only keys with the scope `content:full` may read."""
LIVE = "seagull"

SCHEMA = {
    "type": "object",
    "properties": {
        "shown": {"type": "string", "x-public": True},
        "canary-property": {"type": "string", "x-public": False},
    },
}
KINDS = ("article", "section", "person", "topic", "collection")


def extras(kind: str) -> dict[str, str]:
    return {"shown": f"{LIVE} extra of a {kind}", "canary-property": f"canary extra of a {kind}"}


@dataclass
class Secrets:
    """What a curious reader might guess or have seen: ids, slugs and paths, public or not."""

    public_ids: set[str] = field(default_factory=set)
    secret_ids: set[str] = field(default_factory=set)
    """Of what never was public: no answer may hold one."""
    slugs: set[str] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)
    draft: httpx.Response | None = None
    """One of the drafts: published, its words must come out."""


class _Author:
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
        made = await self.do("POST", f"{_address(article)}/publish", article, **options)
        self.secrets.paths.add(made.json()["live"]["path"])
        return made

    async def save(self, article: httpx.Response, **changes: Any) -> Any:
        content = article.json()["content"] | changes
        if "body_markdown" in changes:
            del content["body"]
        return await self.do("PUT", _address(article), article, **content)


def _address(article: httpx.Response) -> str:
    return f"/desk/articles/{article.json()['id']}"


async def furnish(newsroom: Newsroom) -> Secrets:
    """Fill the newsroom. Everything that is public has been published when this returns."""
    secrets = Secrets()
    async with newsroom.database.write() as session:
        key = await identity.create(
            session, SYSTEM, name="canary of a key's name", scopes=ROLES["admin"]
        )
    async with newsrooms.client(newsroom.app, key.text) as desk:
        author = _Author(newsroom, desk, secrets)
        for kind in KINDS:
            answer = await desk.put(f"/desk/schemas/{kind}", json=SCHEMA, headers={"If-Match": "*"})
            assert answer.is_success, answer.text
        await desk.post(
            "/desk/editions",
            json={"code": "fr", "name": "Français", "language": "fr", "path_prefix": "/fr"},
        )
        section = await _sections(author)
        people = await _people_and_topics(author)
        await _articles(author, section, people)
    await newsroom.drain()
    return secrets


async def _sections(author: _Author) -> str:
    shown = await author.make(
        "sections", edition="en", name="News seagull", slug="news", extras=extras("section")
    )
    hidden = await author.make(
        "sections", secret=True, edition="en", name="Canary hidden", slug="canary-hidden",
        description="canary of a hidden section", hidden=True,
    )  # fmt: skip
    below = await author.make(
        "sections", secret=True, edition="en", name="Canary below",
        parent_id=hidden.json()["id"], extras=extras("section"),
    )  # fmt: skip
    author.secrets.paths |= {"/news", "/canary-hidden", f"/{below.json()['path']}"}
    french = await author.make("sections", edition="fr", name="Nouvelles", slug="nouvelles")
    author.newsroom.sections["fr"] = french.json()["id"]
    return str(shown.json()["id"])


async def _people_and_topics(author: _Author) -> dict[str, str]:
    found: dict[str, str] = {}
    for noun, kind in (("people", "person"), ("topics", "topic")):
        public = await author.make(
            noun, name=f"Public {LIVE} {kind}", slug=f"public-{kind}",
            note_internal=f"canary note of a {kind}", extras=extras(kind),
        )  # fmt: skip
        secret = await author.make(
            noun, secret=True, name=f"Canary {kind}", note_internal=f"canary note of a {kind}",
            extras=extras(kind),
        )  # fmt: skip
        found |= {kind: public.json()["id"], f"secret {kind}": secret.json()["id"]}
        author.secrets.paths |= {f"/{noun}/public-{kind}", f"/{noun}/{secret.json()['slug']}"}
    return found


async def _articles(author: _Author, section: str, subjects: dict[str, str]) -> None:
    public: dict[str, Any] = {
        "section_id": section,
        "bylines": [{"person_id": subjects["person"]}],
        "topic_ids": [subjects["topic"]],
    }
    secret: dict[str, Any] = {
        "section_id": section,
        "bylines": [{"person_id": subjects["secret person"]}, {"name": "Canary by name"}],
        "topic_ids": [subjects["secret topic"], subjects["topic"]],
        "external_ids": [{"system": "canary", "id": "canary-1"}],
        "path": "/canary/wanted/path",
    }
    draft = await author.article("Canary draft", secret=True, **secret)
    author.secrets.draft = draft
    author.secrets.paths |= {"/canary/wanted/path", "/news/2026/01/canary-draft"}
    for stage in ("review", "ready"):
        waiting = await author.article(f"Canary in {stage}", secret=True, section_id=section)
        for step in ("review", "ready")[: 1 + (stage == "ready")]:
            waiting = await author.do("POST", f"{_address(waiting)}/stage", waiting, stage=step)
    plain = await author.publish(
        await author.article(f"Plain {LIVE}", related_ids=[draft.json()["id"]], **public)
    )
    await _translation(author, plain)
    await author.save(
        plain, headline="Canary revision", body_markdown="canary body", kicker="canary kicker",
        slug="canary-slug", topic_ids=[subjects["secret topic"]],
        corrections=[{"text": "canary correction, not published"}],
    )  # fmt: skip
    await _restricted(author, public)
    await _withdrawn(author, public)
    await _earlier_versions(author, public)
    await author.make(
        "collections", edition="en", title=f"Editor's {LIVE}", extras=extras("collection"),
        articles=[draft.json()["id"], plain.json()["id"]],
    )  # fmt: skip


async def _translation(author: _Author, plain: httpx.Response) -> None:
    await author.article(
        "Canary traduction", secret=True, section_id=author.newsroom.sections["fr"],
        translation_of=plain.json()["id"],
    )  # fmt: skip


async def _restricted(author: _Author, public: dict[str, Any]) -> None:
    paragraphs = [f"Anybody reads this {LIVE}.", f"{RESTRICTED} behind access", "and again"]
    await author.publish(
        await author.article(
            "For subscribers", body_markdown="\n\n".join(paragraphs),
            access={"level": "subscriber", "preview_blocks": 1}, **public,
        )
    )  # fmt: skip


async def _withdrawn(author: _Author, public: dict[str, Any]) -> None:
    for status in (410, 451):
        live = await author.publish(
            await author.article(
                f"Canary withdrawn {status}", slug=f"taken-away-{status}",
                corrections=[{"text": "canary of a withdrawn correction"}], **public,
            )
        )  # fmt: skip
        await author.do(
            "POST", f"{_address(live)}/withdraw", live, status=status, notice=f"{LIVE} notice"
        )


async def _earlier_versions(author: _Author, public: dict[str, Any]) -> None:
    """The site shows versions that brought a correction: one that did not, and one withheld."""
    live = await author.publish(
        await author.article("Canary of the first version", slug="corrected", **public)
    )
    live = await author.publish(
        await author.save(live, headline="canary withheld", corrections=[{"text": "canary text"}])
    )
    content = {
        "headline": f"Corrected {LIVE}",
        "body_markdown": "As it is.",
        "corrections": [{"text": f"The {LIVE} was a gull."}],
    }
    live = await author.publish(await author.save(live, **content))
    live = await author.publish(await author.save(live, kicker=f"{LIVE} kicker"))
    await author.do("POST", f"{_address(live)}/versions/2/withhold", live)
