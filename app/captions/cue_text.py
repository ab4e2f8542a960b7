"""The text of a cue in normal form: only tags that WebVTT has (§4.2.2), closed in their order.

Whatever else looks like a tag goes, and what it held stays as text.
"""

import html
import re
from collections.abc import Callable
from typing import NamedTuple

from app.captions import timestamps

DEEPEST = 8
"""Tags within tags."""

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*|(?=[0-9]))([^<>]*)>")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}")
_COLOURS = ("white", "lime", "cyan", "red", "yellow", "magenta", "blue", "black")
_CLASSES = frozenset({*_COLOURS, *(f"bg_{colour}" for colour in _COLOURS)})
"""The classes that have a look of their own (§5); others need a style sheet, and none is kept."""

Remark = Callable[[str], None]


class TooDeep(Exception):
    """Tags stand deeper in each other than any caption needs."""


class _Open(NamedTuple):
    name: str
    end: str


def normal(text: str, start_ms: int, end_ms: int, remark: Remark) -> str:
    """May be empty. What is left out is remarked. Raises TooDeep."""
    parts, opened, at, latest = list[str](), list[_Open](), 0, start_ms
    for tag in _TAG.finditer(text):
        parts.append(_plain(text[at : tag.start()]))
        at = tag.end()
        slash, name, rest = tag[1], tag[2].lower(), tag[3]
        if slash:
            parts.append(_closed(opened, name))
        elif name:
            parts.append(_begun(opened, name, rest, remark))
        else:
            moment = timestamps.of_webvtt(rest.strip())
            if moment is not None and latest < moment < end_ms:
                parts.append(f"<{timestamps.written(moment)}>")
                latest = moment
            else:
                remark("a time inside the text was left out")
    parts.append(_plain(text[at:]))
    parts.extend(each.end for each in reversed(opened))
    return _lines("".join(parts))


def _begun(opened: list[_Open], name: str, rest: str, remark: Remark) -> str:
    if len(opened) >= DEEPEST:
        raise TooDeep
    start = _start(opened, name, rest)
    if start is None:
        remark(f"the tag <{name[:20]}> was left out")
        return ""
    opened.append(_Open(name, f"</{name}>" if start else ""))
    return start


def _start(opened: list[_Open], name: str, rest: str) -> str | None:
    """The tag as it is written; empty for one that changes nothing, None for one that is not."""
    classes, _, annotation = " ".join(rest.split("\n")).partition(" ")
    if name in ("b", "i", "u", "ruby"):
        return f"<{name}>"
    if name == "rt":
        return "<rt>" if any(each.name == "ruby" for each in opened) else None
    if name == "c":
        kept = [each for each in classes.split(".") if each in _CLASSES]
        return f"<c.{'.'.join(kept)}>" if kept else ""
    value = " ".join(_plain(annotation).split())
    if name == "v":
        return f"<v {value}>" if value else ""
    if name == "lang":
        return f"<lang {value}>" if _LANGUAGE.fullmatch(value) else ""
    return None


def _closed(opened: list[_Open], name: str) -> str:
    """Ends the tag, and before it those that were forgotten inside."""
    if all(each.name != name for each in opened):
        return ""
    ends = list[str]()
    while True:
        last = opened.pop()
        ends.append(last.end)
        if last.name == name:
            return "".join(ends)


def _plain(text: str) -> str:
    """The text with nothing in it that could be taken for a tag, a time line or a line's end."""
    said = _REFERENCE.sub(lambda found: _CONTROL.sub(" ", html.unescape(found[0])), text)
    if "\n" not in text:
        said = said.replace("\n", " ")
    return html.escape(_CONTROL.sub(" ", said), quote=False)


def _lines(text: str) -> str:
    """Without empty lines, which would end the cue; nothing where only tags are left."""
    if not _TAG.sub("", text).strip():
        return ""
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())
