"""The transactions of an import: one for each chunk, or a single one that is undone."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import islice
from typing import TypeVar

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import Database
from app.editing import changed
from app.publishing import pending

CHUNK = 100

_NEVER_GIVEN_UP = text("SET LOCAL idle_in_transaction_session_timeout = 0")

Transaction = Callable[[], AbstractAsyncContextManager[AsyncSession]]
T = TypeVar("T")


@asynccontextmanager
async def transactions(database: Database, *, dry_run: bool) -> AsyncIterator[Transaction]:
    """How to open one. In a dry run each sees what the earlier ones did, and nobody else does."""
    if not dry_run:
        yield database.write
        return
    try:
        async with database.write() as session:
            # Between two chunks the file is read, in which there may be gigabytes of other things.
            await session.execute(_NEVER_GIVEN_UP)

            @asynccontextmanager
            async def inside() -> AsyncIterator[AsyncSession]:
                yield session
                await session.flush()
                session.expunge_all()
                pending.take(session)
                changed.take(session)

            yield inside
            raise _Undo
    except _Undo:
        pass


def chunks(things: Iterable[T]) -> Iterator[list[T]]:
    """As many at a time as belong into one transaction."""
    iterator = iter(things)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk


class _Undo(Exception):
    """Ends the transaction of a dry run."""
