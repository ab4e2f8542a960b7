"""RSS 2.0, with content, dc, dcterms, media and atom elements where RSS has none of its own.

https://www.rssboard.org/rss-specification, https://www.rssboard.org/media-rss
"""

from html import escape

from app.feeds.feed import Feed, FeedItem, Image, Source
from app.feeds.media_elements import picture
from app.feeds.summaries import summary
from app.feeds.texts import first_line, line, rfc822, rfc3339
from app.feeds.xml import Element, add, maybe, root, written

MEDIA_TYPE = "application/rss+xml"
GENERATOR = "Masthead"

_FILES = ("video/mp4", "audio/mpeg", "audio/mp4")
"""What readers of feeds download as an enclosure."""


def render(feed: Feed) -> bytes:
    rss = root("rss", "atom", "content", "dc", "dcterms", "media", version="2.0")
    channel = add(rss, "channel")
    add(channel, "title", line(feed.title))
    add(channel, "link", feed.home_url)
    add(channel, "description", first_line(feed.description, feed.publication.tagline, feed.title))
    add(channel, "language", feed.language)
    maybe(channel, "copyright", first_line(feed.publication.legal_name, feed.publication.publisher))
    add(channel, "lastBuildDate", rfc822(feed.updated_at))
    add(channel, "generator", GENERATOR)
    add(channel, "atom:link", None, {"rel": "self", "type": MEDIA_TYPE, "href": feed.url})
    for hub in feed.hubs:
        add(channel, "atom:link", None, {"rel": "hub", "href": hub})
    if feed.image:
        _logo(channel, feed, feed.image)
    for item in feed.items:
        _item(channel, item)
    return written(rss)


def _logo(channel: Element, feed: Feed, image: Image) -> None:
    """Its title and link must be the channel's."""
    logo = add(channel, "image")
    add(logo, "url", image.url)
    add(logo, "title", line(feed.title))
    add(logo, "link", feed.home_url)


def _item(channel: Element, item: FeedItem) -> None:
    element = add(channel, "item")
    add(element, "title", line(item.title))
    add(element, "link", item.url)
    add(element, "guid", item.uid, {"isPermaLink": "false"})
    add(element, "pubDate", rfc822(item.published_at))
    add(element, "dcterms:modified", rfc3339(item.updated_at))
    add(element, "description", _summary(item))
    if item.html:
        add(element, "content:encoded", item.html)
    for author in item.authors:
        maybe(element, "dc:creator", line(author.name))
    if not item.authors:
        maybe(element, "dc:creator", line(item.byline))
    for category in item.categories:
        add(element, "category", line(category.name), {"domain": category.url})
    add(element, "dc:language", item.language)
    maybe(element, "dc:source", first_line(item.syndicated_url, item.syndicated_from))
    maybe(element, "dcterms:license", item.licence)
    if item.access != "free":
        add(element, "dcterms:accessRights", item.access)
    _enclose(element, item)
    if item.image:
        picture(element, item.image)


def _summary(item: FeedItem) -> str:
    """The one plain text that readers take for HTML."""
    return escape(summary(item) or line(item.title), quote=False)


def _enclose(element: Element, item: FeedItem) -> None:
    """One file at most, and only where its length is known: readers ask for it before."""
    played = item.film or item.sound
    source = played and next((each for each in played.sources if _is_file(each)), None)
    if source:
        told = {"url": source.url, "length": source.size, "type": source.media_type}
        add(element, "enclosure", None, told)


def _is_file(source: Source) -> bool:
    return source.media_type in _FILES and source.size is not None
