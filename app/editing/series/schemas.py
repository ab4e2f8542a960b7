"""Series as the desk API takes and shows them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from app.editing.external_ids import ExternalIdFilter, ExternalIds, ExternalIdView
from app.editing.inputs import (
    Extras,
    Input,
    Name,
    Position,
    ShortLine,
    Switch,
    Text,
    example,
    filled_line,
)
from app.editing.languages import Language
from app.editing.series.numbers import SeasonNumber
from app.editing.slugs import Slug
from app.web.pages import PageQuery

Genre = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(filled_line)]
Artwork = Annotated[UUID | None, Field(description="An asset that is an image")]


class SeasonInput(Input):
    model_config = ConfigDict(extra="forbid", from_attributes=True)

    number: SeasonNumber
    title: ShortLine = None
    description: Text = None
    artwork_id: Artwork = None


def _distinct(seasons: list[SeasonInput]) -> list[SeasonInput]:
    if len({season.number for season in seasons}) < len(seasons):
        raise PydanticCustomError("distinct", "Two seasons have the same number.")
    return seasons


Seasons = Annotated[list[SeasonInput], Field(max_length=200), AfterValidator(_distinct)]


class SeriesFields(Input):
    title: Name = Field(examples=["Harbour lights"])
    description: Text = None
    public: Switch = Field(default=False, description="Whether readers have it")
    position: Position = Field(default=0, description="Its place in lists, the lowest first")
    artwork_id: Artwork = None
    language: Language | None = Field(default=None, description="Left out: the edition's")
    genres: list[Genre] = Field(default=[], max_length=20, examples=[["documentary"]])
    seasons: Seasons = []
    external_ids: ExternalIds = []
    extras: Extras = {}


class SeriesCreate(SeriesFields):
    model_config = example(
        edition="en", title="Harbour lights", public=True, seasons=[{"number": 1}]
    )

    edition: str = Field(min_length=1, max_length=35, examples=["en"])
    slug: Slug | None = Field(default=None, description="Made from the title where it is left out")


class SeriesReplace(SeriesFields):
    """All of a series: what is left out is emptied, but for the slug."""

    model_config = example(title="Harbour lights", public=True, seasons=[{"number": 1}])

    slug: Slug | None = Field(
        default=None, description="Left out: as it is. The old address redirects to the new one"
    )


class SeriesSummary(BaseModel):
    """A series in a list."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    edition: str
    slug: str
    title: str
    public: bool
    position: int
    artwork_id: UUID | None
    external_ids: list[ExternalIdView]
    changed_at: datetime


class SeriesView(SeriesSummary):
    description: str | None
    language: str | None
    genres: list[str]
    seasons: list[SeasonInput] = Field(description="In the order of their numbers")
    extras: dict[str, Any]


class SeriesPage(BaseModel):
    items: list[SeriesSummary] = Field(description="In the order of their slugs")
    next: str | None = Field(description="Link to the next page")


class SeriesQuery(PageQuery):
    edition: str | None = Field(default=None, min_length=1, max_length=35)
    external: ExternalIdFilter = None
