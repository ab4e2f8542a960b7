"""The values of `format` that are checked; a schema cannot name another."""

import re
from datetime import date, datetime
from typing import Any

from jsonschema import FormatChecker
from pydantic import TypeAdapter
from pydantic_core import Url

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?"
    r"(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]{1,63}(?:\.[^@\s.]{1,63})+")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_URL = TypeAdapter(Url)

CHECKER = FormatChecker(formats=())


@CHECKER.checks("date", raises=ValueError)
def _is_date(value: Any) -> bool:
    if not isinstance(value, str):
        return True
    return bool(_DATE.fullmatch(value) and date.fromisoformat(value))


@CHECKER.checks("date-time", raises=ValueError)
def _is_date_time(value: Any) -> bool:
    if not isinstance(value, str):
        return True
    return bool(_DATE_TIME.fullmatch(value) and datetime.fromisoformat(value.upper()))


@CHECKER.checks("email")
def _is_email(value: Any) -> bool:
    return not isinstance(value, str) or bool(_EMAIL.fullmatch(value))


@CHECKER.checks("uri", raises=ValueError)
def _is_uri(value: Any) -> bool:
    return not isinstance(value, str) or bool(_URL.validate_python(value))


@CHECKER.checks("uuid")
def _is_uuid(value: Any) -> bool:
    return not isinstance(value, str) or bool(_UUID.fullmatch(value))


KNOWN = frozenset(CHECKER.checkers)
