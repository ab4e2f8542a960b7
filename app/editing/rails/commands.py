"""Arranging the TV home of an edition or a section, and giving the usual one back."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import transaction_time
from app.editing.changed import note
from app.editing.collections.models import Collection
from app.editing.expectation import Expectation, edit_etag
from app.editing.rails import queries
from app.editing.rails.models import TvHome
from app.editing.rails.schemas import NAMING, Rail
from app.editing.sections.models import Section
from app.editing.series.models import Series
from app.editing.site.models import Edition
from app.editing.site.queries import lock_edition
from app.editing.topics.models import Topic
from app.errors import Fault, Invalid
from app.identity.actor import Actor
from app.identity.scopes import Scope

NEVER_ARRANGED = 0
"""The number of edits of what nobody has arranged."""

_OF_EDITION = {"collection_id": Collection, "section_id": Section, "series_id": Series}


async def replace(
    session: AsyncSession,
    actor: Actor,
    edition: Edition,
    section_id: UUID | None,
    rails: list[Rail],
    *,
    expected: Expectation,
) -> TvHome:
    actor.require(Scope.CHANNELS_WRITE)
    home = await _lock(session, edition, section_id, expected)
    await _require_named(session, edition.id, rails)
    if home is None:
        home = TvHome(edition_id=edition.id, section_id=section_id, edit=NEVER_ARRANGED)
        session.add(home)
    home.rails = [rail.model_dump(mode="json") for rail in rails]
    home.edit += 1
    home.changed_at = await transaction_time(session)
    note(session, "tv", edition.id)
    await session.flush()
    return home


async def reset(
    session: AsyncSession,
    actor: Actor,
    edition: Edition,
    section_id: UUID | None,
    *,
    expected: Expectation,
) -> None:
    """Forget how it was arranged: readers get the usual rails."""
    actor.require(Scope.CHANNELS_WRITE)
    home = await _lock(session, edition, section_id, expected)
    if home is not None:
        await session.delete(home)
        note(session, "tv", edition.id)


async def _lock(
    session: AsyncSession, edition: Edition, section_id: UUID | None, expected: Expectation
) -> TvHome | None:
    """The row, if there is one. Until the commit nobody else arranges anything in this edition,
    nor changes its sections."""
    await lock_edition(session, edition.id)
    home = await queries.arranged(session, edition.id, section_id)
    expected(edit_etag(home.edit if home else NEVER_ARRANGED))
    return home


async def _require_named(session: AsyncSession, edition_id: UUID, rails: list[Rail]) -> None:
    """Raise Invalid with each thing that is not there, or not of this edition. The others are held
    until the commit: the rails bear their names, and nobody renames one meanwhile."""
    faults: list[Fault] = []
    for field in NAMING:
        named = {
            index: identity
            for index, rail in enumerate(rails)
            if (identity := getattr(rail, field)) is not None
        }
        known = await _known(session, field, set(named.values()), edition_id)
        where = " in this edition" if field in _OF_EDITION else ""
        detail = f"There is no such {field.removesuffix('_id')}{where}."
        faults += [
            Fault(detail, pointer=f"/rails/{index}/{field}")
            for index, identity in named.items()
            if identity not in known
        ]
    if faults:
        raise Invalid("The rails name what is not there.", faults=faults)


async def _known(
    session: AsyncSession, field: str, wanted: set[UUID], edition_id: UUID
) -> set[UUID]:
    if not wanted:
        return wanted
    model: Any = _OF_EDITION.get(field, Topic)
    query = select(model.id).where(model.id.in_(wanted)).order_by(model.id)
    if field in _OF_EDITION:
        query = query.where(model.edition_id == edition_id)
    rows = await session.execute(query.with_for_update(read=True))
    return set(rows.scalars())
