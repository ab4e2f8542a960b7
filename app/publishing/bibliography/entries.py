"""The CSL-JSON items of an article: what was read for it, each work once.

What stands behind a work, an unnamed source as well, is told in the `note` of the work. Words that
somebody said to us by name have an entry of their own; nobody unnamed ever has one.
"""

from collections import defaultdict
from typing import Any
from uuid import UUID

from app.published.citations import Citation, Source, WorkRef
from app.publishing.bibliography.csl import EVENTS
from app.publishing.bibliography.custom import custom
from app.publishing.bibliography.dates import csl_date
from app.publishing.bibliography.keys import keys
from app.publishing.bibliography.listed import Listed
from app.publishing.bibliography.newsroom import notice_text, origins
from app.publishing.bibliography.relays import relay, source_of, works_read
from app.publishing.bibliography.wording.languages import words_of

SPOKEN = {
    "broadcast": "broadcast",
    "interview": "interview",
    "other": "personal_communication",
    "press_conference": "speech",
    "private_communication": "personal_communication",
    "public_speech": "speech",
    "social_post": "post",
    "testimony": "hearing",
    "written_statement": "personal_communication",
}
"""Channels through which somebody speaks, with the CSL type of what was said through them."""


def items(listed: Listed) -> list[dict[str, Any]]:
    """In the order in which they are first cited, each with the key of `keys`."""
    works = works_read(listed.citations)
    users: dict[UUID, list[Citation]] = defaultdict(list)
    for citation in listed.citations:
        if work := works.get(citation.id):
            users[work.id].append(citation)
    found: dict[UUID, dict[str, Any]] = {}
    for citation in listed.citations:
        work = works.get(citation.id)
        if work is None:
            if spoken := _spoken(citation, listed):
                found[citation.id] = spoken
        elif work.id not in found:
            found[work.id] = _read(work, users[work.id], listed)
    entries = list(found.values())
    given = keys(entries)
    return [{**entry, "citation-key": key} for entry, key in zip(entries, given, strict=True)]


def _read(work: WorkRef, citations: list[Citation], listed: Listed) -> dict[str, Any]:
    words = words_of(listed.language)
    told = (origin for citation in citations for origin in origins(citation, words, work))
    behind = "; ".join(dict.fromkeys(told))
    archived = words.archived.format(work.link.archive_url) if work.link.archive_url else None
    note = _sentences(behind, notice_text(work.status, work.notice, words), archived)
    return {**work.csl, **note}


def _spoken(citation: Citation, listed: Listed) -> dict[str, Any] | None:
    statement, source, heard_from = citation.statement, source_of(citation), relay(citation)
    if statement is None or source is None or not source.named:
        return None
    csl_type = SPOKEN.get(statement.channel, "document" if heard_from else "")
    if not csl_type:
        return None
    form = words_of(listed.language).forms.get(statement.form)
    fields: dict[str, Any] = {
        "id": str(citation.id),
        "type": csl_type,
        "author": [_name(source, listed)],
        "container-title": heard_from.label if heard_from else None,
        "issued": csl_date(statement.said_on) if statement.said_on else None,
        "event-place" if csl_type in EVENTS else "publisher-place": statement.place,
        "language": statement.language,
        **_sentences(source.role, form),
        "custom": custom({"channel": statement.channel}),
    }
    return {field: value for field, value in fields.items() if value}


def _name(source: Source, listed: Listed) -> dict[str, str]:
    name = listed.names.get(source.id) if source.id else None
    return dict(name) if name else {"literal": source.label}


def _sentences(*parts: str | None) -> dict[str, str]:
    told = [part[0].upper() + part[1:] for part in parts if part]
    return {"note": ". ".join(told) + "."} if told else {}
