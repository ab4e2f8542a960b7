"""What a check found: whether it is good, in what words, and the way out where it is not."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    GOOD = "✓"
    DOUBTFUL = "!"
    BAD = "✗"


@dataclass(frozen=True)
class Finding:
    mark: Mark
    subject: str
    detail: str
    way_out: str | None = None


def good(subject: str, detail: str) -> Finding:
    return Finding(Mark.GOOD, subject, detail)


def doubtful(subject: str, detail: str, way_out: str) -> Finding:
    return Finding(Mark.DOUBTFUL, subject, detail, way_out)


def bad(subject: str, detail: str, way_out: str) -> Finding:
    return Finding(Mark.BAD, subject, detail, way_out)
