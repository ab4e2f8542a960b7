"""PURE: what feeds call things for good, where a format takes nothing but IRIs or URIs."""

import re
from urllib.parse import quote

from app.feeds.feed import Departed, Feed, FeedItem

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20\x7f-\x9f]+")
_ASCII_OF_URIS = ":/?#[]@!$&'()*+,;=%-._~"


def iri(article: FeedItem | Departed) -> str:
    """Its uid, or its id where that is no IRI: older systems had numbers."""
    return article.uid if _IRI.fullmatch(article.uid) else f"urn:uuid:{article.id}"


def uri(article: FeedItem | Departed) -> str:
    """The same in ASCII (RFC 3987 §3.1)."""
    return _ascii(iri(article))


def feed_iri(feed: Feed) -> str:
    """Its id, or where it is."""
    return feed.id if _IRI.fullmatch(feed.id) else feed.url


def feed_uri(feed: Feed) -> str:
    return _ascii(feed_iri(feed))


def _ascii(iri: str) -> str:
    return quote(iri, safe=_ASCII_OF_URIS)
