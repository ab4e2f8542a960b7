"""Looking at many addresses. No transaction is open while others are called."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app import clock
from app.database import Database, transaction_time
from app.editing import calling
from app.editing.assets.hls import targets
from app.editing.assets.hls.looking import look
from app.editing.assets.hls.recording import forget_others, record
from app.editing.assets.hls.targets import Target
from app.outbound.fetching import Fetch

AGAIN = timedelta(hours=23)
AFTER_FAILURE = timedelta(minutes=25)
MOST = 500
AT_ONCE = 4
SECONDS = 40.0
"""After so long no other look is begun: the worker has more to do."""


async def due(session: AsyncSession, *, limit: int = MOST) -> Sequence[Target]:
    """Public addresses whose time has come: each daily, those that fail every half hour."""
    now = await transaction_time(session)
    return await targets.due(
        session, seen_before=now - AGAIN, failed_before=now - AFTER_FAILURE, limit=limit
    )


async def check_due(database: Database) -> int:
    """Look at those whose time has come. Returns at how many; what is not reached stays due."""
    async with database.read() as session:
        if not calling.is_on(session):
            return 0
        fetch, agent = calling.fetcher(session), await calling.agent(session)
        waiting = await due(session)
    return await _look_at(database, waiting, fetch, agent)


async def check_owner(database: Database, owner_id: UUID) -> int:
    """Look at all addresses of this asset or stream now."""
    async with database.read() as session:
        if not calling.is_on(session):
            return 0
        fetch, agent = calling.fetcher(session), await calling.agent(session)
        waiting = await targets.of_owner(session, owner_id)
    count = await _look_at(database, waiting, fetch, agent)
    async with database.write() as session:
        await forget_others(session, owner_id)
    return count


async def _look_at(database: Database, waiting: Sequence[Target], fetch: Fetch, agent: str) -> int:
    free, until = asyncio.Semaphore(AT_ONCE), clock.seconds() + SECONDS

    async def visit(target: Target) -> int:
        async with free:
            if clock.seconds() >= until:
                return 0
            found = await look(target.url, fetch=fetch, agent=agent)
            async with database.write() as session:
                await record(session, target, found)
        return 1

    outcomes = await asyncio.gather(*map(visit, waiting), return_exceptions=True)
    count = 0
    for each in outcomes:
        if isinstance(each, BaseException):
            raise each
        count += each
    return count
