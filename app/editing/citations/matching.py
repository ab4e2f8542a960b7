"""How well a place fits an anchor, and where its words stand as they were.

The score is of the words (50), the 32 characters before them (20) and those after them (20), in
parts of what is known of these: 1 where all is as it was. Where they stood does not count in it:
else saving twice would settle a doubt.
"""

from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from app.editing.citations import graphemes
from app.editing.citations.folding import composed, folded, word_count
from app.editing.citations.haystack import Haystack, Span

CONTEXT = 32
INTACT = 16
"""Characters of context on one side that, all unchanged, tell the place."""

FEWEST_WORDS = 3

MOST_OCCURRENCES = 40
"""Of the same words, on either side of where they stood."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Words and what stood around them, folded; None where nobody said what did."""

    words: str
    prefix: str | None
    suffix: str | None

    @classmethod
    def of(cls, words: str, prefix: str | None, suffix: str | None) -> "Sought":
        return cls(
            folded(composed(words)),
            None if prefix is None else folded(composed(prefix))[-CONTEXT:],
            None if suffix is None else folded(composed(suffix))[:CONTEXT],
        )

    @property
    def is_phrase(self) -> bool:
        """Fewer words may be a name, which stands for itself in many places."""
        return word_count(self.words) >= FEWEST_WORDS

    @property
    def begins_in_word(self) -> bool:
        """As in scripts without spaces."""
        return cuts_word((self.prefix or "") + self.words, len(self.prefix or ""))

    @property
    def ends_in_word(self) -> bool:
        return cuts_word(self.words + (self.suffix or ""), len(self.words))


@dataclass(frozen=True, slots=True)
class Match:
    span: Span
    score: float
    words: float
    """How alike the words alone are."""
    intact: int
    """How many characters of context there are on a side that is all as it was; else -1."""

    @property
    def is_exact(self) -> bool:
        return self.words == 1

    @property
    def has_intact_side(self) -> bool:
        return self.intact >= INTACT


def fit(sought: Sought, hay: Haystack, span: Span, words: float = 1) -> Match:
    """How well a stretch of the text fits whose words are alike by `words`."""
    first, last = context(hay, span)
    before, after = hay.folded[first : span.start], hay.folded[span.end : last]
    reached, of, intact = 50 * words, 50, -1
    for side, found in ((sought.prefix, before), (sought.suffix, after)):
        if side is not None:
            reached += 20 * Levenshtein.normalized_similarity(side, found)
            of += 20
            intact = max(intact, len(side) if side == found else -1)
    return Match(span, round(reached / of, 3), words, intact)


def context(hay: Haystack, span: Span) -> tuple[int, int]:
    """Where the text around a stretch begins and ends; it goes no further than the place."""
    first = graphemes.after(hay.text, max(span.first, span.start - CONTEXT))
    last = graphemes.before(hay.text, min(span.last, span.end + CONTEXT))
    return min(first, span.start), max(last, span.end)


def exact_matches(sought: Sought, hay: Haystack, near: int) -> list[Match]:
    """Where the words stand as they were, but not in the midst of others unless they did before."""
    if not hay.effort.allows(2 * len(hay.folded)):
        return []
    found = hay.occurrences(sought.words, near, MOST_OCCURRENCES)
    spans = [hay.span(start, start + len(sought.words)) for start in found]
    spans = [span for span in spans if splits_no_character(hay, span)]
    apart = [span for span in spans if stands_apart(sought, hay, span)]
    is_known = sought.prefix is not None and sought.suffix is not None
    return [fit(sought, hay, span) for span in (apart if apart or is_known else spans)]


def stands_apart(sought: Sought, hay: Haystack, span: Span) -> bool:
    """Whether no word is cut that was not cut before: "Lin" is not found in "Linden"."""
    return (sought.begins_in_word or not cuts_word(hay.text, span.start)) and (
        sought.ends_in_word or not cuts_word(hay.text, span.end)
    )


def splits_no_character(hay: Haystack, span: Span) -> bool:
    return graphemes.is_boundary(hay.text, span.start) and graphemes.is_boundary(hay.text, span.end)


def cuts_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()
