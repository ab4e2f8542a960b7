"""Citations as BibLaTeX."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.editing.csl import CONTRIBUTORS
from app.publishing.bibliography.biblatex_names import names
from app.publishing.bibliography.biblatex_words import AUDIO, IN_BOOKS, LANGUAGES, SUBTYPES, TYPES
from app.publishing.bibliography.csl import PERIODICAL
from app.publishing.bibliography.custom import own
from app.publishing.bibliography.dates import edtf
from app.publishing.bibliography.entries import items
from app.publishing.bibliography.hints import hints
from app.publishing.bibliography.keys import keys
from app.publishing.bibliography.latex import escaped, verbatim
from app.publishing.bibliography.listed import Listed

Item = Mapping[str, Any]

PLAIN = {
    "event-title": "eventtitle",
    "event-place": "venue",
    "publisher-place": "location",
    "volume": "volume",
    "page": "pages",
    "edition": "edition",
    "genre": "type",
    "version": "version",
    "collection-title": "series",
    "chapter-number": "chapter",
    "number-of-pages": "pagetotal",
    "number-of-volumes": "volumes",
    "original-title": "origtitle",
    "note": "note",
}
"""Fields of CSL-JSON that BibLaTeX has under another name, whatever the type."""

LIKE_MISC = frozenset({"audio", "image", "legal", "letter", "misc", "performance", "video"})
ROLES = ("editor", *(role for role in CONTRIBUTORS if role not in ("editor", "translator")))
EDITORS = ("editor", "editora", "editorb", "editorc")
"""Fields for those who are neither author nor translator; each has a type of its own."""


def write(listed: Listed) -> bytes:
    return written(items(listed)).encode()


def written(items: list[dict[str, Any]]) -> str:
    """CSL-JSON items as entries, each with a key of its own."""
    return "\n".join(_entry(item, key) for item, key in zip(items, keys(items), strict=True))


def entry_type(item: Item) -> str:
    if own(item, "kind") in AUDIO:
        return "audio"
    return TYPES.get(item["type"], "misc")


def _entry(item: Item, key: str) -> str:
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(item) if value)
    return f"@{entry_type(item)}{{{key},\n{fields}}}\n"


def _fields(item: Item) -> Iterator[tuple[str, str]]:
    yield "author", names(item.get("author", []))
    yield from _contributors(item)
    if title := item.get("title"):
        yield "title", f"{{{escaped(title)}}}"
    yield from _issuers(item)
    yield "entrysubtype", SUBTYPES.get(item["type"], "")
    yield "date", own(item, "issued") or edtf(item.get("issued")) or ""
    yield "eventdate", edtf(item.get("event-date")) or ""
    yield "origdate", edtf(item.get("original-date")) or ""
    yield "number", escaped(str(item.get("issue") or item.get("number") or ""))
    for field, name in PLAIN.items():
        yield name, escaped(str(item.get(field, "")))
    yield "isbn", escaped(item.get("ISBN", ""))
    yield "issn", escaped(item.get("ISSN", ""))
    yield "doi", verbatim(item.get("DOI", ""))
    yield "url", verbatim(item.get("URL", ""))
    yield "urldate", edtf(item.get("accessed")) or ""
    language = item.get("language", "")
    yield "langid", LANGUAGES.get(language) or escaped(language)
    yield "keywords", ", ".join(hints(item))


def _contributors(item: Item) -> Iterator[tuple[str, str]]:
    yield "translator", names(item.get("translator", []))
    roles = [role for role in ROLES if item.get(role)]
    for field, role in zip(EDITORS, roles, strict=False):
        yield field, names(item[role])
        if role != "editor":
            yield f"{field}type", role


def _issuers(item: Item) -> Iterator[tuple[str, str]]:
    """What it stands in, who published it, and the authority that it comes from."""
    csl_type, kind = item["type"], entry_type(item)
    container = "howpublished"
    if csl_type in PERIODICAL or kind == "review":
        container = "journaltitle"
    elif csl_type in IN_BOOKS:
        container = "booktitle"
    elif kind == "online":
        container = "organization"
    publisher = "organization" if kind in LIKE_MISC else "publisher"
    if kind in ("report", "thesis"):
        publisher = "institution"
    published_by = item.get("publisher", "")
    yield container, escaped(item.get("container-title", ""))
    yield publisher, escaped(published_by)
    # An entry with a field twice is no entry to many readers.
    taken = published_by and publisher == "institution"
    yield "organization" if taken else "institution", escaped(item.get("authority", ""))
