"""PURE: citations as readers get them, from those of a revision and what they name.

Every public field is named here. Nothing is copied whole from the desk, so that a field which the
desk gets tomorrow stays there.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.editing.citations.block_texts import Place
from app.editing.citations.values import Citation, Descriptor, Statement
from app.editing.publications.models import Publication
from app.editing.works.models import Work
from app.publishing.bibliography import csl
from app.publishing.bibliography.names import in_order
from app.publishing.citing.anchors import anchors
from app.publishing.citing.chains import attribution, chain
from app.publishing.citing.display import display
from app.publishing.citing.notices import notice
from app.publishing.names import name_in
from app.publishing.sources import Sources, issuers_of


def citations(
    ordered: Sequence[Citation],
    sources: Sources,
    *,
    places: Sequence[Place],
    language: str,
    direction: str,
) -> list[dict[str, Any]]:
    """As `app.published.citations.Citation`. `ordered` are the public ones, as in the text; the
    words of their anchors are taken from `places`."""
    texts = {(place.target, place.block_id): place.text for place in places}
    public = {citation.id for citation in ordered}
    return [
        {
            "id": citation.id,
            "marker": str(ordinal),
            "ordinal": ordinal,
            "type": citation.type,
            "intent": citation.intent,
            "attribution_text": attribution(citation),
            "prefix": citation.prefix,
            "suffix": citation.suffix,
            "locator": citation.locator.model_dump() if citation.locator else None,
            "work": work_ref(sources.works[citation.work_id], sources)
            if citation.work_id
            else None,
            "statement": _statement(citation, citation.statement, sources, language)
            if citation.statement
            else None,
            "via": {"citation_id": citation.via_citation_id}
            if citation.via_citation_id in public
            else None,
            "chain": chain(citation, sources, language),
            "verified_independently": citation.verified_independently,
            "anchors": anchors(citation, texts),
            "display": display(citation, sources, language, direction),
        }
        for ordinal, citation in enumerate(ordered, 1)
    ]


def work_ref(work: Work, sources: Sources) -> dict[str, Any]:
    """As `app.published.citations.WorkRef`."""
    issuer, agency, via = (
        sources.publications.get(identity) if identity else None
        for identity in (work.publication_id, work.agency_id, work.via_id)
    )
    return {
        "id": work.id,
        "type": work.kind,
        "title": work.title,
        "publication": publication_ref(issuer) if issuer else None,
        "authors": [in_order(name) for name in work.authors],
        "issued": work.issued,
        "language": work.language,
        "status": work.status,
        "notice": notice(sources.news.get(work.id, ())),
        "link": {
            "url": work.url,
            "access": work.access,
            "broken": work.link_broken,
            "archive_url": work.archive_url,
            "archived_on": work.archived_on,
        },
        "article_id": work.article_id,
        "csl": csl.item(
            work,
            publication=issuer,
            agency=agency,
            via=via,
            identifiers=sources.identifiers.get(work.id, ()),
        ),
    }


def publication_ref(publication: Publication) -> dict[str, Any]:
    return {
        "id": publication.id,
        "name": publication.name,
        "short_name": publication.short_name,
        "type": publication.kind,
    }


def _statement(
    citation: Citation, statement: Statement, sources: Sources, language: str
) -> dict[str, Any]:
    hidden = statement.unnamed is not None or citation.hides_its_source
    return {
        "form": statement.form,
        "text": statement.text,
        "language": statement.language,
        "text_original": statement.text_original,
        "language_original": statement.language_original,
        "translated_by": statement.translated_by,
        "channel": statement.channel,
        "attribution_level": statement.attribution_level,
        "corroboration": statement.corroboration,
        "source": None if citation.hides_its_source else _source(statement, sources, language),
        # When and where a source spoke can tell who it is.
        "said_on": statement.said_on if not hidden else None,
        "place": statement.place if not hidden else None,
    }


def _source(statement: Statement, sources: Sources, language: str) -> dict[str, Any] | None:
    if statement.unnamed is not None:
        return _unnamed(statement.unnamed)
    if statement.speaker_id is None:
        return None
    speaker = sources.speakers[statement.speaker_id]
    return {
        "named": True,
        "id": speaker.id,
        "label": name_in(language, speaker.names, speaker.name),
        "role": statement.role_at_time,
        "affiliation": statement.affiliation,
        "role_status": statement.role_status,
    }


def _unnamed(unnamed: Descriptor) -> dict[str, Any]:
    ticked = set(unnamed.public)
    return {
        "named": False,
        "label": unnamed.label,
        "affiliation": unnamed.affiliation if "affiliation" in ticked else None,
        "role_status": unnamed.role_status if "role_status" in ticked else None,
        "count": unnamed.count if "count" in ticked else None,
        "anonymity_reason": unnamed.anonymity.reason_public if unnamed.anonymity else None,
    }


def list_keys(shown: Sequence[dict[str, Any]], sources: Sources) -> dict[UUID, frozenset[UUID]]:
    """For each citation the works, publications and speakers in whose lists it is: a work's
    publication, its agency and who passed it on, too."""
    issuers = {work.id: issuers_of(work) for work in sources.works.values()}
    return {each["id"]: frozenset(_named_in(each, issuers)) for each in shown}


def _named_in(shown: dict[str, Any], issuers: Mapping[UUID, frozenset[UUID]]) -> set[UUID]:
    works = {hop["work_id"] for hop in shown["chain"]} - {None}
    if shown["work"]:
        works.add(shown["work"]["id"])
    found = works.union(*(issuers[each] for each in works))
    if shown["statement"] and shown["statement"]["source"]:
        found.add(shown["statement"]["source"].get("id"))
    for hop in shown["chain"]:
        found |= {hop["publication_id"], hop["speaker_id"]}
    return found - {None}
