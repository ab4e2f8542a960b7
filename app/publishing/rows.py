"""Reading rows over the driver: a dozen tables for one publish, in one round trip."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from psycopg import AsyncConnection, AsyncCursor
from psycopg.rows import class_row

from app.database import Base

Row = TypeVar("Row", bound=Base)


async def select(
    connection: AsyncConnection, model: type[Row], where: str, parameters: Sequence[Any] = ()
) -> AsyncCursor[Row]:
    """Ask for rows as objects of their model that belong to no session: only to be read."""
    columns = ", ".join(model.__table__.columns.keys())
    query = f"SELECT {columns} FROM {model.__table__} WHERE {where}"  # noqa: S608 (our own)
    return await connection.cursor(row_factory=class_row(model)).execute(query, parameters)


def grouped(rows: Iterable[tuple[Any, ...]]) -> dict[UUID, list[Any]]:
    """Rows by the id that they begin with."""
    groups: dict[UUID, list[Any]] = {}
    for identity, *rest in rows:
        groups.setdefault(identity, []).append(tuple(rest))
    return groups
