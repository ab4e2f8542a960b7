"""A track as we keep it: cues in order, and what was left out of the file that they came from."""

from dataclasses import dataclass, field

MOST_CUES = 20_000
"""A day of them, one every four seconds."""

LONGEST_TEXT = 2_000
"""Characters of a cue, with its tags."""


@dataclass(frozen=True)
class Cue:
    """`text` is WebVTT's cue text in normal form (`cue_text`), `settings` likewise."""

    start_ms: int
    end_ms: int
    text: str
    settings: str = ""


@dataclass(frozen=True)
class Track:
    """`warnings` are sentences for the person who sent the file."""

    cues: tuple[Cue, ...]
    warnings: tuple[str, ...] = ()


class Unreadable(Exception):
    """The message is made for the person who sent the file: where it fails, and the way out."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message if line is None else f"Line {line}: {message}")
        self.line = line


@dataclass
class Remarks:
    """What is told of a file that can be read: each thing once, however often it occurs."""

    _lines: dict[str, list[int]] = field(default_factory=dict)

    def add(self, words: str, line: int) -> None:
        self._lines.setdefault(words, []).append(line)

    def sentences(self) -> tuple[str, ...]:
        return tuple(f"{_where(lines)}: {words}" for words, lines in self._lines.items())


def _where(lines: list[int]) -> str:
    others = len(set(lines)) - 1
    return f"Line {lines[0]}" + (f" and {others} more" if others else "")
