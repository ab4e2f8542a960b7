"""PURE: from a post of the file to the article that we want, and where it should stand.

Choices: the excerpt, which WordPress shows in lists, is the summary. The primary section is the
category that Yoast or Rank Math call primary, else the deepest one, the first of several. The old
permalink stays the path of what is published. What was protected by a password, private or
scheduled is kept as a draft: nothing goes public that was not.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from app.editing import own_paths
from app.editing.articles.schemas import ArticleSave
from app.editing.body import inline_text
from app.editing.citations.values import MOST
from app.editing.plain_fields import line
from app.exchange.wordpress import content, footnotes, library, quotes
from app.exchange.wordpress.content import Block
from app.exchange.wordpress.library import Library
from app.exchange.wordpress.reading import guest_login, login
from app.exchange.wordpress.records import Post
from app.exchange.wordpress.sources import Source
from app.published import paths

Goal = Literal["live", "draft", "review"]

MOST_SECTIONS = 21
MOST_TOPICS = 100
LONGEST_HEADLINE = 300

GOALS: dict[str, tuple[Goal, str | None]] = {
    "publish": ("live", None),
    "draft": ("draft", None),
    "pending": ("review", None),
    "future": ("draft", "was scheduled: kept as a draft"),
    "private": ("draft", "was private: kept as a draft"),
}
"""What becomes of a post by its status, and why where that is not the same. Others stay away."""


@dataclass(frozen=True)
class Places:
    """What the names of the file stand for at our desk. `depths` are those of categories."""

    zone: ZoneInfo
    people: Mapping[str, UUID]
    sections: Mapping[str, UUID]
    topics: Mapping[str, UUID]
    depths: Mapping[str, int]
    category_slugs: Mapping[str, str]
    default_section: UUID
    pages_section: UUID | None
    library: Library
    patterns: Mapping[str, str]
    system: str
    citations: bool


@dataclass(frozen=True)
class Draft:
    """`save` is to be kept, `goal` where it should stand, `reason` why it was not so before.
    `sources` are what it cites; None leaves the citations as they are."""

    post: Post
    save: ArticleSave
    goal: Goal
    reason: str | None
    notes: list[str] = field(default_factory=list)
    sources: list[Source] | None = None


def draft(post: Post, places: Places) -> Draft:
    """Raises ValidationError where a value does not fit an article."""
    goal, reason = GOALS[post.status]
    if goal == "live" and post.password:
        goal, reason = "draft", "was protected by a password: kept as a draft"
    noted: list[Source] = []
    if places.citations:
        post, noted = footnotes.lifted(post, places.system)
    text = content.text_of(post, places.library, places.patterns)
    notes = [
        *text.notes,
        *(f"unknown shortcode [{name}] stays as text" for name in text.shortcodes),
    ]
    pictures = _pictures(post, text.blocks, places.library, notes)
    if goal == "live" and not text.blocks and not pictures:
        goal, reason = "draft", "has neither text nor picture: kept as a draft"
    fields = {
        "headline": _headline(post, text.blocks, notes),
        "body": text.blocks,
        "summary": content.plain(post.excerpt)[:20_000] or None,
        "slug": unquote(post.slug)[:120] or None,
        "bylines": [{"person_id": one} for one in _people(post, places)],
        "format": _format(post, text.blocks),
        "topic_ids": _topics(post, places, notes),
        "comments": {"enabled": post.comments_open},
        "seo": _seo(post.meta),
        **_sections(post, places, notes),
        **pictures,
        **(_history(post, places, notes) if goal == "live" else {}),
    }
    save = ArticleSave.model_validate(fields)
    if not places.citations:
        return Draft(post, save, goal, reason, notes)
    found = footnotes.standing(noted, list(quotes.texts(text.blocks)))
    found += quotes.sources(text.blocks, f"{places.system}:{post.id}")
    return Draft(post, save, goal, reason, notes, found[:MOST])


def _headline(post: Post, blocks: list[Block], notes: list[str]) -> str:
    title = line(content.plain(post.title))
    if title is None:
        spoken = (block["html"] for block in blocks if block["type"] in _SPOKEN)
        words = next(filter(None, (line(inline_text.plain(html)) for html in spoken)), None)
        title = _cut(words, 60) if words else f"Untitled (post {post.id})"
        notes.append(f"had no title: it is called “{title}”")
    if len(title) > LONGEST_HEADLINE:
        notes.append("the title was longer than 300 characters and is cut")
        title = _cut(title, LONGEST_HEADLINE)
    return title


def _history(post: Post, places: Places, notes: list[str]) -> dict[str, Any]:
    """Since when the public had it, and where."""
    published = _moment(post.date_gmt, ZoneInfo("UTC")) or _moment(post.date, places.zone)
    updated = _moment(post.modified_gmt, ZoneInfo("UTC"))
    if published is None:
        notes.append("has no date: published as of now")
    path = _path(post.link)
    if path is None:
        notes.append("had no permalink: its path is made by the edition's pattern")
    elif own_paths.wrong(path):
        notes.append(f"could not keep {path}, where something else is: its path is a new one")
        path = None
    later = updated if updated and published and updated > published else None
    return {"published_at": published, "updated_at": later, "path": path}


def _path(link: str) -> str | None:
    try:
        parts = urlsplit(link)
        path = paths.normalise(parts.path)
        asked = parse_qs(parts.query, keep_blank_values=True)
    except ValueError:
        return None
    if "p" in asked or "page_id" in asked:
        return None
    return path if path != "/" and len(path) <= 1000 else None


def _moment(written: str, zone: ZoneInfo) -> datetime | None:
    """A date as the file has it; None where it is left out, 0000-00-00 as in drafts, or outside
    of the years that UTC has."""
    try:
        return datetime.strptime(written, "%Y-%m-%d %H:%M:%S").replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _people(post: Post, places: Places) -> list[UUID]:
    """The authors that Co-Authors Plus names, else the one of the post."""
    names = [
        login(label.name) if login(label.name) in places.people else guest_login(label.slug)
        for label in post.labelled("author")
    ] or [post.author]
    return list(dict.fromkeys(places.people[name] for name in names if name in places.people))


def _sections(post: Post, places: Places, notes: list[str]) -> dict[str, Any]:
    slugs = [label.slug for label in post.labelled("category") if label.slug in places.sections]
    if post.type == "page" and places.pages_section:
        return {"section_id": places.pages_section}
    if not slugs:
        return {"section_id": places.default_section}
    keys = ("_yoast_wpseo_primary_category", "rank_math_primary_category")
    named = [places.category_slugs.get(post.meta.get(key, "")) for key in keys]
    deepest = max(slugs, key=lambda slug: (_says_something(slug, places), places.depths[slug]))
    primary = next((slug for slug in named if slug in slugs), deepest)
    chosen = list(dict.fromkeys([primary, *slugs]))
    if left_out := chosen[MOST_SECTIONS:]:
        notes.append(
            f"is in more categories than an article can be in: not in {', '.join(left_out)}"
        )
    identities = [places.sections[slug] for slug in chosen[:MOST_SECTIONS] if slug]
    return {"section_id": identities[0], "section_ids": identities[1:]}


def _says_something(slug: str, places: Places) -> bool:
    return places.sections[slug] != places.default_section


def _topics(post: Post, places: Places, notes: list[str]) -> list[UUID]:
    slugs = [label.slug for label in post.labelled("post_tag") if label.slug in places.topics]
    if left_out := slugs[MOST_TOPICS:]:
        notes.append(f"has more tags than an article can have: not {', '.join(left_out)}")
    return [places.topics[slug] for slug in slugs[:MOST_TOPICS]]


def _pictures(post: Post, blocks: list[Block], files: Library, notes: list[str]) -> dict[str, Any]:
    """The featured image: above the text, unless the text shows it too."""
    identity = post.meta.get("_thumbnail_id", "")
    if identity in ("", "0", "-1"):
        return {}
    found = files.by_id.get(identity)
    if found is None or not library.PICTURE.search(found.url):
        notes.append(f"its featured image (file {identity}) is not in this export")
        return {}
    image = content.picture(found)
    shown = any(library.same_file(url, found.url) for url in _picture_urls(blocks))
    return {"image": image} if shown else {"lead": {"image": image}}


def _picture_urls(blocks: list[Block]) -> list[str]:
    urls = []
    for block in blocks:
        images = [block] if block["type"] == "image" else block.get("images", [])
        urls += [image["url"] for image in images] + _picture_urls(block.get("blocks", []))
    return urls


def _format(post: Post, blocks: list[Block]) -> str:
    """By its post format, if there is in the text what that promises."""
    types = {block["type"] for block in blocks}
    for label in post.labelled("post_format"):
        name = label.slug.removeprefix("post-format-")
        if types & _PROMISED.get(name, frozenset()):
            return name
    return "text"


def _seo(meta: Mapping[str, str]) -> dict[str, str]:
    """What was written for search engines; templates with variables are for WordPress only."""
    written = {
        "title": meta.get("_yoast_wpseo_title") or meta.get("rank_math_title"),
        "description": meta.get("_yoast_wpseo_metadesc") or meta.get("rank_math_description"),
    }
    return {name: text for name, text in written.items() if text and not re.search(r"%\w+%", text)}


def _cut(text: str, most: int) -> str:
    """The text, or its first words with an ellipsis."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ,.;:–—-") + "…"


_SPOKEN = ("paragraph", "heading", "quote", "pullquote")
_PROMISED = {
    "video": frozenset({"video", "embed"}),
    "audio": frozenset({"audio", "embed"}),
    "gallery": frozenset({"gallery"}),
}
