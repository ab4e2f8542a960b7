"""Finds what stands in quotation marks, in the ways in which languages write them."""

import re
from dataclasses import dataclass

_CLOSING = {
    '"': '"', "“": '”"', "„": '“”"', "”": "”", "«": "»", "»": "«", "‹": "›", "›": "‹",
    "‘": "’", "‚": "‘’", "「": "」", "『": "』", "〝": "〟",
}  # fmt: skip
"""Each mark that can open a quotation, and those that then close it."""

_RUNNING_ON = frozenset("“„«「『")
"""Marks that say nothing else: left open, the quotation goes on in the next paragraph."""

_AMBIGUOUS = frozenset('"”»›‹‘')
"""Marks that also close, or are apostrophes."""

_DEEPEST = 8

_MARK = re.compile(f"[{''.join(_CLOSING)}{''.join(_CLOSING.values())}]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Where it is in the text with its marks, and what stands between them."""

    start: int
    end: int
    words: str


def quotations(text: str) -> list[Quotation]:
    """Every quotation, in order, but not those within another one."""
    outermost: list[Quotation] = []
    for start, close in sorted(_all(text), key=lambda bounds: (bounds[0], -bounds[1])):
        if not outermost or start >= outermost[-1].end:
            end = min(close + 1, len(text))
            outermost.append(Quotation(start, end, text[start + 1 : close]))
    return outermost


def _all(text: str) -> list[tuple[int, int]]:
    """Where the marks of each quotation are; one left open ends with the text."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for at in (mark.start() for mark in _MARK.finditer(text)):
        depth = _closed_by(text, at, opened)
        if depth is not None:
            found.append((opened[depth], at))
            del opened[depth:]
        elif _opens(text, at):
            opened.append(at)
    return found + [(start, len(text)) for start in opened if text[start] in _RUNNING_ON]


def _closed_by(text: str, at: int, opened: list[int]) -> int | None:
    """Which of the opened quotations the mark at `at` closes: the innermost that it can close."""
    if not _can_close(text, at):
        return None
    for depth in range(len(opened) - 1, max(-1, len(opened) - 1 - _DEEPEST), -1):
        if text[at] in _CLOSING[text[opened[depth]]]:
            return depth
    return None


def _can_close(text: str, at: int) -> bool:
    """Whether it is no apostrophe, and no straight mark that opens a quotation."""
    is_before_word = at + 1 < len(text) and text[at + 1].isalnum()
    if text[at] in "’‘":
        return not is_before_word
    return text[at] != '"' or not (is_before_word and text[at - 1 : at].isspace())


def _opens(text: str, at: int) -> bool:
    mark = text[at]
    if mark not in _CLOSING:
        return False
    if mark == "«":  # French puts a space after it
        return True
    is_after_word = at > 0 and text[at - 1].isalnum()
    is_before_word = at + 1 < len(text) and not text[at + 1].isspace()
    return is_before_word and not (is_after_word and mark in _AMBIGUOUS)
