"""Media playlists: how long they are, and whether they go on."""

import math
from collections.abc import Mapping
from typing import Any

from app.playlists import protections
from app.playlists.playlist import Playlist, Unreadable

_LONGEST = 60 * 86_400


def read(data: Mapping[str, Any], url: str, problems: list[str]) -> Playlist:
    """Raises Unreadable where there is nothing in it to play."""
    lengths = [each["duration"] for each in data["segments"] if "duration" in each]
    if not lengths:
        raise Unreadable("There are no segments in it, and no qualities.")
    if not all(math.isfinite(length) and length >= 0 for length in lengths):
        raise Unreadable("A segment of it lasts no time that there is.")
    # Of the longest numbers that there are not even the sum is one.
    if max(lengths) > _LONGEST or (whole := math.fsum(lengths)) > _LONGEST:
        raise Unreadable("It claims to last for months.")
    target = data.get("targetduration")
    if target is None:
        problems.append("It has no EXT-X-TARGETDURATION, so live players do not know when to ask.")
    elif any(math.floor(length + 0.5) > target for length in lengths):
        problems.append("A segment is longer than EXT-X-TARGETDURATION says.")
    is_live = not data["is_endlist"]
    return Playlist(
        is_master=False,
        is_live=is_live,
        duration=None if is_live else round(whole, 3),
        has_i_frames=bool(data["is_i_frames_only"]),
        protections=protections.of([key for key in data["keys"] if key]),
        problems=tuple(problems),
    )
