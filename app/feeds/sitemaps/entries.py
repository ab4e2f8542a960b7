"""PURE: rows of the published store to pages of sitemaps."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import orjson

from app.feeds import items
from app.feeds.bases import Bases
from app.feeds.playing import is_on
from app.feeds.sitemaps.films import is_complete
from app.feeds.sitemaps.sitemap import News, Showing, Url
from app.published.paths import encode

Json = Mapping[str, Any]


def article(web: str, bases: Bases, card: bytes | None, gallery: bytes | None) -> Url:
    """With its picture; of a gallery (its whole document is given) with all of them."""
    told = orjson.loads(card or b"")
    pictures = [told["image"]] if told["image"] else []
    if gallery is not None:
        pictures += _pictures(orjson.loads(gallery)["body"])
    return Url(
        loc=web + told["path"],
        changed_at=datetime.fromisoformat(told["updated_at"]),
        images=tuple(dict.fromkeys(bases.absolute(each["url"]) for each in pictures)),
    )


def _pictures(blocks: Iterable[Json]) -> list[Json]:
    shown: list[Json] = []
    for block in blocks:
        if block["type"] == "gallery":
            shown += block["images"]
        elif block["type"] == "image":
            shown.append(block["image"])
    return shown


def film(web: str, bases: Bases, video: bytes | None) -> Url | None:
    """None where crawlers could do nothing with it: no picture, only with a token, not now."""
    told = orjson.loads(video or b"")
    showing = Showing(
        film=items.film(told, bases),
        title=told["title"],
        description=told["summary"] or told["title"],
        published_at=datetime.fromisoformat(told["first_published_at"]),
        free=told["access"]["level"] == "free",
        tags=tuple(topic["name"] for topic in told["topics"]),
        category=told["section"]["name"],
    )
    if not is_complete(showing) or not is_on(told):
        return None
    updated = datetime.fromisoformat(told["updated_at"])
    return Url(loc=web + told["path"], changed_at=updated, showing=showing)


def news(web: str, publication: str, full: bytes) -> Url | None:
    """None for what somebody has paid for: that is no news."""
    told = orjson.loads(full)
    if told["sponsor"]:
        return None
    first = min(told["first_published_at"], told["published_at"])
    return Url(
        loc=web + told["path"],
        changed_at=datetime.fromisoformat(told["updated_at"]),
        news=News(
            publication=publication,
            language=told["language"],
            title=told["headline"],
            published_at=datetime.fromisoformat(first),
        ),
    )


def page(web: str, path: bytes | None, changed: bytes | None) -> Url:
    """Of a path as the store has it."""
    return Url(loc=web + encode((path or b"").decode()), changed_at=_moment(changed))


def at_path(web: str, path: str, changed: bytes | None) -> Url:
    """Of a path as documents write it."""
    return Url(loc=web + path, changed_at=_moment(changed))


def section_paths(nodes: Iterable[Json]) -> dict[str, str]:
    """The paths of a tree of sections by their ids, from the top."""
    paths: dict[str, str] = {}
    for node in nodes:
        paths[node["id"]] = node["path"]
        paths |= section_paths(node["children"])
    return paths


def _moment(text: bytes | None) -> datetime | None:
    return datetime.fromisoformat(text.decode()) if text else None
