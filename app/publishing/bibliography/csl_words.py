"""The fields of a CSL-JSON item, and what may stand in each (version 1.0 of its input schema)."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.editing.csl import CONTRIBUTORS, TYPES

NAMES = frozenset({"author", *CONTRIBUTORS})
DATES = frozenset(
    {"accessed", "available-date", "event-date", "issued", "original-date", "submitted"}
)
TEXTS = frozenset(
    {
        "abstract", "annote", "archive", "archive-place", "archive_collection", "archive_location",
        "authority", "call-number", "citation-key", "citation-label", "collection-title",
        "container-title", "container-title-short", "dimensions", "division", "DOI", "event",
        "event-place", "event-title", "genre", "ISBN", "ISSN", "journalAbbreviation",
        "jurisdiction", "keyword", "language", "medium", "note", "original-publisher",
        "original-publisher-place", "original-title", "part-title", "PMCID", "PMID", "publisher",
        "publisher-place", "references", "reviewed-genre", "reviewed-title", "scale", "section",
        "shortTitle", "source", "status", "title", "title-short", "URL", "version", "volume-title",
        "volume-title-short", "year-suffix",
    }
)  # fmt: skip
NUMBERS = frozenset(
    {
        "chapter-number", "citation-number", "collection-number", "edition",
        "first-reference-note-number", "issue", "locator", "number", "number-of-pages",
        "number-of-volumes", "page", "page-first", "part", "printing", "supplement", "volume",
    }
)  # fmt: skip
"""Written as numbers or as text."""

NAME_PARTS = frozenset(
    {"family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal"}
)
NAME_SWITCHES = frozenset({"comma-suffix", "static-ordering", "parse-names"})
DATE_PARTS = frozenset({"date-parts", "season", "circa", "literal", "raw"})
FIELDS = frozenset({"id", "type", "categories", "custom"}) | NAMES | DATES | TEXTS | NUMBERS


def faults(item: Mapping[str, Any]) -> list[str]:
    """What keeps it from being a CSL-JSON item; nothing where it is one."""
    missing = [f"{field}: is missing" for field in ("id", "type") if field not in item]
    return missing + [
        f"{field}: {fault}" for field, value in item.items() for fault in field_faults(field, value)
    ]


def field_faults(field: str, value: Any) -> list[str]:
    """What keeps the value from standing in this field."""
    if field not in FIELDS:
        return ["is no field of CSL-JSON"]
    if field in NAMES:
        return list(_in_names(value))
    if field in DATES:
        return list(_in_date(value))
    if field == "type":
        return [] if value in TYPES else [f"{value!r} is no type of CSL-JSON"]
    if field == "categories":
        sound = isinstance(value, list) and all(isinstance(each, str) for each in value)
        return [] if sound else ["must be a list of texts"]
    if field == "custom":
        return [] if isinstance(value, dict) else ["must be an object"]
    sound = isinstance(value, str) or (_is_number(value) and field in {"id", *NUMBERS})
    return [] if sound else ["must be text"]


def _in_names(value: Any) -> Iterator[str]:
    if not (isinstance(value, list) and all(isinstance(name, dict) for name in value)):
        yield "must be a list of names"
        return
    for part, text in (pair for name in value for pair in name.items()):
        if part in NAME_SWITCHES:
            if not isinstance(text, str | bool) and not _is_number(text):
                yield f"{part} must be true or false"
        elif part not in NAME_PARTS:
            yield f"{part} is no part of a name"
        elif not isinstance(text, str):
            yield f"{part} must be text"


def _in_date(value: Any) -> Iterator[str]:
    if not isinstance(value, dict):
        yield "must be an object"
        return
    yield from (f"{part} is no part of a date" for part in value if part not in DATE_PARTS)
    ends = value.get("date-parts", [[0]])
    if not (isinstance(ends, list) and 1 <= len(ends) <= 2 and all(_is_day(end) for end in ends)):
        yield "date-parts must be one or two lists of year, month and day"
    for part in ("literal", "raw"):
        if not isinstance(value.get(part, ""), str):
            yield f"{part} must be text"
    for part, switch in (("season", False), ("circa", True)):
        told = value.get(part, "")
        if not (isinstance(told, str) or _is_number(told) or (switch and isinstance(told, bool))):
            yield f"{part} must be text or a number"


def _is_day(parts: Any) -> bool:
    return (
        isinstance(parts, list)
        and 1 <= len(parts) <= 3
        and all(isinstance(part, str) or _is_number(part) for part in parts)
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
