"""PURE: links to words on a page, and the sentence in which words stand."""

import re
from urllib.parse import quote

from app.publishing.citing.lines import shortened

WORDS = 8
"""A longer passage is named by its first and its last words."""

LONGEST_CONTEXT = 300

_END = re.compile(r"(?<=[.!?。！？؟…])[\"'”’»)\]]*\s+|\n+")


def text_fragment(exact: str) -> str:
    """`#:~:text=…` (WICG Scroll to Text Fragment): a help for browsers that know it."""
    lines = [words for line in exact.splitlines() if (words := line.split())] or [[]]
    if len(lines) == 1 and len(lines[0]) <= WORDS:
        return f"#:~:text={_encoded(lines[0])}"
    # Nor does a browser find one text in two items or cells.
    half = WORDS // 2
    return f"#:~:text={_encoded(lines[0][:half])},{_encoded(lines[-1][-half:])}"


def context(text: str, start: int, end: int) -> str:
    """The sentences from `start` to `end`, positions in code points, on one line."""
    breaks = [found.end() for found in _END.finditer(text)]
    first = max((at for at in breaks if at <= start), default=0)
    last = min((at for at in breaks if at >= end), default=len(text))
    sentence = " ".join(text[first:last].split())
    if len(sentence) <= LONGEST_CONTEXT:
        return sentence
    return shortened(" ".join(text[start:end].split()), LONGEST_CONTEXT)


def _encoded(words: list[str]) -> str:
    """The hyphen is syntax here, and `quote` leaves it alone."""
    return quote(" ".join(words), safe="").replace("-", "%2D")
