"""What there is to play of a video or a sound, and what a player and its viewers must be told."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from app.editing import media_types
from app.editing.assets.words import DRM_SYSTEMS, QUALITIES
from app.editing.countries import Country
from app.editing.inputs import Input, Name
from app.editing.languages import Language
from app.editing.plain_fields import LongProse
from app.editing.urls import MediaUrl, WebUrl
from app.web.moments import Moment

LONGEST_MS = 14 * 24 * 3_600_000

Milliseconds = Annotated[int, Field(strict=True, ge=0, le=LONGEST_MS)]
Pixels = Annotated[int, Field(strict=True, ge=1, le=100_000)]
Quality = Literal[QUALITIES]  # type: ignore[valid-type]
Advisories = Annotated[
    list[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{1,39}$")]],
    Field(max_length=20, examples=[["violence"]]),
]


class PlaySource(Input):
    """One playable form: a file of ours by its `asset_id`, or one elsewhere by its `url`."""

    url: MediaUrl | None = None
    asset_id: UUID | None = Field(default=None, description="Another asset that holds this form")
    media_type: str | None = Field(
        default=None,
        pattern=r"^[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,60}$",
        description="Needed where the end of the address does not tell",
        examples=["application/vnd.apple.mpegurl"],
    )
    width: Pixels | None = None
    height: Pixels | None = None
    bitrate: int | None = Field(
        default=None, strict=True, ge=1, le=10**12, description="Bits per second"
    )
    codecs: Annotated[str | None, Field(max_length=200, pattern=r"^[A-Za-z0-9., -]+$")] = None
    quality: Quality | None = None
    size: int | None = Field(default=None, strict=True, ge=0, le=10**15, description="Bytes")

    @model_validator(mode="after")
    def _is_somewhere(self) -> "PlaySource":
        if (self.url is None) == (self.asset_id is None):
            raise PydanticCustomError("source", "Give one of `url` and `asset_id`.")
        if self.url is not None:
            self.media_type = self.media_type or media_types.playable(self.url)
            if self.media_type is None:
                raise PydanticCustomError(
                    "media_type", "Give media_type: the address does not tell it."
                )
        self.media_type = self.media_type and media_types.canonical(self.media_type)
        return self


class Drm(Input):
    """How a player gets its licence. It is told as it is; nothing of it is used here."""

    system: Literal[DRM_SYSTEMS]  # type: ignore[valid-type]
    license_url: WebUrl
    certificate_url: WebUrl | None = None
    key_ids: list[Annotated[str, Field(pattern=r"^[0-9a-fA-F-]{32,36}$")]] = Field(
        default=[], max_length=20
    )


class AdBreak(Input):
    at_ms: Milliseconds
    duration_ms: Milliseconds | None = None
    tag_url: WebUrl | None = Field(default=None, description="A VAST or VMAP tag")


class Chapter(Input):
    at_ms: Milliseconds
    title: Name


class Thumbnails(Input):
    """Sheets of small pictures, for moving through a video."""

    url: MediaUrl = Field(description="`{index}` in it stands for the number of the sheet")
    interval_ms: Annotated[int, Field(strict=True, ge=100, le=3_600_000)]
    columns: Annotated[int, Field(strict=True, ge=1, le=100)]
    rows: Annotated[int, Field(strict=True, ge=1, le=100)]


class Rating(Input):
    system: Annotated[str, Field(pattern=r"^[A-Z0-9_-]{2,20}$")] = Field(examples=["USA_TV"])
    value: Annotated[str, Field(pattern=r"^[A-Z0-9+.-]{1,12}$")] = Field(examples=["PG"])


class Geo(Input):
    """Countries (ISO 3166-1). Who may see it is for the player and the CDN to hold."""

    allow: list[Country] = Field(default=[], max_length=250)
    deny: list[Country] = Field(default=[], max_length=250)

    @model_validator(mode="after")
    def _is_one_list(self) -> "Geo":
        if bool(self.allow) == bool(self.deny):
            raise PydanticCustomError("geo", "Give one of `allow` and `deny`, with countries.")
        return self


class Token(Input):
    """The CDN plays its sources only with a token that expires: then no document names them, and
    clients ask for them with POST /v1/videos/{id}/playback. The secret stands in
    MASTHEAD_PLAYBACK_SECRETS under the name of the key."""

    key: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")] = Field(examples=["cdn-1"])
    minutes: int = Field(default=240, strict=True, ge=1, le=10_080)


class Playback(Input):
    sources: list[PlaySource] = Field(default=[], max_length=50)
    drm: list[Drm] = Field(default=[], max_length=10)
    ad_breaks: list[AdBreak] = Field(default=[], max_length=200)
    audio_languages: list[Language] = Field(default=[], max_length=50)
    chapters: list[Chapter] = Field(default=[], max_length=200)
    thumbnails: Thumbnails | None = None
    transcript: LongProse = None
    rating: Rating | None = None
    advisories: Advisories = []
    available_from: Moment | None = None
    available_until: Moment | None = Field(
        default=None, description="For players. What must vanish by itself has expiring rights"
    )
    geo: Geo | None = None
    token: Token | None = None

    @field_validator("chapters")
    @classmethod
    def _in_order(cls, chapters: list[Chapter]) -> list[Chapter]:
        starts = [chapter.at_ms for chapter in chapters]
        if starts != sorted(set(starts)):
            raise PydanticCustomError("chapters", "Each begins later than the one before.")
        return chapters

    @model_validator(mode="after")
    def _is_sound(self) -> "Playback":
        since, until = self.available_from, self.available_until
        if since and until and until <= since:
            raise PydanticCustomError("availability", "It ends before it begins.")
        return self
