"""The CSL-JSON item of a work: all of it that is public, and the root of every other format.

It is made of named fields. What has no place in CSL-JSON stands in its `custom`, under `masthead:`;
of `csl_extra` only what other readers need to find the work, never notes or private words.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from app.editing.csl import CONTRIBUTORS
from app.editing.publications.models import Publication
from app.editing.works.models import Work
from app.publishing.bibliography.csl_words import NAME_PARTS, field_faults
from app.publishing.bibliography.custom import custom
from app.publishing.bibliography.dates import OPEN, csl_date

NEVER_PUBLIC = frozenset({"abstract", "annote", "categories", "custom", "id", "keyword", "note"})
"""What somebody wrote down for themselves, and the abstracts, which are others' text."""

OF_ONE_LIST = frozenset(
    {"citation-label", "citation-number", "first-reference-note-number", "locator", "year-suffix"}
)
"""What citation processors give an item for one list."""

PERIODICAL = frozenset({"article-journal", "article-magazine", "article-newspaper"})
CONTAINED = frozenset({"article", "post", "post-weblog", "review", "review-book", "webpage"})
LEGAL = frozenset(
    {"bill", "hearing", "legal_case", "legislation", "patent", "regulation", "treaty"}
)
EITHER = frozenset(
    {"document", "event", "figure", "graphic", "interview", "performance",
     "personal_communication", "speech"}
)  # fmt: skip
"""Outlets carry these in what they issue; institutions issue them."""

OUTLETS = frozenset(
    {"broadcaster", "journal", "magazine", "news_agency", "news_site", "newspaper", "person_site",
     "platform"}
)  # fmt: skip
EVENTS = frozenset({"event", "hearing", "interview", "performance", "speech"})
"""Their place is where it happened, not where it was published."""

IDENTIFIERS = {"doi": "DOI", "isbn": "ISBN", "pmid": "PMID", "pmcid": "PMCID"}


def item(
    work: Work,
    *,
    publication: Publication | None = None,
    agency: Publication | None = None,
    via: Publication | None = None,
    identifiers: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """Sound CSL-JSON, with the work's id as its id.

    `identifiers` are scheme and value. Without an author, the agency that wrote it is the author.
    """
    names = {role: _names(work.contributors.get(role)) for role in CONTRIBUTORS}
    authors = _names(work.authors) or ([{"literal": agency.name}] if agency else [])
    fields: dict[str, Any] = {
        "id": str(work.id),
        "type": work.csl_type,
        "title": work.title,
        "original-title": work.title_original,
        "author": authors,
        **names,
        **_issued_by(work, publication),
        "issued": csl_date(work.issued) if work.issued else None,
        "accessed": csl_date(work.accessed_on.isoformat()) if work.accessed_on else None,
        "URL": work.url,
        "volume": work.volume,
        "issue" if work.csl_type in PERIODICAL else "number": work.number,
        "section": work.section,
        "page": work.page,
        "edition": work.edition,
        "event-place" if work.csl_type in EVENTS else "publisher-place": work.place,
        "event-title": work.event_title,
        "medium": work.medium,
        "genre": work.genre,
        "dimensions": running_time(work.duration) if work.duration else None,
        "language": work.language,
        "source": via.name if via else None,
        "status": work.status if work.status != "current" else None,
        **_identified(identifiers),
    }
    known = {field: value for field, value in fields.items() if value}
    return known | _extra(work, known) | {"custom": _own(work, agency, via, identifiers)}


def issuer_field(csl_type: str, publication_kind: str, *, contained: bool) -> str:
    """The field in which the publication stands. `contained`: what contains it has a name."""
    if csl_type in LEGAL:
        return "authority"
    outlet = csl_type in PERIODICAL | CONTAINED or (
        csl_type in EITHER and publication_kind in OUTLETS
    )
    return "container-title" if outlet and not contained else "publisher"


def running_time(seconds: int) -> str:
    """1:02:03 or 2:03."""
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"


def _names(names: list[dict[str, Any]] | None) -> list[dict[str, str]]:
    return [
        {part: text for part, text in name.items() if part in NAME_PARTS} for name in names or []
    ]


def _issued_by(work: Work, publication: Publication | None) -> dict[str, str]:
    if publication is None:
        return {}
    contained = "container-title" in work.csl_extra
    field = issuer_field(work.csl_type, publication.kind, contained=contained)
    number = {"ISSN": " ".join(publication.issn)} if work.csl_type in PERIODICAL else {}
    return {field: publication.name, **number}


def _identified(identifiers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By field; several of one scheme in one text, as CSL-JSON has no lists of them."""
    found: dict[str, str] = {}
    for scheme, value in identifiers:
        if field := IDENTIFIERS.get(scheme):
            found[field] = f"{found[field]} {value}" if field in found else value
    return found


def _extra(work: Work, known: dict[str, Any]) -> dict[str, Any]:
    return {
        field: value
        for field, value in sorted(work.csl_extra.items())
        if field not in known
        and field not in NEVER_PUBLIC | OF_ONE_LIST
        and not field_faults(field, value)
    }


def _own(
    work: Work,
    agency: Publication | None,
    via: Publication | None,
    identifiers: Iterable[tuple[str, str]],
) -> dict[str, Any]:
    others: dict[str, list[str]] = {}
    for scheme, value in identifiers:
        if scheme not in IDENTIFIERS:
            others.setdefault(scheme, []).append(value)
    return custom(
        {
            "kind": work.kind,
            "agency": agency.name if agency else None,
            "via": via.name if via else None,
            "issued": work.issued if work.issued and OPEN in work.issued else None,
            "identifiers": others,
            "archive_url": work.archive_url,
            "archived_on": work.archived_on.isoformat() if work.archived_on else None,
        }
    )
