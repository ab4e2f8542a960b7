"""PURE: what partners may have of an article: not the pictures and films that are only for us."""

from collections.abc import Mapping
from typing import Any

FORBIDDEN = False
"""What a picture or a film says of its syndication where nobody else may show it."""


def permitted(document: Mapping[str, Any]) -> dict[str, Any]:
    """The same document without media that may not be passed on. Blocks of them are left out."""
    return {
        name: None if name == "lead" and _shows_what_is_ours_alone(value) else _without(value)
        for name, value in document.items()
    }


def permitted_film(video: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The same of the document of a video; None where the film itself may not be passed on."""
    return permitted(video) if video and not _is_ours_alone(video) else None


def _without(value: Any) -> Any:
    if isinstance(value, dict):
        return None if _is_ours_alone(value) else {k: _without(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_without(each) for each in value if not _shows_what_is_ours_alone(each)]
    return value


def _shows_what_is_ours_alone(value: Any) -> bool:
    """A picture in a gallery, the block of a picture or film, or what stands above the text."""
    if not isinstance(value, dict):
        return False
    return _is_ours_alone(value) or any(
        _is_ours_alone(value.get(name)) for name in ("image", "video", "audio")
    )


def _is_ours_alone(value: Any) -> bool:
    return isinstance(value, dict) and value.get("syndication") is FORBIDDEN
