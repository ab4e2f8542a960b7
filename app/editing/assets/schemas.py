"""Assets as the desk API takes and shows them."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from app.editing.assets.playback import Milliseconds, Pixels, Playback
from app.editing.assets.words import KINDS, SOURCE_TYPE_BASE, SOURCE_TYPES, STATES
from app.editing.countries import Country
from app.editing.external_ids import ExternalIdFilter, ExternalIds, ExternalIdView
from app.editing.inputs import Extras, Input, Note, ShortLine, Switch, example
from app.editing.languages import Language
from app.editing.plain_fields import Line, Prose
from app.editing.urls import WebUrl
from app.web.moments import Moment
from app.web.pages import PageQuery

Kind = Literal[KINDS]  # type: ignore[valid-type]
State = Literal[STATES]  # type: ignore[valid-type]


def _source_type(text: str | None) -> str | None:
    if text is None:
        return None
    word = text.removeprefix(SOURCE_TYPE_BASE)
    if word not in SOURCE_TYPES:
        raise PydanticCustomError(
            "digital_source_type",
            "Must be one of IPTC's digital source types, such as digitalCapture or "
            "trainedAlgorithmicMedia.",
        )
    return SOURCE_TYPE_BASE + word


SourceType = Annotated[
    str | None,
    Field(
        max_length=200,
        description="How it came to be, of IPTC's NewsCodes, by its word or its address. Say so "
        "where a machine made it: trainedAlgorithmicMedia",
        examples=["digitalCapture"],
    ),
    AfterValidator(_source_type),
]


class AssetRights(Input):
    terms: Prose = Field(default=None, description="In words, as the rights holder put them")
    territories: list[Country] = Field(
        default=[], max_length=250, description="Countries (ISO 3166-1) where it may be shown; [] "
        "where there is no restriction",
    )  # fmt: skip
    syndication: bool | None = Field(
        default=None, strict=True, description="Whether partners may show it, too"
    )
    expires_at: Moment | None = Field(
        default=None,
        description="From then on readers do not get it any more: it leaves all documents by "
        "itself, and nothing that uses it can be published",
    )


class AssetFlags(Input):
    graphic: Switch = False
    sensitive: Switch = False


class Focus(Input):
    """What must stay in sight when a part is cut out: from 0 (left, top) to 1."""

    x: float = Field(ge=0, le=1, allow_inf_nan=False, strict=True)
    y: float = Field(ge=0, le=1, allow_inf_nan=False, strict=True)


class AssetFields(Input):
    """What is told of an asset. Of a picture, what is left out at its upload is taken from what
    the file says of itself."""

    title: ShortLine = None
    alt: Line = Field(default=None, description="What the picture shows", examples=["A ferry"])
    decorative: Switch = Field(default=False, description="It says nothing, and needs no `alt`")
    caption: Prose = None
    credit: Line = Field(default=None, examples=["Photo: Mara Tollen"])
    creator: ShortLine = None
    agency_id: UUID | None = Field(default=None, description="The publication that issued it")
    captured_at: str | None = Field(
        default=None,
        pattern=r"^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$",
        description="ISO 8601, as exact as it is known",
        examples=["2026-11-20T14:05"],
    )
    language: Language | None = None
    digital_source_type: SourceType = None
    rights: AssetRights = AssetRights()
    focus: Focus = Focus(x=0.5, y=0.5)
    flags: AssetFlags = AssetFlags()
    poster_id: UUID | None = Field(
        default=None, description="Of video and audio: the picture that stands for it"
    )
    duration_ms: Milliseconds | None = None
    width: Pixels | None = Field(
        default=None, description="Of video, and of what others keep; of a picture here it is read"
    )
    height: Pixels | None = None
    playback: Playback | None = Field(default=None, description="Of video and audio alone")
    external_ids: ExternalIds = []
    extras: Extras = {}
    note_internal: Note = None

    @model_validator(mode="after")
    def _is_decorative_or_told(self) -> "AssetFields":
        if self.decorative and self.alt:
            raise PydanticCustomError("alt", "What is decorative has no `alt`: give one of them.")
        return self


class AssetReplace(AssetFields):
    """All that is told of an asset: what is left out is emptied. The file stays."""

    model_config = example(
        alt="A ferry leaves the harbour", credit="Photo: Mara Tollen", focus={"x": 0.4, "y": 0.6}
    )


class AssetRegister(AssetFields):
    """Media that others keep: a picture or a document by its `url`, what can be played by the
    sources in `playback`."""

    model_config = example(
        kind="video",
        title="The ferry leaves",
        playback={"sources": [{"url": "https://media.example.org/ferry/master.m3u8"}]},
        duration_ms=73_000,
    )

    kind: Kind
    url: WebUrl | None = None

    @model_validator(mode="after")
    def _is_somewhere(self) -> "AssetRegister":
        if self.kind in ("image", "document"):
            if self.url is None:
                raise PydanticCustomError("place", "Give the `url` where it is.")
        elif self.url is not None or not (self.playback and self.playback.sources):
            raise PydanticCustomError("place", "Give `playback.sources`, and no `url`.")
        return self


class AssetImport(AssetFields):
    """A file that is to be fetched from where it is now, and kept here."""

    model_config = example(
        kind="image", url="https://media.example.org/harbour.jpg", alt="The harbour"
    )

    kind: Kind = Field(description="If the file is of another kind, the asset is `failed`")
    url: WebUrl


class AssetSummary(BaseModel):
    """An asset in a list."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: str
    state: str = Field(description="waiting: it is fetched or read; ready; failed: see `failure`")
    failure: str | None
    file_name: str | None
    media_type: str | None
    size: int | None
    width: int | None
    height: int | None
    duration_ms: int | None
    title: str | None
    alt: str | None
    decorative: bool
    credit: str | None
    expires_at: datetime | None
    expired_at: datetime | None = Field(description="When readers lost it")
    preview_url: str | None = Field(description="Of a picture, for who has a key to the desk")
    file_url: str | None = Field(
        description="Where readers find the file, once a live article plays it or links to it; "
        "never that of a picture"
    )
    external_ids: list[ExternalIdView]
    created_at: datetime
    created_by: str
    changed_at: datetime


class Duplicate(BaseModel):
    """Another asset that is this one, or looks like it."""

    asset_id: UUID
    same_file: bool = Field(description="Byte for byte; otherwise it only looks alike")
    distance: int = Field(description="Of the two looks: 0 to 64 different bits")


class AssetView(AssetSummary):
    caption: str | None
    creator: str | None
    agency_id: UUID | None
    captured_at: str | None
    language: str | None
    digital_source_type: str | None
    rights: AssetRights
    focus: Focus
    flags: AssetFlags
    poster_id: UUID | None
    playback: Playback | None
    extras: dict[str, Any]
    note_internal: str | None
    sha256: str | None
    remote_url: str | None
    imported_from: str | None
    dominant_colour: str | None
    placeholder: str | None
    embedded: dict[str, Any] = Field(description="What the file says of itself; nobody checked it")
    duplicates: list[Duplicate]
    used_in: list[UUID] = Field(description="Articles that use it, at most a hundred of them")


class AssetPage(BaseModel):
    items: list[AssetSummary] = Field(description="The newest first")
    next: str | None = Field(description="Link to the next page")


class AssetQuery(PageQuery):
    kind: Kind | None = None
    state: State | None = None
    q: str | None = Field(
        default=None, min_length=1, max_length=200,
        description="Text in the title, alt text, caption, credit, creator or file name",
    )  # fmt: skip
    sha256: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    without_alt: bool | None = Field(
        default=None, description="Pictures of which nobody has said what they show"
    )
    expiring_before: Moment | None = Field(default=None, description="Rights that end before then")
    external: ExternalIdFilter = None
