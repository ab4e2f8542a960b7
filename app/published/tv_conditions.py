"""PURE: what can be wrong with a video for a TV platform, each as a question about its JSON."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from app.published import roku_words

Video = Mapping[str, Any]
"""As the JSON of `app.published.video.Video` has it."""

SHORT_FORM_SECONDS = 20 * 60
LEAST, MOST = (800, 450), (1920, 1080)
"""Pixels of a picture for a tile."""

HLS, MP4 = "application/vnd.apple.mpegurl", "video/mp4"
_ADAPTIVE = (HLS, "application/dash+xml")
_OTHER_PICTURES = (".webp", ".avif", ".svg")
_16_BY_9, _CLOSE = 16 / 9, 0.02


def kinds(video: Video) -> set[str]:
    return {source["media_type"] for source in video["sources"]}


def no_bitrate(video: Video) -> bool:
    """Files that are not adaptive need one in Roku's content feed."""
    files = [source for source in video["sources"] if source["media_type"] == MP4]
    return (
        bool(files)
        and kinds(video).isdisjoint(_ADAPTIVE)
        and not any(source["bitrate"] for source in files)
    )


def no_quality(video: Video) -> bool:
    return bool(video["sources"]) and not any(
        source["quality"] or source["height"] for source in video["sources"]
    )


def artwork_of(video: Video) -> Mapping[str, Any]:
    return video["artwork"] or {}


def has_crop(video: Video) -> bool:
    return "16x9" in artwork_of(video).get("crops", ())


def size_of(video: Video) -> tuple[int, int] | None:
    """Of the picture as it is; None where nobody knows it."""
    width, height = artwork_of(video).get("width"), artwork_of(video).get("height")
    return (width, height) if width and height else None


def is_small(video: Video) -> bool:
    size = size_of(video)
    return size is not None and (size[0] < LEAST[0] or size[1] < LEAST[1])


def is_too_large(video: Video) -> bool:
    """Of pictures that we keep, one in the right size is taken."""
    size = size_of(video)
    return size is not None and not has_crop(video) and (size[0] > MOST[0] or size[1] > MOST[1])


def is_no_16_by_9(video: Video) -> bool:
    size = size_of(video)
    if size is None or has_crop(video):
        return False
    return abs(size[0] / size[1] / _16_BY_9 - 1) > _CLOSE


def is_no_photo(video: Video) -> bool:
    if video["artwork"] is None or has_crop(video):
        return False
    path: str = urlsplit(video["artwork"]["url"]).path
    return path.lower().endswith(_OTHER_PICTURES)


def is_over(video: Video) -> bool:
    return video.get("availability") == "over"


def is_not_yet(video: Video) -> bool:
    return video.get("availability") == "later"


def is_encrypted(video: Video) -> bool:
    return bool(video["drm"])


def is_in_a_language_unknown_to_roku(video: Video) -> bool:
    return roku_words.language(video["language"]) is None


def is_nowhere_on_roku(video: Video) -> bool:
    return not roku_words.where(video["geo"])


def is_rated_otherwise(video: Video) -> bool:
    """In a system that Roku Search does not know."""
    rating = video["rating"]
    return rating is not None and not roku_words.search_rating(rating["system"], rating["value"])


def is_long_short_form(video: Video) -> bool:
    return video["media_type"] == "shortFormVideo" and (
        (video["duration"] or 0) > SHORT_FORM_SECONDS
    )
