"""Keys by which authors cite: `okafor2026harbour`. They depend on the item alone where they can."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any

from app.publishing.bibliography.names import family_of

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9:._-]{0,79}")
_WORD = re.compile(r"[a-z0-9]+")
_EMPTY = frozenset(
    {"a", "an", "and", "at", "das", "der", "des", "die", "for", "from", "how", "in", "la", "le",
     "les", "of", "on", "the", "to", "un", "une", "und", "what", "when", "why", "with"}
)  # fmt: skip

Item = Mapping[str, Any]


def keys(items: Iterable[Item]) -> list[str]:
    """One for each. Of two that would have the same, the later one adds a part of its id."""
    given: dict[str, None] = {}
    for item in items:
        free = (key for key in _candidates(item) if key not in given)
        given[next(free)] = None
    return list(given)


def _candidates(item: Item) -> Iterator[str]:
    wanted, identity = _wanted(item), "".join(_WORD.findall(str(item["id"])))
    yield wanted
    yield from (f"{wanted}-{identity[:length]}" for length in range(6, len(identity) + 1))
    yield from (f"{wanted}-{number}" for number in count(2))


def _wanted(item: Item) -> str:
    own = item.get("citation-key")
    if isinstance(own, str) and _KEY.fullmatch(own):
        return own
    author = next((family_of(name) for name in item.get("author", [])), "")
    issuers = (item.get(field, "") for field in ("container-title", "publisher", "authority"))
    who = next(filter(None, map(_first, (author, *issuers))), "anonymous")
    year = str(item.get("issued", {}).get("date-parts", [[""]])[0][0])
    return who + year + _first(item.get("title", ""))


def _first(text: str) -> str:
    """Its first word that says something, in ASCII."""
    words = _WORD.findall(_plain(text))
    return next((word for word in words if word not in _EMPTY), "")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
