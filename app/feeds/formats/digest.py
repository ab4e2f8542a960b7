"""A digest in JSON, for newsletters: the articles by section, and all of it as a letter, in HTML
and in plain text.

The HTML is what mail programs show: one column, no script, no style sheet, no class.
"""

from collections.abc import Iterable
from html import escape
from typing import Any

import orjson

from app.feeds.feed import Category, Feed, FeedItem
from app.feeds.texts import cut, first_line, line, rfc3339

VERSION = 1
SUMMARY = 300
"""Characters."""

_COLUMN = "max-width:600px;margin:0 auto;font-family:Georgia,serif;line-height:1.4"
_SMALL = "margin:0;font-size:14px"


def render(feed: Feed) -> bytes:
    sections = _by_section(feed.items)
    return orjson.dumps(
        {
            "version": VERSION,
            "id": feed.id,
            "url": feed.url,
            "home_url": feed.home_url,
            "title": line(feed.title),
            "description": first_line(feed.description, feed.publication.tagline) or None,
            "publisher": line(feed.publication.publisher),
            "language": feed.language,
            "direction": feed.direction,
            "updated_at": rfc3339(feed.updated_at),
            "count": len(feed.items),
            "sections": [
                {
                    "id": section.id,
                    "name": line(section.name),
                    "url": section.url,
                    "items": [_item(item) for item in items],
                }
                for section, items in sections
            ],
            "html": _html(feed, sections),
            "text": _text(feed, sections),
        }
    )


Sections = list[tuple[Category, list[FeedItem]]]


def _by_section(items: Iterable[FeedItem]) -> Sections:
    """In the order in which they come up."""
    found: dict[str, tuple[Category, list[FeedItem]]] = {}
    for item in items:
        found.setdefault(item.section.id, (item.section, []))[1].append(item)
    return list(found.values())


def _item(item: FeedItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "url": item.url,
        "title": line(item.title),
        "kicker": line(item.kicker) or None,
        "summary": _summary(item) or None,
        "byline": line(item.byline) or None,
        "sponsor": line(item.sponsor) or None,
        "image": {"url": _picture(item), "alt": line(item.image.alt)} if item.image else None,
        "language": item.language,
        "direction": item.direction,
        "access": item.access,
        "reading_time": item.reading_time,
        "published_at": rfc3339(item.published_at),
    }


def _summary(item: FeedItem) -> str:
    return cut(first_line(item.summary, item.standfirst), SUMMARY)


def _picture(item: FeedItem) -> str | None:
    return item.image.crops.get("16x9", item.image.url) if item.image else None


def _html(feed: Feed, sections: Sections) -> str:
    head = f'<div lang="{escape(feed.language)}" dir="{feed.direction}" style="{_COLUMN}">'
    parts = [head, f"<h1>{_link(feed.home_url, line(feed.title))}</h1>"]
    for section, items in sections:
        parts.append(f"<h2>{_link(section.url, line(section.name))}</h2>")
        parts += map(_article, items)
    return "\n".join([*parts, "</div>"])


def _article(item: FeedItem) -> str:
    picture, summary = _picture(item), _summary(item)
    above = " · ".join(filter(None, (line(item.sponsor), line(item.kicker))))
    parts = [
        f'<p style="{_SMALL}">{escape(above)}</p>' if above else "",
        f"<h3>{_link(item.url, line(item.title))}</h3>",
        f"<p>{escape(summary)}</p>" if summary else "",
        f'<p style="{_SMALL}">{escape(line(item.byline))}</p>' if line(item.byline) else "",
    ]
    if picture and item.image:
        image = f'<img src="{escape(picture)}" alt="{escape(line(item.image.alt))}" width="600"'
        style = ' style="width:100%;height:auto;border:0">'
        parts.insert(0, f'<p><a href="{escape(item.url)}">{image}{style}</a></p>')
    inner = "\n".join(filter(None, parts))
    return f'<div lang="{escape(item.language)}" dir="{item.direction}">\n{inner}\n</div>'


def _link(url: str, text: str) -> str:
    return f'<a href="{escape(url)}">{escape(text)}</a>'


def _text(feed: Feed, sections: Sections) -> str:
    parts = [f"{line(feed.title)}\n{feed.home_url}"]
    for section, items in sections:
        parts.append(f"== {line(section.name)} ==")
        for item in items:
            told = (item.sponsor, item.title, _summary(item), item.byline)
            parts.append("\n".join([*filter(None, map(line, told)), item.url]))
    return "\n\n".join(parts) + "\n"
