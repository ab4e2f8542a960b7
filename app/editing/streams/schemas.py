"""Streams as the desk API takes and shows them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from app.editing import media_types
from app.editing.assets.playback import Advisories, Drm, Geo, Rating
from app.editing.external_ids import ExternalIdFilter, ExternalIds, ExternalIdView
from app.editing.inputs import Extras, Input, Name, Position, Switch, Text, example
from app.editing.languages import Language
from app.editing.series.schemas import Artwork
from app.editing.slugs import Slug
from app.editing.urls import MediaUrl
from app.web.pages import PageQuery

HLS = "application/vnd.apple.mpegurl"
LONGEST_DVR = 14 * 24 * 3600


def _hls(url: str) -> str:
    if media_types.playable(url) not in (None, HLS):
        raise PydanticCustomError("hls", "Must be an HLS playlist (.m3u8).")
    return url


HlsUrl = Annotated[
    MediaUrl, AfterValidator(_hls), Field(examples=["https://live.example.org/one/index.m3u8"])
]


class StreamFields(Input):
    title: Name = Field(examples=["Kestrel One"])
    description: Text = None
    public: Switch = Field(default=False, description="Whether readers have it")
    on_air: Switch = Field(default=False, description="Whether it is live now")
    position: Position = Field(default=0, description="Its place in lists, the lowest first")
    url: HlsUrl
    backup_urls: list[HlsUrl] = Field(
        default=[], max_length=10, description="To be tried in this order"
    )
    dvr_seconds: int | None = Field(
        default=None,
        strict=True,
        ge=0,
        le=LONGEST_DVR,
        description="How far viewers can go back",
        examples=[7200],
    )
    artwork_id: Artwork = None
    language: Language | None = Field(default=None, description="Left out: the edition's")
    rating: Rating | None = None
    advisories: Advisories = []
    geo: Geo | None = None
    drm: list[Drm] = Field(default=[], max_length=10)
    external_ids: ExternalIds = []
    extras: Extras = {}


_EXAMPLE = {
    "title": "Kestrel One",
    "public": True,
    "on_air": True,
    "url": "https://live.example.org/one/index.m3u8",
    "dvr_seconds": 7200,
}


class StreamCreate(StreamFields):
    model_config = example(edition="en", **_EXAMPLE)

    edition: str = Field(min_length=1, max_length=35, examples=["en"])
    slug: Slug | None = Field(default=None, description="Made from the title where it is left out")


class StreamReplace(StreamFields):
    """All of a stream but its schedule: what is left out is emptied, but for the slug."""

    model_config = example(**_EXAMPLE)

    slug: Slug | None = Field(
        default=None, description="Left out: as it is. The old address redirects to the new one"
    )


class OnAir(Input):
    model_config = example(on_air=True)

    on_air: Switch


class StreamSummary(BaseModel):
    """A stream in a list."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    edition: str
    slug: str
    title: str
    public: bool
    on_air: bool
    position: int
    artwork_id: UUID | None
    external_ids: list[ExternalIdView]
    changed_at: datetime


class StreamView(StreamSummary):
    description: str | None
    url: str
    backup_urls: list[str]
    dvr_seconds: int | None
    language: str | None
    rating: Rating | None
    advisories: list[str]
    geo: Geo | None
    drm: list[Drm]
    extras: dict[str, Any]


class StreamPage(BaseModel):
    items: list[StreamSummary] = Field(description="In the order of their slugs")
    next: str | None = Field(description="Link to the next page")


class StreamQuery(PageQuery):
    edition: str | None = Field(default=None, min_length=1, max_length=35)
    external: ExternalIdFilter = None
