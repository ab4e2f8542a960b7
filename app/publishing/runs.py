"""Text with marks, for clients that have no HTML parser."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.editing.body import inline_text
from app.editing.body.inline_writer import Mark
from app.publishing.markers import Span, cut

plain_text = inline_text.plain

MARKS = {
    "strong": "strong", "em": "em", "cite": "em", "u": "underline", "s": "strike", "del": "strike",
    "code": "code", "sub": "sub", "sup": "sup", "mark": "mark", "small": "small", "q": "quote",
    "ins": "insert", "kbd": "keyboard",
}  # fmt: skip
"""What each element says to a client; the others (abbr, bdi, bdo, span, time) say nothing."""

_ORDER = {mark: number for number, mark in enumerate(dict.fromkeys(MARKS.values()))}


def runs(html: str, spans: Sequence[Span] = ()) -> list[dict[str, Any]]:
    """Stored inline HTML as `app.published.blocks.Run`s, as few as can be.

    Their texts joined are `plain_text(html)`. `spans` say where in it citations are anchored.
    """
    found: list[dict[str, Any]] = []
    at = 0
    for piece, marks in inline_text.pieces(html):
        for text, cited in cut(piece, at, spans):
            run = _run(text, marks, cited)
            if found and _look_alike(found[-1], run):
                found[-1]["text"] += text
            else:
                found.append(run)
        at += len(piece)
    return found


def _run(text: str, marks: tuple[Mark, ...], cited: list[UUID]) -> dict[str, Any]:
    named = {MARKS[mark.tag] for mark in marks if mark.tag in MARKS}
    return {
        "text": text,
        "marks": sorted(named, key=_ORDER.__getitem__),
        "href": _innermost(marks, "href"),
        "language": _innermost(marks, "lang"),
        "citation_ids": cited,
    }


def _innermost(marks: tuple[Mark, ...], attribute: str) -> str | None:
    for mark in reversed(marks):
        if (value := mark.get(attribute)) is not None:
            return value
    return None


def _look_alike(run: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(run[key] == other[key] for key in ("marks", "href", "language", "citation_ids"))
