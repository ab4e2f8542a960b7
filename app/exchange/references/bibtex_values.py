"""Values of BibTeX fields: texts in braces or quotes, numbers, abbreviations, joined by `#`."""

import re
from collections.abc import Iterator, Mapping

LONGEST = 100_000
"""Characters of a value. Abbreviations that are made of one another can grow without end."""

_MARKS = re.compile(r'\\.|[{}"#]', re.DOTALL)


def value(raw: str, abbreviations: Mapping[str, str]) -> str | None:
    """Without what encloses it; None where it is too long.

    An abbreviation that nobody explained stands for itself, as the names of months do.
    """
    length, parts = 0, []
    for part in _parts(raw):
        enclosed = part.startswith(("{", '"'))
        text = part[1:-1] if enclosed else abbreviations.get(part.lower(), part)
        length += len(text)
        if length > LONGEST:
            return None
        parts.append(text)
    return "".join(parts)


def _parts(raw: str) -> Iterator[str]:
    depth, quoted, start = 0, False, 0
    for mark in _MARKS.finditer(raw):
        sign = mark[0]
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif sign == '"' and depth == 0:
            quoted = not quoted
        elif sign == "#" and depth == 0 and not quoted:
            yield raw[start : mark.start()].strip()
            start = mark.end()
    yield raw[start:].strip()
