"""Decides which place of a text an anchor belongs to, and how sure that is.

First where it was, then the same words elsewhere, then words like them. A place that could as well
be another one scores at most .89, so that somebody looks at it.
"""

from dataclasses import dataclass

from app.editing.citations.haystack import Haystack, Span
from app.editing.citations.likeness import LONGEST, alike_matches
from app.editing.citations.matching import (
    MOST_OCCURRENCES,
    Match,
    Sought,
    exact_matches,
    fit,
    splits_no_character,
)
from app.editing.citations.values import Anchor

CERTAIN = 0.9
LIKELY = 0.75
DOUBTFUL = 0.89
MARGIN = 0.02
"""Places whose scores are closer than this are equally good."""

TELLING = 40
"""Words as long as this are the same words wherever they stand."""


@dataclass(frozen=True, slots=True)
class Found:
    """The most likely place, None where there is none; and how sure it is."""

    span: Span | None
    score: float


@dataclass(frozen=True, slots=True)
class _Search:
    hay: Haystack
    sought: Sought
    anchor: Anchor
    home: tuple[int, int] | None
    """The bounds of the block in which it was."""
    near: int
    """Where it began."""

    @property
    def is_pointed_out(self) -> bool:
        """Whether somebody set or confirmed it: none is stored as anchored with such a score."""
        score = self.anchor.score
        return self.anchor.state == "anchored" and (score is None or score < CERTAIN)

    def is_home(self, span: Span) -> bool:
        return self.home == (span.first, span.last)


def find(anchor: Anchor, hay: Haystack) -> Found:
    """Where the words of an anchor are now."""
    sought = Sought.of(anchor.exact or "", anchor.prefix, anchor.suffix)
    if not 0 < len(sought.words) <= LONGEST or not hay.text:
        return Found(None, 0)
    home = hay.bounds_of(anchor.block_id)
    near = home[0] + (anchor.start or 0) if home else 0
    search = _Search(hay, sought, anchor, home, near)
    return _where_it_was(search) or _anywhere(search)


def _where_it_was(search: _Search) -> Found | None:
    """The old place, if the words and all around them are as they were."""
    anchor, hay = search.anchor, search.hay
    if search.home is None or anchor.start is None or anchor.state != "anchored":
        return None
    span = Span(search.near, search.near + len(search.sought.words), *search.home)
    is_same = hay.folded.startswith(search.sought.words, span.start)
    if not is_same or span.end > span.last or not splits_no_character(hay, span):
        return None
    if search.is_pointed_out:
        return Found(span, 1)
    is_known = fit(search.sought, hay, span).score == 1
    return Found(span, anchor.score or 1) if is_known else None


def _anywhere(search: _Search) -> Found:
    matches = exact_matches(search.sought, search.hay, search.near)
    if search.is_pointed_out:
        at_home = [match for match in matches if search.is_home(match.span)]
        matches = at_home or matches
    best, is_doubtful = _best(search, matches)
    is_enough = best and (search.is_pointed_out or (best.score >= CERTAIN and not is_doubtful))
    if not is_enough:
        alike = alike_matches(search.sought, search.hay, search.home)
        taken = [match.span for match in matches]
        matches += [each for each in alike if not any(_overlap(each.span, t) for t in taken)]
    return _judged(search, matches)


def _best(search: _Search, matches: list[Match]) -> tuple[Match | None, bool]:
    """The match that fits best, of equals the nearest; and whether another one is as good."""
    if not matches:
        return None, False
    best = max(matches, key=lambda match: match.score + MARGIN * _nearness(search, match))
    rivals = [match for match in matches if not _overlap(match.span, best.span)]
    is_capped = sum(match.is_exact for match in matches) >= MOST_OCCURRENCES
    return best, is_capped or any(
        rival.score > best.score - MARGIN or _may_be_it(search, rival) for rival in rivals
    )


def _may_be_it(search: _Search, match: Match) -> bool:
    """Whether it has an edit on one side only: in the block where it was, whatever that side is."""
    return match.has_intact_side or (search.is_home(match.span) and match.intact >= 0)


def _judged(search: _Search, matches: list[Match]) -> Found:
    best, is_doubtful = _best(search, matches)
    if best is None:
        return Found(None, 0)
    if search.is_pointed_out and _is_where_it_was(search, best.span):
        return Found(best.span, 1)
    only_one = sum(match.is_exact for match in matches) == 1
    score = max(best.score, _assured(search, best, is_doubtful=is_doubtful, only_one=only_one))
    if is_doubtful:
        score = min(score, DOUBTFUL)
    return Found(best.span if score >= LIKELY else None, score)


def _assured(search: _Search, best: Match, *, is_doubtful: bool, only_one: bool) -> float:
    """What the best match scores at least, for other reasons than how well it fits."""
    if not best.is_exact:
        return 0
    if search.is_pointed_out or len(search.sought.words) >= TELLING:
        return LIKELY if is_doubtful else CERTAIN
    if best.has_intact_side and not is_doubtful:
        return CERTAIN
    # In its paragraph, and nowhere else; or found in doubt before, and still there: it is for
    # somebody to say.
    is_alone = only_one and search.is_home(best.span) and search.sought.is_phrase
    is_kept = search.anchor.state == "needs_review" and _is_where_it_was(search, best.span)
    return LIKELY if is_alone or is_kept else 0


def _is_where_it_was(search: _Search, span: Span) -> bool:
    bounds = (search.anchor.start, search.anchor.end)
    return search.is_home(span) and bounds == (span.start - span.first, span.end - span.first)


def _nearness(search: _Search, match: Match) -> float:
    span = match.span
    if not search.is_home(span):
        return 0
    return 1 - abs(span.start - search.near) / max(1, span.last - span.first)


def _overlap(span: Span, other: Span) -> bool:
    return span.start < other.end and other.start < span.end
