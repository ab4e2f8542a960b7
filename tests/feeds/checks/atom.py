"""Atom 1.0 by feedparser, fastfeedparser, feedsmith, rss-parser; by lxml what they leave out."""

from typing import Any

import fastfeedparser
import feedparser
from lxml import etree

from app.feeds.feed import Feed, FeedItem
from app.feeds.names import feed_iri, iri
from app.feeds.texts import line
from app.feeds.xml import NAMESPACES, Element
from tests.feeds.checks.expected import creators, is_plain, moment, picture, second, summary, tags
from tests.feeds.node import Parse

SCHEMES = ("urn:", "http://", "https://")


def check(feed: Feed, document: bytes) -> None:
    _elements(feed, document)
    _by_feedparser(feed, document)
    if feed.items:  # fastfeedparser takes an empty feed for none at all.
        for entry, item in zip(fastfeedparser.parse(document).entries, feed.items, strict=True):
            assert (entry.id, entry.link) == (iri(item), item.url)
            assert moment(entry.published) == second(item.published_at)
            assert moment(entry.updated) == second(item.updated_at)


def check_with_node(feed: Feed, document: bytes, parse: Parse) -> None:
    read = parse("feedsmith", document)
    assert read["format"] == "atom"
    assert read["feed"]["id"] == feed_iri(feed)
    others = parse("rss-parser", document)["items"]
    entries = read["feed"].get("entries", [])
    for entry, other, item in zip(entries, others, feed.items, strict=True):
        _by_feedsmith(entry, item)
        assert (other["id"], other["link"]) == (iri(item), item.url)
        assert other["title"] == line(item.title)
        assert moment(other["isoDate"]) == second(item.published_at)


def _elements(feed: Feed, document: bytes) -> None:
    """RFC 4287 §4.1.1, §4.1.2, §4.2; RFC 6721 §2: what must be there, and how often."""
    atom = etree.fromstring(document)
    assert atom.get(f"{{{NAMESPACES['xml']}}}lang") == feed.language
    for name in ("id", "title", "updated", "author"):
        assert len(atom.findall(f"atom:{name}", NAMESPACES)) == 1, name
    assert _text(atom, "id").startswith(SCHEMES)
    assert _text(atom, "title") == line(feed.title)
    assert moment(_text(atom, "updated")) == second(feed.updated_at)
    assert _links(atom) == [
        ("self", feed.url), ("alternate", feed.home_url), *(("hub", hub) for hub in feed.hubs)
    ]  # fmt: skip
    entries = atom.findall("atom:entry", NAMESPACES)
    for entry, item in zip(entries, feed.items, strict=True):
        for name in ("id", "title", "updated", "published"):
            assert len(entry.findall(f"atom:{name}", NAMESPACES)) == 1, name
        assert _text(entry, "id") == iri(item)
        assert _text(entry, "title") == line(item.title)
        assert _text(entry, "summary") == summary(item)
        assert _text(entry, "content") == (item.html or "")
        for content in entry.findall("atom:content", NAMESPACES):
            assert content.get("type") == "html"
        assert entry.get(f"{{{NAMESPACES['xml']}}}lang") == item.language
        assert _links(entry)[0] == ("alternate", item.url)
        assert ("via", item.syndicated_url) in _links(entry) or not item.syndicated_url
        for author in entry.findall("atom:author", NAMESPACES):
            assert _text(author, "name")
    for element, departed in zip(
        atom.findall("at:deleted-entry", NAMESPACES), feed.departed, strict=True
    ):
        assert element.get("ref") == iri(departed)
        assert moment(element.get("when", "")) == second(departed.at)


def _text(element: Element, name: str) -> str:
    return element.findtext(f"atom:{name}", "", NAMESPACES)


def _links(element: Element) -> list[tuple[str | None, str | None]]:
    return [
        (each.get("rel"), each.get("href")) for each in element.findall("atom:link", NAMESPACES)
    ]


def _by_feedparser(feed: Feed, document: bytes) -> None:
    read = feedparser.parse(document)
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    assert (read.feed.id, read.feed.link) == (feed_iri(feed), feed.home_url)
    for entry, item in zip(read.entries, feed.items, strict=True):
        assert (entry.id, entry.link) == (iri(item), item.url)
        assert moment(entry.published_parsed) == second(item.published_at)
        assert moment(entry.updated_parsed) == second(item.updated_at)
        if is_plain(line(item.title)):
            assert entry.title == line(item.title)
        # It shows one of those that are alike.
        told = list(dict.fromkeys(tags(item)))
        assert [(tag.term, tag.scheme) for tag in entry.get("tags", [])] == told
        assert [each.href for each in entry.enclosures] == _played(item)
        if item.image:
            assert dict(entry.media_content[0]) == picture(item.image)


def _played(item: FeedItem) -> list[str]:
    return [source.url for played in (item.film, item.sound) if played for source in played.sources]


def _by_feedsmith(entry: Any, item: FeedItem) -> None:
    assert entry["id"] == iri(item)
    assert _value(entry["title"]) == line(item.title)
    assert [each["name"] for each in entry.get("authors", [])] == creators(item)
    urls = [each.get("uri") for each in entry.get("authors", [])]
    assert urls == [each.url for each in item.authors] or not item.authors
    found = [(each["term"], each["scheme"]) for each in entry.get("categories", [])]
    assert found == tags(item)
    assert _value(entry.get("content", "")) == (item.html or "")
    assert _value(entry.get("summary", "")) == summary(item)


def _value(text: Any) -> str:
    """Of a text construct, which may have a type besides."""
    return str(text["value"] if isinstance(text, dict) else text)
