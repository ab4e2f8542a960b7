"""Where words stand that were edited: candidates for an anchor, found by likeness."""

from collections import Counter
from collections.abc import Iterable

from rapidfuzz.distance import Levenshtein, Opcode

from app.editing.citations import graphemes
from app.editing.citations.haystack import GRAM, Haystack, Span
from app.editing.citations.matching import CONTEXT, Match, Sought, cuts_word, fit

SHORTEST = 16
"""Shorter words are like something in every text."""

LONGEST = 5_000
LEAST = 0.6
"""Below, words are other words, and not the same ones edited."""

MOST_TRIED = 4
MOST_LOOKED_UP = 100

_BUCKET = 64
_LONGEST_WORD = 24


def alike_matches(
    sought: Sought, hay: Haystack, home: tuple[int, int] | None = None
) -> list[Match]:
    """The stretches that are most like the words: of the whole text, and of the block at `home`."""
    if len(sought.words) < SHORTEST:
        return []
    found: dict[Span, Match] = {}
    for start in _starts(sought.words, hay, home):
        span = _stretch(sought, hay, start)
        if span and span not in found:
            words = hay.folded[span.start : span.end]
            alike = Levenshtein.normalized_similarity(sought.words, words)
            found[span] = fit(sought, hay, span, alike)
    return [match for match in found.values() if match.words >= LEAST]


def _starts(words: str, hay: Haystack, home: tuple[int, int] | None) -> list[int]:
    """Where the words may begin, or thereabouts: where most of their sequences are as they were."""
    everywhere, at_home = Counter[int](), Counter[int]()
    for offset in range(0, len(words) - GRAM + 1, 1 + len(words) // MOST_LOOKED_UP):
        for at in hay.grams.get(words[offset : offset + GRAM], ()):
            bucket = (at - offset) // _BUCKET
            everywhere[bucket] += 1
            if home and home[0] <= at < home[1]:
                at_home[bucket] += 1
    likely = [*at_home.most_common(1), *everywhere.most_common(MOST_TRIED)]
    return [bucket * _BUCKET + _BUCKET // 2 for bucket in dict.fromkeys(each for each, _ in likely)]


def _stretch(sought: Sought, hay: Haystack, start: int) -> Span | None:
    """The words that have taken the place of these, which should begin at about `start`.

    Words and context together are compared with the text around: so an edge is where the words
    meet their context, also if the first or the last of them is another one.
    """
    length = len(sought.words)
    place = hay.span(start, start + length)
    slack = CONTEXT + max(CONTEXT, length // 3)
    first = max(place.first, start - slack)
    last = min(place.last, start + length + slack)
    prefix = sought.prefix or ""
    was = prefix + sought.words + (sought.suffix or "")
    if last <= first or not hay.effort.allows(len(was) * (last - first) // 16):
        return None
    steps = Levenshtein.opcodes(was, hay.folded[first:last])
    begin = first + _moved(steps, len(prefix))
    end = first + _moved(steps, len(prefix) + length - 1, is_end=True)
    return _tidy(sought, hay, Span(begin, end, place.first, place.last))


def _moved(steps: Iterable[Opcode], at: int, *, is_end: bool = False) -> int:
    """Where the character at `at` is now, or what stands in its stead; as an end, just after it."""
    for step in steps:
        if step.src_start <= at < step.src_end:
            is_gone = step.tag == "delete"
            return step.dest_end if is_gone else step.dest_start + at - step.src_start + is_end
    raise AssertionError("every character of the old text is in some step")


def _tidy(sought: Sought, hay: Haystack, span: Span) -> Span | None:
    """Without spaces at the edges, and with whole words where there were whole words."""
    start, end = span.start, span.end
    while start < end and hay.folded[start] == " ":
        start += 1
    while start < end and hay.folded[end - 1] == " ":
        end -= 1
    if start >= end:
        return None
    if not sought.begins_in_word:
        start = _word_edge(hay.text, start, -1)
    if not sought.ends_in_word:
        end = _word_edge(hay.text, end, 1)
    start, end = graphemes.before(hay.text, start), graphemes.after(hay.text, end)
    if end - start > LONGEST or start < span.first or end > span.last:
        return None
    return Span(start, end, span.first, span.last)


def _word_edge(text: str, at: int, step: int) -> int:
    edges = (at + step * far for far in range(_LONGEST_WORD))
    return next((edge for edge in edges if not cuts_word(text, edge)), at)
