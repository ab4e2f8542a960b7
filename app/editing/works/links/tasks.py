"""When links are looked at. Of these jobs one runs at a time, everywhere: so no host is asked by
two of them, and most of the worker is free for what readers wait for.
"""

from uuid import UUID

from app import jobs
from app.database import Database
from app.editing import calling
from app.editing.works.links import queries, rounds

_LOCK = "works.links"
_LESS_URGENT = -10


@jobs.periodic("works.links", cron="*/10 * * * *")
async def begin_round(database: Database) -> None:
    """Have links looked at whose time has come."""
    async with database.write() as session:
        if not calling.is_on(session):
            return
        await queries.enrol(session)
        if await queries.due(session, limit=1):
            await jobs.defer(
                session, check_due, queueing_lock="works.check_due", priority=_LESS_URGENT
            )


@jobs.task("works.check_due", lock=_LOCK)
async def check_due(database: Database) -> None:
    """One round; another job for the next, as long as there are links that are due."""
    if not await rounds.check_due(database):
        return
    async with database.write() as session:
        if await queries.due(session, limit=1):
            await jobs.defer(
                session, check_due, queueing_lock="works.check_due", priority=_LESS_URGENT
            )


@jobs.task("works.check_one", lock=_LOCK)
async def check_one(database: Database, *, work_id: str) -> None:
    """An editor wants to know now."""
    await rounds.check_one(database, UUID(work_id))
