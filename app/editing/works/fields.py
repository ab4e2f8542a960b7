"""From what was sent to what the row of a work holds."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.editing import merging
from app.editing.csl import CslName
from app.editing.edtf import bounds
from app.editing.publications import queries as publications
from app.editing.publications.models import Publication
from app.editing.works import kinds
from app.editing.works.models import Work
from app.editing.works.schemas import WorkCreate, WorkReplace
from app.errors import Fault, Invalid
from app.published import url_keys

_AS_SENT = (
    "kind", "title", "title_original", "issued", "accessed_on", "url", "number", "volume",
    "section", "page", "edition", "place", "event_title", "medium", "genre", "duration", "language",
    "access", "archive_url", "archived_on", "visibility",
)  # fmt: skip
_LONGEST_SEARCH = 20_000


async def of(
    session: AsyncSession, work_id: UUID, sent: WorkCreate | WorkReplace
) -> dict[str, Any]:
    """The columns but for the status, the note and what the desk itself finds out.

    Raises Invalid, naming each publication or work that is not there.
    """
    begin, end = bounds(sent.issued) if sent.issued else (None, None)
    return {
        **{name: getattr(sent, name) for name in _AS_SENT},
        **await publications_of(session, sent),
        "superseded_by_id": await _successor(session, work_id, sent.superseded_by_id),
        "csl_type": sent.csl_type or kinds.CSL_TYPES[sent.kind],
        "authors": [name.stored() for name in sent.authors],
        "contributors": {
            role: [name.stored() for name in names]
            for role, names in sent.contributors.items()
            if names
        },
        "issued_from": begin,
        "issued_to": end,
        "url_key": url_keys.key(sent.url) if sent.url else None,
        "csl_extra": sent.csl_extra.model_dump(by_alias=True, exclude_none=True),
        "search_text": search_text(
            [sent.title, sent.title_original, sent.event_title, sent.number], sent.authors
        ),
    }


async def publications_of(
    session: AsyncSession, sent: WorkCreate | WorkReplace
) -> dict[str, UUID | None]:
    """The publications that it names, held until the commit."""
    names = ("publication_id", "agency_id", "via_id")
    wanted = {f"/{name}": getattr(sent, name) for name in names}
    found = await merging.references(session, Publication, wanted)
    return {place.removeprefix("/"): identity for place, identity in found.items()}


async def publication_at(session: AsyncSession, url: str | None) -> UUID | None:
    """The publication at whose domain this address is."""
    host = urlsplit(url).hostname if url else None
    return await publications.at_host(session, host) if host else None


def search_text(titles: Sequence[str | None], authors: Sequence[CslName]) -> str:
    """What the desk's list of works looks through."""
    parts = [*titles, *(name.shown for name in authors)]
    return "\n".join(part for part in parts if part)[:_LONGEST_SEARCH]


async def _successor(
    session: AsyncSession, work_id: UUID, successor_id: UUID | None
) -> UUID | None:
    place = "/superseded_by_id"
    successor = (await merging.references(session, Work, {place: successor_id}))[place]
    if successor and await merging.is_reached(session, Work.superseded_by_id, successor, work_id):
        fault = Fault("A work cannot be replaced by itself.", pointer=place)
        raise Invalid("That work was itself replaced by this one.", faults=[fault])
    return successor
