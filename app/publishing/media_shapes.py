"""PURE: pictures and what can be played that are not looked up, but told as they are, in the one
public shape of each.
"""

from collections.abc import Mapping
from typing import Any

from app.published.media import ImageShape, MediaSource, Playable
from app.published.shape import Shape


def _defaults(shape: type[Shape]) -> dict[str, Any]:
    return {
        name: field.get_default(call_default_factory=True)
        for name, field in shape.model_fields.items()
    }


IMAGE = _defaults(ImageShape)
PLAYABLE = _defaults(Playable)
SOURCE = _defaults(MediaSource)


def image(told: Mapping[str, Any]) -> dict[str, Any]:
    """A picture of which more may be told than readers get, such as a block."""
    return IMAGE | _given(told, IMAGE)


def playable(told: Mapping[str, Any]) -> dict[str, Any]:
    """The same of what can be played. Its poster is in its public shape already, or has a `url`."""
    sources = [SOURCE | _given(source, SOURCE) for source in told["sources"]]
    poster = image(told["poster"]) if told.get("poster") else None
    return PLAYABLE | _given(told, PLAYABLE) | {"sources": sources, "poster": poster}


def _given(told: Mapping[str, Any], names: Mapping[str, Any]) -> dict[str, Any]:
    return {name: told[name] for name in names if told.get(name) is not None}
