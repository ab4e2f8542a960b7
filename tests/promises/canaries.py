"""A newsroom that is full of secrets: a canary word in every field that no reader may see.

Another word stands in public fields: a crawl that does not find that one looked nowhere.
"""

from typing import Any

import httpx

from app.identity import commands as identity
from app.identity.actor import SYSTEM
from app.identity.scopes import ROLES
from tests import newsroom as newsrooms
from tests.newsroom import Newsroom
from tests.promises import (
    asset_canaries,
    channel_canaries,
    cited_canaries,
    feed_canaries,
    film_canaries,
)
from tests.promises.author import LIVE, RESTRICTED, Author, Secrets, address_of, extras

SCHEMA = {
    "type": "object",
    "properties": {
        "shown": {"type": "string", "x-public": True},
        "canary-property": {"type": "string", "x-public": False},
    },
}
KINDS = ("article", "section", "person", "topic", "collection", "stream", "series", "asset")


async def furnish(newsroom: Newsroom) -> Secrets:
    """Fill the newsroom. Everything that is public has been published when this returns."""
    secrets = Secrets()
    async with newsroom.database.write() as session:
        key = await identity.create(
            session, SYSTEM, name="canary of a key's name", scopes=ROLES["admin"]
        )
    async with newsrooms.client(newsroom.app, key.text) as desk:
        author = Author(newsroom, desk, secrets)
        for kind in KINDS:
            answer = await desk.put(f"/desk/schemas/{kind}", json=SCHEMA, headers={"If-Match": "*"})
            assert answer.is_success, answer.text
        await desk.post(
            "/desk/editions",
            json={"code": "fr", "name": "Français", "language": "fr", "path_prefix": "/fr"},
        )
        await _site(desk)
        section = await _sections(author)
        people = await _people_and_topics(author)
        await _articles(author, section, people)
        await cited_canaries.furnish(author, section)
        await asset_canaries.furnish(author, section)
        await film_canaries.furnish(author, section)
        await channel_canaries.furnish(author, section, people["secret topic"])
        await feed_canaries.furnish(author, section, people["secret topic"])
    await newsroom.drain()
    return secrets


async def _site(desk: httpx.AsyncClient) -> None:
    """It says all that it can say to crawlers, registers and browsers."""
    told = (await desk.get("/desk/site")).json()
    site = {name: value for name, value in told.items() if name not in ("id", "changed_at")} | {
        "search_url": "https://www.example.org/search?q={searchTerms}",
        "robots": {"disallow": ["/search"], "data_training": "reserved"},
        "trust": {"contact": ["desk@example.org"]},
        "index_now": {"key": "5b0c7a9e3f1d4c55"},
    }
    answer = await desk.put("/desk/site", json=site, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text


async def _sections(author: Author) -> str:
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


async def _people_and_topics(author: Author) -> dict[str, str]:
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


async def _articles(author: Author, section: str, subjects: dict[str, str]) -> None:
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
            waiting = await author.do("POST", f"{address_of(waiting)}/stage", waiting, stage=step)
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


async def _translation(author: Author, plain: httpx.Response) -> None:
    await author.article(
        "Canary traduction", secret=True, section_id=author.newsroom.sections["fr"],
        translation_of=plain.json()["id"],
    )  # fmt: skip


async def _restricted(author: Author, public: dict[str, Any]) -> None:
    paragraphs = [f"Anybody reads this {LIVE}.", f"{RESTRICTED} behind access", "and again"]
    await author.publish(
        await author.article(
            "For subscribers", body_markdown="\n\n".join(paragraphs),
            access={"level": "subscriber", "preview_blocks": 1}, **public,
        )
    )  # fmt: skip


async def _withdrawn(author: Author, public: dict[str, Any]) -> None:
    for status in (410, 451):
        live = await author.publish(
            await author.article(
                f"Canary withdrawn {status}", slug=f"taken-away-{status}",
                corrections=[{"text": "canary of a withdrawn correction"}], **public,
            )
        )  # fmt: skip
        await author.do(
            "POST", f"{address_of(live)}/withdraw", live, status=status, notice=f"{LIVE} notice"
        )


async def _earlier_versions(author: Author, public: dict[str, Any]) -> None:
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
    await author.do("POST", f"{address_of(live)}/versions/2/withhold", live)
