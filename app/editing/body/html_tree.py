"""Reading HTML as it is found: any text to a stream of starts, ends and texts, never an error.

The stream is flat, so that nothing that reads it can be brought down by deep nesting.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from app.editing.plain_fields import printable

UNSEEN = frozenset({
    "script", "style", "template", "title", "svg", "canvas", "noembed", "noframes", "frameset",
    "applet",
})  # fmt: skip
"""Elements whose content no reader sees as text."""

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "col", "colgroup",
    "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html",
    "legend", "li", "listing", "main", "menu", "nav", "ol", "optgroup", "option", "p", "plaintext",
    "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "ul", "xmp",
})  # fmt: skip
"""Elements that stand on lines of their own."""

SILENT = frozenset({
    "html", "body", "head", "basefont", "wbr", "col", "colgroup", "param", "track", "picture",
    "noscript", "source", "thead", "tbody", "tfoot", "hgroup", "main", "nobr",
})  # fmt: skip
"""Elements that are nothing to a reader: to drop them is not worth a word."""

VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
})  # fmt: skip

DEEPEST = 1_000
MOST_ATTRIBUTES = 100
"""Of one element, those behind are dropped: for each of them, libxml2 looks through all."""

Element = etree._Element


@dataclass(frozen=True, slots=True)
class Event:
    """`unseen` stands for an element with all its content, `comment` has its text."""

    kind: Literal["start", "end", "text", "unseen", "comment"]
    tag: str = ""
    element: Element | None = None
    text: str = ""


def read(html: str) -> Iterator[Event]:
    """The elements and texts of `html` in order. Every start has its end."""
    root = _parsed(html)
    if root is None:
        return
    drawings = _drawings_with_text(root)
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event in ("comment", "pi"):
            yield Event("comment", text=_unveiled(str(element.text or "")))
            yield from _text(element.tail)
            continue
        tag = str(element.tag).lower().removeprefix(_VEIL)
        if _is_unseen(element, tag) and element not in drawings:
            if event == "start":
                yield Event("unseen", tag, element)
                walk.skip_subtree()
            else:
                yield from _text(element.tail)
        elif event == "start":
            _unveil_attributes(element)
            yield Event("start", tag, element)
            yield from _text(element.text)
        else:
            yield Event("end", tag, element)
            yield from _text(element.tail)


def nothing() -> Element:
    """An element without attributes or content."""
    return etree.Element("div")


def _drawings_with_text(root: Element) -> set[Element]:
    """Each <svg> with a <p> inside: browsers end it where HTML begins, libxml2 does not."""
    found: set[Element] = set()
    opened: list[Element] = []
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=("svg", "p")):
        if element.tag == "p":
            found.update(opened[-1:])
        elif event == "start":
            opened.append(element)
        elif opened.pop() in found:
            found.update(opened[-1:])
    return found


def _is_unseen(element: Element, tag: str) -> bool:
    if tag in UNSEEN:
        return True
    if element.get("hidden", "until-found") != "until-found":
        return True
    return "display:none" in element.get("style", "").lower().replace(" ", "")


def _text(text: str | None) -> Iterator[Event]:
    if text:
        yield Event("text", text=_unveiled(text))


def _unveil_attributes(element: Element) -> None:
    for name, value in element.items():
        if _VEIL in str(value):
            element.set(name, _unveiled(str(value)))


def _veiled(html: str) -> str:
    """`html` with names for some marks that libxml2 does not know, and so does not end at a <p>."""
    return _ENDED_BY_P.sub(rf"<\1{_VEIL}\2", html)


def _unveiled(text: str) -> str:
    return text.replace(f"<{_VEIL}", "<").replace(f"</{_VEIL}", "</") if _VEIL in text else text


def _parsed(html: str) -> Element | None:
    # libxml2 loses what follows the end of the document, and comments before its body.
    html = "<body>" + _veiled(_replaced(_END_OF_DOCUMENT, "", _uncrowded(printable(html))))
    root, complete = _tree(html)
    if complete:
        return root
    root, complete = _tree(_shallow(html))
    if complete:
        return root
    return _tree(_replaced(_ANY_TAG, " ", html).replace("<", "&lt;"))[0]


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

    return _replaced(_TAG, kept, html)


def _uncrowded(html: str) -> str:
    """`html` with no element of more attributes than are worth reading."""
    return _CROWDED.sub(r"\g<kept>", html)


def _replaced(tag: re.Pattern[str], by: str | Callable[[re.Match[str]], str], html: str) -> str:
    """`html` with its tags replaced, in linear time: none is sought behind the last >."""
    end = html.rfind(">") + 1
    return tag.sub(by, html[:end]) + html[end:]


# Nothing here is matched twice from one start, and from each start not more than so many: linear.
_ATTRIBUTE = r"""(?:[\s/]*+[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s<>"']*+))?+)"""
_CROWDED = re.compile(
    rf"(?P<kept><[a-zA-Z][^\s/<>]*+[\s/]{_ATTRIBUTE}{{{MOST_ATTRIBUTES}}}){_ATTRIBUTE}++"
)
_END_OF_DOCUMENT = re.compile(r"</(?:body|html)\b[^>]*>", re.IGNORECASE)
_ENDED_BY_P = re.compile(r"<(/?)(b|big|i|s|small|strike|tt|u)(?=[\s/>])", re.IGNORECASE)
_VEIL = "veiled--"
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*)[^>]*>")
_ANY_TAG = re.compile(r"</?[a-zA-Z!?][^>]*>")
