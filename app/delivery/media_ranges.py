"""Which bytes of a file a request asks for (RFC 9110 §14).

One range is answered. A list of several is answered with the whole file, as §14.2 lets us: players
ask for one, and such lists have been a way to keep servers busy without end.
"""

import re
from typing import NamedTuple

from app.web.answers import Head
from app.web.refusals import RangeNotSatisfiable

_SINGLE = re.compile(rb"[ \t]*bytes=[ \t,]*(\d*)-(\d*)[ \t,]*", re.IGNORECASE)
_DIGITS = 18
"""No file is longer than a number of so many."""


class Span(NamedTuple):
    """Both included."""

    first: int
    last: int


def asked_for(head: Head, etag: bytes, size: int) -> Span | None:
    """The part of a file of this size that is wanted; None for all of it.

    What is no range, or of another unit, counts for nothing, nor does one with an If-Range that
    does not name this very file. Raises RangeNotSatisfiable for one that lies behind the end.
    """
    found = _SINGLE.fullmatch(head.get(b"range", b""))
    if found is None or not size or head.get(b"if-range", etag).strip() != etag:
        return None
    first, last = (_number(part) for part in found.groups())
    if first is None:
        return None if last is None else _suffix(last, size)
    if last is not None and last < first:
        return None
    if first >= size:
        raise _behind(size)
    return Span(first, size - 1 if last is None else min(last, size - 1))


def _suffix(length: int, size: int) -> Span:
    if not length:
        raise _behind(size)
    return Span(max(0, size - length), size - 1)


def _number(digits: bytes) -> int | None:
    if not digits:
        return None
    significant = digits.lstrip(b"0")
    return int(significant or b"0") if len(significant) <= _DIGITS else 10**_DIGITS


def _behind(size: int) -> RangeNotSatisfiable:
    error = RangeNotSatisfiable(f"The file has {size} bytes.")
    error.headers = {"Content-Range": f"bytes */{size}"}
    return error
