"""What stored inline HTML says, without its tags. Takes only the normal form that is stored."""

import html as entities
import re
from collections.abc import Iterator

from app.editing.body.inline_writer import Mark

Piece = tuple[str, tuple[Mark, ...]]


def plain(html: str) -> str:
    """The text as it is read: NFC, `<br>` as a line end, quotation marks where `<q>` shows them.

    Positions of anchors are positions in this text, in code points.
    """
    if "<" not in html:
        return entities.unescape(html)
    return "".join(text for text, _ in pieces(html))


def pieces(html: str) -> Iterator[Piece]:
    """Stretches of the text, each with the marks it stands in, outermost first."""
    opened: list[Mark] = []
    for found in _TOKENS.finditer(html):
        if found["text"]:
            yield entities.unescape(found["text"]), tuple(opened)
        elif found["tag"] == "br":
            yield "\n", tuple(opened)
        elif found["end"]:
            yield from _quotation_mark("”’", opened)
            opened.pop()
        else:
            opened.append(Mark(found["tag"], _attributes(found["attributes"])))
            yield from _quotation_mark("“‘", opened)


def tokens(html: str) -> Iterator[tuple[str, str]]:
    """The tags and texts of the HTML, each as it is written and with what it adds to `plain`."""
    depth = 0
    for found in _TOKENS.finditer(html):
        if found["text"]:
            yield found[0], entities.unescape(found["text"])
        elif found["tag"] == "br":
            yield found[0], "\n"
        elif found["tag"] == "q":
            depth -= bool(found["end"])
            yield found[0], ("”’" if found["end"] else "“‘")[depth % 2]
            depth += not found["end"]
        else:
            yield found[0], ""


def _quotation_mark(outer_and_inner: str, opened: list[Mark]) -> Iterator[Piece]:
    if opened[-1].tag == "q":
        depth = sum(mark.tag == "q" for mark in opened)
        yield outer_and_inner[(depth - 1) % 2], tuple(opened)


def _attributes(written: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, entities.unescape(value)) for name, value in _ATTRIBUTE.findall(written))


_TOKENS = re.compile(
    r'<(?P<end>/?)(?P<tag>[a-z]+)(?P<attributes>(?: [a-z]+="[^"]*")*)>|(?P<text>[^<]+)'
)
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
