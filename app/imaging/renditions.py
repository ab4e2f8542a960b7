"""The renditions that a site has: a fixed set, since each that anybody may ask for costs us work.

`w640` is the whole picture, so wide; `16x9-1280` a part of that shape. Apps for TV show 16:9 as
they are, and 2:3 as posters.
"""

from app.imaging.pictures import Format, Rendition

WIDTHS = (320, 640, 960, 1280, 1600, 1920)
CROPS = {
    "16x9-1920": (1920, 1080),
    "16x9-1280": (1280, 720),
    "16x9-800": (800, 450),
    "4x3-1200": (1200, 900),
    "1x1-800": (800, 800),
    "2x3-800": (800, 1200),
}
NAMES = (*(f"w{width}" for width in WIDTHS), *CROPS)
EAGER = ("w640", "w1280", "16x9-1280", "2x3-800")
"""What is made as soon as a picture is there; the others when they are first needed."""


def named(name: str, format: Format, focus: tuple[float, float]) -> Rendition:  # noqa: A002
    """One of `NAMES`; KeyError for any other."""
    if name in CROPS:
        width, height = CROPS[name]
        return Rendition(name, width, height, format, focus)
    if name not in NAMES:
        raise KeyError(name)
    return Rendition(name, int(name.removeprefix("w")), None, format)
