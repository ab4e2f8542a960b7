"""How seasons and episodes are counted."""

from typing import Annotated

from pydantic import Field

LAST_SEASON, LAST_EPISODE = 9_999, 999_999

SeasonNumber = Annotated[
    int, Field(strict=True, ge=0, le=LAST_SEASON, description="0 is for specials", examples=[1])
]
EpisodeNumber = Annotated[int, Field(strict=True, ge=0, le=LAST_EPISODE, examples=[12])]


def place(season: int, number: int) -> int:
    """Where an episode stands among all of its series."""
    return season * (LAST_EPISODE + 1) + number
