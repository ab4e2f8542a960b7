"""Inline HTML: the few elements a paragraph may hold, and how anything else becomes that.

The tree is read tolerantly and written anew from an allow-list, telling of all that is left out;
nh3 (the HTML parser of browsers) has the last word on what was written.
"""

import re

import nh3
from pydantic import BaseModel

from app.editing import urls
from app.editing.body import html_tree
from app.editing.body.html_tree import Element, Event
from app.editing.body.inline_writer import InlineWriter, Mark
from app.editing.body.notices import Notice, Notices
from app.editing.plain_fields import printable

TAGS = frozenset({
    "a", "abbr", "bdi", "bdo", "br", "cite", "code", "del", "em", "ins", "kbd", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "time", "u",
})  # fmt: skip
ATTRIBUTES = {"a": ("href", "title"), "abbr": ("title",), "time": ("datetime",)}
EVERYWHERE = ("lang", "dir")

ALIASES = {
    "b": "strong", "i": "em", "strike": "s", "tt": "code", "samp": "code", "acronym": "abbr",
    "var": "em", "dfn": "em",
}  # fmt: skip
"""Elements that are stored as another one of the same meaning, without a word."""


class Cleaned(BaseModel):
    """Inline HTML in normal form, and what it cost. Cleaning it again changes nothing."""

    html: str
    warnings: list[Notice]


def clean(html: str, *, pointer: str = "") -> Cleaned:
    """`html` with nothing but the allowed elements; `pointer` says where it stood."""
    notices = Notices(pointer)
    writer = InlineWriter()
    if "<" not in html and "&" not in html:
        writer.text(html)
        return Cleaned(html=writer.take(), warnings=[])
    opened: list[int] = []
    for event in html_tree.read(html):
        if event.kind == "text":
            writer.text(event.text)
        elif event.kind == "start":
            opened.append(_start(event, writer, notices))
        elif event.kind == "end":
            for _ in range(opened.pop()):
                writer.close()
            _stand_apart(event.tag, writer)
        else:
            tell_dropped(event, notices)
    return Cleaned(html=purified(writer.take()), warnings=notices.listed())


def from_text(text: str) -> str:
    """Plain text as inline HTML; line ends become breaks."""
    writer = InlineWriter()
    for number, line in enumerate(text.splitlines()):
        if number:
            writer.line_break()
        writer.text(line)
    return writer.take()


def purified(html: str) -> str:
    """What nh3 lets through of `html`: all of it, when this module wrote it."""
    return _CLEANER.clean(html) if "<" in html else html


def marks(element: Element, tag: str, notices: Notices) -> list[Mark]:
    """The marks that an inline element stands for: none, one, or several given as a style."""
    name = ALIASES.get(tag, tag)
    if name not in TAGS:
        tell_element(tag, notices)
        return []
    style = element.get("style", "").lower().replace(" ", "")
    found = _styled(style) if name == "span" else []
    attributes = _kept_attributes(element, tag, name, notices, styled=bool(found))
    if name == "strong" and _NOT_BOLD.search(style):
        return found
    if name in ("span", "bdo", "a") and not attributes:
        return found
    if name == "a" and attributes[0][0] != "href":
        return found
    return [Mark(name, attributes), *found]


def tell_element(tag: str, notices: Notices) -> None:
    """Tell of an element that went without its content."""
    stays = "" if tag in html_tree.VOID else ", its text stays"
    notices.add("removed-element", f"removed <{tag[:40]}>{stays}")


def tell_attributes(
    element: Element, tag: str, notices: Notices, *, used: tuple[str, ...] = ()
) -> None:
    """Tell of every attribute of an element but those that were `used`."""
    for attribute in element.attrib:
        name = str(attribute).lower()
        if name not in used:
            name = re.sub(r"^(data|aria)-.*", r"\1-*", name, flags=re.DOTALL)[:40]
            notices.add("removed-attribute", f"removed attribute {name}", tag)


def tell_dropped(event: Event, notices: Notices) -> None:
    """Tell of a comment, or of an element that went with its content."""
    if event.kind == "comment":
        notices.add("removed-comment", "removed a comment")
    elif event.tag in html_tree.UNSEEN:
        notices.add("removed-content", f"removed <{event.tag}>")
    elif event.element is not None:
        text = " ".join("".join(map(str, event.element.itertext())).split())
        excerpt = f"{text[:60]}…" if len(text) > 60 else text
        notices.add("removed-content", f"removed hidden <{event.tag}>: {excerpt}")


def found_url(url: str) -> str:
    """An address as it stands in HTML, where // means: by the scheme of this page."""
    url = url.strip()
    return f"https:{url}" if url.startswith("//") else url


def _start(event: Event, writer: InlineWriter, notices: Notices) -> int:
    """Act on a start tag; how many marks it opened."""
    tag, element = event.tag, event.element
    assert element is not None
    if tag == "br":
        writer.line_break()
    elif tag in html_tree.BLOCKS:
        _stand_apart(tag, writer)
        if tag not in html_tree.SILENT:
            tell_element(tag, notices)
    elif tag == "img":
        notices.add("removed-media", "removed <img>: pictures are blocks of their own")
    elif tag not in html_tree.SILENT:
        return sum(writer.open(mark) for mark in marks(element, tag, notices))
    return 0


def _stand_apart(tag: str, writer: InlineWriter) -> None:
    if tag in ("td", "th"):
        writer.text(" ")
    elif tag == "p":
        writer.line_break(at_least=2)
    elif tag in html_tree.BLOCKS:
        writer.line_break(at_least=1)


def _kept_attributes(
    element: Element, tag: str, name: str, notices: Notices, *, styled: bool
) -> tuple[tuple[str, str], ...]:
    kept = []
    allowed = (*ATTRIBUTES.get(name, ()), *EVERYWHERE)
    for attribute in allowed:
        value = element.get(attribute)
        if value is None:
            continue
        stored = _stored_value(attribute, value, tag, notices)
        if stored:
            kept.append((attribute, stored))
    tell_attributes(element, tag, notices, used=(*allowed, "style") if styled else allowed)
    return tuple(kept)


def _stored_value(attribute: str, value: str, tag: str, notices: Notices) -> str | None:
    value = " ".join(printable(value).split())
    value = value.lower() if attribute == "dir" else value
    if attribute == "href":
        try:
            return urls.link_url(found_url(value))
        except urls.Refused as refused:
            notices.add("removed-link", f"removed link {value[:100]}: {refused}")
            return None
    pattern = _PATTERNS.get(attribute)
    if pattern is None or pattern.fullmatch(value):
        return value
    notices.add("removed-attribute", f"removed attribute {attribute}={value[:40]}", tag)
    return None


def _styled(style: str) -> list[Mark]:
    declared = [declaration.partition(":") for declaration in style.split(";")]
    return [
        Mark(tag)
        for tag, name, value in _STYLES
        if any(name in one[0] and re.match(value, one[2]) for one in declared)
    ]


_STYLES = (
    ("strong", "font-weight", r"bold|[6-9]00"),
    ("em", "font-style", r"italic|oblique"),
    ("u", "text-decoration", r"[^;]*underline"),
    ("s", "text-decoration", r"[^;]*line-through"),
    ("sup", "vertical-align", r"super"),
    ("sub", "vertical-align", r"sub"),
)
"""What Google Docs and Word write where they mean an element."""

_NOT_BOLD = re.compile(r"font-weight:(normal|[1-4]00)")
_PATTERNS = {
    "lang": re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}"),
    "dir": re.compile(r"ltr|rtl|auto"),
    "datetime": re.compile(r"[0-9A-Za-z:+. -]{1,40}"),
}
_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes={"*": set(EVERYWHERE), **{tag: set(names) for tag, names in ATTRIBUTES.items()}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
