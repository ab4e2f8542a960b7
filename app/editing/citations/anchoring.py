"""Finds the places of anchors again in a text that has changed, at every save.

What is certain is `anchored` (score ≥ .90): the anchor takes on the words and the context that are
there now. What is likely is `needs_review` (≥ .75): it points to the place, but keeps the words
that were looked for, so that no later save takes the guess for them. Below, it is `orphaned`:
better none than the wrong place.
"""

from collections.abc import Sequence

from app.editing.citations.block_texts import (
    MEDIA,
    Written,
    caption_parts,
    everywhere,
    lead_caption,
    places,
)
from app.editing.citations.haystack import Effort, Haystack, Span
from app.editing.citations.matching import context
from app.editing.citations.search import CERTAIN, find
from app.editing.citations.values import Anchor, Citation

MOST_STEPS = 500_000_000


def reanchor(citations: Sequence[Citation], content: Written) -> list[Citation]:
    """The citations with each anchor where its words are in `content` now.

    An anchor that comes as `anchored`, without a score or with one too low for that, was set or
    confirmed by somebody: if its words are at its place, or nowhere else, that is where it is.
    """
    texts = _Texts(content)
    return [
        citation.model_copy(
            update={"anchors": [_settled(anchor, texts) for anchor in citation.anchors]}
        )
        for citation in citations
    ]


class _Texts:
    """The texts of an article by target, each made ready to be searched when first needed."""

    def __init__(self, content: Written) -> None:
        self.content = content
        self.blocks = {block["id"]: block for _, block in everywhere(content.body)}
        self._places = places(content)
        self._effort = Effort(MOST_STEPS)
        self._haystacks: dict[str, Haystack] = {}

    def of(self, target: str) -> Haystack:
        if target not in self._haystacks:
            mine = [place for place in self._places if place.target == target]
            self._haystacks[target] = Haystack(mine, self._effort)
        return self._haystacks[target]


def _settled(anchor: Anchor, texts: _Texts) -> Anchor:
    if anchor.exact is None or anchor.target == "media":
        return _of_the_whole(anchor, texts)
    hay = texts.of(anchor.target)
    found = find(anchor, hay)
    if found.span is None:
        return _orphaned(anchor, found.score)
    place, start, end = hay.located(found.span)
    pointing = {"block_id": place.block_id, "start": start, "end": end, "score": found.score}
    if found.score < CERTAIN:
        return anchor.model_copy(update={**pointing, "state": "needs_review"})
    return anchor.model_copy(update={**pointing, **_words_at(hay, found.span), "state": "anchored"})


def _words_at(hay: Haystack, span: Span) -> dict[str, str]:
    first, last = context(hay, span)
    return {
        "exact": hay.text[span.start : span.end],
        "prefix": hay.text[first : span.start],
        "suffix": hay.text[span.end : last],
    }


def _of_the_whole(anchor: Anchor, texts: _Texts) -> Anchor:
    """An anchor to a whole block or to media: it stands as long as the block does."""
    if not _is_there(anchor, texts):
        return _orphaned(anchor, 0)
    return anchor.model_copy(update={"start": None, "end": None, "state": "anchored", "score": 1.0})


def _is_there(anchor: Anchor, texts: _Texts) -> bool:
    lead = texts.content.lead
    if anchor.block_id is None:
        return lead is not None if anchor.target == "media" else lead_caption(lead) is not None
    block = texts.blocks.get(anchor.block_id)
    if block is None or anchor.target == "body":
        return block is not None
    return block["type"] in MEDIA if anchor.target == "media" else bool(caption_parts(block))


def _orphaned(anchor: Anchor, score: float) -> Anchor:
    return anchor.model_copy(
        update={"start": None, "end": None, "state": "orphaned", "score": float(score)}
    )
