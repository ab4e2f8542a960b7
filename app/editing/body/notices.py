"""What the desk had to leave out or change in a body, told to whoever sent it."""

from itertools import islice
from typing import Literal

from pydantic import BaseModel, Field

Code = Literal[
    "removed-content",
    "removed-element",
    "removed-attribute",
    "removed-link",
    "removed-media",
    "removed-comment",
    "removed-empty",
    "changed",
    "moved",
    "more",
]

MOST = 100


class Notice(BaseModel):
    """One thing that is stored otherwise than it was sent."""

    pointer: str = Field(
        description="Where: a JSON Pointer (RFC 6901) into the request", examples=["/body/3/html"]
    )
    code: Code = Field(description="Stable; `more` stands for those beyond the first hundred")
    detail: str = Field(examples=["removed attribute onclick of <a>"])


class Notices:
    """Notices about one place of a request. What happens often is told once, with a count."""

    def __init__(self, pointer: str) -> None:
        self.pointer = pointer
        self._counts: dict[tuple[Code, str], int] = {}
        self._tags: dict[tuple[Code, str], dict[str, None]] = {}

    def add(self, code: Code, detail: str, tag: str | None = None) -> None:
        """Say it; where it concerns an element, name its `tag` apart, to be told in one line."""
        key = (code, detail)
        self._counts[key] = self._counts.get(key, 0) + 1
        if tag:
            self._tags.setdefault(key, {})[tag] = None

    def listed(self) -> list[Notice]:
        """All of them in the order in which they came up, at most a hundred."""
        notices = [
            Notice(pointer=self.pointer, code=code, detail=self._told(code, detail, times))
            for (code, detail), times in islice(self._counts.items(), MOST)
        ]
        return notices + _rest(len(self._counts))

    def _told(self, code: Code, detail: str, times: int) -> str:
        tags = ", ".join(f"<{tag}>" for tag in self._tags.get((code, detail), ()))
        return f"{detail}{f' of {tags}' if tags else ''}{f' ({times} times)' if times > 1 else ''}"


def shortened(notices: list[Notice]) -> list[Notice]:
    """The first hundred, and one that says how many were left out."""
    return notices[:MOST] + _rest(len(notices))


def _rest(told: int) -> list[Notice]:
    if told <= MOST:
        return []
    return [Notice(pointer="", code="more", detail=f"{told - MOST} more changes")]
