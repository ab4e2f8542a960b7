"""The public JSON of saved feeds, and of the list of all feeds."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from app.published.document import OPEN
from app.published.media import ImageShape
from app.published.shape import Shape


class SavedFeed(Shape):
    """What a feed says of itself that editors put together."""

    id: UUID
    kind: Literal["feed"] = "feed"
    slug: str
    edition: str
    language: str
    direction: str = Field(description="ltr or rtl")
    title: str
    description: str | None = None
    image: ImageShape | None = None
    full_text: bool = Field(description="Whether it has whole texts, or summaries")
    size: int = Field(description="Most articles")
    syndication: bool = Field(description="Whether it has only what partners may show")
    since: datetime | None = Field(description="It has what was published from then on")
    feed_id: str | None = Field(default=None, description="The id by which feed readers know it")
    modified_at: datetime


class FeedFormat(Shape):
    name: str = Field(description="As in addresses", examples=["rss"])
    title: str = Field(examples=["RSS 2.0"])
    media_type: str


class FeedEntry(Shape):
    """What there are feeds of."""

    kind: str = Field(
        description=f"latest (of an edition), section, series, saved, topic or person. {OPEN}"
    )
    id: UUID = Field(description="That of the edition, section, …")
    edition: str | None = Field(default=None, description="Null where it has articles of all")
    language: str | None = None
    title: str
    description: str | None = None
    feeds: dict[str, str] = Field(
        description="By format, root-relative", examples=[{"rss": "/feeds/sections/news.rss"}]
    )


class FeedList(Shape):
    formats: list[FeedFormat]
    items: list[FeedEntry]
    next: str | None = Field(description="Root-relative link to the next page, or null")
