"""The public JSON of an asset: a media item that something in public uses, with all it can be shown
as. It is there as long as it is used and its rights last.
"""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from app.published.citations import PublicationRef
from app.published.document import OPEN, ExternalId
from app.published.media import ImageShape, Playable
from app.published.shape import Shape


class AssetRights(Shape):
    """What may be done with it, and where. It leaves all documents by itself when they expire."""

    terms: str | None = Field(default=None, description="In words, as the rights holder put them")
    territories: list[str] = Field(
        default=[], description="Countries (ISO 3166-1); [] where there is no restriction"
    )
    syndication: bool | None = Field(
        default=None, description="Whether partners may show it too; null where nobody said so"
    )
    expires_at: datetime | None = None


class AssetFlags(Shape):
    graphic: bool = False
    sensitive: bool = False


class AssetFile(Shape):
    """The file as it came. There is none of a picture: it can tell where it was taken."""

    url: str = Field(description="Root-relative", examples=["/media/…/original.pdf"])
    media_type: str = Field(examples=["application/pdf"])
    size: int = Field(description="Bytes")


class Asset(Shape):
    """A picture, a video, an audio item or a document that readers can download.

    A picture has an `image`, video and audio have a `playable`, a document has a `file`.
    """

    id: UUID
    kind: Literal["asset"] = "asset"
    media_kind: str = Field(description=f"image, video, audio or document. {OPEN}")
    title: str | None = None
    alt: str | None = None
    decorative: bool = False
    caption: str | None = None
    credit: str | None = None
    creator: str | None = None
    agency: PublicationRef | None = None
    captured_at: str | None = Field(
        default=None, description="ISO 8601, as exact as it is known", examples=["2026-11-20T14:05"]
    )
    language: str | None = None
    digital_source_type: str | None = Field(
        default=None,
        description="How it came to be, of IPTC's NewsCodes: whether a machine made it",
        examples=["http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"],
    )
    rights: AssetRights = AssetRights()
    flags: AssetFlags = AssetFlags()
    image: ImageShape | None = None
    playable: Playable | None = None
    file: AssetFile | None = None
    external_ids: list[ExternalId] = []
    extras: dict[str, Any] = Field(default={}, description="The outlet's own public fields")
    modified_at: datetime
