"""The newsroom's own style as plain text, one line for each citation."""

import unicodedata

from app.published.citations import Citation, WorkRef
from app.publishing.bibliography.listed import Listed
from app.publishing.bibliography.newsroom import Piece, line
from app.publishing.bibliography.relays import works_read
from app.publishing.bibliography.wording.languages import words_of
from app.publishing.bibliography.wording.words import Words

ISOLATE, END = "\u2068", "\u2069"
"""What is between them is laid out by itself, and does not turn around what it stands in."""

_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def write(listed: Listed) -> bytes:
    """Each line begins with the marker that stands in the text."""
    works = works_read(listed.citations)
    lines = [
        f"[{citation.marker}] {one(citation, listed.language, works.get(citation.id))}\n"
        for citation in listed.citations
    ]
    return "".join(lines).encode()


def one(citation: Citation, language: str, work: WorkRef | None) -> str:
    """The line of one citation, without its marker."""
    words = words_of(language)
    return "".join(_text(piece, words) for piece in line(citation, words, work))


def _text(piece: Piece, words: Words) -> str:
    text = " ".join(piece.text.split()) if piece.role != "phrase" else piece.text
    turns = any(
        _STRONG.get(unicodedata.bidirectional(character), words.direction) != words.direction
        for character in text
    )
    return f"{ISOLATE}{text}{END}" if turns and piece.role != "phrase" else text
