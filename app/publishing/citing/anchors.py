"""PURE: where a citation stands, with the words that are there."""

from collections.abc import Mapping
from typing import Any

from app.editing.citations import graphemes
from app.editing.citations.values import Anchor, Citation
from app.publishing.citing.fragments import text_fragment

CONTEXT = 32
"""Code points before and after the words, by which others can find them."""

Texts = Mapping[tuple[str, str | None], str]
"""By target and block."""


def anchors(citation: Citation, texts: Texts) -> list[dict[str, Any]]:
    """As `app.published.citations.Anchor`, without those that have lost their place."""
    return [_anchor(each, texts) for each in citation.anchors if each.state != "orphaned"]


def _anchor(anchor: Anchor, texts: Texts) -> dict[str, Any]:
    return {
        "target": anchor.target,
        "block_id": anchor.block_id,
        **_words(anchor, texts.get((anchor.target, anchor.block_id))),
        "time_ms": list(anchor.time_ms) if anchor.time_ms else None,
    }


def _words(anchor: Anchor, text: str | None) -> dict[str, Any]:
    """Of the text as it is: one that was found in doubt still holds words that were taken out."""
    start, end = anchor.start, anchor.end
    if text is None or start is None or end is None:
        return dict.fromkeys(("exact", "prefix", "suffix", "start", "end", "fragment"))
    first = graphemes.after(text, max(0, start - CONTEXT))
    last = graphemes.before(text, end + CONTEXT)
    return {
        "exact": text[start:end],
        "prefix": text[min(first, start) : start],
        "suffix": text[end : max(last, end)],
        "start": start,
        "end": end,
        "fragment": text_fragment(text[start:end]),
    }
