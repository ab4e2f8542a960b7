"""Whose work it is: which of an item's fields names the publication, and of what kind that is."""

from typing import NamedTuple

from app.exchange.references.taking import Taking, text
from app.publishing.bibliography.csl import CONTAINED, EITHER, LEGAL, PERIODICAL

KINDS = {
    "article-journal": "journal",
    "article-magazine": "magazine",
    "article-newspaper": "newspaper",
    "bill": "parliament",
    "broadcast": "broadcaster",
    "hearing": "parliament",
    "legal_case": "court",
    "legislation": "government_body",
    "post": "platform",
    "regulation": "government_body",
}

LONGEST = 200
"""Characters of the name of a publication."""


class Issuer(NamedTuple):
    name: str | None
    kind: str


def issuer(taking: Taking, csl_type: str) -> Issuer:
    """The counterpart of `csl.issuer_field`, which writes it back into the field it came from."""
    container, publisher = "container-title", "publisher"
    if csl_type in LEGAL:
        order = ["authority"]
    elif csl_type in PERIODICAL:
        order = [container]
    elif csl_type in CONTAINED:
        order = [container, publisher]
    elif csl_type in EITHER:
        order = [publisher, container]
    else:
        order = [publisher]
    field = next((name for name in order if taking.left.get(name)), None)
    if field is None:
        return Issuer(None, "other")
    kind = KINDS.get(csl_type, "other")
    if csl_type in EITHER and field == container:
        kind = "news_site"
    return Issuer(text(taking, field, longest=LONGEST), kind)
