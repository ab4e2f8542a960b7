"""PURE: what readers of feeds show below a headline."""

from app.feeds.feed import FeedItem
from app.feeds.texts import first_line, line


def summary(item: FeedItem) -> str:
    """In one line, "" where there is nothing to tell. Who paid for it comes first."""
    told, paid = first_line(item.summary, item.standfirst), line(item.sponsor)
    return f"[{paid}] {told}".strip() if paid else told
