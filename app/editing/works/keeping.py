"""Writing the row and the identifiers of a work, which no two works may share."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import delete, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.works import queries
from app.editing.works.identifiers import Identifier
from app.editing.works.models import LinkCheck, Work, WorkIdentifier
from app.errors import Conflict, Fault

_NOT_LOOKED_AT = {
    "link_verdict": None,
    "link_broken": False,
    "link_checked_at": None,
    "link_next_check_at": None,
    "fingerprint": None,
}


async def keep(session: AsyncSession, work: Work, values: dict[str, Any]) -> None:
    """Give the row, a new one or a locked one, these values.

    Raises Conflict, naming the other, where another public work has this address. With another
    address, whatever was found at the old one is forgotten.
    """
    if values["url_key"] != work.url_key or values["visibility"] == "internal":
        values = values | _NOT_LOOKED_AT
        await session.execute(delete(LinkCheck).where(LinkCheck.work_id == work.id))
    try:
        async with session.begin_nested():
            for name, value in values.items():
                setattr(work, name, value)
            session.add(work)
            await session.flush()
    except IntegrityError as error:
        if _broken(error) != "uq_works_url_key":
            raise
        other = await queries.at_key(session, values["url_key"])
        fault = Fault(f"It is the address of {other}.", pointer="/url")
        raise Conflict(f"Work {other} has this address already.", faults=[fault]) from error


async def lend_visibility(session: AsyncSession, work_id: UUID, visibility: str) -> None:
    """Those that were merged into the work are as public as it is: content may still name them."""
    await session.execute(
        update(Work).where(Work.merged_into_id == work_id).values(visibility=visibility)
    )


async def set_identifiers(
    session: AsyncSession, work_id: UUID, wanted: Sequence[Identifier]
) -> None:
    """Give the work these identifiers and no others. Raises Conflict, naming each that another
    work has."""
    pairs = {each.pair for each in wanted}
    own = WorkIdentifier.work_id == work_id
    place = tuple_(WorkIdentifier.scheme, WorkIdentifier.value)
    await session.execute(delete(WorkIdentifier).where(own, place.not_in(pairs)))
    for scheme, value in sorted(pairs):
        await session.execute(
            insert(WorkIdentifier)
            .values(scheme=scheme, value=value, work_id=work_id)
            .on_conflict_do_nothing()
        )
    rows = await session.execute(select(WorkIdentifier).where(place.in_(pairs), ~own))
    owners = {(row.scheme, row.value): row.work_id for row in rows.scalars()}
    if owners:
        raise Conflict(
            "An identifier can belong to one work only.",
            faults=[
                Fault(
                    f"{each.scheme}:{each.value} is an identifier of {owners[each.pair]}.",
                    pointer=f"/identifiers/{index}",
                )
                for index, each in enumerate(wanted)
                if each.pair in owners
            ],
        )


def _broken(error: IntegrityError) -> str | None:
    cause = error.orig
    return cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None
