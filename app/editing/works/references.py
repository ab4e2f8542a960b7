"""What a line of text says of a work: an identifier, an address, or a reference as people write it.

Patterns only; nobody is asked.
"""

import re
from collections.abc import Iterator

from app.editing.works.pages import bylines, dates
from app.editing.works.pages.suggestions import Found
from app.published import standard_ids

LONGEST = 5_000

_DOI = re.compile(r"\b10\.\d{4,9}(?:\.\d+)*/[^\s\"<>“”»]+", re.ASCII)
_ECLI = re.compile(r"\bECLI:[A-Z]{2}:\w{1,7}:\d{4}:[\w.]+", re.IGNORECASE | re.ASCII)
_ARXIV = re.compile(r"\barxiv:\s*([\w./-]+)", re.IGNORECASE | re.ASCII)
_PMID = re.compile(r"\bPMID:?\s*(\d+)", re.IGNORECASE | re.ASCII)
_ISBN = re.compile(r"\b(?:97[89][\s-]?)?(?:\d[\s-]?){9}[\dX]\b", re.ASCII)
_URL = re.compile(r"\bhttps?://[^\s\"<>“”«»]+", re.IGNORECASE)
_BEHIND = ".,;:!?]}'’"
_QUOTED = re.compile(
    r"“([^“”]{3,500})”|\"([^\"]{3,500})\"|«\s*([^«»]{3,500}?)\s*»|„([^„“]{3,500})“"
)
_IN_BRACKETS = re.compile(r"\(([^()]{4,40})\)")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d{2}\b", re.ASCII)
_AFTER_YEAR = re.compile(r"\(\s*\d{4}[^()]{0,30}\)\.?\s+([^.]{3,300})\.")
_BEFORE_YEAR = re.compile(r"^([^()\d“\"«„]{3,300}?)\s*\(\s*\d{4}")
_NAMES = re.compile(r"\s*;\s*|,?\s*&\s*|,?\s+and\s+|(?<=\.),\s+(?=\w)")

_KINDS = {"ecli": "court_document", "isbn": "book", "doi": "journal_article",
          "arxiv": "journal_article", "pmid": "journal_article"}  # fmt: skip


def read(text: str) -> list[Found]:
    """What it suggests, of each field the likeliest first."""
    text = " ".join(text[:LONGEST].split())
    found = [*_identifiers(text), *_address(text), *_words(_URL.sub(" ", _DOI.sub(" ", text)))]
    return [Found(field, value, "text") for field, value in found]


def _identifiers(text: str) -> Iterator[tuple[str, object]]:
    for scheme, value in (
        *(("doi", standard_ids.doi(_trimmed(each))) for each in _DOI.findall(text)),
        *(("ecli", standard_ids.ecli(each.rstrip("."))) for each in _ECLI.findall(text)),
        *(("arxiv", standard_ids.arxiv(_trimmed(each))) for each in _ARXIV.findall(text)),
        *(("pmid", standard_ids.pmid(each)) for each in _PMID.findall(text)),
        *(("isbn", standard_ids.isbn(each)) for each in _ISBN.findall(text)),
    ):
        if value is not None:
            yield "identifiers", {"scheme": scheme, "value": value}
            yield "kind", _KINDS[scheme]


def _address(text: str) -> Iterator[tuple[str, object]]:
    for each in _URL.findall(text):
        address = _trimmed(each)
        if standard_ids.doi(address) is None:
            yield "url", address


def _trimmed(text: str) -> str:
    """Without what belongs to the sentence around it: also a bracket that it does not open."""
    text = text.rstrip(_BEHIND)
    while text.endswith(")") and text.count(")") > text.count("("):
        text = text[:-1].rstrip(_BEHIND)
    return text


def _words(text: str) -> Iterator[tuple[str, object]]:
    for found in _QUOTED.finditer(text):
        yield "title", next(part for part in found.groups() if part).strip(" ,.")
    if after := _AFTER_YEAR.search(text):
        yield "title", after[1].strip(' "“”«»,')
    if day := _day(text):
        yield "issued", day
    if before := _BEFORE_YEAR.search(text):
        people = [bylines.names(each, inverted=True) for each in _NAMES.split(before[1]) if each]
        if names := [name for each in people for name in each]:
            yield "authors", names


def _day(text: str) -> str | None:
    """The date in brackets, or else the first in the text, or else a year alone."""
    for inside in _IN_BRACKETS.findall(text):
        if day := dates.edtf(inside) or _year_first(inside):
            return day
    year = _YEAR.search(text)
    return dates.first_in(text) or (year[0] if year else None)


def _year_first(text: str) -> str | None:
    """2026, 20 November: as APA has it."""
    year, comma, rest = text.partition(",")
    return dates.edtf(f"{rest.strip()} {year.strip()}") or (dates.edtf(year) if comma else None)
