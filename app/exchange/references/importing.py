"""References become works: each that is not there yet, with its publications, and a report of all.

Each entry has a savepoint of its own: one that cannot be taken does not take others with it. A dry
run (`foretell`) does all of it and undoes it, so that its report is that of the real one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing import changed
from app.editing.works import commands, duplicates
from app.editing.works.models import Work
from app.errors import Conflict, Invalid
from app.exchange.references import finding, publishers, reporting
from app.exchange.references.finding import Several, Shelf, There
from app.exchange.references.publishers import Directory, Known, Wanted
from app.exchange.references.records import Dropped, ReadWork, Refused
from app.exchange.references.schemas import ImportedEntry, ImportReport, LikelyDuplicate
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.publishing.bibliography.csl import CONTAINED, PERIODICAL

_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended('import of references', 0))")
"""Two at once would both create the publication that neither of them finds."""


@dataclass
class _Run:
    """`places`: which entry each of the works was created for. `made`: the new publications."""

    session: AsyncSession
    actor: Actor
    there: Directory
    shelf: Shelf
    places: dict[UUID, str]
    made: list[Known] = field(default_factory=list)


async def take(
    session: AsyncSession,
    actor: Actor,
    entries: Sequence[ReadWork | Refused],
    places: dict[UUID, str] | None = None,
) -> ImportReport:
    """Have a work of each of these entries, and say what became of each.

    Where a file is taken in parts, `places` is one for all of them: which entry each of the works
    was created for.
    """
    actor.require(Scope.CITATIONS_WRITE)
    await session.execute(_ONE_AT_A_TIME)
    there = await publishers.directory(session)
    run = _Run(session, actor, there, Shelf(), {} if places is None else places)
    drafts = (each.draft for each in entries if isinstance(each, ReadWork))
    await finding.look(session, run.shelf, drafts)
    return reporting.report([await _one(run, each) for each in entries], run.made)


async def foretell(
    session: AsyncSession, actor: Actor, entries: Sequence[ReadWork | Refused]
) -> ImportReport:
    """The report that `take` would give; nothing stays of what it did."""
    try:
        async with session.begin_nested():
            report = await take(session, actor, entries)
            raise _Undo
    except _Undo:
        changed.take(session)
        return reporting.of_dry_run(report)


async def _one(run: _Run, read: ReadWork | Refused, *, again: bool = False) -> ImportedEntry:
    if isinstance(read, Refused):
        return reporting.unread(read)
    made: list[Known] = []
    try:
        async with run.session.begin_nested():
            entry = await _found_or_created(run, read, made)
    except (Conflict, Invalid) as error:
        if isinstance(error, Conflict) and not again:
            # Somebody at the desk has created it since we looked.
            await finding.look(run.session, run.shelf, [read.draft])
            return await _one(run, read, again=True)
        return reporting.refused(read, error)
    for publication in made:
        run.there.add(publication, [publication.name], publication.issn)
    run.made += made
    if entry.outcome == "created" and entry.work_id:
        run.places[entry.work_id] = read.place
        run.shelf.put(read.draft, There(entry.work_id, read.draft.title, read.draft.visibility))
    return entry


async def _found_or_created(run: _Run, read: ReadWork, made: list[Known]) -> ImportedEntry:
    wanted = _wanted(read)
    found = {name: await publishers.find(run.session, run.there, each)
             for name, each in wanted.items()}  # fmt: skip
    ids = {name: publication.id for name, (publication, _) in found.items() if publication}
    missing = {name: each for name, each in wanted.items() if each.name and name not in ids}
    draft = read.draft.model_copy(update=ids)
    there = await finding.find(run.session, run.shelf, draft, in_words=not missing)
    if isinstance(there, Several):
        raise _several(there)
    if there:
        return reporting.found(read, there, same_as=run.places.get(there.work.id))
    for name, each in missing.items():
        created = next((one for one in made if each.is_called(one.name)), None)
        if created is None:
            created = await publishers.create(run.session, run.actor, each)
            made.append(created)
        ids[name] = created.id
    work = await commands.create(run.session, run.actor, read.draft.model_copy(update=ids))
    return reporting.created(
        read,
        work,
        warnings=[warning for _, warnings in found.values() for warning in warnings],
        dropped=_unused_numbers(read, wanted["publication_id"], "publication_id" in ids),
        duplicates=await _like(run, work),
    )


def _wanted(read: ReadWork) -> dict[str, Wanted]:
    """Only what is part of a periodical or a site has the ISSN of its publication: that of a
    chapter belongs to a series."""
    own = read.draft.csl_type in PERIODICAL | CONTAINED
    issn = read.publication_issn if own else ()
    return {
        "publication_id": Wanted(read.publication, read.publication_kind, issn, read.draft.url),
        "agency_id": Wanted(read.agency, "news_agency"),
        "via_id": Wanted(read.via),
    }


def _unused_numbers(read: ReadWork, wanted: Wanted, has_publication: bool) -> list[Dropped]:
    if not read.publication_issn or (wanted.issn and has_publication):
        return []
    numbers = ", ".join(read.publication_issn)
    if not wanted.issn:
        return [Dropped("ISSN", f"{numbers} is that of a series, for which a work has no field")]
    return [Dropped("ISSN", f"{numbers}: no publication here has it, and the entry names none")]


async def _like(run: _Run, work: Work) -> list[LikelyDuplicate]:
    candidates = await duplicates.candidates(
        run.session,
        title=work.title,
        publication_id=work.publication_id,
        issued=work.issued,
        besides=work.id,
    )
    return [
        LikelyDuplicate(
            work_id=each.work.id,
            place=run.places.get(each.work.id),
            title=each.work.title,
            score=each.score,
        )
        for each in candidates
    ]


def _several(there: Several) -> Conflict:
    owners = "; ".join(f"{what} is of {work_id}" for what, work_id in there.works.items())
    return Conflict(
        f"It would be several works at once: {owners}. Merge these at the desk, or send the entry "
        "without what is wrong."
    )


class _Undo(Exception):
    """Ends the savepoint of a dry run."""
