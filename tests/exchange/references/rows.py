"""From what was read to the rows that the desk would make of it."""

from typing import Any

from app.editing.publications.models import Publication
from app.editing.works.models import Work
from app.exchange.references.records import ReadWork
from app.publishing.bibliography import csl


def item(read: ReadWork, identity: Any) -> dict[str, Any]:
    """The CSL-JSON item that the work would have at the desk."""
    fields = read.draft.model_dump(by_alias=True, exclude_none=True)
    identifiers = [(each["scheme"], each["value"]) for each in fields.pop("identifiers")]
    columns = {column.key for column in Work.__table__.columns}
    empty = dict.fromkeys(columns - fields.keys())
    row = Work(**empty | {name: fields[name] for name in fields if name in columns})
    row.id = identity
    return csl.item(
        row,
        publication=_publication(read.publication, read),
        agency=_publication(read.agency, read),
        via=_publication(read.via, read),
        identifiers=identifiers,
    )


def _publication(name: str | None, read: ReadWork) -> Publication | None:
    if name is None:
        return None
    return Publication(name=name, kind=read.publication_kind, issn=[*read.publication_issn])
