"""The dates of an item, and how long it runs."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from app.exchange.references import day_texts
from app.exchange.references.taking import Taking
from app.publishing.bibliography.custom import own

_RUNNING = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})", re.ASCII)


def taken(taking: Taking, item: Mapping[str, Any]) -> dict[str, Any]:
    """When it was issued and when it was looked at."""
    issued, exact = edtf(taking, "issued"), own(item, "issued")
    if isinstance(exact, str) and day_texts.sound(exact):
        issued = exact
    before = taking.left.get("accessed")
    accessed = edtf(taking, "accessed")
    looked_at = day(accessed)
    if accessed and looked_at is None:
        taking.drop("accessed", "is no single day")
        taking.left["accessed"] = before
    return {"issued": issued, "accessed_on": looked_at}


def edtf(taking: Taking, name: str) -> str | None:
    """The date in a field. One that cannot be read stays where it is."""
    value = taking.left.get(name)
    if value is None:
        return None
    found = day_texts.edtf(value) if isinstance(value, str) else None
    if isinstance(value, Mapping):
        found = _in_parts(value.get("date-parts"))
        texts = (value.get(part) for part in ("raw", "literal"))
        found = found or next(
            filter(None, (day_texts.edtf(each) for each in texts if isinstance(each, str))), None
        )
        vague = [part for part in ("circa", "season") if value.get(part)]
        if found and vague:
            taking.drop(name, f"is {vague[0]}: only the date was read")
    if found is None:
        if value not in ({}, {"date-parts": [[None]]}):
            taking.drop(name, "is no date that can be read")
        return None
    del taking.left[name]
    taking.read.append(name)
    return found


def day(edtf: str | None) -> date | None:
    try:
        return date.fromisoformat(edtf) if edtf else None
    except ValueError:
        return None


def duration(taking: Taking) -> int | None:
    """Seconds, where the dimensions are a running time: 1:02:03 or 2:03."""
    value = taking.left.get("dimensions")
    found = _RUNNING.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    del taking.left["dimensions"]
    taking.read.append("dimensions")
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return (hours * 60 + minutes) * 60 + seconds


def _in_parts(ends: Any) -> str | None:
    if not isinstance(ends, list) or not 1 <= len(ends) <= 2:
        return None
    days = [_end(end) for end in ends]
    written = "/".join(each for each in days if each)
    return written if None not in days and day_texts.sound(written) else None


def _end(parts: Any) -> str | None:
    if not isinstance(parts, list) or not 1 <= len(parts) <= 3:
        return None
    year, *rest = (str(part).strip() for part in parts)
    return day_texts.joined(year, *rest) if year.isascii() and year.isdigit() else None
