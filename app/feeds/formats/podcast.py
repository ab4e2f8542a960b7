"""A podcast: RSS 2.0 with elements of Apple's and of Podcasting 2.0. What is no sound is not in it.

https://podcasters.apple.com/support/823-podcast-requirements,
https://podcastindex.org/namespace/1.0
"""

from collections.abc import Iterable
from html import escape
from uuid import UUID, uuid5

from app.feeds.feed import Feed, FeedItem, Film, Image, Source
from app.feeds.summaries import summary
from app.feeds.texts import cut, first_line, legal, line, rfc822
from app.feeds.xml import Element, add, maybe, root, written

MEDIA_TYPE = "application/rss+xml"
GENERATOR = "Masthead"
CATEGORY = "News"
KINDS = {
    "business": "Business News",
    "comment": "News Commentary",
    "culture": "Entertainment News",
    "economy": "Business News",
    "entertainment": "Entertainment News",
    "finance": "Business News",
    "money": "Business News",
    "opinion": "News Commentary",
    "politics": "Politics",
    "sport": "Sports News",
    "sports": "Sports News",
    "tech": "Tech News",
    "technology": "Tech News",
}
"""What Apple calls news from sections of these names."""
LONGEST_TEXT = 4000
"""Characters of a description that apps show."""
LONGEST_NAME = 255
"""Characters of a name that they take."""

_PODCASTS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace in which podcasts have their GUIDs."""

_PLAYED = ("audio/mpeg", "audio/mp4")


def render(feed: Feed) -> bytes:
    heard = [
        (item, item.sound, source)
        for item in feed.items
        if item.sound and (source := _file(item.sound))
    ]
    rss = root("rss", "atom", "content", "itunes", "podcast", version="2.0")
    channel = add(rss, "channel")
    publisher = cut(feed.publication.publisher, LONGEST_NAME)
    told = first_line(feed.description, feed.publication.tagline, feed.title)
    add(channel, "title", line(feed.title))
    add(channel, "link", feed.home_url)
    add(channel, "description", cut(told, LONGEST_TEXT))
    add(channel, "language", feed.language)
    add(channel, "copyright", first_line(feed.publication.legal_name, publisher))
    add(channel, "lastBuildDate", rfc822(feed.updated_at))
    add(channel, "generator", GENERATOR)
    add(channel, "atom:link", None, {"rel": "self", "type": MEDIA_TYPE, "href": feed.url})
    add(channel, "podcast:guid", str(uuid5(_PODCASTS, feed.id)))
    add(channel, "podcast:medium", "podcast")
    add(channel, "itunes:author", publisher)
    if feed.publication.email:
        owner = add(channel, "itunes:owner")
        add(owner, "itunes:name", publisher)
        add(owner, "itunes:email", feed.publication.email)
    add(channel, "itunes:type", "episodic")
    category = add(channel, "itunes:category", None, {"text": CATEGORY})
    if kind := _kind(item for item, _, _ in heard):
        add(category, "itunes:category", None, {"text": kind})
    add(channel, "itunes:explicit", "false")
    if feed.image:
        add(channel, "itunes:image", None, {"href": _square(feed.image)})
    for episode in heard:
        _episode(channel, *episode)
    return written(rss)


def _kind(items: Iterable[FeedItem]) -> str | None:
    """Where all are from sections of one kind."""
    kinds = {KINDS.get(line(item.section.name).lower()) for item in items}
    return kinds.pop() if len(kinds) == 1 else None


def _episode(channel: Element, item: FeedItem, sound: Film, source: Source) -> None:
    episode = add(channel, "item")
    add(episode, "title", line(item.title))
    add(episode, "link", item.url)
    add(episode, "guid", legal(item.uid), {"isPermaLink": "false"})
    add(episode, "pubDate", rfc822(item.published_at))
    told = cut(summary(item), LONGEST_TEXT)
    add(episode, "description", escape(told, quote=False))  # Apps take it for HTML.
    maybe(episode, "content:encoded", item.html)
    # Nobody knows the length of a file that others keep; apps take 0 for that.
    file = {"url": source.url, "length": source.size or 0, "type": source.media_type}
    add(episode, "enclosure", None, file)
    add(episode, "itunes:episodeType", "full")
    maybe(episode, "itunes:author", cut(item.byline, LONGEST_NAME))
    add(episode, "itunes:explicit", "true" if item.sensitive or item.graphic else "false")
    if sound.duration:
        add(episode, "itunes:duration", str(max(1, round(sound.duration))))
    if picture := sound.artwork or item.image:
        add(episode, "itunes:image", None, {"href": _square(picture)})
    if item.instalment:
        _numbers(episode, item)
    for captions in sound.captions:
        text = {"url": captions.url, "type": "text/vtt", "language": captions.language}
        add(episode, "podcast:transcript", None, text | {"rel": "captions"})
    for author in item.authors:
        add(episode, "podcast:person", line(author.name), {"href": author.url})
    if item.licence:
        add(episode, "podcast:license", item.licence, {"url": item.licence})


def _numbers(episode: Element, item: FeedItem) -> None:
    """Specials have the season 0 with us, and none in podcasts."""
    assert item.instalment
    for name, number in (("season", item.instalment.season), ("episode", item.instalment.number)):
        if number:
            add(episode, f"itunes:{name}", str(number))


def _file(sound: Film) -> Source | None:
    return next((each for each in sound.sources if each.media_type in _PLAYED), None)


def _square(image: Image) -> str:
    """Apple asks for 1,400 pixels: our cuts have fewer, so a square picture is taken whole."""
    if image.width and image.width == image.height:
        return image.widest or image.url
    return image.crops.get("1x1", image.url)
