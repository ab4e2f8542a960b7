"""JSON Feed 1.1 by a schema made from its specification, by fastfeedparser, and by feedsmith."""

from typing import Any

import fastfeedparser
import orjson

from app.feeds.feed import Feed, FeedItem
from app.feeds.formats.json_feed import LARGEST
from app.feeds.texts import line
from tests.feeds.checks.expected import creators, moment, second, summary, tags
from tests.feeds.checks.schemas import errors
from tests.feeds.node import Parse


def check(feed: Feed, document: bytes) -> None:
    read = orjson.loads(document)
    assert errors("json_feed", read) == []
    assert read["title"] == line(feed.title)
    assert (read["home_page_url"], read["feed_url"]) == (feed.home_url, feed.url)
    assert [hub["url"] for hub in read.get("hubs", [])] == list(feed.hubs)
    assert len(document) <= LARGEST or len(read["items"]) == 1
    shown = feed.items[: len(read["items"])]
    for entry, item in zip(read["items"], shown, strict=True):
        _entry(entry, item)
    for entry, item in zip(fastfeedparser.parse(document).entries, shown, strict=True):
        assert (entry.id, entry.link, entry.title) == (item.uid, item.url, line(item.title))
        assert moment(entry.published) == second(item.published_at)
        assert [tag["term"] for tag in entry.get("tags", [])] == [name for name, _ in tags(item)]


def check_with_node(feed: Feed, document: bytes, parse: Parse) -> None:
    read = parse("feedsmith", document)
    assert read["format"] == "json"
    assert read["feed"]["feed_url"] == feed.url
    for entry, item in zip(read["feed"].get("items", []), feed.items, strict=False):
        assert (entry["id"], entry["url"]) == (item.uid, item.url)
        assert entry["title"] == line(item.title)
        assert entry.get("content_html") == (item.html or None)


def _entry(entry: dict[str, Any], item: FeedItem) -> None:
    assert entry["id"] == item.uid
    assert entry["url"] == item.url
    assert entry["title"] == line(item.title)
    assert entry.get("content_html") == (item.html or None)
    assert ("content_text" in entry) != bool(item.html)
    assert entry.get("summary", "") == summary(item)
    assert moment(entry["date_published"]) == second(item.published_at)
    assert moment(entry["date_modified"]) == second(item.updated_at)
    assert entry["language"] == item.language
    assert [each["name"] for each in entry.get("authors", [])] == creators(item)
    assert entry.get("tags", []) == [name for name, _ in tags(item)]
    assert entry.get("image") == (item.image.url if item.image else None)
    assert entry.get("external_url") == item.syndicated_url
    assert entry["_masthead"]["id"] == item.id
    notes = entry["_masthead"].get("corrections", [])
    assert [each["kind"] for each in notes] == [each.kind for each in item.corrections]
    if not item.html:
        told = line(item.text) or summary(item) or line(item.title)
        assert line(entry["content_text"]) == told
