"""How much of a picture is shown, and how large: only numbers."""

from dataclasses import dataclass

from app.imaging.pictures import LONGEST_EDGE, Rendition

BASE_PIXELS = 24_000_000
"""Renditions are made from one copy in memory, which has at most so many pixels: 6000 × 4000."""


@dataclass(frozen=True)
class Frame:
    """A part of a picture, and the size that it gets."""

    left: int
    top: int
    part_width: int
    part_height: int
    width: int
    height: int


def frame(wanted: Rendition, width: int, height: int) -> Frame:
    """How this rendition is taken from a picture of this size."""
    if wanted.focus is None or wanted.height is None:
        scale = _scale(wanted, width, height)
        return Frame(0, 0, width, height, _edge(width * scale), _edge(height * scale))
    part_width, part_height = _part(wanted.width / wanted.height, width, height)
    x, y = wanted.focus
    fits = part_width <= wanted.width or part_height <= wanted.height
    return Frame(
        left=_beside(x, part_width, width),
        top=_beside(y, part_height, height),
        part_width=part_width,
        part_height=part_height,
        width=part_width if fits else wanted.width,
        height=part_height if fits else wanted.height,
    )


def base_size(wanted: list[Rendition], width: int, height: int) -> tuple[int, int]:
    """The smallest size from which all of these can be made; less where it is beyond bounds."""
    scale = max(_scale(each, width, height) for each in wanted)
    scale = min(scale, (BASE_PIXELS / (width * height)) ** 0.5)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _scale(wanted: Rendition, width: int, height: int) -> float:
    if wanted.focus is None or wanted.height is None:
        longest = wanted.height or LONGEST_EDGE
        return min(1, wanted.width / width, longest / height)
    part_width, _ = _part(wanted.width / wanted.height, width, height)
    return min(1, wanted.width / part_width)


def _part(ratio: float, width: int, height: int) -> tuple[int, int]:
    """The largest part of this shape."""
    if width > height * ratio:
        return max(1, round(height * ratio)), height
    return width, max(1, round(width / ratio))


def _edge(length: float) -> int:
    return min(max(1, round(length)), LONGEST_EDGE)


def _beside(focus: float, part: int, whole: int) -> int:
    """Where the part begins, so that the focus is in its middle, or as near as the edge allows."""
    return min(max(0, round(focus * whole - part / 2)), whole - part)
