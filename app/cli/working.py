"""The work of commands on the database."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from app.assembly import Located, located
from app.cli.console import say
from app.cli.opening import fit, load
from app.database import Database
from app.editing.site.commands import ensure_site
from app.identity.actor import SYSTEM
from app.processes.listen import url_at
from app.sessions import open_database

T = TypeVar("T")


def with_database(work: Callable[[Database], Awaitable[T]]) -> T:
    """Run a command's work on the database, which is started and set up if it is the embedded."""
    with located(load(), say) as here:
        fit(here)
        return asyncio.run(opened(here, work))


async def opened(here: Located, work: Callable[[Database], Awaitable[T]]) -> T:
    """Run the work on a database that is closed afterwards."""
    database = open_database(here)
    try:
        return await work(database)
    finally:
        await database.close()


def set_up(here: Located, *, base: str | None = None) -> None:
    """Make what a database needs besides its schema, where it is missing: the site."""
    settings = here.settings
    reached_at = base or settings.public_url or url_at(settings.host, settings.port)

    async def work(database: Database) -> None:
        async with database.write() as session:
            await ensure_site(session, SYSTEM, base=reached_at.rstrip("/"))

    asyncio.run(opened(here, work))
