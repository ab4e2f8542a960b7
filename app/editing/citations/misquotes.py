"""Whether the words in an article are the words that somebody said.

Only words count: not case, quotation marks, dashes or other punctuation. An ellipsis stands for
words left out, and square brackets for words of the editor.
"""

import re
from collections.abc import Iterator, Sequence

from app.editing.citations.folding import folded, worded

LONGEST = 10_000
"""Characters that are compared; no quotation is as long."""

LEAST_WORDS = 3
"""What is shorter is in everything that is said."""


def says(printed: Sequence[str], said: str, *, in_part: bool = False) -> bool:
    """Whether the stretches of text in `printed` have the words that were said.

    They may be interrupted ("It was," she said, "a secret") and shortened, on either side. With
    `in_part`, only what stands in quotation marks in `said` needs to be there, if anything does.
    """
    words = folded(said[:LONGEST])
    if in_part and '"' in words:
        words = " … ".join(words.split('"')[1::2])
    text = folded(" … ".join(printed)[:LONGEST])
    is_shortened = len(printed) > 1 or _GAP.search(text) is not None
    return any(
        _has(reading, words) or (is_shortened and _has(words, reading, least=LEAST_WORDS))
        for reading in _readings(text)
    )


def _readings(text: str) -> Iterator[str]:
    """The text, and what of it is a quotation if every other stretch between marks is."""
    yield text
    for marks in (_DOUBLE, _ANY):
        stretches = marks.split(text)
        if len(stretches) > 1:
            yield " … ".join(stretches[1::2])
            yield " … ".join(stretches[::2])


def _has(text: str, words: str, *, least: int = 1) -> bool:
    """Whether the words, `least` or more, are in the text in order; anything may fill a gap."""
    whole, at, count = worded(text), 0, 0
    for piece in map(worded, _GAP.split(words)):
        if piece.strip():
            found = whole.find(piece, at)
            if found < 0:
                return False
            at = found + len(piece) - 1
            count += len(piece.split())
    return count >= least


_GAP = re.compile(r"\[[^\[\]]{0,200}\]|…|\.{3}")
_DOUBLE = re.compile('"')
_ANY = re.compile(r"""["]|(?<!\w)'|'(?!\w)""")
