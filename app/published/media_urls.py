"""Addresses of files: `/media/{asset}/{version}/{file}`, what each means, and nothing else.

`version` begins the SHA-256 of the original, and a crop names its focus: what an address means
never changes, so it may be kept for ever. An asset has a fixed set of them.
"""

import re
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from app.imaging.renditions import CROPS, WIDTHS

Suffix = Literal["jpg", "webp", "avif", "png"]

SUFFIXES: dict[Suffix, str] = {
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "avif": "image/avif",
    "png": "image/png",
}
ORIGINALS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/avif": "avif",
    "video/mp4": "mp4",
    "video/webm": "webm",
    "video/ogg": "ogv",
    "video/quicktime": "mov",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/aac": "aac",
    "audio/ogg": "oga",
    "audio/flac": "flac",
    "audio/wav": "wav",
    "application/pdf": "pdf",
    "application/vnd.apple.mpegurl": "m3u8",
}
"""The media types that are served as they came, and how their files end."""

VERSION = 12
"""So many digits of the SHA-256."""

ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_ADDRESS = re.compile(
    rf"/media/(?P<asset>{ID})/(?P<version>[0-9a-f]{{12}})/"
    r"(?:original\.(?P<end>[a-z0-9]{2,4})"
    r"|(?:w(?P<width>[1-9][0-9]{2,3})|(?P<crop>[1-9]+x[1-9]+-[0-9]{3,4})-(?P<x>[0-9]{1,3})x(?P<y>[0-9]{1,3}))"
    r"\.(?P<suffix>jpg|webp|avif|png))"
)


@dataclass(frozen=True)
class Address:
    """What an address means. `name` is that of a rendition (`w640`, `16x9-1280`), None for the
    original; `focus` is in per cents, of crops alone."""

    asset: UUID
    version: str
    suffix: str
    name: str | None = None
    focus: tuple[int, int] | None = None

    @property
    def path(self) -> str:
        return f"/media/{self.asset}/{self.version}/{self.file}.{self.suffix}"

    @property
    def file(self) -> str:
        """The last part, without its end: as renditions are stored."""
        if self.name is None:
            return "original"
        return rendition_name(self.name, self.focus)


def original(asset: UUID, sha256: str, media_type: str) -> str:
    """Where the file itself is. `media_type` is one of `ORIGINALS`."""
    return Address(asset, sha256[:VERSION], ORIGINALS[media_type]).path


def rendition(asset: UUID, sha256: str, name: str, suffix: Suffix, focus: tuple[int, int]) -> str:
    """Where one of `WIDTHS` (`w640`) or `CROPS` of a picture is; `focus` in per cents."""
    placed = focus if name in CROPS else None
    return Address(asset, sha256[:VERSION], suffix, name, placed).path


def rendition_name(name: str, focus: tuple[int, int] | None) -> str:
    """What a rendition is called in the storage, without its end."""
    return f"{name}-{focus[0]}x{focus[1]}" if focus and name in CROPS else name


def read(path: str) -> Address | None:
    """What a path asks for, if it is one that is written here."""
    found = _ADDRESS.fullmatch(path)
    if found is None:
        return None
    asset, version = UUID(found["asset"]), found["version"]
    if found["end"]:
        known = found["end"] in ORIGINALS.values()
        return Address(asset, version, found["end"]) if known else None
    if found["width"]:
        known = int(found["width"]) in WIDTHS
        return Address(asset, version, found["suffix"], f"w{found['width']}") if known else None
    focus = (int(found["x"]), int(found["y"]))
    if found["crop"] not in CROPS or max(focus) > 100:
        return None
    address = Address(asset, version, found["suffix"], found["crop"], focus)
    return address if address.path == path else None  # 050 is not how we write 50
