"""Forgetting what was on long ago."""

from app import jobs
from app.database import Database
from app.editing.streams import schedules


@jobs.periodic("streams.forget_schedules", cron="29 * * * *")
async def forget_schedules(database: Database) -> None:
    async with database.write() as session:
        await schedules.forget_old(session)
