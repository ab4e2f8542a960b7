"""The day of a publication, from the many ways in which pages write it."""

import re
from datetime import date

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T|$)", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?\s+([^\W\d]{3,})\.?,?\s+(\d{4})(?!\d)")
_MONTH_FIRST = re.compile(r"([^\W\d]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_YEAR = re.compile(r"\d{4}", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EARLIEST, _LATEST = 1450, 2200
_BEGINNING = 60
"""Characters among which a date in words may stand."""


def edtf(text: str) -> str | None:
    """As EDTF: 2026-11-20, 2026-11 or 2026. None where no date begins the text.

    The day is the one that the page writes, in its own time zone. 3/4/2026 is not read: it means
    two days.
    """
    text = text.strip()
    if found := _ISO.match(text) or _COMPACT.match(text):
        return _day(int(found[1]), int(found[2]), int(found[3]) if found[3] else None)
    if found := _DAY_FIRST.search(text[:_BEGINNING]):
        return _day(int(found[3]), _month(found[2]), int(found[1]))
    if found := _MONTH_FIRST.search(text[:_BEGINNING]):
        return _day(int(found[3]), _month(found[1]), int(found[2]))
    if _YEAR.fullmatch(text) and _EARLIEST <= int(text) <= _LATEST:
        return text
    return None


def first_in(text: str) -> str | None:
    """The first date with a day anywhere in the text."""
    days = [
        (found.start(), day)
        for form in (_ISO, _DAY_FIRST, _MONTH_FIRST)
        for found in form.finditer(text)
        if (day := edtf(found[0])) and len(day) == len("2026-11-20")
    ]
    return min(days)[1] if days else None


def _month(name: str) -> int:
    """0 for what is no month's name in English."""
    return next((n for n, short in enumerate(_MONTHS, 1) if name.lower().startswith(short)), 0)


def _day(year: int, month: int, day: int | None) -> str | None:
    try:
        found = date(year, month, day or 1)
    except ValueError:
        return None
    if not _EARLIEST <= year <= _LATEST:
        return None
    return found.isoformat() if day else found.isoformat()[:7]
