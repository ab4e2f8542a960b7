"""The values of query parameters: each in one spelling only, so that `1e1` is no limit."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, WithJsonSchema

USUAL_LIMIT, MOST_ON_A_PAGE = 20, 100

UUID_FORM = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def spelled(pattern: str, wrong: str) -> BeforeValidator:
    """Refuses any text in another form, saying what is wrong."""
    form = re.compile(pattern)

    def check(text: Any) -> Any:
        if isinstance(text, str) and not form.fullmatch(text):
            raise ValueError(wrong)
        return text

    return BeforeValidator(check)


def either(words: Sequence[str]) -> str:
    """The pattern of one of these words."""
    return f"({'|'.join(words)})"


def one_of(words: Sequence[str]) -> BeforeValidator:
    return spelled(either(words), f"Must be one of {', '.join(words)}.")


def documented_as(pattern: str) -> Any:
    """Tells clients the form, which `spelled` checks."""
    return Field(json_schema_extra={"pattern": f"^{pattern}$"})


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("Too far from now.") from None


_LANGUAGE = "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"

Name = Annotated[str, Field(min_length=1, max_length=400)]
Limit = Annotated[int, spelled("[0-9]{1,4}", "Must be a number.")]
Truth = Annotated[bool, spelled("true|false", "Must be true or false.")]
Language = Annotated[str, Field(pattern=f"^{_LANGUAGE}$", max_length=35)]
Id = Annotated[
    str,
    spelled(UUID_FORM, "Must be an id: a UUID in lower case."),
    Field(json_schema_extra={"format": "uuid"}),
]
Moment = Annotated[
    AwareDatetime,
    spelled(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)",
        "Must be written like 2026-11-20T00:00:00Z.",
    ),
    AfterValidator(_in_utc),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
