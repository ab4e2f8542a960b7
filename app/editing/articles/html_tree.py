"""Reading HTML as it is found: any text to a stream of starts, ends and texts, never an error.

The stream is flat, so that nothing that reads it can be brought down by deep nesting.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lxml import etree

UNSEEN = frozenset(
    "script style template head title svg canvas noembed noframes frameset applet".split()
)
"""Elements whose content no reader sees as text."""

BLOCKS = frozenset(
    "address article aside blockquote body caption center col colgroup dd details dialog dir div "
    "dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend "
    "li listing main menu nav ol optgroup option p plaintext pre search section summary table "
    "tbody td tfoot th thead tr ul xmp".split()
)
"""Elements that stand on lines of their own."""

SILENT = frozenset("html body head meta link base basefont wbr col colgroup param track".split())
"""Elements that are nothing to a reader: to drop them is not worth a word."""

VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()
)  # fmt: skip

DEEPEST = 1_000

Element = etree._Element


@dataclass(frozen=True, slots=True)
class Event:
    """`unseen` stands for an element with all its content; `comment` has its text."""

    kind: Literal["start", "end", "text", "unseen", "comment"]
    tag: str = ""
    element: Element | None = None
    text: str = ""


def read(html: str) -> Iterator[Event]:
    """The elements and texts of `html` in order. Every start has its end."""
    root = _parsed(html)
    if root is None:
        return
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event in ("comment", "pi"):
            yield Event("comment", text=str(element.text or ""))
            yield from _text(element.tail)
            continue
        tag = str(element.tag).lower()
        if tag in UNSEEN and tag != "head":
            if event == "start":
                yield Event("unseen", tag, element)
                walk.skip_subtree()
            else:
                yield from _text(element.tail)
        elif event == "start":
            yield Event("start", tag, element)
            yield from _text(element.text)
        else:
            yield Event("end", tag, element)
            yield from _text(element.tail)


def printable(text: str) -> str:
    """Without the control characters that neither JSON readers nor XML feeds can hold."""
    return _CONTROLS.sub("", text.replace("\v", " "))


def _text(text: str | None) -> Iterator[Event]:
    if text:
        yield Event("text", text=text)


def _parsed(html: str) -> Element | None:
    # libxml2 loses what follows the end of the document, and comments before its body.
    html = "<body>" + _END_OF_DOCUMENT.sub("", printable(html))
    root, complete = _tree(html)
    if complete:
        return root
    root, complete = _tree(_shallow(html))
    if complete:
        return root
    return _tree(_ANY_TAG.sub(" ", html).replace("<", "&lt;"))[0]


def _tree(html: str) -> tuple[Element | None, bool]:
    """The tree, and whether all of `html` is in it."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=False)
    root = etree.fromstring(html.encode(), parser)
    limit = etree.ErrorTypes.ERR_RESOURCE_LIMIT
    return root, all(entry.type != limit for entry in parser.error_log)


def _shallow(html: str) -> str:
    """`html` without the tags nested deeper than libxml2 reads on; all text stays."""
    depth = 0

    def kept(found: re.Match[str]) -> str:
        nonlocal depth
        if found["name"].lower() in VOID:
            return found[0]
        if found["end"]:
            depth = max(0, depth - 1)
            return found[0] if depth < DEEPEST else " "
        depth += 1
        return found[0] if depth <= DEEPEST else " "

    return _TAG.sub(kept, html)


_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_END_OF_DOCUMENT = re.compile(r"</(?:body|html)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*)[^>]*>")
_ANY_TAG = re.compile(r"</?[a-zA-Z!?][^>]*>")
