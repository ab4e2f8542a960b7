"""IPTC-IIM, the captions of news agencies since 1991, in the resources of Photoshop."""

import re
from collections.abc import Iterator, Mapping

from app.imaging.wording import decoded

CAPTION, HEADLINE, CREDIT, CREATOR, RIGHTS = 120, 105, 110, 80, 116
KEYWORD, DATE, TIME, LANGUAGE = 25, 55, 60, 135

_RECORDS = 0x0404
_MOST_RESOURCES = 500
_MOST_DATASETS = 2_000
_APPLICATION = 2
_CHARACTERS = (1, 90)
_UTF8 = b"\x1b%G"

_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")
_CLOCK = re.compile(r"(\d\d)(\d\d)(\d\d)(?:([+-]\d\d)(\d\d))?")


def texts(data: bytes) -> dict[int, list[str]]:
    """The datasets of the second record by number; a number can come more than once."""
    found: dict[int, list[str]] = {}
    is_utf8 = False
    for record, number, value in _datasets(_records(data)):
        if (record, number) == _CHARACTERS:
            is_utf8 = value.startswith(_UTF8)
        elif record == _APPLICATION:
            text = value.decode("utf-8", errors="replace") if is_utf8 else decoded(value)
            found.setdefault(number, []).append(text)
    return found


def moment(found: Mapping[int, list[str]]) -> str | None:
    """When the picture was made, as ISO 8601."""
    day = _DAY.fullmatch(found.get(DATE, [""])[0])
    if day is None or day[1] == "0000":
        return None
    date = "-".join(part for part in day.groups() if part != "00")
    clock = _CLOCK.fullmatch(found.get(TIME, [""])[0])
    if clock is None or len(date) != len("2000-01-01"):
        return date
    hour, minute, second, zone, rest = clock.groups()
    return f"{date}T{hour}:{minute}:{second}" + (f"{zone}:{rest}" if zone else "")


def _records(data: bytes) -> bytes:
    """The resource that has them, among those of Photoshop; or the data are they themselves."""
    data = data.removeprefix(b"Photoshop 3.0\0")
    at = 0
    for _ in range(_MOST_RESOURCES):
        if data[at : at + 4] != b"8BIM" or at + 12 > len(data):
            break
        kind = int.from_bytes(data[at + 4 : at + 6])
        named = data[at + 6] + 1
        at += 6 + named + named % 2
        length = int.from_bytes(data[at : at + 4])
        if kind == _RECORDS:
            return data[at + 4 : at + 4 + length]
        at += 4 + length + length % 2
    return data if data[:1] == b"\x1c" else b""


def _datasets(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    for _ in range(_MOST_DATASETS):
        if at + 5 > len(data) or data[at] != 0x1C:
            return
        record, number, length = data[at + 1], data[at + 2], int.from_bytes(data[at + 3 : at + 5])
        if length & 0x8000:  # a length of a length: more than any text has
            return
        yield record, number, data[at + 5 : at + 5 + length]
        at += 5 + length
