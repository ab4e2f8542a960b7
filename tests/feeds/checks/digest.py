"""Our digest by its schema; its letter by an HTML parser, as a mail program would read it."""

from typing import Any

import html5lib
import orjson

from app.feeds.feed import Feed, FeedItem
from app.feeds.texts import line
from tests.feeds.checks.expected import moment, second
from tests.feeds.checks.schemas import errors

FORBIDDEN = frozenset({"script", "style", "link", "iframe", "form", "object", "svg"})


def check(feed: Feed, document: bytes) -> None:
    read = orjson.loads(document)
    assert errors("digest", read) == []
    assert (read["id"], read["url"], read["title"]) == (feed.id, feed.url, line(feed.title))
    assert moment(read["updated_at"]) == second(feed.updated_at)
    assert read["count"] == len(feed.items)
    told = {item["id"]: (section["id"], item) for section in read["sections"]
            for item in section["items"]}  # fmt: skip
    for item in feed.items:
        section, entry = told[item.id]
        assert section == item.section.id
        _entry(entry, item)
        assert line(item.title) in read["text"]
        assert item.url in read["text"]
    _letter(feed, read["html"])


def _entry(entry: dict[str, Any], item: FeedItem) -> None:
    assert (entry["title"], entry["url"]) == (line(item.title), item.url)
    assert entry["byline"] == (line(item.byline) or None)
    assert entry["sponsor"] == (line(item.sponsor) or None)
    assert moment(entry["published_at"]) == second(item.published_at)
    assert (entry["image"] is None) == (item.image is None)


def _letter(feed: Feed, html: str) -> None:
    """No markup of somebody's words: what was text is text."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    tags = {element.tag for element in tree.iter()}
    assert not tags & FORBIDDEN
    assert "b" not in tags
    body = tree.find("body")
    assert body[0].attrib["dir"] == feed.direction
    links = [each.attrib["href"] for each in body.iter("a")]
    words = ["".join(each.itertext()) for each in body.iter("h3")]
    in_order = sorted(feed.items, key=lambda item: [each.section.id for each in feed.items].index(
        item.section.id))  # fmt: skip
    assert words == [line(item.title) for item in in_order]
    assert {item.url for item in feed.items} <= set(links)
