"""What must hold between citations and all that they name."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing import merging
from app.editing.citations.values import ChainHop, Citation
from app.editing.publications.models import Publication
from app.editing.speakers.models import Speaker
from app.editing.works.models import Work
from app.errors import Fault


async def faults(
    session: AsyncSession, citations: Sequence[Citation], *, before: Sequence[Citation] = ()
) -> list[Fault]:
    """Each thing that a citation names and that is not there, or not for readers.

    What is there is held until the commit, so that nobody deletes it meanwhile. A chain that was
    there `before` may begin as it did: the work can have been given another publication since.
    """
    works = await _held(session, Work, _all(citations, "work_id"))
    publications = await _held(session, Publication, _all(citations, "publication_id"))
    speakers = await _held(session, Speaker, _all(citations, "speaker_id"))
    led = await merging.resolve_ids(session, [*works, *publications])
    settled = {_start(citation) for citation in before}
    found = _unsound_routes(citations)
    for index, citation in enumerate(citations):
        place = f"/citations/{index}"
        if citation.work_id is not None:
            found += _of_work(citation, works.get(citation.work_id), place)
        statement = citation.statement
        if statement and statement.speaker_id and statement.speaker_id not in speakers:
            pointer = f"{place}/statement/speaker_id"
            found.append(Fault("There is no such speaker.", pointer=pointer))
        for depth, hop in enumerate(citation.chain):
            at = f"{place}/chain/{depth}"
            if hop.work_id is not None:
                found += _of_work(citation, works.get(hop.work_id), at)
            found += _of_hop(hop, at, publications, speakers)
        if _start(citation) not in settled:
            found += _beginning(citation, works, led, place)
    return found


def _of_work(citation: Citation, work: Work | None, place: str) -> list[Fault]:
    """What is wrong with the work that is named at this place, by the citation or its chain."""
    pointer = f"{place}/work_id"
    if work is None:
        return [Fault("There is no such work.", pointer=pointer)]
    if citation.visibility == "public" and work.visibility != "public":
        return [Fault("This work is internal: a public citation cannot name it.", pointer=pointer)]
    return []


def _of_hop(
    hop: ChainHop,
    place: str,
    publications: dict[UUID, Publication],
    speakers: dict[UUID, Speaker],
) -> list[Fault]:
    known: tuple[tuple[str, UUID | None, dict[UUID, Any]], ...] = (
        ("publication", hop.publication_id, publications),
        ("speaker", hop.speaker_id, speakers),
    )
    return [
        Fault(f"There is no such {noun}.", pointer=f"{place}/{noun}_id")
        for noun, identity, rows in known
        if identity is not None and identity not in rows
    ]


def _start(citation: Citation) -> tuple[object, ...]:
    """What a chain begins with, and from which work."""
    return citation.work_id, *((hop.work_id, hop.publication_id) for hop in citation.chain[:1])


def _beginning(
    citation: Citation, works: dict[UUID, Work], led: dict[UUID, UUID], place: str
) -> list[Fault]:
    """The chain begins with what was read: the work, or who issued it. Who issued a work that was
    merged into another is not known any more."""
    work = works.get(citation.work_id) if citation.work_id else None
    if work is None or not citation.chain:
        return []
    first = citation.chain[0]
    begins = first.work_id or first.publication_id
    if work.merged_into_id is not None and first.publication_id is not None:
        return []
    allowed = {work.id, work.merged_into_id, work.publication_id, None} - {None}
    if begins is not None and (begins in allowed or led.get(begins, begins) in allowed):
        return []
    detail = "The chain begins with the work, or with the publication that issued it."
    return [Fault(detail, pointer=f"{place}/chain/0")]


def _unsound_routes(citations: Sequence[Citation]) -> list[Fault]:
    """Ids that are there twice, and ways through other citations that lead nowhere or in a ring."""
    via = {citation.id: citation.via_citation_id for citation in citations}
    found, seen = [], set()
    for index, citation in enumerate(citations):
        if citation.id in seen:
            found.append(Fault("Another one has this id.", pointer=f"/citations/{index}/id"))
        seen.add(citation.id)
        pointer = f"/citations/{index}/via_citation_id"
        if citation.via_citation_id is not None and citation.via_citation_id not in via:
            found.append(Fault("There is no such citation in this article.", pointer=pointer))
        elif _returns(citation.id, via):
            found.append(Fault("It leads back to itself.", pointer=pointer))
    return found


def _returns(identity: UUID, via: dict[UUID, UUID | None]) -> bool:
    step, steps = via.get(identity), 0
    while step is not None and steps <= len(via):
        if step == identity:
            return True
        step, steps = via.get(step), steps + 1
    return False


def _all(citations: Sequence[Citation], field: str) -> set[UUID]:
    named: Iterable[Any] = (
        holder
        for citation in citations
        for holder in (citation, citation.statement, *citation.chain)
        if holder is not None
    )
    found = (getattr(holder, field, None) for holder in named)
    return {identity for identity in found if identity is not None}


async def _held(session: AsyncSession, model: Any, identities: set[UUID]) -> dict[UUID, Any]:
    if not identities:
        return {}
    query = select(model).where(model.id.in_(identities)).order_by(model.id)
    rows = await session.execute(query.with_for_update(read=True, key_share=True))
    return {row.id: row for row in rows.scalars()}
