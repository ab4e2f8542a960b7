"""What a picture looks like in few bytes: its main colour, a blurred copy of it, a hash."""

import base64
from collections import Counter

import pyvips

EDGE = 64
"""All of this is seen well enough on a copy of this size."""

_PLACEHOLDER_EDGE = 16
_MOST_PLACEHOLDER = 1024
_OPAQUE = 128
_BIN = 5
"""Colours that differ in the lower bits only are counted as one."""


def dominant_colour(small: pyvips.Image) -> str:
    """The mean of the most frequent kind of colour, as `#rrggbb`."""
    bands = small.bands
    pixels = bytes(small.write_to_memory())
    seen = [
        pixels[at : at + 3]
        for at in range(0, len(pixels), bands)
        if bands == 3 or pixels[at + 3] >= _OPAQUE
    ]
    bins = Counter(tuple(part >> _BIN for part in pixel) for pixel in seen)
    if not bins:
        return "#ffffff"
    most = bins.most_common(1)[0][0]
    alike = [pixel for pixel in seen if tuple(part >> _BIN for part in pixel) == most]
    return "#" + "".join(
        f"{round(sum(parts) / len(alike)):02x}" for parts in zip(*alike, strict=True)
    )


def placeholder(small: pyvips.Image, width: int, height: int) -> str:
    """A tiny WebP as a data URI, in the shape of the picture, to be stretched until it comes."""
    scale = _PLACEHOLDER_EDGE / max(width, height)
    tiny = small.thumbnail_image(
        max(1, round(width * scale)), height=max(1, round(height * scale)), size="force"
    )
    for quality in (60, 30, 10):
        encoded = tiny.webpsave_buffer(Q=quality, effort=6, keep="none")
        uri = "data:image/webp;base64," + base64.b64encode(encoded).decode()
        if len(uri) <= _MOST_PLACEHOLDER:
            return uri
    raise AssertionError("256 pixels take less than that")


def perceptual_hash(small: pyvips.Image) -> str:
    """Whether each of 8 × 8 places is brighter than the one to its left (difference hash)."""
    flat = small.flatten(background=255) if small.hasalpha() else small
    grey = flat.thumbnail_image(9, height=8, size="force").colourspace("b-w")
    values = bytes(grey.extract_band(0).write_to_memory())
    bits = 0
    for row in range(8):
        for column in range(8):
            at = row * 9 + column
            bits = bits << 1 | (values[at + 1] > values[at])
    return f"{bits:016x}"
