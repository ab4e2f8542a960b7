"""Creating, changing and deleting works. Readers see one once a live article cites it."""

from uuid import UUID

from sqlalchemy import delete as delete_rows
from sqlalchemy.ext.asyncio import AsyncSession

from app import ids
from app.database import transaction_time
from app.editing import citation_notes, merging
from app.editing.changed import note
from app.editing.expectation import Expectation, edit_etag
from app.editing.works import fields, keeping, usage
from app.editing.works.models import Work, WorkEvent
from app.editing.works.schemas import Archive, WorkCreate, WorkReplace
from app.errors import Fault, Invalid
from app.identity.actor import Actor
from app.identity.scopes import Scope


async def create(session: AsyncSession, actor: Actor, draft: WorkCreate) -> Work:
    """Raises Conflict, naming the other, where a work has this address or identifier already.

    Where no publication was sent, it is the one at whose domain the address is.
    """
    actor.require(Scope.CITATIONS_WRITE)
    citation_notes.require_allowed(session, {"/note_internal": draft.note_internal})
    work = Work(id=ids.public(), edit=1)
    values = await fields.of(session, work.id, draft)
    if "publication_id" not in draft.model_fields_set:
        values["publication_id"] = await fields.publication_at(session, draft.url)
    await citation_notes.write(session, work, draft.note_internal)
    await keeping.keep(session, work, values | {"status": draft.status})
    await keeping.set_identifiers(session, work.id, draft.identifiers)
    note(session, "work", work.id)
    return work


async def replace(
    session: AsyncSession,
    actor: Actor,
    work_id: UUID,
    replacement: WorkReplace,
    *,
    expected: Expectation,
) -> Work:
    """Change a work, everywhere readers see it."""
    actor.require(Scope.CITATIONS_WRITE)
    # Before the work: whoever merges publications has them first, and then changes their works.
    await fields.publications_of(session, replacement)
    becomes_internal = replacement.visibility == "internal"
    work = await merging.lock(session, Work, work_id, whole=becomes_internal)
    expected(edit_etag(work.edit))
    citation_notes.require_allowed(session, {"/note_internal": replacement.note_internal})
    if (work.kind == "own_article") != (replacement.kind == "own_article"):
        fault = Fault(
            "What is, or is not, one of our own articles stays so; see "
            "POST /desk/works/from-article/{article_id}.",
            pointer="/kind",
        )
        raise Invalid("The work cannot become of this kind.", faults=[fault])
    if work.visibility != replacement.visibility:
        if becomes_internal:
            await usage.refuse_if_public(session, work_id)
        await keeping.lend_visibility(session, work_id, replacement.visibility)
    values = await fields.of(session, work_id, replacement)
    values["status"] = replacement.status or work.status
    await citation_notes.write(session, work, replacement.note_internal)
    await keeping.keep(session, work, values)
    await keeping.set_identifiers(session, work_id, replacement.identifiers)
    await merging.touch(session, work)
    note(session, "work", work_id)
    return work


async def archive(
    session: AsyncSession, actor: Actor, work_id: UUID, copy: Archive, *, expected: Expectation
) -> Work:
    """Say where a copy of it is kept."""
    actor.require(Scope.CITATIONS_WRITE)
    work = await merging.lock(session, Work, work_id)
    expected(edit_etag(work.edit))
    work.archive_url = copy.archive_url
    work.archived_on = copy.archived_on or (await transaction_time(session)).date()
    await merging.touch(session, work)
    note(session, "work", work_id)
    return work


async def delete(
    session: AsyncSession, actor: Actor, work_id: UUID, *, expected: Expectation
) -> None:
    """Delete a work that nothing names, with its events and those that were merged into it."""
    actor.require(Scope.CITATIONS_WRITE)
    work = await merging.lock(session, Work, work_id, whole=True)
    expected(edit_etag(work.edit))
    identities = await merging.with_predecessors(session, Work, work_id)
    await usage.refuse_if_used(session, identities)
    await session.execute(delete_rows(WorkEvent).where(WorkEvent.work_id.in_(identities)))
    await session.execute(delete_rows(Work).where(Work.merged_into_id == work_id))
    await session.delete(work)
    for identity in identities:
        note(session, "work", identity, deleted=True)
