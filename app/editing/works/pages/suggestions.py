"""What is suggested for a field, and where it was found: the best guess first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Found:
    """`source` is where: `og:title`, `json-ld`, `link rel=canonical`, `domain`, …"""

    field: str
    value: Any
    source: str


Suggestions = dict[str, list[Found]]

MOST = 10
"""Suggestions for one field."""


def gathered(found: Iterable[Found]) -> Suggestions:
    """By field, in their order. What several places say alike is told once, of the first."""
    suggestions = Suggestions()
    for each in found:
        known = suggestions.setdefault(each.field, [])
        if len(known) < MOST and all(other.value != each.value for other in known):
            known.append(each)
    return suggestions


def best(suggestions: Suggestions, field: str) -> Any:
    """The first guess; None where there is none."""
    return suggestions[field][0].value if suggestions.get(field) else None
