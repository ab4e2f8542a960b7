"""Media RSS for televisions: what parsers of feeds read, and what apps look for by name."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from lxml import etree

from app.feeds.feed import Feed, FeedItem, Film
from app.feeds.formats import mrss, roku_mrss
from app.feeds.television import categories, main_source, seconds, shown, summary, tile
from app.feeds.texts import cut, legal, line
from app.feeds.xml import NAMESPACES
from tests.feeds.checks.expected import moment, second
from tests.feeds.filmed import episode, feed, film, film_feeds
from tests.feeds.node import Parse

MEDIA = f"{{{NAMESPACES['media']}}}"
VALID = f"{{{NAMESPACES['dcterms']}}}valid"

REQUIRED_BY_ROKU = (
    "guid", "pubDate", "media:title", "media:description", "media:category", "media:keywords",
    "media:thumbnail/@url", "media:content/@url", "media:content/@duration",
)  # fmt: skip
AMAZONS = {
    "title": "title",
    "id": "guid",
    "description": "description",
    "video": "*[name()='media:content']/@url",
    "card": "*[name()='media:thumbnail']/@url",
}
"""What the recipes of the Fire App Builder for Media RSS ask for, below an item."""


def elements(document: bytes) -> list[etree._Element]:
    return list(etree.fromstring(document).iterfind("channel/item"))


def at(item: etree._Element, path: str) -> list[Any]:
    found = item.xpath(path, namespaces=NAMESPACES)
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("path", REQUIRED_BY_ROKU)
def test_roku_finds_what_it_demands(path: str) -> None:
    for item in elements(roku_mrss.render(feed(film(), episode(1, 1)))):
        found = at(item, path)
        assert found
        assert all(each if isinstance(each, str) else each.text or each.attrib for each in found)


def test_amazons_recipes_find_everything() -> None:
    [item] = elements(mrss.render(feed(film())))

    found = {name: at(item, path)[0] for name, path in AMAZONS.items()}

    told = {name: each if isinstance(each, str) else each.text for name, each in found.items()}
    assert told["title"] == "What nine-metre waves do"
    assert told["id"] == "waves-1"
    assert told["video"] == "https://cdn.example.org/a/master.m3u8"
    assert told["card"] == "https://media.example.org/media/p/1/tv.jpg"
    rows = [each.text for each in at(item, "//*[name()='media:category']")]
    assert rows == ["Harbour", "Weather"]


def test_rokus_template_finds_everything_by_its_literal_name() -> None:
    """It looks at children of an item, and for the thumbnail inside of the film."""
    document = roku_mrss.render(feed(film()))
    assert document.startswith(b"<?xml"), "it takes anything else for JSON"
    [item] = elements(document)
    children = {f"{each.prefix}:{etree.QName(each).localname}" if each.prefix else each.tag: each
                for each in item}  # fmt: skip

    assert children["title"].text == "What nine-metre waves do"
    assert children["description"].text
    content = children["media:content"]
    assert content.get("url") == "https://cdn.example.org/a/master.m3u8"
    assert [each.get("url") for each in content] == ["https://media.example.org/media/p/1/tv.jpg"]


def test_the_two_dialects_differ_in_dates_and_captions() -> None:
    [strict] = elements(mrss.render(feed(film())))
    [roku] = elements(roku_mrss.render(feed(film())))

    assert strict.findtext("pubDate") == "Fri, 20 Nov 2026 12:00:00 +0000"
    assert roku.findtext("pubDate") == "2026-11-20T12:00:00+00:00"
    assert strict.find(f"{MEDIA}subTitle") is None
    assert [dict(each.attrib) for each in roku.iterfind(f"{MEDIA}subTitle")] == [
        {"lang": "en", "href": "https://api.example.org/v1/videos/x/en.vtt", "type": "text/vtt"},
        {"lang": "fr", "href": "https://api.example.org/v1/videos/x/fr.vtt", "type": "text/vtt"},
    ]


def test_rights_are_told() -> None:
    [item] = elements(mrss.render(feed(film(geo={"allow": ["GB", "IE"], "deny": []}))))
    rated = {"rating": {"system": "MPAA", "value": "PG-13"}, "geo": {"allow": [], "deny": ["US"]}}
    [other] = elements(mrss.render(feed(film(available_from=None, **rated))))
    [free] = elements(mrss.render(feed(film(available_from=None, available_until=None))))

    def told(element: etree._Element, name: str) -> tuple[str | None, dict[str, str]] | None:
        found = element.find(f"{MEDIA}{name}")
        return None if found is None else (found.text, {str(k): str(v) for k, v in found.items()})

    country = {"type": "country", "relationship": "allow"}
    assert told(item, "restriction") == ("gb ie", country)
    assert told(other, "restriction") == ("us", country | {"relationship": "deny"})
    assert told(item, "rating") == ("tv-pg", {"scheme": "urn:v-chip"})
    assert told(other, "rating") == ("pg-13", {"scheme": "urn:mpaa"})
    assert item.findtext(VALID) == (
        "start=2026-11-20T12:00:00+00:00; end=2027-11-20T12:00:00+00:00; scheme=W3C-DTF"
    )
    assert other.findtext(VALID) == "end=2027-11-20T12:00:00+00:00; scheme=W3C-DTF"
    assert free.findtext(VALID) is None
    assert told(free, "restriction") is None


def test_the_oldest_give_way_where_roku_has_no_room() -> None:
    films = [film(content_id=f"{number:04}", id=f"{number:08}-0000-4000-8000-000000000000",
                  summary="A night of it. " * 40) for number in range(600)]  # fmt: skip
    document = roku_mrss.render(feed(*films))
    kept = [item.findtext("guid") for item in elements(document)]

    assert 498_000 < len(document) < 500_000
    assert kept == [f"{number:04}" for number in range(len(kept))]
    assert roku_mrss.render(feed(*films[: len(kept)])) == document


@settings(max_examples=20)
@given(told=film_feeds())
def test_whatever_is_published_parsers_read_it(told: Feed) -> None:
    document = mrss.render(told)
    expected = shown(told, "mrss")

    read = feedparser.parse(document)
    assert not read.bozo
    assert read.feed.link == told.home_url
    for item, (about, played) in zip(elements(document), expected, strict=True):
        _is_told(item, about, played)
        assert parsedate_to_datetime(item.findtext("pubDate") or "") == second(about.published_at)
    for entry, (about, played) in zip(read.entries, expected, strict=True):
        [content] = entry.media_content
        assert content["url"] == main_source(played).url
        assert content["duration"] == str(seconds(played))
        assert entry.media_thumbnail[0]["url"] == tile(_picture(played))
        assert moment_of(entry) == second(about.published_at)


@settings(max_examples=10)
@given(told=film_feeds())
def test_whatever_is_published_rokus_dialect_has_it(told: Feed) -> None:
    document = roku_mrss.render(told)

    for item, (about, played) in zip(elements(document), shown(told, "mrss"), strict=True):
        _is_told(item, about, played)
        at = item.findtext("pubDate") or ""
        assert datetime.fromisoformat(at) == second(about.published_at)
        assert len(at) == len("2015-11-11T22:21:37+00:00")


@settings(max_examples=10)
@given(told=film_feeds())
def test_parsers_of_npm_read_it_too(told: Feed, parse: Parse) -> None:
    document, expected = mrss.render(told), shown(told, "mrss")

    read = parse("feedsmith", document)["feed"]
    other = parse("rss-parser", document)
    assert read["link"] == told.home_url
    entries = zip(read.get("items", ()), other["items"], expected, strict=True)
    for entry, by_other, (about, played) in entries:
        media = entry["media"]
        assert media["contents"][0]["url"] == main_source(played).url
        assert media["contents"][0]["duration"] == seconds(played)
        assert media["thumbnails"][0]["url"] == tile(_picture(played))
        assert len(media["categories"]) == len(categories(about))
        assert by_other["link"] == about.url
        assert moment(by_other["isoDate"]) == second(about.published_at)


def _is_told(item: etree._Element, about: FeedItem, played: Film) -> None:
    title, text = line(about.title), cut(summary(about), 200)
    assert item.findtext("title") == item.findtext(f"{MEDIA}title") == title
    assert item.findtext("description") == item.findtext(f"{MEDIA}description") == text
    assert item.findtext("guid") == legal(played.content_id)
    assert item.findtext("link") == about.url
    names = [each.text for each in item.iterfind(f"{MEDIA}category")]
    assert names == categories(about)
    [content] = item.iterfind(f"{MEDIA}content")
    source = main_source(played)
    assert (content.get("url"), content.get("type")) == (source.url, source.media_type)
    assert content.get("duration") == str(seconds(played))
    assert content.get("medium") == "video"


def moment_of(entry: Any) -> datetime:
    year, month, day, hour, minute, at = entry.published_parsed[:6]
    return datetime(year, month, day, hour, minute, at, tzinfo=UTC)


def _picture(played: Film) -> Any:
    assert played.artwork
    return played.artwork
