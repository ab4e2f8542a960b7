"""The public JSON of live channels, what is on them, and series."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from app.published.document import ExternalId, Share
from app.published.episodes import SeriesRef
from app.published.media import Drm, Geo, ImageShape, MediaSource, Rating
from app.published.shape import Shape
from app.published.video import Artwork


class StreamCard(Shape):
    """The short form of a live channel: the same in every list and every row."""

    id: UUID
    kind: Literal["stream"] = "stream"
    edition: str
    language: str
    direction: str = Field(description="ltr or rtl")
    slug: str
    title: str
    description: str | None = None
    path: str
    canonical_url: str
    on_air: bool = Field(description="Whether it is live now")
    artwork: Artwork | None = None
    sources: list[MediaSource] = Field(
        description="HLS: the first one, and its back-ups in the order in which to try them"
    )
    dvr_seconds: int | None = Field(default=None, description="How far viewers can go back")
    rating: Rating | None = None
    advisories: list[str] = []
    geo: Geo | None = None
    drm: list[Drm] = []
    schedule: str = Field(description="Link to what is on when; narrow it by `since` and `until`")


class Stream(StreamCard):
    """A live channel."""

    image: ImageShape | None = None
    share: Share
    external_ids: list[ExternalId] = []
    extras: dict[str, Any] = Field(default={}, description="The outlet's own public fields")
    modified_at: datetime


class StreamPage(Shape):
    items: list[StreamCard] = Field(description="In the order that the editors gave them")
    next: str | None = Field(description="Root-relative link to the next page, or null")


class ScheduleEntry(Shape):
    """Something that is on, from `start` to `end`. No two of a stream overlap."""

    id: UUID
    start: datetime
    end: datetime
    title: str
    subtitle: str | None = None
    description: str | None = None
    series: SeriesRef | None = None
    season: int | None = None
    number: int | None = None
    rating: Rating | None = None
    image: ImageShape | None = None
    external_id: str | None = Field(default=None, description="Its id where the schedule is made")


class SchedulePage(Shape):
    items: list[ScheduleEntry] = Field(description="In the order in which they begin")
    next: str | None = Field(description="Root-relative link to the next page, or null")


class Season(Shape):
    number: int = Field(description="0 is for specials")
    title: str | None = None
    description: str | None = None
    image: ImageShape | None = None


class SeriesCard(Shape):
    """The short form of a programme: the same in every list and every row."""

    id: UUID
    kind: Literal["series"] = "series"
    edition: str
    language: str
    direction: str = Field(description="ltr or rtl")
    slug: str
    title: str
    description: str | None = None
    path: str
    canonical_url: str
    artwork: Artwork | None = None
    genres: list[str] = []
    episodes: str = Field(description="Link to the list of its episodes")


class Series(SeriesCard):
    """A programme."""

    image: ImageShape | None = None
    seasons: list[Season] = Field(
        default=[], description="Of which something is told; episodes may be of others, too"
    )
    feeds: dict[str, str] = Field(default={}, description="Links to its feeds, by format")
    share: Share
    external_ids: list[ExternalId] = []
    extras: dict[str, Any] = Field(default={}, description="The outlet's own public fields")
    modified_at: datetime


class SeriesPage(Shape):
    items: list[SeriesCard] = Field(description="In the order that the editors gave them")
    next: str | None = Field(description="Root-relative link to the next page, or null")
