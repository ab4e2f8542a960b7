"""JSON Feed 1.1. https://www.jsonfeed.org/version/1.1/

Of very long texts there are fewer items: readers are told to expect 250 KB at most.
"""

from typing import Any

import orjson

from app.feeds.feed import Feed, FeedItem, Film
from app.feeds.summaries import summary
from app.feeds.texts import first_line, legal, line, rfc3339

VERSION = "https://jsonfeed.org/version/1.1"
LARGEST = 250_000
"""Bytes."""

FILES = ("video/mp4", "audio/mpeg", "audio/mp4", "application/vnd.apple.mpegurl")


def render(feed: Feed) -> bytes:
    head = _present(
        version=VERSION,
        title=line(feed.title),
        home_page_url=feed.home_url,
        feed_url=feed.url,
        description=first_line(feed.description, feed.publication.tagline),
        icon=feed.image.url if feed.image else None,
        authors=[{"name": line(feed.publication.publisher), "url": feed.publication.url}],
        language=feed.language,
        hubs=[{"type": "WebSub", "url": hub} for hub in feed.hubs],
    )
    room = LARGEST - len(orjson.dumps(head | {"items": []}))
    items: list[dict[str, Any]] = []
    for item in feed.items:
        written = _item(item)
        room -= len(orjson.dumps(written)) + 1
        if room < 0 and items:
            break
        items.append(written)
    return orjson.dumps(head | {"items": items})


def _item(item: FeedItem) -> dict[str, Any]:
    played = item.film or item.sound
    text = legal(item.text or "").strip() or summary(item) or line(item.title)
    return _present(
        id=item.uid,
        url=item.url,
        external_url=item.syndicated_url,
        title=line(item.title),
        content_html=item.html or None,
        content_text=None if item.html else text,
        summary=summary(item),
        image=item.image.url if item.image else None,
        date_published=rfc3339(item.published_at),
        date_modified=rfc3339(item.updated_at),
        authors=_authors(item),
        tags=[line(each.name) for each in item.categories],
        language=item.language,
        attachments=_attachments(played) if played else [],
        _masthead=_present(
            id=item.id,
            access=item.access if item.access != "free" else None,
            genre=item.genre,
            sponsor=item.sponsor,
            corrections=[
                {"kind": each.kind, "text": legal(each.text), "date": rfc3339(each.at)}
                for each in item.corrections
            ],
        ),
    )


def _authors(item: FeedItem) -> list[dict[str, Any]]:
    """Or the byline as it is written out."""
    told = [_present(name=line(each.name), url=each.url) for each in item.authors]
    return told or ([{"name": line(item.byline)}] if line(item.byline) else [])


def _attachments(played: Film) -> list[dict[str, Any]]:
    return [
        _present(
            url=source.url,
            mime_type=source.media_type,
            title=line(played.title),
            size_in_bytes=source.size,
            duration_in_seconds=played.duration,
        )
        for source in played.sources
        if source.media_type in FILES
    ]


def _present(**fields: Any) -> dict[str, Any]:
    """What is not known is not there: the format has no nulls."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}
