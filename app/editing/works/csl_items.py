"""What an item of CSL-JSON suggests, as the registries of DOIs give them out."""

import json
from collections.abc import Iterator
from typing import Any

from app.editing.languages import normal as language
from app.editing.plain_fields import line
from app.editing.works.pages import bylines, dates
from app.editing.works.pages.suggestions import Found
from app.published import standard_ids

MEDIA_TYPE = "application/vnd.citationstyles.csl+json"

KINDS = {
    "article-newspaper": "newspaper_article", "article-magazine": "newspaper_article",
    "article-journal": "journal_article", "journal-article": "journal_article",
    "article": "journal_article", "posted-content": "journal_article",
    "paper-conference": "journal_article", "proceedings-article": "journal_article",
    "report": "report", "dataset": "dataset", "book": "book", "monograph": "book",
    "chapter": "book", "book-chapter": "book", "legal_case": "court_document",
    "legislation": "legislation", "hearing": "hearing", "speech": "speech",
    "interview": "interview", "broadcast": "broadcast_segment", "post": "social_post",
    "webpage": "web_page", "post-weblog": "web_page",
}  # fmt: skip
"""Registries also use words of their own for types (`journal-article`)."""

_PARTS = ("family", "given", "suffix", "dropping-particle", "non-dropping-particle", "literal")


def read(content: bytes, source: str) -> list[Found]:
    """Nothing, where it is no such item."""
    try:
        item = json.loads(content)
    except (ValueError, RecursionError):
        return []
    if not isinstance(item, dict):
        return []
    return [Found(field, value, source) for field, value in _fields(item) if value]


def _fields(item: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "title", _line(item.get("title"))
    yield "publication", _line(item.get("container-title")) or _line(item.get("publisher"))
    yield "kind", KINDS.get(_line(item.get("type")) or "")
    yield "authors", _names(item.get("author"))
    yield "issued", _day(item.get("issued"))
    yield "url", _line(item.get("URL"))
    yield "language", language(_line(item.get("language")) or "")
    for ours, theirs in (("volume", "volume"), ("number", "issue"), ("page", "page")):
        yield ours, _line(item.get(theirs))
    for scheme, check in (("DOI", standard_ids.doi), ("ISBN", standard_ids.isbn)):
        if value := check(_line(item.get(scheme)) or ""):
            yield "identifiers", {"scheme": scheme.lower(), "value": value}


def _names(value: Any) -> list[bylines.Name]:
    found = list[bylines.Name]()
    for each in value if isinstance(value, list) else ():
        if isinstance(each, dict):
            parts = {part: text for part in _PARTS if (text := _line(each.get(part)))}
            if whole := parts.pop("literal", None) or _line(each.get("name")):
                parts = {"literal": whole}
            if parts:
                found.append(parts)
    return found[: bylines.MOST]


def _day(value: Any) -> str | None:
    """The first of its dates, as far as it is known."""
    match value:
        case {"date-parts": [[*parts], *_]} if parts and all(type(part) is int for part in parts):
            year, *rest = parts[:3]
            return dates.edtf("-".join([f"{year:04}", *(f"{part:02}" for part in rest)]))
        case {"raw": str(raw)}:
            return dates.edtf(raw)
    return None


def _line(value: Any) -> str | None:
    """One line; of a list, which some registries send for a text, the first."""
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, int) and not isinstance(first, bool):
        first = str(first)
    return line(first[:2_000]) if isinstance(first, str) else None
