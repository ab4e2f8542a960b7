"""The one JSON reader for everything that comes in (RFC 8259, restricted as by I-JSON, RFC 7493).

What passes can be stored in PostgreSQL, written out again and read by any other parser with the
same meaning. The cost is bounded before anything is built: about 10 ms per MB for the worst body.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from app.errors import Fault, Invalid, MastheadError
from app.web.pointers import Parts, pointer
from app.web.refusals import Malformed

LARGEST_INTEGER = 2**53 - 1
"""Beyond it JavaScript, and so many a client, silently reads another number."""

_FAULTS_NAMED = 50


@dataclass(frozen=True)
class Limits:
    """`depth`: objects and arrays within one another; `values`: of all kinds, in the whole body;
    `members`: of one object."""

    depth: int = 32
    values: int = 200_000
    members: int = 1_000


DEFAULT = Limits()


def read(body: bytes, *, limits: Limits = DEFAULT) -> Any:
    """The content as plain dict, list, str, int, float, bool and None.

    Raises Malformed (400) where it is not JSON or its size is a trick; Invalid (422), naming every
    place, where a number or a string cannot be kept as it is.
    """
    if _values_exceed(body, limits.values):
        raise Malformed(f"There are more than {limits.values:,} values in it.")
    content = _parse(body)
    # NUL and surrogates can only come as escapes: raw they are refused by the parser and by UTF-8.
    suspect = b"\\u0000" in body or b"\\ud" in body or b"\\uD" in body
    if not _is_plain(content, limits) or suspect:
        wrong = list(islice(_wrong_places(content, ()), _FAULTS_NAMED))
        faults = [fault for _, fault in wrong]
        if any(kind is Malformed for kind, _ in wrong):
            raise Malformed("A member appears twice in one object.", faults=faults)
        if faults:
            raise Invalid("Values in the body cannot be kept as they are.", faults=faults)
    return content


def _values_exceed(body: bytes, limit: int) -> bool:
    """Whether there are more values than `limit`, found without building any of them."""
    if _most_values(body) <= limit:
        return False
    bare = body.replace(rb"\\", b"").replace(rb"\"", b"")
    if bare.count(b'"') > 4 * limit:
        return True
    outside = b'"'.join(bare.split(b'"')[::2]).translate(None, b" \t\r\n")
    return _most_values(outside) - outside.count(b"[]") - outside.count(b"{}") > limit


def _most_values(body: bytes) -> int:
    return 1 + body.count(b",") + body.count(b"[") + body.count(b"{")


def _parse(body: bytes) -> Any:
    try:
        return _DECODER.decode(body.decode())
    except UnicodeDecodeError as error:
        raise Malformed(f"The byte at offset {error.start} is not UTF-8.") from None
    except json.JSONDecodeError as error:
        if error.doc.startswith("\ufeff"):
            raise Malformed("It begins with a byte order mark; send it without.") from None
        where = f"line {error.lineno}, column {error.colno}"
        raise Malformed(f"{error.msg.removesuffix(' at')}: {where}.") from None
    except RecursionError:
        raise Malformed("It is nested far too deep.") from None


class _Doubled(dict[str, Any]):
    """An object in which members appear twice, kept until its place is known."""

    names: list[str]


class _TooLarge:
    """Stands where an integer was that is too large."""


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    doubled = _Doubled(members)
    doubled.names = [name for name, times in Counter(n for n, _ in pairs).items() if times > 1]
    return doubled


def _integer(digits: str) -> int | _TooLarge:
    if len(digits) > len(str(-LARGEST_INTEGER)):
        return _TooLarge()
    number = int(digits)
    return number if -LARGEST_INTEGER <= number <= LARGEST_INTEGER else _TooLarge()


def _constant(name: str) -> None:
    raise Malformed(f"{name} is not JSON.")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_members, parse_int=_integer, parse_constant=_constant
)


def _is_plain(content: Any, limits: Limits) -> bool:
    """Whether all values (but not the text of strings) are fit. Level by level, for speed."""
    plain = True
    depth = 0
    level = [content]
    while level:
        deeper: list[Any] = []
        for value in level:
            kind = type(value)
            if kind is str or kind is int or kind is bool or value is None:
                continue
            if kind is float:
                plain = plain and -LARGEST_INTEGER <= value <= LARGEST_INTEGER
            elif kind is list:
                deeper.append(value)
            elif isinstance(value, dict):
                if len(value) > limits.members:
                    raise Malformed(f"An object has more than {limits.members:,} members.")
                deeper.append(value.values())
                plain = plain and kind is dict
            else:
                plain = False
        depth += 1
        if deeper and depth > limits.depth:
            raise Malformed(f"It is nested deeper than {limits.depth} levels.")
        level = [value for container in deeper for value in container]
    return plain


def _wrong_places(value: Any, parts: Parts) -> Iterator[tuple[type[MastheadError], Fault]]:
    if isinstance(value, dict):
        for name in getattr(value, "names", ()):
            yield Malformed, Fault("It appears more than once.", pointer=pointer((*parts, name)))
        for name, member in value.items():
            if problem := _wrong_text(name):
                yield Invalid, Fault(f"The name of a member {problem}", pointer=pointer(parts))
            yield from _wrong_places(member, (*parts, name))
    elif isinstance(value, list):
        for index, element in enumerate(value):
            yield from _wrong_places(element, (*parts, index))
    elif problem := _wrong_text(value) if isinstance(value, str) else _wrong_number(value):
        yield Invalid, Fault(f"It {problem}", pointer=pointer(parts))


def _wrong_text(text: str) -> str | None:
    if "\0" in text:
        return "holds the character U+0000, which no database keeps."
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return "holds half of a surrogate pair, which is not a character."
    return None


def _wrong_number(value: Any) -> str | None:
    # PostgreSQL writes 1e20 out as an integer: it would not be what came in.
    if isinstance(value, _TooLarge) or (isinstance(value, float) and abs(value) > LARGEST_INTEGER):
        return f"is a number beyond ±{LARGEST_INTEGER}."
    return None
