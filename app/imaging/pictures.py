"""What goes into the darkroom and what comes out of it: plain values, the same on both sides."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Format = Literal["jpeg", "webp", "avif", "png"]

SUFFIXES: dict[Format, str] = {"jpeg": "jpg", "webp": "webp", "avif": "avif", "png": "png"}
LONGEST_EDGE = 16_383
"""The longest edge of a rendition: WebP knows no longer one."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


class Unreadable(Exception):
    """This picture cannot be used. `reason` is for an editor; trying again will not help."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Interrupted(Exception):
    """The darkroom was ended from outside while it worked. The same job may succeed again."""


@dataclass(frozen=True)
class Limits:
    """How far a stranger's picture may go. `memory` is what one may need beside the program.

    Seconds are those of a processor: on a busy machine good pictures take longer by the clock.
    """

    inspect_seconds: float = 5
    render_seconds: float = 20
    memory: int = 288 * 2**20
    file_bytes: int = 200 * 2**20
    pixels: int = 150_000_000
    frames: int = 2_000


@dataclass(frozen=True)
class Metadata:
    """What a picture says of itself, cleaned and shortened, nothing of it believed.

    `captured_at` is ISO 8601, as exact as it is known, often without a time zone.
    `digital_source_type` is a URI of the IPTC NewsCodes, `language` what somebody wrote there.
    """

    caption: str | None = None
    headline: str | None = None
    credit: str | None = None
    creator: str | None = None
    captured_at: str | None = None
    rights: str | None = None
    web_statement: str | None = None
    digital_source_type: str | None = None
    keywords: tuple[str, ...] = ()
    alt_text: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Inspected:
    """`width` and `height` are those of the picture as it is seen, turned upright.

    `orientation` (EXIF, 1 to 8) says how it was stored. `placeholder` is a data URI of at most
    1 kB. `perceptual_hash` is 16 hexadecimal digits: of pictures that look alike, few of the 64
    bits differ. That of a picture of one colour is all zeros and says nothing.
    """

    width: int
    height: int
    media_type: str
    frames: int
    has_alpha: bool
    orientation: int
    dominant_colour: str
    placeholder: str
    perceptual_hash: str
    metadata: Metadata = field(default_factory=Metadata)


@dataclass(frozen=True)
class Rendition:
    """A picture that is wanted: no larger than the original, in sRGB, upright, of the first frame.

    With a `focus` (x and y from 0 to 1) it is the largest part of the original that has this shape,
    as near to the focus as can be; without one it is the whole, fitted in. Where the original is
    too small, a part of the right shape stays as small as it is.
    """

    name: str
    width: int
    height: int | None = None
    format: Format = "jpeg"
    focus: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"{self.name!r} cannot name a file")
        if not all(1 <= edge <= LONGEST_EDGE for edge in (self.width, self.height or 1)):
            raise ValueError(f"{self.name}: each edge has 1 to {LONGEST_EDGE} pixels")
        if self.focus and not all(0 <= part <= 1 for part in self.focus):
            raise ValueError(f"{self.name}: a focus is given in parts from 0 to 1")
        if self.focus and self.height is None:
            raise ValueError(f"{self.name}: a part of a picture has a height too")

    @property
    def file_name(self) -> str:
        return f"{self.name}.{SUFFIXES[self.format]}"


@dataclass(frozen=True)
class Made:
    """One rendition. Those that come out the same share one file."""

    name: str
    path: Path
    width: int
    height: int
    bytes: int
    media_type: str
