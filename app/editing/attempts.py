"""Locking what has to be read first to know what must be locked.

What is read without a lock can change before the lock is there. Then all is let go and tried again.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

Held = TypeVar("Held")


async def until_held(session: AsyncSession, attempt: Callable[[], Awaitable[Held | None]]) -> Held:
    """What `attempt` gives once it finds, with its locks, what it had read before them.

    It answers None where that is not so; the locks that it took meanwhile are released.
    """
    while True:
        try:
            async with session.begin_nested():
                held = await attempt()
                if held is None:
                    raise _ChangedMeanwhile
                return held
        except _ChangedMeanwhile:
            continue


class _ChangedMeanwhile(Exception):
    """Ends a savepoint, so that its locks go."""
