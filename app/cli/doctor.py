"""`masthead doctor`."""

from collections.abc import Callable, Iterator
from functools import partial

import psycopg
from rich.text import Text

from app import observability
from app.assembly import Located, located
from app.cli.checks import database, machine, program, rights, sessions, storage
from app.cli.checks.finding import Finding, Mark, bad, doubtful, good
from app.cli.console import out, say
from app.cli.database_url import masked
from app.cli.failures import Stop
from app.cli.opening import fit, load
from app.cli.settings import unknown_variables
from app.settings import Environment, Settings, Side, variable

COLOURS = {Mark.GOOD: "green", Mark.DOUBTFUL: "yellow", Mark.BAD: "bold red"}
WIDEST_SUBJECT = 20


def doctor() -> None:
    """Look for what keeps Masthead from working well, and say the way out.

    ✓ is good, ! deserves a thought, ✗ must be mended: with one of these the exit code is 1.
    Nothing is changed, but that the embedded database, if it is used, is started and set up, and
    that a small file is written where files are kept, and removed.
    """
    settings = load()
    worst = Mark.GOOD
    with located(settings, say) as here:
        if here.embedded:
            fit(here)
        for finding in examine(here):
            _show(finding)
            worst = max(worst, finding.mark, key=list(Mark).index)
    if worst is Mark.BAD:
        raise Stop("What is marked ✗ must be mended.")


def examine(here: Located) -> Iterator[Finding]:
    """What is well and what is not. A server of the public side needs nothing of the desk: there
    only the database that it reads is looked at."""
    settings = here.settings
    delivery_only = settings.side is Side.DELIVERY
    url = here.reader_url if delivery_only else here.url
    yield from _settings(settings, here)
    yield machine.disk("disk", settings.data_dir)
    yield from storage.storage(settings)
    yield from storage.cdn(settings)
    try:
        connection = psycopg.connect(url, connect_timeout=5, autocommit=True)
    except psycopg.OperationalError as error:
        own = delivery_only and settings.delivery_database_url
        name = variable("delivery_database_url" if own else "database_url")
        yield bad("database", _first_line(error), f"Check {name} and the server.")
        return
    with connection:
        yield good("database", f"{masked(url)} answers")
        yield from _database(connection, url, settings)
        schema = program.migrations(connection)
        yield schema
        if not delivery_only:
            yield from _desk(connection, here, migrated=schema.mark is Mark.GOOD)
    if settings.delivery_database_url:
        yield from _delivery(here.reader_url)
    else:
        yield rights.no_delivery_role(settings.environment is Environment.PRODUCTION)


def _settings(settings: Settings, here: Located) -> Iterator[Finding]:
    if here.embedded:
        yield good("settings", "embedded database: for trying out and developing")
    elif settings.environment is Environment.DEVELOPMENT:
        yield doubtful(
            "settings",
            "a database of its own, but MASTHEAD_ENVIRONMENT is development",
            "Where readers depend on it, set MASTHEAD_ENVIRONMENT=production.",
        )
    else:
        yield good("settings", "fit for production")
    for complaint in unknown_variables():
        yield doubtful("settings", complaint, "Remove it, or correct its name.")


def _database(connection: psycopg.Connection, url: str, settings: Settings) -> Iterator[Finding]:
    desk = settings.side is not Side.DELIVERY
    pool = settings.database_pool_size if desk else 0
    needed = settings.workers * (pool + settings.reader_connections) + pool + 7
    checks: list[tuple[str, Callable[[], Iterator[Finding]]]] = [
        ("version", partial(database.server, connection)),
        ("encoding", partial(database.encoding, connection)),
        ("durability", partial(database.durability, connection)),
        ("extensions", partial(database.extensions, connection)),
        ("clock", partial(database.clocks, connection)),
        ("connections", partial(database.room_for_connections, connection, needed)),
        ("disk", partial(machine.database_disk, connection)),
        ("sessions", partial(sessions.sessions, url)),
    ]
    for subject, check in checks:
        yield from _tried(subject, check)


def _desk(connection: psycopg.Connection, here: Located, *, migrated: bool) -> Iterator[Finding]:
    yield from _tried("notifications", partial(sessions.notifications, here.url))
    if not here.embedded:
        yield from _tried("superuser", partial(rights.superuser, connection))
    if migrated:
        yield from _tried("rights", partial(rights.desk, connection))
        yield from _tried("jobs", partial(program.waiting_jobs, connection))
        yield from _tried("change log", partial(program.consumers, connection))


def _delivery(url: str) -> Iterator[Finding]:
    try:
        connection = psycopg.connect(url, connect_timeout=5, autocommit=True)
    except psycopg.OperationalError as error:
        yield bad("public side", _first_line(error), "Check MASTHEAD_DELIVERY_DATABASE_URL.")
        return
    with connection:
        yield from _tried("public side", partial(rights.delivery, connection))
        yield from _tried(
            "public side", lambda: iter([program.migrations(connection, "its migrations")])
        )


def _tried(subject: str, check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """The check's findings; that the database refuses to answer it is one too."""
    try:
        yield from check()
    except psycopg.Error as error:
        yield bad(subject, f"could not be looked at: {_first_line(error)}", "See the message.")


def _first_line(error: psycopg.Error) -> str:
    return observability.mask(str(error).strip().partition("\n")[0] or type(error).__name__)


def _show(finding: Finding) -> None:
    line = Text.assemble(
        (f"{finding.mark} ", COLOURS[finding.mark]),
        f"{finding.subject:<{WIDEST_SUBJECT}} {finding.detail}",
    )
    out.print(line, soft_wrap=True)
    if finding.way_out:
        out.print(f"  {'':<{WIDEST_SUBJECT}} → {finding.way_out}", markup=False, soft_wrap=True)
