"""PURE: an article as others show it within their pages (https://oembed.com/, version 1.0)."""

from collections.abc import Mapping
from html import escape
from typing import Any

import orjson

from app.feeds.article_head import description
from app.feeds.bases import canonical
from app.feeds.pictures import sized
from app.feeds.texts import line
from app.feeds.xml import add, root, written

Json = Mapping[str, Any]

WIDTH, HEIGHT = 600, 400
"""Pixels, unless less is asked for."""

CACHE_SECONDS = 3_600

_LINE, _CHARACTER, _AROUND = 24, 8, 64
"""Pixels that text takes, roughly, and what is around it."""


def oembed(
    article: Json, site: Json, *, most_width: int | None, most_height: int | None
) -> dict[str, Any]:
    """Text alone, without scripts and styles: whoever embeds it decides how it looks. It is never
    larger than what was asked for, however little that is (§2.3.4.4)."""
    width, room = min(WIDTH, most_width or WIDTH), most_height or HEIGHT
    title, summary = line(article["headline"]), description(article)
    byline = line(article["byline_text"])
    height = _height(width, title, summary)
    if height > room:
        summary, height = "", min(_height(width, title), room)
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "author_name": byline or None,
        "provider_name": line(site["name"]),
        "provider_url": canonical(site).web + "/",
        "cache_age": CACHE_SECONDS,
        "html": _html(article, title, summary, byline, line(site["name"])),
        "width": width,
        "height": height,
    }
    picture = sized(
        article["image"],
        canonical(site),
        within=(most_width or 100_000, most_height or 100_000),
    )
    if picture:
        answer["thumbnail_url"] = picture.url
        answer |= {"thumbnail_width": picture.width, "thumbnail_height": picture.height}
    return {name: value for name, value in answer.items() if value is not None}


def as_json(answer: Json) -> bytes:
    return orjson.dumps(answer)


def as_xml(answer: Json) -> bytes:
    outer = root("oembed")
    for name, value in answer.items():
        add(outer, name, str(value))
    return written(outer)


def _height(width: int, *texts: str) -> int:
    lines = sum(-(-len(text) * _CHARACTER // width) for text in texts if text)
    return _AROUND + lines * _LINE


def _html(article: Json, title: str, summary: str, byline: str, name: str) -> str:
    url, language = escape(article["canonical_url"]), escape(article["language"])
    said = f"<p>{escape(summary)}</p>" if summary else ""
    by = " · ".join(escape(each) for each in (byline, name) if each)
    return (
        f'<blockquote class="masthead-embed" cite="{url}" lang="{language}"'
        f' dir="{escape(article["direction"])}"><p><a href="{url}">{escape(title)}</a></p>{said}'
        f"<footer>{by}</footer></blockquote>"
    )
