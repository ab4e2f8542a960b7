"""Pictures, and what can be played, as articles name them."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.editing import media_types
from app.editing.body.shape import Shape
from app.editing.plain_fields import Line, LongProse, Prose
from app.editing.urls import MediaUrl

Pixels = Annotated[int, Field(ge=1, le=100_000)]
AssetId = Annotated[
    UUID, Field(strict=False, description="One of our own (`/desk/assets`), instead of addresses")
]


class Image(Shape):
    """A picture of ours, or one elsewhere. What is said here goes before what its asset says."""

    asset_id: AssetId | None = None
    url: MediaUrl | None = None
    alt: Line = Field(default=None, description="What the picture shows; leave out if decorative")
    caption: Prose = None
    credit: Line = None
    width: Pixels | None = None
    height: Pixels | None = None

    @model_validator(mode="after")
    def is_somewhere(self) -> Self:
        if (self.url is None) == (self.asset_id is None):
            raise PydanticCustomError("one_place", "Give one of `asset_id` and `url`.")
        return self


class Source(Shape):
    """One playable form."""

    url: MediaUrl
    media_type: str | None = Field(
        default=None,
        pattern=r"^[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,60}$",
        description="Needed where the end of the address does not tell",
        examples=["application/vnd.apple.mpegurl"],
    )
    width: Pixels | None = None
    height: Pixels | None = None
    bitrate: int | None = Field(default=None, ge=1, description="Bits per second")

    @model_validator(mode="after")
    def of_a_known_type(self) -> Self:
        self.media_type = self.media_type or media_types.playable(self.url)
        if self.media_type is None:
            raise PydanticCustomError(
                "media_type", "Give media_type: the address does not tell it."
            )
        self.media_type = media_types.canonical(self.media_type)
        return self


class Played(Shape):
    """A video or sound of ours, or one elsewhere."""

    asset_id: AssetId | None = None
    sources: list[Source] = Field(default=[], max_length=50)
    poster: Image | None = None
    title: Line = None
    caption: Prose = None
    credit: Line = None
    duration: float | None = Field(
        default=None, ge=0, le=1_000_000, allow_inf_nan=False, description="Seconds"
    )
    transcript: LongProse = None

    @model_validator(mode="after")
    def is_somewhere(self) -> Self:
        if bool(self.sources) == (self.asset_id is not None):
            raise PydanticCustomError("one_place", "Give one of `asset_id` and `sources`.")
        return self
