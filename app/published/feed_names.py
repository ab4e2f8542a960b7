"""What feeds are called: the formats, their media types, and where each is."""

from collections.abc import Iterable
from urllib.parse import quote

XML, JSON = "application/xml", "application/json"
RSS = "application/rss+xml"

MEDIA_TYPES = {
    "rss": RSS,
    "atom": "application/atom+xml",
    "json": "application/feed+json",
    "mrss": RSS,
    "roku-mrss": RSS,
    "roku": JSON,
    "roku-search": JSON,
    "fire-tv": JSON,
    "ninjs": JSON,
    "ninjs1": JSON,
    "newsml": "application/vnd.iptc.g2.newsmessage+xml",
    "podcast": RSS,
    "digest": JSON,
}
"""The formats in which every feed can be had, by the end of its address."""

TITLES = {
    "rss": "RSS 2.0",
    "atom": "Atom 1.0",
    "json": "JSON Feed 1.1",
    "mrss": "Media RSS, as TV platforms read it",
    "roku-mrss": "Media RSS in Roku's dialect",
    "roku": "Roku content feed",
    "roku-search": "Roku Search feed",
    "fire-tv": "Fire TV",
    "ninjs": "ninjs 3.1",
    "ninjs1": "ninjs 1.6",
    "newsml": "NewsML-G2",
    "podcast": "Podcast",
    "digest": "Digest, for newsletters",
}

GUIDE, GUIDE_ADDRESS, GUIDE_TITLE = "xmltv", "/feeds/streams.xmltv", "Programme guide (XMLTV)"
"""What an edition has besides: what is on its live channels."""

FOLDERS = {
    "section": "sections",
    "topic": "topics",
    "person": "people",
    "series": "series",
    "feed": "saved",
}
"""What the addresses of feeds begin with, by the kind of document that they are about."""

LATEST = "latest"

HUBBED = ("rss", "atom", "json")
"""The formats that say which WebSub hubs know of changes."""


def address(place: str, name: str) -> str:
    """The root-relative link to a feed: `place` as in `latest`, `sections/news/harbour`."""
    return f"/feeds/{quote(place, safe='/')}.{name}"


def addresses(place: str, names: Iterable[str] = tuple(MEDIA_TYPES)) -> dict[str, str]:
    """By format, where the feed is."""
    return {name: address(place, name) for name in names}


def of_edition(code: str) -> dict[str, str]:
    """By format, where the feed of all of an edition is, and its programme guide."""
    links = addresses(LATEST) | {GUIDE: GUIDE_ADDRESS}
    return {name: f"{link}?edition={quote(code)}" for name, link in links.items()}


def section_place(path: str) -> str:
    """The place of a section's feed, by its path (decoded, beginning with a slash)."""
    return f"{FOLDERS['section']}{path}"


def named_place(kind: str, slug: str) -> str:
    """The place of what is called by a slug: a topic, a person, a series, a saved feed."""
    return f"{FOLDERS[kind]}/{slug}"
