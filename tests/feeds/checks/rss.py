"""RSS 2.0 by feedparser, fastfeedparser, feedsmith, rss-parser; by lxml what they leave out."""

from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any

import fastfeedparser
import feedparser
from lxml import etree

from app.feeds.feed import Feed, FeedItem
from app.feeds.texts import legal, line
from app.feeds.xml import NAMESPACES
from tests.feeds.checks.expected import creators, is_plain, moment, picture, second, summary, tags
from tests.feeds.node import Parse

REQUIRED = ("title", "link", "description")
"""Of a channel. An item needs a title or a description; ours have both, and a name."""


def check(feed: Feed, document: bytes) -> None:
    _elements(feed, document)
    _by_feedparser(feed, document)
    _by_fastfeedparser(feed, document)


def check_with_node(feed: Feed, document: bytes, parse: Parse) -> None:
    read = parse("feedsmith", document)
    assert read["format"] == "rss"
    channel = read["feed"]
    assert channel["link"] == feed.home_url
    assert [each["href"] for each in channel["atom"]["links"]] == [feed.url, *feed.hubs]
    read_by_other = parse("rss-parser", document)
    assert read_by_other["feedUrl"] == feed.url
    entries = channel.get("items", [])
    for entry, other, item in zip(entries, read_by_other["items"], feed.items, strict=True):
        _by_feedsmith(entry, item)
        assert other["guid"] == line(item.uid)
        assert other["link"] == item.url
        assert other["title"] == line(item.title)
        assert moment(other["isoDate"]) == second(item.published_at)


def _elements(feed: Feed, document: bytes) -> None:
    """Word for word, as the specification has it."""
    assert document.startswith(b"<?xml")
    channel = etree.fromstring(document).find("channel")
    assert channel is not None
    for name in REQUIRED:
        assert channel.findtext(name), name
    assert channel.findtext("title") == line(feed.title)
    if feed.image:
        image = ("image/url", "image/title", "image/link")
        found = [channel.findtext(each) for each in image]
        assert found == [feed.image.url, line(feed.title), feed.home_url]
    for element, item in zip(channel.iterfind("item"), feed.items, strict=True):
        assert element.findtext("title") == line(item.title)
        [guid] = element.iterfind("guid")
        assert (guid.text, guid.get("isPermaLink")) == (legal(item.uid), "false")
        assert parsedate_to_datetime(element.findtext("pubDate", "")) == second(item.published_at)
        html = element.findtext("description", "")
        assert "<" not in html
        assert unescape(html) == summary(item) or line(item.title)
        content = element.findtext("content:encoded", namespaces=NAMESPACES)
        assert (content or None) == (item.html or None)
        names = element.findall("dc:creator", NAMESPACES)
        assert [each.text for each in names] == creators(item)
        rights = element.findtext("dcterms:accessRights", "free", NAMESPACES)
        assert rights == item.access
        assert len(element.findall("enclosure")) <= 1


def _by_feedparser(feed: Feed, document: bytes) -> None:
    read = feedparser.parse(document)
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "rss20"
    assert read.feed.link == feed.home_url
    assert read.feed.language == feed.language
    assert moment(read.feed.updated_parsed) == second(feed.updated_at)
    links = {(each["rel"], each["href"]) for each in read.feed.links}
    assert ("self", feed.url) in links
    assert {("hub", hub) for hub in feed.hubs} <= links
    for entry, item in zip(read.entries, feed.items, strict=True):
        assert entry.id == line(item.uid)
        assert entry.link == item.url
        assert not entry.guidislink
        assert moment(entry.published_parsed) == second(item.published_at)
        assert moment(entry.updated_parsed) == second(item.updated_at)
        assert entry.language == item.language
        if is_plain(line(item.title)):
            assert entry.title == line(item.title)
        found = [(tag.term, tag.scheme) for tag in entry.get("tags", [])]
        assert found == tags(item)
        assert item.html or "content" not in entry
        if item.image:
            assert dict(entry.media_content[0]) == picture(item.image)
        for enclosure in entry.enclosures:
            _is_a_file_of(item, enclosure)


def _is_a_file_of(item: FeedItem, enclosure: Any) -> None:
    sources = [source for played in (item.film, item.sound) if played for source in played.sources]
    known = {(each.url, each.media_type, str(each.size)) for each in sources}
    assert (enclosure.href, enclosure.type, enclosure.length) in known


def _by_fastfeedparser(feed: Feed, document: bytes) -> None:
    if not feed.items:
        return  # It takes an empty feed for none at all.
    read = fastfeedparser.parse(document)
    for entry, item in zip(read.entries, feed.items, strict=True):
        assert entry.id == line(item.uid)
        assert entry.link == item.url
        assert moment(entry.published) == second(item.published_at)
        if is_plain(line(item.title)):
            assert entry.title == line(item.title)


def _by_feedsmith(entry: Any, item: FeedItem) -> None:
    assert entry["guid"] == {"value": line(item.uid), "isPermaLink": False}
    assert entry["link"] == item.url
    assert entry.get("dc", {}).get("creators", []) == creators(item)
    assert entry["dc"]["languages"] == [item.language]
    found = [(each["name"], each["domain"]) for each in entry.get("categories", [])]
    assert found == tags(item)
    if item.html:
        assert entry["content"]["encoded"] == item.html.strip()
