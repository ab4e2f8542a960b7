"""Podcasts by podcastparser (gPodder's), feedparser and feedsmith; by lxml what Apple asks for."""

from html import unescape
from io import BytesIO
from typing import Any
from uuid import UUID, uuid5

import feedparser
import podcastparser
from lxml import etree

from app.feeds.feed import Feed, FeedItem, Source
from app.feeds.texts import cut, line
from app.feeds.xml import NAMESPACES
from tests.feeds.checks.expected import moment, second, summary
from tests.feeds.node import Parse

REQUIRED = ("title", "description", "language", "link", "itunes:category", "itunes:explicit")
"""Of a channel, by Apple; and `itunes:image`, which we have where the newsroom has a picture."""
REQUIRED_OF_ITEMS = ("title", "guid", "enclosure", "pubDate")

PODCASTS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""https://github.com/Podcastindex-org/podcast-namespace: the namespace of their GUIDs."""
PLAYED = ("audio/mpeg", "audio/mp4")

Heard = tuple[FeedItem, Source]


def check(feed: Feed, document: bytes) -> None:
    _elements(feed, document)
    _by_podcastparser(feed, document)
    read = feedparser.parse(document)
    assert not read.bozo, read.get("bozo_exception")
    for entry, (item, source) in zip(read.entries, heard(feed), strict=True):
        assert (entry.id, entry.link) == (item.uid, item.url)
        assert moment(entry.published_parsed) == second(item.published_at)
        [enclosure] = entry.enclosures
        assert (enclosure.href, enclosure.type) == (source.url, source.media_type)
        assert int(enclosure.length) == (source.size or 0)


def check_with_node(feed: Feed, document: bytes, parse: Parse) -> None:
    read = parse("feedsmith", document)["feed"]
    assert read["itunes"]["author"] == cut(feed.publication.publisher, 255)
    assert [each["text"] for each in read["itunes"]["categories"]] == ["News"]
    assert read["podcast"]["guid"] == str(uuid5(PODCASTS, feed.id))
    for entry, (item, source) in zip(read.get("items", []), heard(feed), strict=True):
        assert entry["title"] == line(item.title)
        assert entry["enclosures"] == [
            {"url": source.url, "length": source.size or 0, "type": source.media_type}
        ]
        persons = entry.get("podcast", {}).get("persons", [])
        assert [each["display"] for each in persons] == [line(each.name) for each in item.authors]
        assert [each.get("href") for each in persons] == [each.url for each in item.authors]
        transcripts = entry.get("podcast", {}).get("transcripts", [])
        assert item.sound
        assert [each["url"] for each in transcripts] == [each.url for each in item.sound.captions]


def heard(feed: Feed) -> list[Heard]:
    """Articles with a file that podcast apps play."""
    sounds = [(item, item.sound.sources) for item in feed.items if item.sound]
    files = [(item, [each for each in sources if each.media_type in PLAYED])
             for item, sources in sounds]  # fmt: skip
    return [(item, sources[0]) for item, sources in files if sources]


def _elements(feed: Feed, document: bytes) -> None:
    channel = etree.fromstring(document).find("channel")
    assert channel is not None
    for name in REQUIRED:
        assert channel.find(name, NAMESPACES) is not None, name
    assert channel.findtext("title") == line(feed.title)
    image = channel.find("itunes:image", NAMESPACES)
    assert (image is None) == (feed.image is None)
    for element, (item, _) in zip(channel.iterfind("item"), heard(feed), strict=True):
        for name in REQUIRED_OF_ITEMS:
            assert element.find(name, NAMESPACES) is not None, name
        html = element.findtext("description", "")
        assert "<" not in html
        assert unescape(html) == cut(summary(item), 4000)
        numbers = [
            element.findtext(f"itunes:{each}", None, NAMESPACES) for each in ("season", "episode")
        ]
        place = item.instalment
        told = [place.season, place.number] if place else [None, None]
        assert numbers == [str(each) if each else None for each in told]
        explicit = element.findtext("itunes:explicit", "", NAMESPACES)
        assert explicit == ("true" if item.sensitive or item.graphic else "false")


def _by_podcastparser(feed: Feed, document: bytes) -> None:
    read: dict[str, Any] = podcastparser.parse(feed.url, BytesIO(document))
    assert read["title"] == line(feed.title)
    assert read["link"] == feed.home_url
    by_guid = {each["guid"]: each for each in read["episodes"]}
    for item, source in heard(feed):
        episode = by_guid[item.uid]
        assert episode["title"] == line(item.title)
        assert episode["link"] == item.url
        assert episode["published"] == int(second(item.published_at).timestamp())
        assert item.sound
        assert episode["total_time"] == max(1, round(item.sound.duration or 0)) or (
            not item.sound.duration
        )
        assert episode["explicit"] == (item.sensitive or item.graphic)
        [enclosure] = episode["enclosures"]
        assert enclosure["url"] == source.url
        assert enclosure["mime_type"] == source.media_type
        assert enclosure["file_size"] in (source.size, 0, -1)
