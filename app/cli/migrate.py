"""`masthead migrate`."""

from typing import Annotated

import typer

from app import migrate as migrations
from app.assembly import located
from app.cli.console import give, say
from app.cli.failures import REFUSED, Stop
from app.cli.opening import load, refuse_unfit
from app.cli.working import set_up


def migrate(
    to: Annotated[
        str | None, typer.Option(metavar="REV", help="Stop at this revision; an older one undoes.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; exit 2 unless there is nothing to do.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before undoing.")] = False,
) -> None:
    """Bring the database's schema to the one this program needs.

    Servers need not be stopped for going forward, but have a backup. Each migration is one
    transaction; two that run at once wait for each other.
    """
    with located(load(), say) as here:
        found = migrations.standing(here.url)
        if check:
            refuse_unfit(found)
            give(f"The database is at revision {found.revision}: nothing to do.")
            return
        if to is None:
            _refuse_newer(found)
        elif migrations.goes_back(found.revision, to) and not yes:
            typer.confirm(
                f"Going back from {found.revision} to {to} deletes what newer tables hold. Go on?",
                abort=True,
                err=True,
            )
        migrations.move(here.url, to or "head")
        reached = migrations.standing(here.url)
        if reached.fit is migrations.Fit.CURRENT:
            set_up(here)
        if reached == found:
            give(f"The database is at revision {reached.revision}: nothing to do.")
        else:
            give(f"Migrated from {found.revision or 'nothing'} to revision {reached.revision}.")


def _refuse_newer(found: migrations.Standing) -> None:
    if found.fit is migrations.Fit.AHEAD:
        raise Stop(
            f"The database is at revision {found.revision}, which this program does not know. "
            "A newer Masthead has migrated it: only that one can migrate it back.",
            code=REFUSED,
        )
