"""Moments as clients write them: RFC 3339, with an offset. A number is no moment."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BeforeValidator

_FORM = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
EARLIEST, LATEST = 1000, 9000
"""Years. Nearer to the ends of the calendar a moment may not exist in another time zone."""


def _is_written(value: Any) -> Any:
    if isinstance(value, datetime) or (isinstance(value, str) and _FORM.fullmatch(value)):
        return value
    raise ValueError("Must be written like 2026-11-20T10:00:00Z.")


def _in_utc(moment: datetime) -> datetime:
    if not EARLIEST <= moment.year <= LATEST:
        raise ValueError(f"Must be between the years {EARLIEST} and {LATEST}.")
    return moment.astimezone(UTC)


Moment = Annotated[AwareDatetime, BeforeValidator(_is_written), AfterValidator(_in_utc)]
"""An aware datetime in UTC."""
