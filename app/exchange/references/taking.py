"""Taking an item of CSL-JSON apart: each field is taken once, what is left over has no place."""

import re
from dataclasses import dataclass, field
from typing import Any

from app.editing.plain_fields import line, prose
from app.exchange.references.records import Dropped

SHORT = 300
NAMES = 200
PARTS = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix")

_MARKUP = re.compile(r"</?(?:i|b|em|strong|sub|sup|sc|span)(?: [^<>]*)?>", re.IGNORECASE)
"""What CSL-JSON allows in texts, and what registries put there."""

_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&"}


@dataclass
class Taking:
    """An item while it is taken apart. `plain`: its texts hold no markup."""

    left: dict[str, Any]
    plain: bool = False
    read: list[str] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def drop(self, name: str, reason: str) -> None:
        self.dropped.append(Dropped(name, reason))


def text(taking: Taking, name: str, *, longest: int = SHORT) -> str | None:
    """The field on one line."""
    return _taken(taking, name, line, longest)


def long_text(taking: Taking, name: str) -> str | None:
    """The field with its paragraphs."""
    return _taken(taking, name, prose, 20_000)


def names(taking: Taking, name: str) -> list[dict[str, str]]:
    """The names in a field, each in parts or whole."""
    value = taking.left.pop(name, None)
    if value is None:
        return []
    each = value if isinstance(value, list) else [value]
    if len(each) > NAMES:
        taking.drop(name, f"holds {len(each):,} names; the first {NAMES} were read")
    found = [_name(one, taking.plain) for one in each[:NAMES]]
    if None in found:
        taking.drop(name, "holds what is no name, or one that is too long")
    taken = [one for one in found if one]
    if taken:
        taking.read.append(name)
    return taken


def _taken(taking: Taking, name: str, tidy: Any, longest: int) -> str | None:
    value = taking.left.get(name)
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return None
    del taking.left[name]
    found = tidy(value if taking.plain else _without_markup(value))
    if found is None:
        return None
    if len(found) > longest:
        taking.drop(name, f"is longer than {longest:,} characters")
        return None
    taking.read.append(name)
    return str(found)


def _without_markup(text: str) -> str:
    bare = _MARKUP.sub("", text)
    for entity, character in _ENTITIES.items():
        bare = bare.replace(entity, character)
    return bare


def _name(value: Any, plain: bool) -> dict[str, str] | None:
    if isinstance(value, str):
        value = {"literal": value}
    if not isinstance(value, dict):
        return None
    parts = {part: _part(value.get(part), plain) for part in PARTS}
    if value.get("isInstitution") or not (parts["family"] or parts["given"]):
        whole = (value.get(part) for part in ("literal", "name", "family"))
        parts = {"literal": next(filter(None, (_part(each, plain) for each in whole)), None)}
    found = {part: text for part, text in parts.items() if text}
    too_long = any(len(text) > SHORT for text in found.values())
    return None if too_long or not found else found


def _part(value: Any, plain: bool) -> str | None:
    if not isinstance(value, str):
        return None
    return line(value if plain else _without_markup(value))
