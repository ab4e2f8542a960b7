"""Names of BibTeX and BibLaTeX, as CSL-JSON has them."""

import re
from typing import Any

from bibtexparser.middlewares.names import parse_single_name_into_parts

from app.exchange.references import latex
from app.exchange.references.taking import NAMES

_PART = re.compile(r"\s*(family|given|prefix|suffix|useprefix)\s*=\s*", re.IGNORECASE)
_AND = re.compile(r"\\.|[{}]|(?<=\s)and(?=\s)", re.DOTALL | re.IGNORECASE)
_COMMA = re.compile(r"\\.|[{},]", re.DOTALL)
_OTHERS = "others"

Name = dict[str, Any]


def names(field: str) -> list[Name]:
    """Of `A and B`; `and others` is nobody."""
    each = [one.strip() for one in _pieces(field.strip(), _AND)[: NAMES + 1]]
    return [name for one in each if one != _OTHERS and (name := _name(one))]


def _name(written: str) -> Name:
    if _is_whole(written):
        return _kept({"literal": latex.text(written)})
    if _PART.match(written):
        return _in_parts(written)
    parts = parse_single_name_into_parts(written, strict=False)
    return _kept(
        {
            "family": _words(parts.last),
            "given": _words(parts.first),
            "non-dropping-particle": _words(parts.von),
            "suffix": _words(parts.jr),
        }
    )


def _in_parts(written: str) -> Name:
    """`family=…, given=…, prefix=…`, as biber reads them."""
    fields: dict[str, str] = {}
    for piece in _pieces(written, _COMMA):
        if found := _PART.match(piece):
            fields[found[1].lower()] = latex.text(piece[found.end() :].strip().strip('"'))
    prefix = fields.pop("prefix", "")
    dropping = fields.pop("useprefix", "true").lower() == "false"
    return _kept({**fields, f"{'' if dropping else 'non-'}dropping-particle": prefix})


def _is_whole(written: str) -> bool:
    """Whether one pair of braces holds all of it."""
    if not written.startswith("{"):
        return False
    depth = 0
    for mark in _COMMA.finditer(written):
        depth += (mark[0] == "{") - (mark[0] == "}")
        if depth == 0:
            return mark.end() == len(written)
    return False


def _pieces(written: str, marks: re.Pattern[str]) -> list[str]:
    """What stands between these marks, where no braces are around them."""
    depth, start, found = 0, 0, []
    for mark in marks.finditer(written):
        depth += (mark[0] == "{") - (mark[0] == "}")
        if depth == 0 and mark[0][0] not in "\\{}":
            found.append(written[start : mark.start()])
            start = mark.end()
    return [*found, written[start:]]


def _words(words: list[str]) -> str:
    return latex.text(" ".join(words))


def _kept(name: Name) -> Name:
    return {part: text for part, text in name.items() if text}
