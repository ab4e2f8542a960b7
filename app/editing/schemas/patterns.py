"""Regular expressions of an operator's schema, matched in time linear in the text.

Python's own engine can take for ever over a pattern such as `(a+)+$`. The one inside pydantic
(Rust's) cannot: it has neither look-around nor back-references.
"""

import re
from functools import lru_cache
from math import prod
from typing import Annotated

from pydantic import StringConstraints, TypeAdapter, ValidationError
from pydantic_core import SchemaError

LONGEST = 300
LARGEST = 30_000
"""Characters, times all counts (`{2,5}`) in it: the engine writes counts out, nested ones
multiplied. Ten times more can take seconds for a text of 10,000 characters."""

_COUNT = re.compile(r"\{(\d+)(?:,(\d*))?\}")


class Unusable(ValueError):
    """The pattern cannot be used; the message says why."""


def check(pattern: str) -> None:
    """Raise Unusable where this is not a pattern, or could cost too much."""
    if len(pattern) > LONGEST:
        raise Unusable(f"It is longer than {LONGEST} characters.")
    counts = (max(1, *(int(n) for n in found.groups() if n)) for found in _COUNT.finditer(pattern))
    if len(pattern) * prod(counts) > LARGEST:
        raise Unusable("The counts in it are too high; set maxLength beside the pattern instead.")
    _compiled(pattern)


def matches(pattern: str, text: str) -> bool:
    """Whether the pattern is found anywhere in the text, as JSON Schema has it."""
    try:
        _compiled(pattern).validate_python(text)
    except ValidationError:
        return False
    return True


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> TypeAdapter[str]:
    try:
        return TypeAdapter(Annotated[str, StringConstraints(pattern=pattern)])
    except SchemaError as error:
        reason = str(error).strip().rpartition("\n")[2].rpartition("rror: ")[2]
        raise Unusable(f"It cannot be used as a pattern: {reason.rstrip('.')}.") from None
