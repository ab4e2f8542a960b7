"""An entry of BibTeX or BibLaTeX as an item of CSL-JSON."""

import re
from typing import Any

from app.editing.csl import CONTRIBUTORS
from app.exchange.references import day_texts, latex
from app.exchange.references.bibtex_names import names
from app.exchange.references.bibtex_words import (
    ADDRESSES,
    DATES,
    EDITORS,
    NAMES,
    SUBTYPES,
    TEXTS,
    TYPES,
)
from app.publishing.bibliography.biblatex_words import LANGUAGES
from app.publishing.bibliography.csl import LEGAL, PERIODICAL
from app.publishing.bibliography.custom import custom
from app.publishing.bibliography.hints import hinted

_KEYWORDS = re.compile("[,;]")
_ADDRESS = re.compile(r"https?://\S+")
_LANGUAGES = {name: tag for tag, name in LANGUAGES.items()}

Fields = dict[str, str]


def item(entry_type: str, fields: Fields) -> dict[str, Any]:
    """What CSL-JSON has no field for stands under its own name, after `bibtex:`."""
    left = dict(fields)
    words = (word.strip() for word in _KEYWORDS.split(left.pop("keywords", "")))
    hint = hinted(word for word in words if word)
    told = _type(entry_type, left)
    csl_type = hint.csl_type or told
    own = custom({"kind": hint.kind, "identifiers": _preprint(left)})
    found: dict[str, Any] = {"type": csl_type, "custom": own}
    found["keyword"] = ", ".join(latex.text(word) for word in hint.others)
    found |= _titles(left) | _people(left) | _dates(left)
    found |= _issuers(left, csl_type, ours=bool(hint.kind or hint.csl_type))
    found |= _numbers(left, csl_type)
    for name, field in TEXTS.items():
        if name in left and not found.get(field):
            found[field] = latex.text(left.pop(name))
    for name, field in ADDRESSES.items():
        if name in left:
            found[field] = latex.address(left.pop(name))
    found["language"] = _language(left)
    found |= {f"bibtex:{name}": text for name, text in left.items() if text.strip()}
    return {field: value for field, value in found.items() if value}


def _type(entry_type: str, left: Fields) -> str:
    subtype = SUBTYPES.get(left.get("entrysubtype", "").strip().lower())
    if entry_type != "article" or subtype is None:
        return TYPES.get(entry_type, "document")
    del left["entrysubtype"]
    return subtype


def _titles(left: Fields) -> dict[str, Any]:
    title, subtitle = left.pop("title", ""), left.pop("subtitle", "")
    whole = f"{title}: {subtitle}" if title and subtitle else title or subtitle
    return {"title": latex.text(whole)}


def _people(left: Fields) -> dict[str, Any]:
    found: dict[str, list[Any]] = {}
    for name, role in NAMES.items():
        if name in left:
            found.setdefault(role, []).extend(names(left.pop(name)))
    for name in EDITORS:
        role = left.get(f"{name}type", "editor").strip()
        if name in left and role in CONTRIBUTORS:
            left.pop(f"{name}type", None)
            found.setdefault(role, []).extend(names(left.pop(name)))
    return found


def _dates(left: Fields) -> dict[str, Any]:
    found = {field: left.pop(name).strip() for name, field in DATES.items() if name in left}
    if "issued" not in found and "year" in left:
        found["issued"] = _of_parts(left)
    return {field: {"raw": _open_ended(text)} for field, text in found.items() if text}


def _open_ended(text: str) -> str:
    """BibLaTeX lets the two points of EDTF out: 2026-11/."""
    begun = f"..{text}" if text.startswith("/") else text
    return f"{begun}.." if begun.endswith("/") else begun


def _of_parts(left: Fields) -> str:
    """Year, month and day; some write the day into the month: 20 November."""
    year, month, day = (latex.text(left.pop(name, "")).strip() for name in ("year", "month", "day"))
    words = month.replace("/", " ").replace("-", " ").split()
    days = [word.strip(".,") for word in words if word.strip(".,").isdigit() and len(words) > 1]
    named = [number for word in words if (number := day_texts.month_number(word.strip(".,")))]
    named = [number for number in named if number not in days] or named[:1]
    numbers = day_texts.joined(year, named[0] if named else None, day or next(iter(days), None))
    return numbers or " ".join(filter(None, (day, month, year)))


def _issuers(left: Fields, csl_type: str, *, ours: bool) -> dict[str, Any]:
    """BibLaTeX has institutions, organisations and schools where CSL-JSON has a publisher."""
    found: dict[str, Any] = {}
    for name in ("institution", "school"):
        if name in left:
            field = "authority" if csl_type in LEGAL else "publisher"
            found.setdefault(field, latex.text(left.pop(name)))
    if "organization" in left:
        online = csl_type in ("webpage", "post", "post-weblog")
        field = "container-title" if online else "publisher"
        found.setdefault(field, latex.text(left.pop("organization")))
    if "howpublished" in left:
        how = latex.address(left["howpublished"])
        if ours:
            found["container-title"] = latex.text(left.pop("howpublished"))
        elif (address := _ADDRESS.search(how)) and "url" not in left:
            left["url"] = address[0]
            del left["howpublished"]
    return found


def _numbers(left: Fields, csl_type: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "number" in left:
        found["issue" if csl_type in PERIODICAL else "number"] = latex.text(left.pop("number"))
    if "issue" in left:
        found.setdefault("issue", latex.text(left.pop("issue")))
    if "pages" in left:
        found["page"] = latex.text(left.pop("pages")).replace("–", "-")
    if "eprint" in left and left.get("eprinttype", "").lower() == "pubmed":
        del left["eprinttype"]
        found["PMID"] = left.pop("eprint")
    return found


def _preprint(left: Fields) -> dict[str, list[str]]:
    """CSL-JSON has no field for arXiv's numbers."""
    archive = left.get("eprinttype") or left.get("archiveprefix") or ""
    if archive.strip().lower() != "arxiv" or "eprint" not in left:
        return {}
    left.pop("eprinttype", None)
    left.pop("archiveprefix", None)
    return {"arxiv": [left.pop("eprint").strip()]}


def _language(left: Fields) -> str:
    given = left.pop("langid", "") or left.pop("language", "")
    text = latex.text(given).strip()
    return _LANGUAGES.get(text.lower(), text)
