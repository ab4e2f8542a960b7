"""The few fields of EXIF that matter to an editor (CIPA DC-008, a TIFF of directories)."""

import re
import struct
from collections.abc import Iterator, Mapping

from app.imaging.wording import decoded

DESCRIPTION, ARTIST, COPYRIGHT = 0x010E, 0x013B, 0x8298
TAKEN, TAKEN_OFFSET = 0x9003, 0x9011

_DETAILS = 0x8769
"""Where the second directory is. The others (GPS, maker's notes, previews) are never read."""
_ASCII, _LONG, _UTF8 = 2, 4, 129
_MOST_ENTRIES = 500
_LONGEST = 100_000

_MOMENT = re.compile(r"(\d{4}):(\d\d):(\d\d)(?:[ T](\d\d:\d\d(?::\d\d)?))?")
_OFFSET = re.compile(r"[+-]\d\d:\d\d|Z")


def texts(data: bytes) -> dict[int, str]:
    """What the fields of the first two directories say; nothing where they cannot be read."""
    data = data.removeprefix(b"Exif\0\0")
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None or len(data) < 8:
        return {}
    found: dict[int, str] = {}
    details = None
    for tag, kind, count, raw in _entries(data, order, struct.unpack_from(f"{order}I", data, 4)[0]):
        if tag == _DETAILS and kind == _LONG:
            details = struct.unpack(f"{order}I", raw)[0]
        _note(found, tag, kind, _value(data, order, count, raw))
    for tag, kind, count, raw in _entries(data, order, details) if details else ():
        _note(found, tag, kind, _value(data, order, count, raw))
    return found


def moment(found: Mapping[int, str]) -> str | None:
    """When it was taken, as ISO 8601; cameras write colons, and blanks or zeros for unknown."""
    match = _MOMENT.match(found.get(TAKEN, ""))
    if match is None or match[1] == "0000":
        return None
    year, month, day, time = match.groups()
    if time is None:
        return f"{year}-{month}-{day}"
    offset = found.get(TAKEN_OFFSET, "")
    return f"{year}-{month}-{day}T{time}{offset if _OFFSET.fullmatch(offset) else ''}"


def _entries(data: bytes, order: str, start: int) -> Iterator[tuple[int, int, int, bytes]]:
    if start + 2 > len(data):
        return
    (count,) = struct.unpack_from(f"{order}H", data, start)
    for number in range(min(count, _MOST_ENTRIES)):
        at = start + 2 + number * 12
        if at + 12 > len(data):
            return
        yield struct.unpack_from(f"{order}HHI4s", data, at)


def _value(data: bytes, order: str, count: int, raw: bytes) -> bytes:
    if count <= 4:
        return raw[:count]
    (start,) = struct.unpack(f"{order}I", raw)
    return data[start : start + min(count, _LONGEST)]


def _note(found: dict[int, str], tag: int, kind: int, value: bytes) -> None:
    if kind in (_ASCII, _UTF8):
        found.setdefault(tag, decoded(value.partition(b"\0")[0]).strip())
