"""PURE: what anybody can play now, with what comes with browsers and crawlers."""

from collections.abc import Mapping
from typing import Any

DASH = "application/dash+xml"
"""What they need a player for."""

_NOT_NOW = ("later", "over")


def is_on(playable: Mapping[str, Any]) -> bool:
    """Whether its time has come and is not over, by what its document says."""
    return playable.get("availability") not in _NOT_NOW


def source_for_all(playable: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The first of its forms that needs no player of our own. None where there is none, where only
    those get it who have a token, and where it may not be played now."""
    known = (each for each in playable["sources"] if each["media_type"] != DASH)
    return next(known, None) if is_on(playable) else None
