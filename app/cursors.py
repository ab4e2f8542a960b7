"""Keyset cursors: where a list goes on, as text that only this list understands.

Opaque to clients, so that the order of a list may be changed. Not secret and not proof of anything:
whoever decodes gets values of the kinds that were asked for, and nothing else is promised.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson

from app.errors import Fault, Invalid

Value = str | int | datetime | UUID

LONGEST = 2000
"""Characters of a cursor: a URL must have room for it."""

_VERSION = b"\x01"
_CHECK_BYTES = 6
_FORM = re.compile(r"[A-Za-z0-9_-]+")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_BIGINT = 2**63


def encode(values: Sequence[Value], *, kind: str) -> str:
    """The cursor behind a row with these values in its order columns.

    `kind` names the list with everything that decides its order and its filter. Datetimes are
    aware. Raises ValueError for values that no cursor can carry.
    """
    payload = _payload([_plain(value) for value in values])
    cursor = _VERSION + _check(kind, payload) + payload
    text = base64.urlsafe_b64encode(cursor).rstrip(b"=").decode()
    if len(text) > LONGEST:
        raise ValueError("the values are too long for a cursor")
    return text


def decode(
    text: str, *, kind: str, shape: Sequence[type[Value]] | None = None
) -> tuple[Any, ...]:  # fmt: skip
    """The values of a cursor that `encode` made for the same kind; else Invalid, naming `cursor`.

    `shape` says which type each value must have; without it any number of str and int may come.
    """
    try:
        values = _values(text, kind)
        return values if shape is None else _shaped(values, shape)
    except (ValueError, OverflowError):
        fault = Fault("It is not a cursor of this list; begin without one.", parameter="cursor")
        raise Invalid("The list cannot go on from there.", faults=[fault]) from None


def _values(text: str, kind: str) -> tuple[str | int, ...]:
    if len(text) > LONGEST or not _FORM.fullmatch(text):
        raise ValueError
    cursor = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    check, payload = cursor[1 : 1 + _CHECK_BYTES], cursor[1 + _CHECK_BYTES :]
    if cursor[:1] != _VERSION or check != _check(kind, payload):
        raise ValueError
    values = orjson.loads(payload)
    if not isinstance(values, list) or not all(_is_sound(value) for value in values):
        raise ValueError
    # One cursor, one spelling: cases that decode alike (stray bits, other JSON) are no cursors.
    if _payload(values) != payload or encode(values, kind=kind) != text:
        raise ValueError
    return tuple(values)


def _is_sound(value: object) -> bool:
    if type(value) is int:
        return -_BIGINT <= value < _BIGINT
    return isinstance(value, str) and "\0" not in value


def _payload(values: Sequence[str | int]) -> bytes:
    try:
        return orjson.dumps(values)
    except TypeError as error:
        raise ValueError("text that is not Unicode") from error


def _plain(value: Value) -> str | int:
    plain: str | int
    if isinstance(value, datetime):
        plain = (value - _EPOCH) // _MICROSECOND
    else:
        plain = str(value) if isinstance(value, UUID) else value
    if not _is_sound(plain):
        raise ValueError("a value that PostgreSQL cannot hold")
    return plain


def _check(kind: str, payload: bytes) -> bytes:
    spelled = kind.encode()
    head = len(spelled).to_bytes(4, "big") + spelled
    return hashlib.blake2b(head + payload, digest_size=_CHECK_BYTES).digest()


def _shaped(values: Sequence[str | int], shape: Sequence[type[Value]]) -> tuple[Value, ...]:
    return tuple(_READERS[kind](value) for kind, value in zip(shape, values, strict=True))


def _text(value: str | int) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value


def _number(value: str | int) -> int:
    if not isinstance(value, int):
        raise ValueError
    return value


def _id(value: str | int) -> UUID:
    found = UUID(_text(value))
    if str(found) != value:
        raise ValueError
    return found


def _moment(value: str | int) -> datetime:
    return _EPOCH + _number(value) * _MICROSECOND


_READERS: dict[type[Value], Callable[[str | int], Value]] = {
    str: _text,
    int: _number,
    UUID: _id,
    datetime: _moment,
}
