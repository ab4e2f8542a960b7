"""All texts of one target as one long text, so that words are looked for in a single pass."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.editing.citations.block_texts import Place
from app.editing.citations.folding import folded

GRAM = 5
MOST_INDEXED = 100_000
"""Positions; of longer texts every second, third, … is taken."""

MOST_ALIKE = 20
"""Where a sequence is more often than this, it tells no place."""

_BETWEEN = "\x00"
"""Is in no stored text, and so in nothing that is looked for."""


class Effort:
    """What searching may still cost, in nanoseconds or so at the worst.

    A body made to be slow to search is searched in part: what is not found is an orphan.
    """

    def __init__(self, steps: int) -> None:
        self._left = steps

    def allows(self, steps: int) -> bool:
        """Whether so much can still be done; if so, it counts as done."""
        if steps > self._left:
            return False
        self._left -= steps
        return True


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the long text, and the bounds of the place that it is in."""

    start: int
    end: int
    first: int
    last: int


class Haystack:
    def __init__(self, places: Sequence[Place], effort: Effort) -> None:
        self.places = places
        self.effort = effort
        self.text = _BETWEEN.join(place.text for place in places)
        self.folded = folded(self.text)
        self._starts: list[int] = []
        self._by_block: dict[str | None, int] = {}
        start = 0
        for number, place in enumerate(places):
            self._starts.append(start)
            self._by_block.setdefault(place.block_id, number)
            start += len(place.text) + len(_BETWEEN)

    def bounds_of(self, block_id: str | None) -> tuple[int, int] | None:
        """Where the text of a block begins and ends; for None, of the place without a block."""
        number = self._by_block.get(block_id)
        return None if number is None else self._bounds(number)

    def span(self, start: int, end: int) -> Span:
        """The stretch, cut to the place that its middle is in."""
        first, last = self._bounds(self._number((start + end) // 2))
        return Span(min(max(start, first), last), max(min(end, last), first), first, last)

    def located(self, span: Span) -> tuple[Place, int, int]:
        """The place of a stretch, and its positions there."""
        place = self.places[self._number(span.first)]
        return place, span.start - span.first, span.end - span.first

    def occurrences(self, words: str, near: int, most: int) -> Iterator[int]:
        """Where the folded `words` are: the nearest to `near`, at most `most` on either side."""
        at = near - 1
        for _ in range(most):
            if (at := self.folded.find(words, at + 1)) < 0:
                break
            yield at
        at = near
        for _ in range(most):
            if (at := self.folded.rfind(words, 0, at - 1 + len(words))) < 0:
                break
            yield at

    @cached_property
    def grams(self) -> dict[str, list[int]]:
        """Where each sequence of five characters is, but for those that are everywhere."""
        text, found = self.folded, defaultdict[str, list[int]](list)
        for at in range(0, len(text) - GRAM + 1, 1 + len(text) // MOST_INDEXED):
            positions = found[text[at : at + GRAM]]
            if len(positions) <= MOST_ALIKE:
                positions.append(at)
        return {gram: each for gram, each in found.items() if len(each) <= MOST_ALIKE}

    def _number(self, at: int) -> int:
        return max(0, bisect_right(self._starts, at) - 1)

    def _bounds(self, number: int) -> tuple[int, int]:
        first = self._starts[number]
        return first, first + len(self.places[number].text)
