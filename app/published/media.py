"""Pictures and what can be played, in the one shape that each has wherever it appears."""

from uuid import UUID

from pydantic import Field

from app.published.shape import Shape

AVAILABILITY = (
    "Whether it may be seen: `later`, `now` or `over`. It changes by itself. More may be added"
)


class SrcsetItem(Shape):
    """The whole picture in one width and one format."""

    url: str
    width: int
    media_type: str = Field(examples=["image/webp"])


class ImageShape(Shape):
    """A picture, always in this shape wherever one appears.

    `crops` and `srcset` are there for pictures that we keep; of one that is elsewhere there is the
    `url` alone. The same address always gives the same bytes.
    """

    asset_id: UUID | None = None
    url: str
    alt: str = ""
    decorative: bool = Field(
        default=False, description="Whether it says nothing, and `alt` is empty on purpose"
    )
    caption: str | None = None
    credit: str | None = None
    width: int | None = None
    height: int | None = None
    placeholder: str | None = Field(
        default=None, description="A tiny picture as a data URI, to be shown meanwhile"
    )
    dominant_colour: str | None = Field(default=None, examples=["#20466b"])
    crops: dict[str, str] = Field(
        default={},
        description="Named crops: name to URL. 16x9, 4x3, 1x1, 2x3; tv-1920, tv-1280, tv-800 have "
        "as many pixels in width where the original does",
    )
    srcset: list[SrcsetItem] = Field(default=[], description="From narrow to wide, WebP first")
    digital_source_type: str | None = Field(
        default=None,
        description="How it came to be, of IPTC's NewsCodes: whether a machine made it",
        examples=["http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"],
    )
    syndication: bool | None = Field(
        default=None, description="Whether partners may show it; null where nobody said so"
    )


class MediaSource(Shape):
    """One playable form of a video or audio item."""

    url: str
    media_type: str = Field(examples=["application/vnd.apple.mpegurl"])
    width: int | None = None
    height: int | None = None
    bitrate: int | None = Field(default=None, description="Bits per second")
    codecs: str | None = Field(default=None, examples=["avc1.64001f,mp4a.40.2"])
    quality: str | None = Field(default=None, description="SD, HD, FHD or UHD")
    size: int | None = Field(default=None, description="Bytes")


class CaptionTrack(Shape):
    """A track of text in WebVTT."""

    kind: str = Field(description="captions (with sounds), subtitles or descriptions")
    language: str
    label: str
    url: str


class Chapter(Shape):
    at_ms: int
    title: str


class Thumbnails(Shape):
    """Sheets of small pictures, for moving through a video. `{index}` stands for the sheet."""

    url: str
    interval_ms: int
    columns: int
    rows: int


class AdBreak(Shape):
    at_ms: int
    duration_ms: int | None = None
    tag_url: str | None = None


class Drm(Shape):
    system: str = Field(description="widevine, playready, fairplay or clearkey")
    license_url: str
    certificate_url: str | None = None
    key_ids: list[str] = []


class Rating(Shape):
    system: str = Field(examples=["USA_TV"])
    value: str = Field(examples=["PG"])


class Geo(Shape):
    """Countries (ISO 3166-1) in which it may be seen, or may not. One of the two is empty."""

    allow: list[str] = []
    deny: list[str] = []


class Playable(Shape):
    """A video or audio item."""

    asset_id: UUID | None = None
    title: str | None = None
    caption: str | None = None
    credit: str | None = None
    language: str | None = None
    duration: float | None = Field(default=None, description="Seconds")
    sources: list[MediaSource] = Field(
        default=[], description="Adaptive ones first. Empty where `token_required`"
    )
    token_required: bool = Field(
        default=False, description="Whether `sources` come from POST /v1/videos/{id}/playback"
    )
    poster: ImageShape | None = None
    captions: list[CaptionTrack] = []
    audio_languages: list[str] = []
    chapters: list[Chapter] = []
    thumbnails: Thumbnails | None = None
    transcript: str | None = None
    rating: Rating | None = None
    advisories: list[str] = []
    available_from: str | None = None
    available_until: str | None = None
    availability: str = Field(default="now", description=AVAILABILITY)
    geo: Geo | None = None
    drm: list[Drm] = []
    ad_breaks: list[AdBreak] = []
    digital_source_type: str | None = None
    syndication: bool | None = Field(
        default=None, description="Whether partners may show it; null where nobody said so"
    )
