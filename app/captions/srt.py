"""SubRip files, as they are found: nobody ever wrote down what they may hold.

A cue begins at its line of times; the number above it and the empty line below may be missing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.captions import cue_text, decoding, timestamps
from app.captions.track import LONGEST_TEXT, MOST_CUES, Cue, Remarks, Track, Unreadable

_ARROW = "-->"
_NUMBER = re.compile(r"\s*[0-9]{1,9}\s*")
_OVERRIDE = re.compile(r"\{\\[^{}]*\}")
_PLACE = re.compile(r"\\an([1-9])")
_BRACED = re.compile(r"\{(/?)([biuBIU])\}")
_HEIGHTS = {"4": "line:50%", "5": "line:50%", "6": "line:50%",
            "7": "line:0", "8": "line:0", "9": "line:0"}  # fmt: skip
_SIDES = {"1": "align:left", "4": "align:left", "7": "align:left",
          "3": "align:right", "6": "align:right", "9": "align:right"}  # fmt: skip


@dataclass(frozen=True)
class _Found:
    line: int
    start_ms: int
    end_ms: int
    text: str


def converted(content: bytes, language: str | None = None) -> Track:
    """The cues of the file, in order. Raises Unreadable, with the line and the way out.

    The language of the track helps to guess how the letters of an old file are written.
    """
    text, guess = decoding.guessed(content, language)
    remarks = Remarks()
    found = [each for each in _found(decoding.lines(text)) if _lasts(each, remarks)]
    cues = [cue for each in _in_order(found, remarks) if (cue := _cue(each, remarks))]
    if not cues:
        raise Unreadable("There is no cue with text in the file.")
    return Track(tuple(cues), ((guess,) if guess else ()) + remarks.sentences())


def _found(lines: Sequence[str]) -> Iterator[_Found]:
    starts = [at for at, line in enumerate(lines) if _ARROW in line]
    if not starts:
        raise Unreadable("There is no line of times like “00:00:01,000 --> 00:00:02,500” in it.")
    if len(starts) > MOST_CUES:
        raise Unreadable(f"There are more than {MOST_CUES:,} cues.", starts[MOST_CUES] + 1)
    if any(line.strip() for line in _text_lines(lines[: starts[0]])):
        raise Unreadable("The file does not begin with a cue.", 1)
    for at, following in zip(starts, [*starts[1:], None], strict=True):
        start, end = _timings(lines[at], at + 1)
        text = lines[at + 1 : following]
        said = "\n".join(text if following is None else _text_lines(text))
        if len(said) > LONGEST_TEXT:
            raise Unreadable(
                f"The text of this cue has more than {LONGEST_TEXT:,} characters.", at + 1
            )
        yield _Found(at + 1, start, end, said)


def _text_lines(lines: Sequence[str]) -> Sequence[str]:
    """Without the number that stands above the next line of times."""
    return lines[:-1] if lines and _NUMBER.fullmatch(lines[-1]) else lines


def _timings(line: str, number: int) -> tuple[int, int]:
    left, _, right = line.partition(_ARROW)
    second = (right.split(maxsplit=1) or [""])[0]
    start, end = timestamps.of_subrip(left.strip()), timestamps.of_subrip(second)
    if start is None or end is None:
        wrong = (left if start is None else second).strip()[:40]
        raise Unreadable(f"“{wrong}” is no time. Write it like 00:01:02,500.", number)
    return start, end


def _lasts(found: _Found, remarks: Remarks) -> bool:
    if found.end_ms <= found.start_ms:
        remarks.add("a cue that ends before or when it begins was left out", found.line)
    return found.end_ms > found.start_ms


def _in_order(found: Sequence[_Found], remarks: Remarks) -> list[_Found]:
    ordered = sorted(found, key=lambda each: each.start_ms)
    for before, after in pairwise(found):
        if after.start_ms < before.start_ms:
            remarks.add("a cue that began before the one above it was moved", after.line)
    until = -1
    for each in ordered:
        if each.start_ms < until:
            remarks.add("a cue begins while another is still shown; both are kept", each.line)
        until = max(until, each.end_ms)
    return ordered


def _cue(found: _Found, remarks: Remarks) -> Cue | None:
    place = _PLACE.search("".join(_OVERRIDE.findall(found.text)))
    text = _BRACED.sub(r"<\1\2>", _OVERRIDE.sub("", found.text))
    try:
        said = cue_text.normal(
            text, found.start_ms, found.end_ms, lambda words: remarks.add(words, found.line)
        )
    except cue_text.TooDeep:
        raise Unreadable("The tags of this cue are nested too deeply.", found.line) from None
    if not said:
        return None
    return Cue(found.start_ms, found.end_ms, said, _settings(place[1]) if place else "")


def _settings(place: str) -> str:
    """A key of the number pad as a place on the screen: 2 is where captions stand anyway."""
    return " ".join(filter(None, (_HEIGHTS.get(place), _SIDES.get(place))))
