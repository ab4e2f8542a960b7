"""A page's bytes as a tree, however broken, and the text that its readers came for."""

import codecs
import re
from collections.abc import Iterator

from lxml import etree

Element = etree._Element

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE
)
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_NOT_OF_PAGES = frozenset({"punycode", "idna", "unicode-escape", "raw-unicode-escape", "utf-7"})
"""Encodings that Python has and no browser: punycode takes minutes for a page."""

_LOOKED_AT = 4_096
"""Bytes at the beginning among which the page may declare its encoding."""

_UNREAD = frozenset({
    "script", "style", "template", "noscript", "svg", "nav", "header", "footer", "aside", "form",
    "button", "select", "iframe", "figure", "dialog", "head",
})  # fmt: skip
"""Elements with what surrounds a text."""


def parsed(content: bytes, content_type: str = "") -> Element | None:
    """The tree; None where there is nothing in it. `content_type` is the header that came along."""
    text = _decoded(content, content_type).replace("\0", "")
    if not text.strip():
        return None
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    root: Element | None = etree.fromstring(text.encode("utf-8", "replace"), parser)
    return root


def main_text(root: Element) -> str:
    """The text of the longest article, or else of the page, without what surrounds it."""
    for tag in ("article", "main"):
        if text := max(map(_text, _outermost(root, tag)), key=len, default=""):
            return text
    return _text(root)


def text_of(element: Element) -> str:
    """All its text, on one line."""
    return " ".join("".join(map(str, element.itertext())).split())


def _outermost(root: Element, tag: str) -> Iterator[Element]:
    walk = etree.iterwalk(root, events=("start",), tag=tag)
    for _, element in walk:
        walk.skip_subtree()
        yield element


def _text(element: Element) -> str:
    found = list[str]()
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, each in walk:
        if event == "start" and each.tag in _UNREAD and each is not element:
            walk.skip_subtree()
        elif event == "start" and each.text:
            found.append(each.text)
        if event == "end" and each is not element and each.tail:
            found.append(each.tail)
    return " ".join(" ".join(found).split())


def _decoded(content: bytes, content_type: str) -> str:
    for name in _encodings(content, content_type):
        try:
            if codecs.lookup(name).name not in _NOT_OF_PAGES:
                return content.decode(name)
        except (LookupError, UnicodeError):
            continue
    return content.decode("windows-1252", "replace")


def _encodings(content: bytes, content_type: str) -> list[str]:
    """In the order in which browsers believe them."""
    names = [name for mark, name in _BOMS if content.startswith(mark)]
    if sent := _CHARSET.search(content_type):
        names.append(sent[1])
    if declared := _DECLARED.search(content[:_LOOKED_AT]):
        names.append(declared[1].decode("ascii"))
    return [*names, "utf-8"]
