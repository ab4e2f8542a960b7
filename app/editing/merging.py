"""What can turn out to be one and the same: two publications, two works, two speakers.

The one that is merged stays as a row that leads to the other (`merged_into_id`): revisions never
change, and go on naming it. Chains are flattened as they come up: one step leads to the end.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from app.database import transaction_time
from app.editing import named
from app.errors import Conflict, Fault, Invalid, Moved

Row = TypeVar("Row")

_LEADS = text(
    "SELECT id, merged_into_id FROM desk.works"
    " WHERE id = ANY(:ids) AND merged_into_id IS NOT NULL"
    " UNION ALL SELECT id, merged_into_id FROM desk.publications"
    " WHERE id = ANY(:ids) AND merged_into_id IS NOT NULL"
    " UNION ALL SELECT id, merged_into_id FROM desk.speakers"
    " WHERE id = ANY(:ids) AND merged_into_id IS NOT NULL"
)


async def resolve_ids(session: AsyncSession, ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Where those of these publications, works and speakers lead that were merged into others.

    For whoever reads what a revision names: `moved.get(id, id)`.
    """
    wanted = list(set(ids))
    if not wanted:
        return {}
    rows = await session.execute(_LEADS, {"ids": wanted})
    return {row.id: row.merged_into_id for row in rows}


async def resolved(session: AsyncSession, row_id: UUID) -> UUID:
    """The id, or the one that it leads to: for lists of what names it."""
    return (await resolve_ids(session, [row_id])).get(row_id, row_id)


async def get(session: AsyncSession, model: type[Row], row_id: UUID) -> Row:
    """The row. Raises Moved where it was merged into another."""
    return _itself(await named.get(session, model, row_id))


async def lock(
    session: AsyncSession, model: type[Row], row_id: UUID, *, whole: bool = False
) -> Row:
    """The row, locked; `whole` as in `named.lock`. Raises Moved where it was merged."""
    return _itself(await named.lock(session, model, row_id, whole=whole))


async def lock_both(
    session: AsyncSession, model: type[Row], row_id: UUID, into_id: UUID
) -> tuple[Row, Row]:
    """The row that goes and the one that stays, both locked whole.

    Raises Moved where the first was merged already, Invalid where the second cannot be the one.
    """
    if row_id == into_id:
        raise _wrong_target("Nothing can be merged into itself.")
    found = {}
    for each in sorted((row_id, into_id)):
        if each == into_id and await session.get(model, each) is None:
            raise _wrong_target("There is no such thing to merge it into.")
        found[each] = await named.lock(session, model, each, whole=True)
    goes, stays = _itself(found[row_id]), found[into_id]
    if leads_to := _columns(stays).merged_into_id:
        raise _wrong_target(f"That was itself merged into {leads_to}.")
    return goes, stays


async def references(
    session: AsyncSession, model: Any, wanted: Mapping[str, UUID | None]
) -> dict[str, UUID | None]:
    """The ids at these places (JSON Pointers), each the one that it leads to.

    What they name is held until the commit: it cannot be deleted or merged meanwhile. Raises
    Invalid, naming each place where there is no such row.
    """
    leads = {identity: identity for identity in wanted.values() if identity}
    ahead, present = set(leads), set[UUID]()
    while ahead:
        rows = await session.execute(
            select(model.id, model.merged_into_id)
            .where(model.id.in_(ahead))
            .order_by(model.id)
            .with_for_update(read=True, key_share=True)
        )
        merged = {row.id: row.merged_into_id for row in rows}
        present |= merged.keys()
        leads = {start: merged.get(end) or end for start, end in leads.items()}
        ahead = {end for end in merged.values() if end}
    missing = [place for place, identity in wanted.items()
               if identity and leads[identity] not in present]  # fmt: skip
    if missing:
        noun = model.__name__.lower()
        raise Invalid(
            f"It names a {noun} that does not exist.",
            faults=[Fault(f"There is no such {noun}.", pointer=place) for place in missing],
        )
    return {place: leads[identity] if identity else None for place, identity in wanted.items()}


async def is_reached(
    session: AsyncSession, link: InstrumentedAttribute[UUID | None], start: UUID, sought: UUID
) -> bool:
    """Whether somebody who follows this link from row to row comes by the one that is sought.

    Links of this kind are not changed meanwhile: two who each close half of a circle would not
    see each other.
    """
    model = link.class_
    await session.execute(
        text("SELECT pg_advisory_xact_lock(hashtextextended(:link, 0))"), {"link": str(link)}
    )
    first = select(model.id, link.label("further")).where(model.id == start).cte(recursive=True)
    chain = first.union(select(model.id, link).join(first, model.id == first.c.further))
    found = await session.execute(select(chain.c.id).where(chain.c.id == sought))
    return found.first() is not None


async def join_links(
    session: AsyncSession, link: InstrumentedAttribute[UUID | None], goes: Any, stays: Any
) -> None:
    """Let the row that stays have its own link of this kind, or else the other one's; where one of
    them hangs below the other, in a way that closes no circle."""
    above, others = getattr(stays, link.key), getattr(goes, link.key)
    if above and await is_reached(session, link, above, goes.id):
        above = None
    elif others and await is_reached(session, link, others, stays.id):
        others = None
    setattr(stays, link.key, above or others)
    setattr(goes, link.key, None)


async def lead_on(session: AsyncSession, goes: Any, stays: Any) -> None:
    """Let the first row lead to the second, with all that led to it before."""
    model = type(goes)
    await session.execute(
        update(model).where(model.merged_into_id == goes.id).values(merged_into_id=stays.id)
    )
    goes.merged_into_id = stays.id
    for row in (goes, stays):
        await touch(session, row)
    await session.flush()


def fill(stays: Any, goes: Any, fields: Iterable[str]) -> None:
    """Give the row that stays what only the other one has."""
    for name in fields:
        if not getattr(stays, name):
            setattr(stays, name, getattr(goes, name))


async def touch(session: AsyncSession, row: Any) -> None:
    """Count a change of the row, so that its ETag is a new one."""
    row.edit += 1
    row.changed_at = await transaction_time(session)


async def with_predecessors(session: AsyncSession, model: Any, row_id: UUID) -> list[UUID]:
    """The id, and those that lead to it."""
    query = select(model.id).where((model.id == row_id) | (model.merged_into_id == row_id))
    return list((await session.execute(query)).scalars())


def in_use(noun: str, where: Iterable[str]) -> Conflict:
    """The refusal to delete what is named at these places."""
    places = list(where)
    return Conflict(
        f"The {noun} is still in use: {'; '.join(places)}. Take it out there, or merge it into "
        "another, before you delete it."
    )


def _itself(row: Row) -> Row:
    columns = _columns(row)
    if columns.merged_into_id is not None:
        new = columns.merged_into_id
        raise Moved(f"It was merged into {new}.", old=columns.id, new=new)
    return row


def _columns(row: Any) -> Any:
    return row


def _wrong_target(detail: str) -> Invalid:
    return Invalid("It cannot be merged into that.", faults=[Fault(detail, pointer="/into")])
