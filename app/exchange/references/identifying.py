"""What an item can be found by: its address, and its numbers in schemes of their own."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic_core import PydanticCustomError

from app.editing.urls import Refused, web_url
from app.editing.works import identifiers
from app.exchange.references.taking import Taking, text
from app.published import standard_ids
from app.publishing.bibliography.custom import own

IN_BOOKS = frozenset(
    {"chapter", "entry", "entry-dictionary", "entry-encyclopedia", "paper-conference"}
)
"""Their ISBN is that of the book, which others share."""

MOST = 30

_BETWEEN = re.compile(r"[\s,;]+")
_SCHEME = re.compile(identifiers.SCHEME)

Check = Callable[[str], str | None]


def url(taking: Taking) -> str | None:
    given = text(taking, "URL", longest=4_096)
    stored = stored_url(given) if given else None
    if given and stored is None:
        taking.drop("URL", "is no address on the web")
    return stored


def stored_url(url: str) -> str | None:
    try:
        return web_url(url)
    except Refused:
        return None


def named(taking: Taking, item: Mapping[str, Any], csl_type: str) -> list[dict[str, str]]:
    """DOI, ISBN and the like, as the desk takes them."""
    found = [("doi", value) for value in numbers(taking, "DOI", standard_ids.doi)]
    found += [("pmid", value) for value in numbers(taking, "PMID", standard_ids.pmid)]
    if csl_type not in IN_BOOKS:
        found += [("isbn", value) for value in numbers(taking, "ISBN", standard_ids.isbn)]
    if pmcid := text(taking, "PMCID", longest=200):
        found.append(("pmcid", pmcid))
    found += _ours(item)
    return [{"scheme": scheme, "value": value} for scheme, value in dict.fromkeys(found)][:MOST]


def numbers(taking: Taking, name: str, check: Check) -> list[str]:
    """Those in a field, each in its one spelling. A field that holds anything else stays."""
    value = taking.left.get(name)
    listed = value if isinstance(value, list) else [value]
    written = [each for each in listed if isinstance(each, str) and len(each) <= 1_000]
    if not written or len(written) < len(listed):
        return []
    whole = [check(each) for each in written]
    if None in whole:
        whole = [check(part) for each in written for part in _BETWEEN.split(each.strip())]
    found = [number for number in whole if number]
    if len(found) < len(whole):
        taking.drop(name, "holds a number that is none")
        return []
    del taking.left[name]
    taking.read.append(name)
    return found


def _ours(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Those that CSL-JSON has no field for, from items that we wrote."""
    others = own(item, "identifiers")
    for scheme, values in others.items() if isinstance(others, dict) else ():
        for value in values if isinstance(values, list) else ():
            if isinstance(value, str) and 1 <= len(value) <= 200 and _SCHEME.fullmatch(scheme):
                try:
                    yield scheme, identifiers.normal(scheme, value)
                except PydanticCustomError:
                    continue
