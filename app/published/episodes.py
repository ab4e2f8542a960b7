"""How articles and schedules name a programme, and which of its instalments they are."""

from uuid import UUID

from pydantic import Field

from app.published.shape import Shape


class SeriesRef(Shape):
    """A series as other documents name it."""

    id: UUID
    slug: str
    title: str
    path: str = Field(description="Root-relative, percent-encoded", examples=["/series/lights"])


class EpisodeRef(Shape):
    """Which instalment of its series it is."""

    season: int = Field(description="0 is for specials")
    number: int
    title: str | None = None
