"""PURE: `article.json`, with the plainest of styles: Apple's own, in the direction of the text."""

from datetime import datetime
from typing import Any

import orjson

from app.feeds.apple_news.components import Component, Json, components
from app.feeds.bases import Bases, canonical
from app.feeds.texts import first_line, line, offset

VERSION = "1.7"
GENERATOR = "Masthead"
MOST_KEYWORDS = 50

_LAYOUT = {"columns": 7, "width": 1024, "margin": 60, "gutter": 20}


def render(article: Json, site: Json, cited: Json) -> bytes:
    """`article` in its form `full`. The format has no words for what it cites."""
    bases = canonical(site)
    alignment = "right" if article["direction"] == "rtl" else "left"
    return orjson.dumps(
        {
            "version": VERSION,
            "identifier": article["id"],
            "title": line(article["headline"]),
            "language": article["language"],
            "layout": _LAYOUT,
            "metadata": _metadata(article, bases),
            "componentTextStyles": {"default": {"textAlignment": alignment}},
            "components": components(article, bases),
        }
    )


def _metadata(article: Json, bases: Bases) -> Component:
    image = article["image"]
    told: dict[str, Any] = {
        "authors": list(dict.fromkeys(line(each["name"]) for each in article["bylines"])),
        "canonicalURL": article["seo"]["canonical_url"] or article["canonical_url"],
        "dateCreated": _moment(article["first_published_at"]),
        "datePublished": _moment(article["published_at"]),
        "dateModified": _moment(article["updated_at"]),
        "excerpt": first_line(article["summary"], article["standfirst"]),
        "keywords": list(dict.fromkeys(line(each["name"]) for each in article["topics"]))[
            :MOST_KEYWORDS
        ],
        "thumbnailURL": bases.absolute(image["url"]) if image else None,
        "generatorName": GENERATOR,
    }
    return {name: value for name, value in told.items() if value}


def _moment(text: str) -> str:
    return offset(datetime.fromisoformat(text))
