"""Citations as RIS: one tag on each line, in UTF-8, with the line ends that the format asks for."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.editing.csl import CONTRIBUTORS
from app.editing.plain_fields import line
from app.publishing.bibliography.csl import LEGAL
from app.publishing.bibliography.custom import own
from app.publishing.bibliography.dates import OPEN, edtf
from app.publishing.bibliography.entries import items
from app.publishing.bibliography.hints import hints
from app.publishing.bibliography.keys import keys
from app.publishing.bibliography.listed import Listed
from app.publishing.bibliography.names import CslName
from app.publishing.bibliography.ris_words import SOUND, TYPES, VIDEO

Item = Mapping[str, Any]

END = "\r\n"
PEOPLE = {"author": "AU", "editor": "A2", "collection-editor": "A3", "translator": "A4"}
PLAIN = {
    "title": "TI",
    "original-title": "OP",
    "container-title": "T2",
    "event-title": "T3",
    "publisher": "PB",
    "volume": "VL",
    "section": "SE",
    "edition": "ET",
    "ISSN": "SN",
    "ISBN": "SN",
    "DOI": "DO",
    "URL": "UR",
    "language": "LA",
    "genre": "M3",
    "note": "N1",
}


def write(listed: Listed) -> bytes:
    return written(items(listed)).encode()


def written(items: list[dict[str, Any]]) -> str:
    """CSL-JSON items as records."""
    return "".join(_record(item, key) + END for item, key in zip(items, keys(items), strict=True))


def _record(item: Item, key: str) -> str:
    tags = [("TY", _type(item)), ("ID", key), *_tags(item)]
    # On one line each: a line end in a value would begin a tag of its own.
    lines = (f"{tag}  - {text}{END}" for tag, value in tags if (text := line(value)))
    return "".join(lines) + f"ER  - {END}"


def _type(item: Item) -> str:
    kind = own(item, "kind")
    if kind in SOUND:
        return "SOUND"
    return "VIDEO" if kind in VIDEO else TYPES.get(item["type"], "GEN")


def _tags(item: Item) -> Iterator[tuple[str, str]]:
    for role, tag in PEOPLE.items():
        yield from ((tag, _name(name)) for name in item.get(role, []))
    for field, tag in PLAIN.items():
        yield tag, str(item.get(field, ""))
    if item["type"] in LEGAL:
        yield "PB", item.get("authority", "")
    yield "CY", item.get("publisher-place") or item.get("event-place") or ""
    yield "IS" if "issue" in item else "M1", str(item.get("issue") or item.get("number") or "")
    yield from _pages(str(item.get("page", "")))
    yield from _dates(item)
    for role in CONTRIBUTORS:
        if role not in PEOPLE:
            yield from (("N1", f"{role}: {_name(name)}") for name in item.get(role, []))
    yield from (("KW", hint) for hint in hints(item))


def _name(name: CslName) -> str:
    """Family, given, suffix. A comma at the end says that it is one whole name."""
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name.get("family"))))
    given = " ".join(filter(None, (name.get("given"), name.get("dropping-particle"))))
    parts = [part for part in (family, given, name.get("suffix")) if part]
    return ", ".join(parts) if len(parts) > 1 else f"{name.get('literal') or parts[0]},"


def _pages(pages: str) -> Iterator[tuple[str, str]]:
    first, dash, last = pages.replace("–", "-").partition("-")
    if dash and first.strip() and last.strip() and "-" not in last:
        yield "SP", first
        yield "EP", last
    else:
        yield "SP", pages


def _dates(item: Item) -> Iterator[tuple[str, str]]:
    """Year/month/day/and what else there is to say: where an interval ends."""
    issued = own(item, "issued") or edtf(item.get("issued"))
    if issued:
        first, _, last = issued.partition("/")
        known = last if first == OPEN else first
        yield "PY", known[:4]
        yield "DA", _day(known) + _span(first, last)
    if accessed := edtf(item.get("accessed")):
        yield "Y2", _day(accessed.partition("/")[0])


def _span(first: str, last: str) -> str:
    if first == OPEN:
        return "until"
    return "since" if last == OPEN else last and f"to {last}"


def _day(edtf: str) -> str:
    year, month, day = [*edtf.split("-"), "", ""][:3]
    return f"{year}/{month}/{day}/"
