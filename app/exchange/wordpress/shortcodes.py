"""Finding shortcodes: the `[name key="value"]…[/name]` that WordPress replaces with something.

As there: names are known beforehand, `[[name]]` is the text `[name]`, and what stands inside HTML
tags and comments is none. Linear in the length of the text, whatever it is.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

LONGEST_TAG = 4_000


@dataclass(frozen=True)
class Shortcode:
    """`values` are what stands in it without a key; `content` is None where it has no end."""

    source: str
    name: str
    attributes: dict[str, str]
    values: tuple[str, ...]
    content: str | None


def split(text: str, names: Collection[str]) -> Iterator[str | Shortcode]:
    """The text and the shortcodes with these names in it, in their order."""
    done = place = 0
    endless: set[str] = set()
    while found := _START.search(text, place):
        start, place = found.start(), found.end()
        if found["html"]:
            place = _end_of_html(text, found, endless)
            continue
        if found["name"].lower() not in names or not (end := _end_of_tag(text, place)):
            continue
        if found["escaped"] and text.startswith("]", end):
            yield text[done:start]
            yield text[start + 1 : end]
            done = place = end + 1
            continue
        start += len(found["escaped"])
        written = text[place : end - 1]
        content, end = _content(text, found["name"], end, written, endless)
        yield text[done:start]
        yield _shortcode(text[start:end], found["name"], written, content)
        done = place = end
    yield text[done:]


def unknown(text: str) -> set[str]:
    """Names of what looks like a shortcode. A word in brackets, as [sic], does not."""
    found: dict[str, bool] = {}
    ended = {end[1] for end in _END.finditer(text)}
    for one in _LIKE_A_SHORTCODE.finditer(text):
        name = one["name"]
        if one["attributes"] or one["alone"] is not None:
            found[name] = True
        elif name not in found:
            found[name] = name in ended
    return {name for name, is_one in found.items() if is_one}


def _end_of_html(text: str, found: re.Match[str], endless: set[str]) -> int:
    sign = "-->" if found["html"] == "<!--" else ">"
    end = -1 if sign in endless else text.find(sign, found.end())
    if end < 0:
        endless.add(sign)
        return found.end()
    return end + len(sign)


def _end_of_tag(text: str, start: int) -> int:
    """Behind the bracket that closes the tag, 0 if none does. Brackets in quotes are text."""
    quote = ""
    first = 0
    for found in _SIGN.finditer(text, start, start + LONGEST_TAG):
        sign, place = found[0], found.start()
        if sign == quote:
            quote = ""
        elif sign == "]":
            first = first or found.end()
            if not quote:
                return found.end()
        elif not quote and sign == "[":
            return 0
        elif not quote and text[place - 1] in "= ":
            quote = sign
    return first


def _content(
    text: str, name: str, end: int, written: str, endless: set[str]
) -> tuple[str | None, int]:
    """What stands between the tag and its end, if it has one; and where all of it ends."""
    if written.endswith("/") or name in endless:
        return None, end
    following = re.compile(rf"\[(?P<ends>/?){re.escape(name)}(?=[\s\]/=:])").search(text, end)
    if following is None:
        endless.add(name)
    elif following["ends"]:
        return text[end : following.start()], following.end() + 1
    return None, end


def _shortcode(source: str, name: str, written: str, content: str | None) -> Shortcode:
    attributes: dict[str, str] = {}
    values = []
    for found in _ATTRIBUTE.finditer(written.strip().rstrip("/").lstrip("=:")):
        value = found["value"].strip("\"'“”″„«»")
        if found["key"]:
            attributes.setdefault(found["key"].lower(), value)
        else:
            values.append(value)
    return Shortcode(source, name.lower(), attributes, tuple(values), content)


_END = re.compile(r"\[/([a-z][a-z0-9_-]{0,40})\]")
_SIGN = re.compile(r"[\[\]\"']")
_START = re.compile(
    r"(?P<html><!--|<[a-zA-Z/])|(?P<escaped>\[?)\[(?P<name>[a-zA-Z][\w-]*)(?=[\s\]/=:])"
)
_ATTRIBUTE = re.compile(
    r"(?:(?P<key>[\w-]+)\s*=\s*)?(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"'=][^\s]*|\S)"
)
_LIKE_A_SHORTCODE = re.compile(
    r"(?<!\[)(?:(?P<alone>(?:^[ \t]*|<p>)(?=\[[a-z0-9_-]+\]\s*(?:$|</p>))))?"
    r"\[(?P<name>[a-z][a-z0-9_-]{0,40})(?P<attributes>\s+[\w-]+=[^\]\[\s][^\]\[]{0,2000})?/?\]",
    re.MULTILINE,
)
