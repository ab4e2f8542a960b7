"""Creating, changing and deleting publications. Readers see one once a live article cites it."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete as delete_rows
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app import ids
from app.editing import citation_notes, merging
from app.editing.changed import note
from app.editing.expectation import Expectation, edit_etag
from app.editing.publications import usage
from app.editing.publications.models import Publication, PublicationDomain
from app.editing.publications.schemas import PublicationCreate, PublicationReplace
from app.editing.sort_keys import sort_key
from app.errors import Conflict, Fault, Invalid
from app.identity.actor import Actor
from app.identity.scopes import Scope


async def create(session: AsyncSession, actor: Actor, draft: PublicationCreate) -> Publication:
    """Raises Conflict where a domain is another publication's."""
    actor.require(Scope.CITATIONS_WRITE)
    publication = Publication(id=ids.public(), edit=1)
    await _write(session, publication, draft)
    session.add(publication)
    await session.flush()
    await _set_domains(session, publication.id, draft.domains)
    note(session, "publication", publication.id)
    return publication


async def replace(
    session: AsyncSession,
    actor: Actor,
    publication_id: UUID,
    replacement: PublicationReplace,
    *,
    expected: Expectation,
) -> Publication:
    """Change a publication, everywhere readers see it."""
    actor.require(Scope.CITATIONS_WRITE)
    publication = await merging.lock(session, Publication, publication_id)
    expected(edit_etag(publication.edit))
    await _write(session, publication, replacement)
    await _set_domains(session, publication.id, replacement.domains)
    await merging.touch(session, publication)
    note(session, "publication", publication.id)
    return publication


async def delete(
    session: AsyncSession, actor: Actor, publication_id: UUID, *, expected: Expectation
) -> None:
    """Delete a publication that nothing names, with those that were merged into it."""
    actor.require(Scope.CITATIONS_WRITE)
    publication = await merging.lock(session, Publication, publication_id, whole=True)
    expected(edit_etag(publication.edit))
    identities = await merging.with_predecessors(session, Publication, publication_id)
    await usage.refuse_if_used(session, identities)
    await session.execute(
        delete_rows(Publication).where(Publication.merged_into_id == publication_id)
    )
    await session.delete(publication)
    for identity in identities:
        note(session, "publication", identity, deleted=True)


async def _write(session: AsyncSession, publication: Publication, sent: PublicationCreate) -> None:
    citation_notes.require_allowed(session, {"/note_internal": sent.note_internal})
    for name, value in _fields(sent).items():
        setattr(publication, name, value)
    publication.sort_key = sort_key(sent.name)
    publication.parent_id = await _parent(session, publication.id, sent.parent_id)
    await citation_notes.write(session, publication, sent.note_internal)


def _fields(sent: PublicationCreate) -> dict[str, Any]:
    fields = sent.model_dump(mode="json", exclude={"domains", "parent_id", "note_internal"})
    for name in ("issn", "aliases"):
        fields[name] = list(dict.fromkeys(fields[name]))
    return fields


async def _parent(
    session: AsyncSession, publication_id: UUID, parent_id: UUID | None
) -> UUID | None:
    place = "/parent_id"
    parent = (await merging.references(session, Publication, {place: parent_id}))[place]
    if parent and await merging.is_reached(session, Publication.parent_id, parent, publication_id):
        fault = Fault("A publication cannot be part of itself.", pointer=place)
        raise Invalid("The publication cannot be part of that one.", faults=[fault])
    return parent


async def _set_domains(session: AsyncSession, publication_id: UUID, wanted: list[str]) -> None:
    await session.execute(
        delete_rows(PublicationDomain).where(
            PublicationDomain.publication_id == publication_id,
            PublicationDomain.host.not_in(wanted),
        )
    )
    for host in sorted(set(wanted)):
        await session.execute(
            insert(PublicationDomain)
            .values(host=host, publication_id=publication_id)
            .on_conflict_do_nothing()
        )
    rows = await session.execute(
        select(PublicationDomain.host, PublicationDomain.publication_id).where(
            PublicationDomain.host.in_(wanted), PublicationDomain.publication_id != publication_id
        )
    )
    owners = {row.host: row.publication_id for row in rows}
    if owners:
        raise Conflict(
            "A domain can belong to one publication only.",
            faults=[
                Fault(f"{host} is a domain of {owners[host]}.", pointer=f"/domains/{index}")
                for index, host in enumerate(wanted)
                if host in owners
            ],
        )
