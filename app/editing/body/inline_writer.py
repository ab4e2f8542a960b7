"""Writes inline HTML in one normal form: the same text and marks always give the same string.

Spaces collapse as browsers would show them and stand outside of marks, text is NFC, empty marks
are never written, breaks at either end are dropped. `take` may split a paragraph anywhere: marks
that are open go on in the next one.
"""

import re
import unicodedata
from dataclasses import dataclass

from app.editing.plain_fields import printable

MOST_OPEN = 24
MOST_BREAKS = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """An inline element: its tag, and attributes in the order in which they are written."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str | None:
        return dict(self.attributes).get(name)


class InlineWriter:
    """Takes marks, text and breaks; gives the HTML of one paragraph at a time."""

    def __init__(self) -> None:
        self._open: list[Mark] = []
        self._start_over()

    def _start_over(self) -> None:
        self._html: list[str] = []
        self._text: list[str] = []
        self._written = 0  # how many of the open marks stand in _html
        self._space = False
        self.breaks = 0
        self.is_empty = True

    def open(self, mark: Mark) -> bool:
        """Begin a mark; False where it would change nothing or nest links or nest without end."""
        nested = any(is_same(mark, other) for other in self._open)
        if nested or len(self._open) >= MOST_OPEN:
            return False
        self._open.append(mark)
        return True

    def close(self) -> None:
        """End the mark opened last."""
        mark = self._open.pop()
        if self._written > len(self._open):
            self._flush_text()
            self._html.append(f"</{mark.tag}>")
            self._written -= 1

    def open_mark(self, tag: str) -> Mark | None:
        """The innermost open mark of this tag."""
        return next((mark for mark in reversed(self._open) if mark.tag == tag), None)

    def text(self, text: str) -> None:
        """Add text, its white space collapsed."""
        text = _SPACES.sub(" ", printable(text))
        if text.startswith(" "):
            self._space = True
        words = text.strip(" ")
        if not words:
            return
        self._lead_in()
        self._text.append(words)
        self._space = text.endswith(" ")

    def line_break(self, at_least: int = 0) -> None:
        """A break; with `at_least`, only as many as are missing to stand on a new line."""
        wanted = max(self.breaks, at_least) if at_least else self.breaks + 1
        self.breaks = 0 if self.is_empty else min(wanted, MOST_BREAKS)

    def take(self) -> str:
        """The HTML since the last time; "" if there was no text."""
        self._flush_text()
        for mark in reversed(self._open[: self._written]):
            self._html.append(f"</{mark.tag}>")
        html = "".join(self._html)
        self._start_over()
        return html

    def _lead_in(self) -> None:
        """Write what had to wait until it was known that text follows."""
        if not self.is_empty:
            if self.breaks:
                self._flush_text()
                self._html.append("<br>" * self.breaks)
            elif self._space:
                self._text.append(" ")
        self.breaks = 0
        self.is_empty = False
        for mark in self._open[self._written :]:
            self._flush_text()
            self._html.append(_start_tag(mark))
        self._written = len(self._open)

    def _flush_text(self) -> None:
        if self._text:
            self._html.append(escaped(unicodedata.normalize("NFC", "".join(self._text))))
            self._text = []


def is_same(mark: Mark, other: Mark) -> bool:
    """Whether `mark` inside `other` would say nothing new, or may not be."""
    if mark.tag == other.tag == "a":
        return True
    return mark.tag == other.tag and mark.attributes == other.attributes and mark.tag != "q"


def escaped(text: str) -> str:
    """Text as it stands in the normal form of HTML."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\xa0", "&nbsp;")


def _start_tag(mark: Mark) -> str:
    attributes = (
        f' {name}="{escaped(value).replace(chr(34), "&quot;")}"' for name, value in mark.attributes
    )
    return f"<{mark.tag}{''.join(attributes)}>"


_SPACES = re.compile("[ \t\n\r\f]+")
