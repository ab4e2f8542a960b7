"""Media RSS in Roku's dialect: dates in ISO 8601, `media:subTitle`, and less than 500 KB.

https://github.com/rokudev/feed-specifications, mrss-feed-specification.md (2018-06-13)
"""

from app.feeds import media_rss
from app.feeds.feed import Feed, FeedItem, Film
from app.feeds.fitting import fitted
from app.feeds.television import shown
from app.feeds.texts import offset
from app.feeds.xml import Element, add, written

LARGEST = 500_000
"""Bytes: apps made from Roku's template refuse more."""

_READ = ("captions", "subtitles")


def render(feed: Feed) -> bytes:
    rss, channel = media_rss.begun(feed, changed=offset(feed.updated_at))
    before = len(channel)
    for about, film in shown(feed, "mrss"):
        _item(channel, about, film)
    items = list(channel)[before:]

    def document(count: int) -> bytes:
        for each in list(channel)[before:]:
            channel.remove(each)
        channel.extend(items[:count])
        return written(rss)

    return fitted(document, len(items), LARGEST)


def _item(channel: Element, about: FeedItem, film: Film) -> None:
    element = media_rss.item(channel, about, film, published=offset(about.published_at))
    for track in film.captions:
        if track.kind in _READ:
            told = {"lang": track.language, "href": track.url, "type": "text/vtt"}
            add(element, "media:subTitle", None, told)
    media_rss.rights(element, film)
