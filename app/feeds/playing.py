"""PURE: what anybody can play now, with what comes with browsers and crawlers."""

from collections.abc import Mapping
from typing import Any

DASH = "application/dash+xml"
"""What they need a player for."""

_NOT_NOW = ("later", "over")


def is_on(playable: Mapping[str, Any]) -> bool:
    """Whether its time has come and is not over, by what its document says."""
    return playable.get("availability") not in _NOT_NOW
