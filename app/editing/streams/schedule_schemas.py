"""What is on a stream when, as the desk API takes and shows it."""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from app.editing.assets.playback import Rating
from app.editing.inputs import Input, Name, ShortLine, Text, example
from app.editing.series.numbers import EpisodeNumber, SeasonNumber
from app.editing.series.schemas import Artwork
from app.web.moments import Moment
from app.web.pages import PageQuery

MOST_ENTRIES = 2_000
LONGEST_WINDOW = timedelta(days=31)


class EntryFields(Input):
    start: Moment
    end: Moment = Field(description="After `start`")
    title: Name = Field(examples=["The evening bulletin"])
    subtitle: ShortLine = None
    description: Text = None
    series_id: UUID | None = None
    season: SeasonNumber | None = None
    number: EpisodeNumber | None = None
    rating: Rating | None = None
    artwork_id: Artwork = None
    external_id: Annotated[str, Field(min_length=1, max_length=300)] | None = Field(
        default=None, description="Its id where the schedule comes from"
    )


class ScheduleReplace(Input):
    """What begins from `since` on and before `until`: all of it. What begins outside of the window
    stays as it is."""

    model_config = example(
        since="2026-11-20T00:00:00Z",
        until="2026-11-21T00:00:00Z",
        entries=[
            {
                "start": "2026-11-20T18:00:00Z",
                "end": "2026-11-20T18:30:00Z",
                "title": "The evening bulletin",
            }
        ],
    )

    since: Moment
    until: Moment = Field(description=f"At most {LONGEST_WINDOW.days} days after `since`")
    entries: list[EntryFields] = Field(
        max_length=MOST_ENTRIES, description="None of them overlaps another one"
    )

    @model_validator(mode="after")
    def _is_a_window(self) -> "ScheduleReplace":
        if not timedelta(0) < self.until - self.since <= LONGEST_WINDOW:
            raise PydanticCustomError(
                "window",
                "`until` must be after `since`, and at most {days} days later.",
                {"days": LONGEST_WINDOW.days},
            )
        return self


class EntryView(BaseModel):
    id: UUID = Field(description="The same as long as something begins at this moment")
    start: datetime
    end: datetime
    title: str
    subtitle: str | None
    description: str | None
    series_id: UUID | None
    season: int | None
    number: int | None
    rating: Rating | None
    artwork_id: UUID | None
    external_id: str | None


class SchedulePage(BaseModel):
    items: list[EntryView] = Field(description="In the order in which they begin")
    next: str | None = Field(description="Link to the next page")


class ScheduleReplaced(BaseModel):
    replaced: int = Field(description="How many entries began in the window before")
    entries: int = Field(description="How many do now")


class ScheduleQuery(PageQuery):
    since: Moment = Field(description="What ends after that (RFC 3339)")
    until: Moment = Field(description="And begins before that")
