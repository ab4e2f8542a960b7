"""Citations as schema.org has them, to be put into the page of the article.

The article's `citation` lists the works, its `hasPart` the quotations. A quotation `isBasedOn` what
we read, and that on what it cites in turn. Only who is named is somebody here.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import orjson

from app.published.citations import Citation, Hop, Notice, Source, WorkRef
from app.publishing.bibliography.csl import IDENTIFIERS
from app.publishing.bibliography.custom import own
from app.publishing.bibliography.dates import OPEN
from app.publishing.bibliography.listed import Listed
from app.publishing.bibliography.names import CslName, in_order, is_organisation
from app.publishing.bibliography.newsroom import QUOTED
from app.publishing.bibliography.relays import beyond, is_source, relay, source_of, works_read
from app.publishing.bibliography.schema_words import ARTICLES, ISSUERS, SCHEMA_TYPES

Node = dict[str, Any]

FREE = {"free": True, "metered": False, "subscription": False}

_INTO_PAGES = {
    b"<": rb"\u003c",
    b">": rb"\u003e",
    b"&": rb"\u0026",
    "\u2028".encode(): rb"\u2028",
    "\u2029".encode(): rb"\u2029",
}
"""So that no text can end the script element that it is put into."""


def write(listed: Listed) -> bytes:
    written = orjson.dumps(article(listed), option=orjson.OPT_INDENT_2)
    for character, escape in _INTO_PAGES.items():
        written = written.replace(character, escape)
    return written + b"\n"


def article(listed: Listed) -> Node:
    """The article with nothing but its citations: a page merges it by its `@id`."""
    read = works_read(listed.citations)
    works = {work.id: work for work in read.values()}
    behind = {
        read[citation.id].id: based
        for citation in reversed(listed.citations)
        if citation.id in read and (based := _behind(citation, listed))
    }
    rests_on = dict.fromkeys(
        citation.work.id
        for citation in listed.citations
        if citation.work and citation.type == "reported_by"
    )
    return _node(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "@id": listed.url,
            "url": listed.url,
            "headline": listed.headline,
            "inLanguage": listed.language,
            "isBasedOn": [{"@id": _id(identity, listed)} for identity in rests_on],
            "citation": [
                _node({**_work(work, listed), "isBasedOn": behind.get(identity)})
                for identity, work in works.items()
            ],
            "hasPart": [
                _quotation(citation, read.get(citation.id), listed)
                for citation in listed.citations
                if citation.statement and citation.statement.form in QUOTED
            ],
        }
    )


def _work(work: WorkRef, listed: Listed) -> Node:
    kind = SCHEMA_TYPES.get(work.type, "CreativeWork")
    issuer = work.publication
    return {
        "@type": kind,
        "@id": _id(work.id, listed),
        "name": work.title,
        "headline": work.title if kind in ARTICLES else None,
        "url": work.link.url,
        "archivedAt": work.link.archive_url,
        "isAccessibleForFree": FREE.get(work.link.access),
        "author": [_somebody(name) for name in work.csl.get("author", [])],
        "publisher": _named(ISSUERS.get(issuer.type, "Organization"), issuer.name)
        if issuer
        else None,
        "datePublished": _first_day(work.issued),
        "inLanguage": work.language,
        "identifier": [
            {"@type": "PropertyValue", "propertyID": scheme, "value": value}
            for scheme, value in _identifiers(work.csl)
        ],
        "creativeWorkStatus": work.status if work.status != "current" else None,
        "correction": _correction(work.notice) if work.notice else None,
    }


def _quotation(citation: Citation, work: WorkRef | None, listed: Listed) -> Node:
    statement, source, heard_from = citation.statement, source_of(citation), relay(citation)
    assert statement is not None
    base = {"@id": _id(work.id, listed)} if work else _step(heard_from, listed)
    original = {"text": statement.text_original, "inLanguage": statement.language_original}
    return _node(
        {
            "@type": "Quotation",
            "@id": f"{listed.url}#citation-{citation.id}",
            "text": statement.text,
            "inLanguage": statement.language,
            "creator": _creator(source, citation) if source and source.named else None,
            "creditText": citation.attribution_text or (source.label if source else None),
            "dateCreated": _first_day(statement.said_on),
            "isBasedOn": _node({**base, "isBasedOn": _behind(citation, listed)}),
            "translationOfWork": _node({"@type": "Quotation", **original})
            if statement.text_original
            else None,
        }
    )


def _behind(citation: Citation, listed: Listed) -> Node | None:
    """What is cited by what we read, based on what that cites, and so on."""
    node = None
    for _, hop in reversed(beyond(citation)):
        if step := _step(hop, listed):
            node = _node({**step, "isBasedOn": node})
    return node


def _step(hop: Hop | None, listed: Listed) -> Node:
    """A work or an outlet on the way; people on the way are told of in words only."""
    if hop and hop.work_id:
        told = {"correction": _correction(hop.notice)} if hop.notice else {}
        step = {"@type": "CreativeWork", "@id": _id(hop.work_id, listed), "name": hop.label}
        return step | told
    if hop and hop.publication_id:
        return {"@type": "CreativeWork", "publisher": _named("Organization", hop.label)}
    return {}


def _creator(source: Source, citation: Citation) -> Node:
    nodes = [hop.node for hop in citation.chain if is_source(hop, source)]
    organisation = bool({"organisation", "group"}.intersection(nodes))
    creator = _named("Organization" if organisation else "Person", source.label)
    return creator if organisation else _node({**creator, "jobTitle": source.role})


def _somebody(name: CslName) -> Node:
    parts = {"familyName": name.get("family"), "givenName": name.get("given")}
    kind = "Organization" if is_organisation(name) else "Person"
    return _node({**_named(kind, in_order(name)), **parts})


def _correction(notice: Notice) -> Node:
    return _node(
        {
            "@type": "CorrectionComment",
            "text": notice.summary,
            "url": notice.url,
            "datePublished": _first_day(notice.occurred_on),
        }
    )


def _identifiers(item: Mapping[str, Any]) -> list[tuple[str, str]]:
    others = own(item, "identifiers") or {}
    return [(field, item[field]) for field in IDENTIFIERS.values() if field in item] + [
        (scheme, value) for scheme, values in sorted(others.items()) for value in values
    ]


def _first_day(edtf: str | None) -> str | None:
    first = edtf.partition("/")[0] if edtf else OPEN
    return None if first == OPEN else first


def _named(kind: str, name: str) -> Node:
    return {"@type": kind, "name": name}


def _id(identity: UUID, listed: Listed) -> str:
    return f"{listed.url}#work-{identity}"


def _node(fields: Node) -> Node:
    """Without what there is not."""
    return {name: value for name, value in fields.items() if value not in (None, [], {})}
