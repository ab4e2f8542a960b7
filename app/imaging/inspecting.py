"""Looking at a picture once, when it comes in."""

from pathlib import Path

from app.imaging import loading, looks, metadata
from app.imaging.pictures import Inspected, Limits


def inspect(path: Path, limits: Limits) -> Inspected:
    """All that is known of the picture afterwards. Its pixels are read to the end once."""
    picture = loading.opened(path, limits)
    small = loading.scaled(picture, looks.EDGE, looks.EDGE)
    return Inspected(
        width=picture.width,
        height=picture.height,
        media_type=picture.media_type,
        frames=picture.frames,
        has_alpha=picture.head.hasalpha(),
        orientation=picture.orientation,
        dominant_colour=looks.dominant_colour(small),
        placeholder=looks.placeholder(small, picture.width, picture.height),
        perceptual_hash=looks.perceptual_hash(small),
        metadata=metadata.of(picture.head),
    )
