"""Opening a picture: its head first, and its pixels only if the head promises little enough."""

from dataclasses import dataclass
from pathlib import Path

import pyvips

from app.imaging import animation
from app.imaging.media_types import HEAD, PICTURES, sniff
from app.imaging.pictures import Limits, Unreadable

LOADERS = {
    "image/jpeg": "jpegload_source",
    "image/png": "pngload_source",
    "image/gif": "gifload_source",
    "image/webp": "webpload_source",
    "image/avif": "heifload_source",
}
_REFUSED = {
    None: "This is not a picture of a kind that is known.",
    "image/svg+xml": "SVG can hold programs, so it is not taken. Save the drawing as PNG or WebP.",
    "image/tiff": "TIFF cannot be shown on the web. Save the picture as JPEG, PNG or WebP.",
    "image/heic": "HEIC cannot be read here. Save the picture as JPEG.",
    "image/heif": "HEIF cannot be read here. Save the picture as JPEG.",
}
_HELD = {"image/gif": 9, "image/webp": 9, "image/avif": 23}
"""Bytes for each pixel where a decoder holds the whole picture in memory: measured."""


@dataclass(frozen=True)
class Picture:
    """A picture whose head was read. `head` is its image, with fields and no pixels yet."""

    path: Path
    media_type: str
    head: pyvips.Image
    width: int
    height: int
    frames: int
    orientation: int


def opened(path: Path, limits: Limits) -> Picture:
    """Raises Unreadable for what is no picture, and for what is too large in any way."""
    media_type = _known(path, limits)
    frames = animation.frames(path, media_type, limits.frames)
    _check_frames(frames or 1, limits)
    try:
        head = pyvips.Image.new_from_source(
            pyvips.Source.new_from_file(str(path)), "", access="sequential", fail_on="truncated"
        )
    except pyvips.Error:
        raise Unreadable("The picture is damaged: its beginning cannot be read.") from None
    if _field(head, "vips-loader") != LOADERS[media_type]:
        raise Unreadable("The picture is damaged: it is two things at once.")
    frames = frames or _whole(head, "n-pages", 1)
    _check_frames(frames, limits)
    _check_size(head, media_type, limits)
    orientation = _whole(head, "orientation", 1)
    turned = orientation >= 5
    width, height = (head.height, head.width) if turned else (head.width, head.height)
    return Picture(path, media_type, head, width, height, frames, orientation)


def scaled(picture: Picture, width: int, height: int) -> pyvips.Image:
    """The first frame in exactly this size, upright, 8 bits, sRGB with or without alpha, in memory.

    Raises Unreadable where the pixels turn out to be damaged or missing.
    """
    try:
        image = pyvips.Image.thumbnail_source(
            pyvips.Source.new_from_file(str(picture.path)),
            width,
            height=height,
            size="force",
            output_profile="srgb",
            option_string="[fail_on=truncated]",  # libvips 8.18 forgets the option of this name
        )
        if image.interpretation != "srgb" or image.format != "uchar":
            image = image.colourspace("srgb").cast("uchar")
        return image.copy_memory()
    except pyvips.Error:
        raise Unreadable("The picture is damaged or incomplete.") from None


def _known(path: Path, limits: Limits) -> str:
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise Unreadable("The file is empty.")
    if path.stat().st_size > limits.file_bytes:
        raise Unreadable(f"The file has more than {limits.file_bytes // 2**20} MB.")
    media_type = sniff(head)
    if media_type in PICTURES:
        return media_type
    raise Unreadable(_REFUSED.get(media_type, f"This is not a picture but {media_type}."))


def _check_frames(frames: int, limits: Limits) -> None:
    if frames > limits.frames:
        raise Unreadable(f"The animation is too long. The most are {limits.frames} frames.")


def _check_size(head: pyvips.Image, media_type: str, limits: Limits) -> None:
    pixels = head.width * head.height
    size = f"{head.width} × {head.height} pixels"
    if pixels > limits.pixels:
        raise Unreadable(f"{size} are too many. The most are {limits.pixels // 10**6} million.")
    if pixels * _held(head, media_type) > limits.memory:
        advice = "Save it smaller, or as a JPEG that is not progressive."
        raise Unreadable(f"{size} are too many for a picture that is stored like this. {advice}")


def _held(head: pyvips.Image, media_type: str) -> float:
    """Bytes of memory for each pixel; 0 where the picture is read from top to bottom."""
    if media_type == "image/jpeg" and _field(head, "jpeg-multiscan"):
        halved = _field(head, "jpeg-chroma-subsample") == "4:2:0"
        return 3 if halved else 2 * int(head.bands)
    if media_type == "image/png" and _field(head, "interlaced"):
        return int(head.bands) * (2 if head.format == "ushort" else 1)
    return _HELD.get(media_type, 0)


def _whole(head: pyvips.Image, name: str, otherwise: int) -> int:
    value = _field(head, name)
    return value if isinstance(value, int) else otherwise


def _field(head: pyvips.Image, name: str) -> object:
    return head.get(name) if head.get_typeof(name) else None
