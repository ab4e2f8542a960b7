"""PURE: which words of the text carry which citations. Made at publish, not kept in the text."""

import copy
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any
from uuid import UUID

from app.editing.body.inline_text import tokens
from app.editing.body.inline_writer import escaped as escape
from app.editing.citations.block_texts import Place, body_parts, everywhere
from app.editing.citations.values import Anchor, Citation

CITED = "cited"
"""The field of a piece of text with its spans: in the blocks on their way to be rendered."""

Span = tuple[int, int, UUID]
"""Start and end in code points of the plain text, and the citation."""


def in_order(citations: Iterable[Citation], places: Sequence[Place]) -> list[Citation]:
    """In the order in which they first stand in the text; those without a place come last."""
    rank = {(place.target, place.block_id): number for number, place in enumerate(places)}
    blocks = {place.block_id: number for number, place in reversed(list(enumerate(places)))}
    nowhere = (len(places), 0)

    def first(citation: Citation) -> tuple[int, int]:
        return min((_at(anchor) for anchor in citation.anchors), default=nowhere)

    def _at(anchor: Anchor) -> tuple[int, int]:
        if anchor.state == "orphaned":
            return nowhere
        number = rank.get((anchor.target, anchor.block_id), blocks.get(anchor.block_id))
        return nowhere if number is None else (number, anchor.start or 0)

    return sorted(citations, key=first)


def mark(blocks: Sequence[dict[str, Any]], citations: Iterable[Citation]) -> list[dict[str, Any]]:
    """The blocks, with the spans of these citations in every piece of text that has some."""
    spans: dict[str, list[Span]] = {}
    for citation in citations:
        for anchor in citation.anchors:
            if anchor.target == "body" and anchor.block_id and anchor.state != "orphaned":
                span = (anchor.start or 0, anchor.end or 0, citation.id)
                spans.setdefault(anchor.block_id, []).append(span)
    if not spans:
        return list(blocks)
    marked_blocks = copy.deepcopy(list(blocks))
    for _, block in everywhere(marked_blocks):
        if own := spans.get(block["id"]):
            for part in body_parts(block):
                part.holder[CITED] = _within(own, part.start, part.start + len(part.text))
    return marked_blocks


def cut(text: str, at: int, spans: Sequence[Span]) -> Iterator[tuple[str, list[UUID]]]:
    """The text, which begins at `at`, in stretches as long as can be, each with the citations
    that it carries."""
    end = at + len(text)
    edges = {at, end} | {edge for span in spans for edge in span[:2] if at < edge < end}

    def carried(stretch: tuple[int, int]) -> list[UUID]:
        start = stretch[0]
        return list(dict.fromkeys(who for begin, finish, who in spans if begin <= start < finish))

    for cited, stretches in groupby(pairwise(sorted(edges)), carried):
        (start, stop), *more = stretches
        yield text[start - at : (more[-1][1] if more else stop) - at], cited


def marked(html: str, spans: Sequence[Span]) -> str:
    """Inline HTML with `<span data-citations="ID ID">` around the words that carry citations."""
    written, at = [], 0
    for raw, text in tokens(html):
        if raw.startswith("<") or not text:
            written.append(raw)
        else:
            written += [_wrapped(part, cited) for part, cited in cut(text, at, spans)]
        at += len(text)
    return "".join(written)


def _wrapped(text: str, cited: list[UUID]) -> str:
    escaped = escape(text)
    if not cited:
        return escaped
    return f'<span data-citations="{" ".join(map(str, cited))}">{escaped}</span>'


def _within(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    """Those that reach into this piece, in its own positions."""
    return [
        (max(begin, start) - start, min(finish, end) - start, identity)
        for begin, finish, identity in spans
        if begin < end and finish > start
    ]
