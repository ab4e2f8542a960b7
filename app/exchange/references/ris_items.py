"""A record of RIS as an item of CSL-JSON."""

import re
from typing import Any

from app.editing.csl import CONTRIBUTORS
from app.exchange.references import ris_dates
from app.exchange.references.ris_lines import Record
from app.exchange.references.ris_names import Name, name
from app.exchange.references.ris_words import NAMES_OF_TYPES, PEOPLE, TEXTS, TYPES
from app.published import standard_ids
from app.publishing.bibliography.csl import EVENTS, LEGAL, PERIODICAL
from app.publishing.bibliography.custom import custom
from app.publishing.bibliography.hints import Hinted, hinted

BOOKS = frozenset({"BOOK", "CLSWK", "EBOOK", "EDBOOK"})
"""Their second title is that of a series."""

_ROLE = re.compile(rf"({'|'.join(CONTRIBUTORS)}): (.+)")
_SEVERAL = re.compile(r";\s*(?=https?://)")


def item(record: Record) -> dict[str, Any]:
    """What CSL-JSON has no field for stands under its own tag, after `ris:`."""
    words = (word.strip() for value in record.taken("KW") for word in re.split("[\n;]", value))
    hint = hinted(word for word in words if word)
    own_type = _type(record)
    csl_type = hint.csl_type or TYPES.get(own_type, "document")
    found: dict[str, Any] = {
        "type": csl_type,
        "custom": custom({"kind": hint.kind}),
        "keyword": ", ".join(hint.others),
        **_people(record),
        **_dates(record),
        **_numbers(record, csl_type),
        **_titles(record, csl_type, series=own_type in BOOKS and not _is_ours(hint)),
    }
    for tag, field in TEXTS.items():
        if not found.get(field) and (values := record.taken(tag)):
            found[field] = values[0]
            record.tags += [(tag, value) for value in values[1:]]
    for tag, value in record.tags:
        if value:
            found.setdefault(f"ris:{tag}", []).append(value)
    return {field: value for field, value in found.items() if value}


def _type(record: Record) -> str:
    given = next(iter(record.taken("TY")), "")
    return given if given in TYPES else NAMES_OF_TYPES.get(given.lower(), given)


def _is_ours(hint: Hinted) -> bool:
    return bool(hint.kind or hint.csl_type)


def _people(record: Record) -> dict[str, Any]:
    """Also those whose role stands in a note, as we write it."""
    found: dict[str, list[Name]] = {}
    for tag, role in PEOPLE.items():
        if values := record.taken(tag):
            found.setdefault(role, []).extend(name(value) for value in values)
    notes = []
    for note in record.taken("N1"):
        if told := _ROLE.fullmatch(note):
            found.setdefault(told[1], []).append(name(told[2]))
        else:
            notes.append(note)
    return {**found, "note": "\n".join(notes)}


def _dates(record: Record) -> dict[str, Any]:
    issued, accessed = record.taken("DA", "PY", "Y1"), record.taken("Y2")
    found = {"issued": (issued, ris_dates.nearest(issued)),
             "accessed": (accessed, ris_dates.nearest(accessed))}  # fmt: skip
    return {
        field: {"raw": read or " ".join(written)}
        for field, (written, read) in found.items()
        if written
    }


def _numbers(record: Record, csl_type: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if issue := record.taken("IS"):
        found["issue" if csl_type in PERIODICAL else "number"] = issue[0]
    elif csl_type not in PERIODICAL and (number := record.taken("M1")):
        found["number"] = number[0]
    for serial in record.taken("SN"):
        if standard_ids.issn(serial):
            found.setdefault("ISSN", serial)
        elif standard_ids.isbn(serial):
            found.setdefault("ISBN", serial)
        else:
            record.tags.append(("SN", serial))
    first, last = record.taken("SP"), record.taken("EP")
    found["page"] = "-".join([*first[:1], *last[:1]])
    return found


def _titles(record: Record, csl_type: str, *, series: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if publisher := record.taken("PB"):
        found["authority" if csl_type in LEGAL else "publisher"] = publisher[0]
    if third := record.taken("T3"):
        found["event-title" if csl_type in EVENTS else "collection-title"] = third[0]
    if series and (second := record.taken("T2")):
        found["collection-title"] = second[0]
    addresses = [url for value in record.taken("UR") for url in _SEVERAL.split(value)]
    found["URL"] = addresses[0] if addresses else None
    record.tags += [("UR", url) for url in addresses[1:]]
    return found
