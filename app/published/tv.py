"""The public JSON of the TV home, and the plan from which it is put together when it is read."""

from typing import Literal
from uuid import UUID, uuid5

from pydantic import BaseModel, Field

from app.published.channels import SeriesCard, StreamCard
from app.published.document import OPEN, Card, SectionRef
from app.published.shape import Shape
from app.published.video import VideoCard


class Rail(Shape):
    """One row: what it is called, what is in it, and where there is more of it."""

    kind: str = Field(
        description=f"alert, live, collection, latest, section, topic or series. {OPEN}"
    )
    title: str
    more: str = Field(description="Link to the whole list, in pages")
    items: list[VideoCard | Card | StreamCard | SeriesCard] = Field(
        description="Told apart by `kind`: video, article (in an alert), stream, series"
    )


class TvHome(Shape):
    """The first screen of a TV app, at most 200 KB. Rails with nothing in them are left out."""

    kind: Literal["tv"] = "tv"
    edition: str
    language: str
    direction: str = Field(description="ltr or rtl")
    section: SectionRef | None = Field(default=None, description="Whose home it is; null: all")
    rails: list[Rail] = Field(description="From the top down. No video is in two of them")


Source = Literal["listing", "curated", "alert", "streams", "series"]


class PlannedRail(BaseModel):
    """A rail before it is filled: `key` is the list that it shows, of the sort `source`."""

    kind: str
    title: str
    more: str
    source: Source
    key: UUID
    limit: int
    platforms: list[str]


class Plan(BaseModel):
    """The document of a TV home: never sent as it is."""

    edition: str
    language: str
    direction: str
    section: SectionRef | None
    rails: list[PlannedRail]


def home_id(place: UUID) -> UUID:
    """The id of the TV home of this edition or section."""
    return uuid5(place, "tv")
