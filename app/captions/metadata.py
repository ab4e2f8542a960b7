"""Source lines timed to a video: what a screen says while a citation is spoken.

A WebVTT file of kind `metadata`: each cue is one line of JSON. The file itself cannot say that it
is no subtitles, so it is never named as a rendition of a stream; players that cannot tell take the
JSON form.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import orjson

from app.captions import timestamps

VERSION = 1
SHORTEST_MS = 3_000
"""What is read in less is not read."""

_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\x7f\x85\u2028\u2029"}
"""What a reader of the file could take for an arrow, a tag or the end of a line."""


@dataclass(frozen=True)
class AttributionCue:
    start_ms: int
    end_ms: int
    line1: str
    line2: str
    short: str
    direction: Literal["ltr", "rtl"]


def written(cues: Iterable[AttributionCue]) -> bytes:
    """`attributions.vtt`. Cues may overlap; they stand in the order in which players keep them."""
    blocks = ["WEBVTT", *(_block(cue) for cue in _in_order(cues))]
    return ("\n\n".join(blocks) + "\n").encode()


def as_json(cues: Iterable[AttributionCue]) -> bytes:
    """`attributions.json`: the same cues in the same order."""
    timed = [
        {"start_ms": cue.start_ms, "end_ms": _end(cue), **_lines(cue)} for cue in _in_order(cues)
    ]
    return orjson.dumps({"v": VERSION, "cues": timed})


def _in_order(cues: Iterable[AttributionCue]) -> list[AttributionCue]:
    """As HTML orders cues: of those that begin together the one that stays longest comes first."""
    return sorted(cues, key=lambda cue: (cue.start_ms, -_end(cue)))


def _block(cue: AttributionCue) -> str:
    payload = orjson.dumps({"v": VERSION, **_lines(cue)}).decode().translate(_ESCAPES)
    return f"{timestamps.written(cue.start_ms)} --> {timestamps.written(_end(cue))}\n{payload}"


def _end(cue: AttributionCue) -> int:
    return max(cue.end_ms, cue.start_ms + SHORTEST_MS)


def _lines(cue: AttributionCue) -> dict[str, str]:
    texts = {"line1": cue.line1, "line2": cue.line2, "short": cue.short}
    return {name: " ".join(text.split()) for name, text in texts.items()} | {"dir": cue.direction}
