"""`masthead sweep`."""

from typing import Annotated

import typer

from app.cli.console import give, say
from app.cli.failures import REFUSED, Stop
from app.cli.working import with_database
from app.database import Database
from app.editing.assets import sweeping
from app.storage.faults import StorageFault


def sweep(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say how many there are; delete none.")
    ] = False,
    many: Annotated[
        bool, typer.Option("--many", help="Also where it is more than a tenth of all files.")
    ] = False,
) -> None:
    """Delete files from the storage that no asset has, as the worker does every night.

    Only those that are older than a day, and none where they are many: then the storage may be that
    of another newsroom, or the database one that was restored from an older backup.
    """
    try:
        found = with_database(lambda database: _sweep(database, dry_run=dry_run, many=many))
    except StorageFault as fault:
        raise Stop(str(fault)) from fault
    give(f"{found.place}: {found.count} files older than a day, {len(found.strange)} without an "
         "asset")  # fmt: skip
    if dry_run:
        say("This was a dry run: nothing was deleted.")
    elif not (found.are_few or many):
        raise Stop(
            "These are many, so none was deleted. Is this the storage of this newsroom, and the "
            "database not older than its files? Then say --many.",
            code=REFUSED,
        )
    elif found.strange:
        say("These were deleted.")


async def _sweep(database: Database, *, dry_run: bool, many: bool) -> sweeping.Found:
    found = await sweeping.look(database)
    if not dry_run and (found.are_few or many):
        await sweeping.delete(database, found)
    return found
