"""The ids that things have in other systems: each belongs to one thing of its kind."""

import hashlib
from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError
from sqlalchemy import ColumnElement, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.inputs import Input
from app.errors import Conflict, Fault

SYSTEM = r"^[a-z0-9][a-z0-9._-]*$"
"""How the name of a system is written."""

LONGEST_ID = 300


class ExternalIdInput(Input):
    model_config = ConfigDict(extra="forbid", frozen=True)

    system: str = Field(min_length=1, max_length=60, pattern=SYSTEM, examples=["wordpress"])
    id: str = Field(min_length=1, max_length=LONGEST_ID, examples=["1787"])


class ExternalIdView(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    system: str
    id: str


def _distinct(external_ids: list[ExternalIdInput]) -> list[ExternalIdInput]:
    if len(set(external_ids)) < len(external_ids):
        raise PydanticCustomError("distinct", "The same id is there twice.")
    return external_ids


ExternalIds = Annotated[list[ExternalIdInput], Field(max_length=20), AfterValidator(_distinct)]


ExternalIdFilter = Annotated[
    str | None,
    Field(
        max_length=361,
        pattern=r"^[a-z0-9][a-z0-9._-]{0,59}:.{1,300}$",
        description="The one with this id in another system",
        examples=["wordpress:1787"],
    ),
]
"""A query parameter, `system:id`."""


def parsed(external: str) -> ExternalIdInput:
    """What such a parameter says."""
    system, _, identity = external.partition(":")
    return ExternalIdInput(system=system, id=identity)


def has(model: Any, wanted: ExternalIdInput) -> ColumnElement[bool]:
    """Whether a row of `model` has this id in another system."""
    condition: ColumnElement[bool] = model.external_ids.contains([wanted.model_dump()])
    return condition


async def require_free(
    session: AsyncSession, model: Any, owner: UUID | None, wanted: Sequence[ExternalIdInput]
) -> None:
    """Raise Conflict, naming each id that another row of `model` has; then hold them.

    The column holds JSON, which no unique index can see into.
    """
    faults: list[Fault] = []
    await hold(session, model, wanted)
    for index, one in enumerate(wanted):
        known = await owner_of(session, model, one)
        if known is not None and known != owner:
            detail = f"{one.system}:{one.id} is already the id of {known}."
            faults.append(Fault(detail, pointer=f"/external_ids/{index}"))
    if faults:
        raise Conflict("An external id can belong to one thing only.", faults=faults)


async def hold(session: AsyncSession, model: Any, wanted: Sequence[ExternalIdInput]) -> None:
    """Whoever else holds one of these ids, for the same kind of thing, waits for our commit."""
    for name in sorted({_lock_name(model.__tablename__, one) for one in wanted}):
        await session.execute(text("SELECT pg_advisory_xact_lock(:name)"), {"name": name})


async def owner_of(session: AsyncSession, model: Any, wanted: ExternalIdInput) -> UUID | None:
    """The row of `model` that has this id in another system."""
    found = await session.execute(select(model.id).where(has(model, wanted)))
    owner: UUID | None = found.scalar_one_or_none()
    return owner


def _lock_name(table: str, one: ExternalIdInput) -> int:
    digest = hashlib.sha256(f"external id\0{table}\0{one.system}\0{one.id}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
