"""What the two sides of the darkroom's line say: JSON, each with its length ahead.

Both sides check what they hear. A picture that took over the process on the other side can still
say nothing but this.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from app.imaging.pictures import Inspected, Limits, Made, Rendition

LENGTH = 4
LONGEST = 2**20


@dataclass(frozen=True)
class Inspect:
    path: Path
    limits: Limits
    job: Literal["inspect"] = "inspect"

    @property
    def seconds(self) -> float:
        return self.limits.inspect_seconds


@dataclass(frozen=True)
class Render:
    path: Path
    wanted: tuple[Rendition, ...]
    out: Path
    limits: Limits
    job: Literal["render"] = "render"

    @property
    def seconds(self) -> float:
        return self.limits.render_seconds


@dataclass(frozen=True)
class Answer:
    """One of these. All are None in the first answer, which says that the process is ready."""

    inspected: Inspected | None = None
    made: tuple[Made, ...] | None = None
    unreadable: str | None = None
    failed: str | None = None
    """What went wrong that was not the picture's fault."""


JOB: TypeAdapter[Inspect | Render] = TypeAdapter(Inspect | Render)
ANSWER: TypeAdapter[Answer] = TypeAdapter(Answer)


def inspection(path: Path, limits: Limits) -> Inspect:
    return Inspect(path.absolute(), limits)


def rendering(path: Path, wanted: Sequence[Rendition], out: Path, limits: Limits) -> Render:
    return Render(path.absolute(), tuple(wanted), out.absolute(), limits)


def framed(body: bytes) -> bytes:
    return len(body).to_bytes(LENGTH) + body


def length(start: bytes) -> int:
    """Of the message whose first `LENGTH` bytes these are. ValueError where it is too long."""
    found = int.from_bytes(start)
    if found > LONGEST:
        raise ValueError(f"a message of {found} bytes")
    return found
