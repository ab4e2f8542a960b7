"""PURE: a cut of a picture whose size is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.feeds.bases import Bases

_CUTS = (("16x9", 1280, 720), ("tv-800", 800, 450))
"""The cuts for screens, with their pixels where the original has that many."""


@dataclass(frozen=True, slots=True)
class Sized:
    """`width` and `height` are None where they are not known for sure."""

    url: str
    width: int | None
    height: int | None


def sized(
    shape: Mapping[str, Any] | None, bases: Bases, *, within: tuple[int, int] | None = None
) -> Sized | None:
    """The best form of a picture, as documents have it; `within` these pixels, where given, and
    then only one whose size is known."""
    if shape is None:
        return None
    width, height = shape["width"], shape["height"]
    for name, wide, high in _CUTS:
        url = shape["crops"].get(name)
        if url and width and height and width >= wide and height >= high:
            found = Sized(bases.absolute(url), wide, high)
            if _fits(found, within):
                return found
    kept = bool(shape["crops"])  # of ours, `url` is a smaller form of it
    whole = Sized(bases.absolute(shape["url"]), *((None, None) if kept else (width, height)))
    return whole if _fits(whole, within) else None


def size_of(shape: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """The pixels of what is at its `url`, which may be a smaller form of it."""
    width, height = shape["width"], shape["height"]
    shown = next((each for each in shape.get("srcset", ()) if each["url"] == shape["url"]), None)
    if shown and width and height:
        return shown["width"], round(height * shown["width"] / width)
    return width, height


def _fits(found: Sized, within: tuple[int, int] | None) -> bool:
    if within is None:
        return True
    wide, high = found.width, found.height
    return wide is not None and high is not None and wide <= within[0] and high <= within[1]
