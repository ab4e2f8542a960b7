"""Videos as TV apps get them: the playable form of a live article, under the article's id.

A card holds what a row of a home screen needs to be drawn and its film to be started; the document
adds what the page of a film shows.
"""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from app.published.citations import Display
from app.published.document import (
    OPEN,
    Access,
    Byline,
    ExternalId,
    Flags,
    Rights,
    SectionRef,
    TopicRef,
)
from app.published.episodes import EpisodeRef, SeriesRef
from app.published.media import (
    AVAILABILITY,
    AdBreak,
    CaptionTrack,
    Chapter,
    Drm,
    Geo,
    ImageShape,
    MediaSource,
    Rating,
    Thumbnails,
)
from app.published.shape import Shape

MEDIA_TYPES = ("shortFormVideo", "episode")


class Artwork(Shape):
    """The picture of a video, cut for screens."""

    url: str = Field(description="The picture as it is: where a crop is missing, take this")
    alt: str = ""
    width: int | None = Field(default=None, description="Of the picture as it is")
    height: int | None = None
    crops: dict[str, str] = Field(
        default={}, description="16x9 and 2x3 to their URLs, of pictures that we keep"
    )
    placeholder: str | None = Field(default=None, description="A tiny picture as a data URI")
    dominant_colour: str | None = Field(default=None, examples=["#20466b"])
    syndication: bool | None = Field(default=None, description="Whether partners may show it")


class Qr(Shape):
    """What to draw as a QR code, so that the viewer goes on at a phone."""

    url: str
    text: str = Field(description="To be shown below it", examples=["courier.example.org"])


class VideoCard(Shape):
    """The short form of a video: the same in every list and every row."""

    id: UUID = Field(description="That of the article")
    kind: Literal["video"] = "video"
    edition: str
    language: str
    direction: str = Field(description="ltr or rtl")
    title: str
    title_short: str = Field(description="At most 60 characters")
    kicker: str | None = None
    summary: str | None = None
    path: str
    canonical_url: str
    section: SectionRef
    genre: str = Field(description=f"news, analysis, opinion, … {OPEN}")
    series: SeriesRef | None = Field(default=None, description="Set where it is an episode")
    episode: EpisodeRef | None = None
    published_at: datetime
    updated_at: datetime
    duration: float | None = Field(default=None, description="Seconds")
    artwork: Artwork | None = None
    sources: list[MediaSource] = Field(
        default=[], description="HLS first, then DASH, then files from the best down. Empty where "
        "`token_required`",
    )  # fmt: skip
    token_required: bool = Field(
        default=False, description="Whether `sources` come from POST /v1/videos/{id}/playback"
    )
    captions: list[CaptionTrack] = []
    rating: Rating | None = None
    advisories: list[str] = []
    content_id: str = Field(description="For deep links: what the catalogues of TV platforms know")
    media_type: str = Field(
        description=f"For deep links, in Roku's words: shortFormVideo or episode. {OPEN}"
    )
    qr: Qr
    attributions: list[Display] = Field(
        default=[], description="Who is quoted or cited first: at most three, each once"
    )
    access: Access
    flags: Flags
    available_from: str | None = None
    available_until: str | None = None
    availability: str = Field(default="now", description=AVAILABILITY)
    geo: Geo | None = None


class VideoLinks(Shape):
    """Root-relative; null where there is none."""

    article: str
    playback: str | None = Field(default=None, description="POST: sources with tokens that expire")
    attributions_vtt: str | None = None
    attributions_json: str | None = None


class Video(VideoCard):
    """A video as its own page shows it."""

    version: int = Field(description="Of the article")
    asset_id: UUID | None = Field(default=None, description="Of the film, where we keep it")
    first_published_at: datetime
    byline_text: str | None = None
    bylines: list[Byline] = []
    topics: list[TopicRef] = []
    external_ids: list[ExternalId] = []
    caption: str | None = None
    credit: str | None = None
    spoken_language: str | None = Field(default=None, description="BCP 47, of the film itself")
    audio_languages: list[str] = []
    image: ImageShape | None = None
    transcript: str | None = None
    chapters: list[Chapter] = []
    thumbnails: Thumbnails | None = None
    drm: list[Drm] = []
    ad_breaks: list[AdBreak] = []
    digital_source_type: str | None = None
    syndication: bool | None = Field(default=None, description="Whether partners may show the film")
    rights: Rights
    links: VideoLinks


class VideoPage(Shape):
    items: list[VideoCard]
    next: str | None = Field(description="Root-relative link to the next page, or null")


class PlaybackSources(Shape):
    """What to play now. Never keep it: ask again when it has expired."""

    id: UUID
    sources: list[MediaSource]
    expires_at: datetime = Field(description="When the CDN stops to take the tokens")


class AttributionCue(Shape):
    start_ms: int
    end_ms: int
    line1: str
    line2: str
    short: str
    dir: str = Field(description="ltr or rtl")


class Attributions(Shape):
    """Source lines timed to the film. Cues may overlap; they are in order."""

    v: int = Field(description="Of this form: 1")
    cues: list[AttributionCue]
