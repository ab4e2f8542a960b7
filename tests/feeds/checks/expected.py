"""What parsers must find of a feed, in words and moments that can be compared."""

from datetime import UTC, datetime
from time import struct_time

from app.feeds.feed import FeedItem, Image
from app.feeds.texts import line


def second(moment: datetime) -> datetime:
    """In UTC, to the second: feeds have no smaller ones."""
    return moment.astimezone(UTC).replace(microsecond=0)


def moment(parsed: struct_time | str) -> datetime:
    """What a parser read."""
    if isinstance(parsed, str):
        return datetime.fromisoformat(parsed)
    return datetime(*parsed[:6], tzinfo=UTC)


def is_plain(text: str) -> bool:
    """Whether nobody can take it for HTML, as some parsers do with any text that looks like it."""
    return not set("<>&").intersection(text)


def creators(item: FeedItem) -> list[str]:
    return [line(each.name) for each in item.authors] or [line(item.byline)] * bool(item.byline)


def summary(item: FeedItem) -> str:
    """Who paid for a piece is told first."""
    told = line(item.summary) or line(item.standfirst)
    paid = line(item.sponsor)
    return f"[{paid}] {told}".strip() if paid else told


def tags(item: FeedItem) -> list[tuple[str, str]]:
    return [(line(each.name), each.url) for each in item.categories]


def picture(image: Image) -> dict[str, str]:
    told = {"url": image.url, "type": image.media_type, "medium": "image",
            "width": image.width, "height": image.height}  # fmt: skip
    return {name: str(value) for name, value in told.items() if value is not None}
