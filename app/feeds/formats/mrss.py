"""Media RSS for television, strict: dates as RSS has them, and no elements that validators miss.

https://www.rssboard.org/rss-specification, https://www.rssboard.org/media-rss
"""

from app.feeds import media_rss
from app.feeds.feed import Feed
from app.feeds.television import shown
from app.feeds.texts import rfc822
from app.feeds.xml import written


def render(feed: Feed) -> bytes:
    rss, channel = media_rss.begun(feed, changed=rfc822(feed.updated_at))
    for about, film in shown(feed, "mrss"):
        element = media_rss.item(channel, about, film, published=rfc822(about.published_at))
        media_rss.rights(element, film)
    return written(rss)
