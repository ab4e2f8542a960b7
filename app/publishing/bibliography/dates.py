"""Dates of CSL-JSON, from and to EDTF."""

from collections.abc import Mapping
from typing import Any

from app.editing.edtf import bounds, date_parts

OPEN = ".."


def csl_date(edtf: str) -> dict[str, Any]:
    """Of an interval that is open at one end CSL-JSON has only the other."""
    return {"date-parts": date_parts(edtf)}


def edtf(date: Mapping[str, Any] | None) -> str | None:
    """The date-parts as EDTF; None where there are none, or none that make a date."""
    ends = date.get("date-parts") if date else None
    if not isinstance(ends, list) or not 1 <= len(ends) <= 2:
        return None
    written = "/".join(_end(end) for end in ends)
    try:
        bounds(written)
    except ValueError:
        return None
    return written


def _end(parts: Any) -> str:
    """2026-11-20 of [2026, 11, 20] and of ["2026", "11", "20"]."""
    if not isinstance(parts, list):
        return ""
    numbers = [str(part).strip() for part in parts if part not in (None, "")]
    return "-".join(number.zfill(2 if place else 4) for place, number in enumerate(numbers))
