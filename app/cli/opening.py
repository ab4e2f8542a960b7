"""From a command line to settings, and from settings to a database that fits this program."""

import time

import psycopg
from pydantic import ValidationError

from app import migrate, observability
from app.assembly import Located, start_logging
from app.cli.console import say
from app.cli.failures import REFUSED, Stop, settings_refused
from app.migrate import Fit
from app.processes.loading import loaded
from app.settings import Settings, variable
from app.storage import opening as storages
from app.storage.faults import BadAddress

PATIENCE_SECONDS = 30.0
"""How long a start waits for a database that does not answer yet."""

_SETTING_UP = "app.cli.working"
"""Loads what writes to the desk: a server on a database that is set up does not wait for it."""


def load(**given: object) -> Settings:
    """The settings, with those given on the command line on top. `None` is not given."""
    try:
        settings = Settings(**_present(given))  # type: ignore[arg-type]
    except ValidationError as error:
        raise settings_refused(error) from error
    try:
        storages.opened(settings.media_address)
    except BadAddress as error:
        raise Stop(f"{variable('media_storage')}: {error}", code=REFUSED) from error
    try:
        start_logging(settings)
    except ValueError as error:
        raise Stop(f"{variable('log_level')}: {error}", code=REFUSED) from error
    return settings


def environment(**given: object) -> dict[str, str]:
    """The same settings for child processes, which read them from their environment."""
    return {variable(name): str(value) for name, value in _present(given).items()}


def fit(here: Located, *, base: str | None = None, patience: float = 0) -> None:
    """See that the schema is the one this program needs.

    The embedded database is migrated, and gets a site that can be reached at `base`. Another one
    is never changed: that is for `masthead migrate`, by somebody who has a backup. Where it does
    not answer it is waited for `patience` seconds.
    """
    if here.embedded:
        migrate.move(here.url)
        loaded(_SETTING_UP).set_up(here, base=base)
        return
    refuse_unfit(
        _standing(here.reader_url if here.settings.side == "delivery" else here.url, patience)
    )


def refuse_unfit(found: migrate.Standing) -> None:
    if found.fit is Fit.BEHIND:
        state = f"at revision {found.revision}" if found.revision else "empty"
        first = "Back it up, then run" if found.revision else "Run"
        raise Stop(
            f"The database is {state}; this program needs revision {found.head}. "
            f"{first} `masthead migrate`.",
            code=REFUSED,
        )
    if found.fit is Fit.AHEAD:
        raise Stop(
            f"The database is at revision {found.revision}, which this program does not know "
            f"(it knows {found.head}). A newer Masthead has migrated it: run that one.",
            code=REFUSED,
        )


def _standing(url: str, patience: float) -> migrate.Standing:
    end = time.monotonic() + patience
    told = False
    while True:
        try:
            return migrate.standing(url)
        except psycopg.OperationalError as error:
            if time.monotonic() > end:
                raise
            if not told:
                first_line = observability.mask(str(error)).strip().partition("\n")[0]
                say(f"Waiting for the database: {first_line}")
                told = True
        time.sleep(0.5)


def _present(given: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in given.items() if value is not None}
