"""Conditional requests: ETags, If-None-Match, If-Match (RFC 9110 §8.8, §13).

Headers and tags may be str or bytes (both of one kind), so that no lane has to convert.
"""

import base64
import hashlib
import re
from typing import AnyStr

from app.errors import Fault, Invalid, PreconditionMissing, Stale

# Possessive, so that a header of commas and blanks is read once and not in every way there is.
_TAG = re.compile(r'(?:[ \t]*+,)*+[ \t]*+(W/)?("[\x21\x23-\x7e\x80-\xff]*+")[ \t]*+(?=,|$)')
_END = re.compile(r"[ \t,]*+")
_LONGEST_DATE = 40


def etag_of(body: bytes) -> str:
    """The strong ETag of exactly these bytes, with its quotes: 128 bits of their SHA-256."""
    digest = hashlib.sha256(body).digest()[:16]
    return f'"{base64.urlsafe_b64encode(digest).rstrip(b"=").decode()}"'


def matches(if_none_match: AnyStr, etag: AnyStr) -> bool:
    """Whether the client has this already: weak comparison, lists and `*` (§13.1.2).

    A header that cannot be read matches nothing: the client gets the whole answer.
    """
    if if_none_match == etag:
        return True
    header, current = _text(if_none_match), _text(etag)
    if header.strip() == "*":
        return True
    tags = _tags(header)
    return tags is not None and current.removeprefix("W/") in (tag for _, tag in tags)


def require_match(if_match: AnyStr | None, etag: AnyStr) -> None:
    """Let a write pass only if its author has seen the present state: strong comparison (§13.1.1).

    Raises PreconditionMissing without the header, Stale when the state is another one, Invalid for
    a header that is no list of ETags. `*` passes: its author asks for it by name.
    """
    if if_match is None:
        raise PreconditionMissing("Send If-Match with the ETag of the state you have read.")
    if if_match == etag:
        return
    header = _text(if_match)
    if header.strip() == "*":
        return
    tags = _tags(header)
    if tags is None:
        fault = Fault('It is no list of ETags; they are written with their quotes: "…".',
                      header="If-Match")  # fmt: skip
        raise Invalid("If-Match cannot be read.", faults=[fault])
    if (False, _text(etag)) in tags:
        return
    if (True, _text(etag)) in tags:
        raise Stale(
            'If-Match holds a weak ETag (W/"…"), which never allows a write; a proxy that '
            'compresses may have weakened it. Send it without the "W/".'
        )
    raise Stale("The state you have read is no longer the present one. Read it again.")


def _tags(header: str) -> list[tuple[bool, str]] | None:
    """The tags of a list, each with whether it is weak; None where the header is not a list."""
    tags: list[tuple[bool, str]] = []
    end = 0
    while found := _TAG.match(header, end):
        tags.append((found[1] is not None, found[2]))
        end = found.end()
    return tags if tags and _END.fullmatch(header, end) else None


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("latin-1")
