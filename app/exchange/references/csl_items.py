"""An item of CSL-JSON, whoever wrote it, as a work."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from app.editing import csl
from app.editing.languages import normal
from app.editing.works.schemas import WorkCreate
from app.exchange.references import csl_dates, identifying
from app.exchange.references.issuers import issuer
from app.exchange.references.kinds import csl_type, kind_of
from app.exchange.references.records import Entry, ReadWork, Refused
from app.exchange.references.taking import Taking, long_text, names, text
from app.published import standard_ids
from app.published.citation_words import WORK_KINDS
from app.publishing.bibliography.biblatex_words import LANGUAGES
from app.publishing.bibliography.csl import EVENTS, PERIODICAL
from app.publishing.bibliography.custom import PREFIX, own
from app.publishing.bibliography.dates import csl_date

TITLE = 1_000
EXTRA = 2_000
TITLES = ("title", "title-short", "shortTitle")
"""The short form stands for a title that is not there."""

_LANGUAGES = {name: tag for tag, name in LANGUAGES.items()} | {"german": "de", "farsi": "fa"}

Item = Mapping[str, Any]


def work(entry: Entry) -> ReadWork | Refused:
    """Nothing is lost without a word: what has no place in a work is `kept` or `dropped`."""
    item = entry.item
    taking = Taking(dict(item), plain=own(item, "kind") is not None, warnings=[*entry.warnings])
    known = _type(taking)
    published = issuer(taking, known)
    issn = identifying.numbers(taking, "ISSN", standard_ids.issn)
    agency, via = _name(item, "agency"), _name(item, "via")
    described = _described(taking, known)
    fields = {
        "kind": _kind(item, known, described, taking),
        "csl_type": known,
        **described,
        **_people(taking, agency),
        **csl_dates.taken(taking, item),
        **_archived(item),
        "url": identifying.url(taking),
        "identifiers": identifying.named(taking, item, known),
        "language": _language(taking),
        "csl_extra": _extra(taking, via),
    }
    try:
        draft = WorkCreate(**{name: value for name, value in fields.items() if value})
    except ValidationError as error:
        told = (*taking.warnings, *map(str, taking.dropped))
        return Refused(entry.place, entry.key, _reason(error), told)
    return ReadWork(
        place=entry.place,
        key=entry.key,
        draft=draft,
        publication=published.name,
        publication_kind=published.kind,
        publication_issn=tuple(issn),
        agency=agency,
        via=via,
        read=tuple(taking.read),
        kept=_left(taking),
        dropped=tuple(taking.dropped),
        warnings=tuple(taking.warnings),
    )


def _type(taking: Taking) -> str:
    given = text(taking, "type")
    known = csl_type(given) or "document"
    if known != given:
        taking.warnings.append(f"the type {given or '(none)'} was taken for {known}")
    return known


def _kind(item: Item, known: str, described: Item, taking: Taking) -> str:
    kind = own(item, "kind")
    if kind == "own_article":
        taking.warnings.append("an article of our own was read as one of another newspaper")
        return "newspaper_article"
    return kind if kind in WORK_KINDS else kind_of(known, described["genre"], described["medium"])


def _described(taking: Taking, known: str) -> dict[str, Any]:
    places = ("event-place", "publisher-place")
    nearest, other = places if known in EVENTS else places[::-1]
    return {
        "title": next(filter(None, (text(taking, name, longest=TITLE) for name in TITLES)), None),
        "title_original": text(taking, "original-title", longest=TITLE),
        "number": text(taking, "issue" if known in PERIODICAL else "number"),
        "volume": text(taking, "volume"),
        "section": text(taking, "section"),
        "page": text(taking, "page"),
        "edition": text(taking, "edition"),
        "place": text(taking, nearest) or text(taking, other),
        "event_title": text(taking, "event-title") or text(taking, "event"),
        "medium": text(taking, "medium"),
        "genre": text(taking, "genre"),
        "duration": csl_dates.duration(taking),
    }


def _people(taking: Taking, agency: str | None) -> dict[str, Any]:
    authors = names(taking, "author")
    contributors = {role: names(taking, role) for role in csl.CONTRIBUTORS}
    return {
        "authors": [] if agency and authors == [{"literal": agency}] else authors,
        "contributors": {role: found for role, found in contributors.items() if found},
    }


def _archived(item: Item) -> dict[str, Any]:
    url, day = own(item, "archive_url"), own(item, "archived_on")
    stored = identifying.stored_url(url) if isinstance(url, str) else None
    on = csl_dates.day(day) if stored and isinstance(day, str) else None
    return {"archive_url": stored, "archived_on": on}


def _language(taking: Taking) -> str | None:
    given = text(taking, "language")
    if given is None:
        return None
    tag = _LANGUAGES.get(given.lower()) or normal(given.replace("_", "-"))
    if tag is None:
        taking.drop("language", f"{given[:50]!r} is no tag of a language")
    return tag


def _extra(taking: Taking, via: str | None) -> dict[str, Any]:
    """What CSL-JSON says besides, as far as the desk keeps it."""
    if via and taking.left.get("source") == via:
        del taking.left["source"]
    texts = {name: text(taking, name, longest=EXTRA) for name in (*csl.TEXTS, *csl.NUMBERS)}
    long_texts = {name: long_text(taking, name) for name in csl.LONG_TEXTS}
    dates = {name: csl_dates.edtf(taking, name) for name in csl.DATES}
    found = texts | long_texts | {name: csl_date(day) for name, day in dates.items() if day}
    return {name: value for name, value in found.items() if value}


def _name(item: Item, role: str) -> str | None:
    name = own(item, role)
    return name[:200] if isinstance(name, str) and name.strip() else None


def _left(taking: Taking) -> dict[str, Any]:
    """What nobody took, but for what is empty, and for what we wrote there ourselves."""
    left = {name: value for name, value in taking.left.items() if name != "id" and value}
    others = left.pop("custom", None)
    if isinstance(others, dict):
        others = {name: value for name, value in others.items() if not name.startswith(PREFIX)}
    return left | ({"custom": others} if others else {})


def _reason(error: ValidationError) -> str:
    faults = error.errors(include_url=False, include_input=False)[:5]
    places = ("/".join(map(str, fault["loc"])) for fault in faults)
    told = zip(places, (fault["msg"] for fault in faults), strict=True)
    return "; ".join(f"{place}: {message}" if place else message for place, message in told)
