"""Dates as people and formats write them, as EDTF."""

import re

from app.editing.edtf import bounds

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_NUMBERS = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ].*|/*)", re.ASCII)
_DAY_FIRST = re.compile(r"(?:(\d{1,2})\.? )?([A-Za-z]{3,9})\.?,? (\d{4})", re.ASCII)
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})", re.ASCII)


def edtf(text: str) -> str | None:
    """Of an EDTF date, 2026/11/20, 20 November 2026 or November 20, 2026; None of all else.

    Months are read in English, and by their numbers where the year comes first.
    """
    text = text.strip()[:100]
    if sound(text):
        return text
    if found := _NUMBERS.fullmatch(text):
        return joined(*found.groups())
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
        return joined(year, month_number(month), day) if month_number(month) else None
    if found := _MONTH_FIRST.fullmatch(text):
        month, day, year = found.groups()
        return joined(year, month_number(month), day) if month_number(month) else None
    return None


def joined(year: str, month: str | None = None, day: str | None = None) -> str | None:
    """The date of these numbers, as far as they are there and not 0."""
    numbers = [year.zfill(4)]
    for number in (month, day):
        if not number or not number.strip("0"):
            break
        numbers.append(number.zfill(2))
    written = "-".join(numbers)
    return written if sound(written) else None


def month_number(text: str) -> str | None:
    """11 of November, nov and 11."""
    if text.isascii() and text.isdigit():
        return text
    start = text[:3].lower()
    return str(MONTHS.index(start) + 1) if start in MONTHS else None


def sound(edtf: str) -> bool:
    try:
        bounds(edtf)
    except ValueError:
        return False
    return True
