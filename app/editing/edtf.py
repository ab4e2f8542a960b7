"""Dates as far as they are known: level 0 of EDTF (ISO 8601-2), and its intervals.

2026, 2026-11, 2026-11-20, 2026-11-20/2026-11-22, 2026-11/.., ../2026.
"""

import calendar
import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def bounds(edtf: str) -> tuple[date | None, date | None]:
    """The first and the last day that it may mean; None where an interval is open.

    Raises ValueError for what is no such date, or an interval that ends before it begins.
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        return _days(first)
    if first == last == "..":
        raise ValueError("an interval without any end")
    begin = None if first == ".." else _days(first)[0]
    end = None if last == ".." else _days(last)[1]
    if begin and end and end < begin:
        raise ValueError("the interval ends before it begins")
    return begin, end


def date_parts(edtf: str) -> list[list[int]]:
    """As CSL-JSON has it: one list of numbers, or two for a closed interval."""
    return [
        [int(part) for part in end.split("-")] for end in edtf.split("/") if end and end != ".."
    ]


def _days(text: str) -> tuple[date, date]:
    found = _DATE.fullmatch(text)
    if not found:
        raise ValueError("not a date")
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


def _checked(text: str) -> str:
    try:
        bounds(text)
    except ValueError:
        raise PydanticCustomError(
            "edtf", "Must be a date as 2026, 2026-11, 2026-11-20 or 2026-11-20/2026-11-22."
        ) from None
    return text


Edtf = Annotated[
    str,
    Field(max_length=21, examples=["2026-11-20"], description="EDTF, level 0"),
    AfterValidator(_checked),
]


def _is_written(value: Any) -> Any:
    if isinstance(value, date) or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise PydanticCustomError("day", "Must be a day as 2026-11-20.")


Day = Annotated[date, BeforeValidator(_is_written)]
"""One day that is known: neither a number nor a moment is one."""
