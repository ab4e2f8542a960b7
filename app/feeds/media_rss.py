"""PURE: Media RSS in the one flat form that every app on televisions reads: no groups, one film,
and its picture both beside it and inside of it.

https://www.rssboard.org/media-rss (1.5.1)
"""

from app.feeds.feed import Feed, FeedItem, Film
from app.feeds.television import categories, main_source, seconds, summary, tile
from app.feeds.texts import cut, legal, line, offset
from app.feeds.xml import Element, add, root

MEDIA_TYPE = "application/rss+xml"
DESCRIPTION = 200
"""Characters: Roku's apps cut what is longer."""

_SCHEMES = {"USA_PR": "urn:v-chip", "USA_TV": "urn:v-chip", "MPAA": "urn:mpaa"}
"""The systems of ratings that Media RSS knows."""


def begun(feed: Feed, *, changed: str) -> tuple[Element, Element]:
    """The document and its channel, which has no items yet. `changed` is when it changed."""
    rss = root("rss", "atom", "dcterms", "media", version="2.0")
    channel = add(rss, "channel")
    add(channel, "title", line(feed.title))
    add(channel, "link", feed.home_url)
    add(channel, "description", line(feed.description or feed.publication.tagline or feed.title))
    add(channel, "language", feed.language)
    # Those who load films for television platforms (Wurl) ask for both.
    add(channel, "pubDate", changed)
    add(channel, "lastBuildDate", changed)
    add(channel, "atom:link", None, {"rel": "self", "type": MEDIA_TYPE, "href": feed.url})
    return rss, channel


def item(channel: Element, about: FeedItem, film: Film, *, published: str) -> Element:
    """A film, begun as all dialects have it."""
    assert film.artwork
    element, text = add(channel, "item"), cut(summary(about), DESCRIPTION)
    names, picture = categories(about), tile(film.artwork)
    add(element, "title", line(about.title))
    add(element, "link", about.url)
    add(element, "guid", legal(film.content_id), {"isPermaLink": "false"})
    add(element, "pubDate", published)
    add(element, "description", text)
    add(element, "media:title", line(about.title), {"type": "plain"})
    add(element, "media:description", text, {"type": "plain"})
    for name in names:
        add(element, "media:category", name)
    add(element, "media:keywords", ", ".join(name.replace(",", " ") for name in names))
    add(element, "media:thumbnail", None, {"url": picture})
    source = main_source(film)
    content = add(element, "media:content", None, {
        "url": source.url,
        "type": source.media_type,
        "medium": "video",
        "duration": seconds(film),
        "lang": film.language,
        "width": source.width,
        "height": source.height,
        "bitrate": max(1, round(source.bitrate / 1000)) if source.bitrate else None,
        "fileSize": source.size,
    })  # fmt: skip
    add(content, "media:thumbnail", None, {"url": picture})
    return element


def rights(element: Element, film: Film) -> None:
    """For whom it is, where it may be seen, from when on and until when."""
    scheme = _SCHEMES.get(film.rating_system or "")
    if scheme and film.rating:
        add(element, "media:rating", _rating(scheme, film.rating), {"scheme": scheme})
    for relation, countries in (("allow", film.countries), ("deny", film.excluded_countries)):
        if countries:
            told = {"relationship": relation, "type": "country"}
            add(element, "media:restriction", " ".join(countries).lower(), told)
    if film.available_from or film.available_until:
        add(element, "dcterms:valid", _span(film))


def _rating(scheme: str, value: str) -> str:
    """As the V-chip calls it: `tv-pg`. Newsrooms leave the first half out, or the hyphen."""
    plain = value.lower().removeprefix("tv").lstrip("-")
    return f"tv-{plain}" if scheme == "urn:v-chip" else value.lower()


def _span(film: Film) -> str:
    """DCMI Period Encoding Scheme. What does not begin or end has no such part."""
    since, until = film.available_from, film.available_until
    parts = [f"start={offset(since)}"] if since else []
    parts += [f"end={offset(until)}"] if until else []
    return "; ".join([*parts, "scheme=W3C-DTF"])
