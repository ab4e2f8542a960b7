"""The state of a database's schema, and bringing it to the one this program needs."""

from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import text

import migrations
from app.database import patient_engine
from app.errors import Invalid

# Any number will do that nobody else uses: two that start at once migrate one after the other.
_LOCK = 0x6D617374


class Fit(StrEnum):
    """How a database's schema compares to what this program needs."""

    CURRENT = "current"
    BEHIND = "behind"
    AHEAD = "ahead"


@dataclass(frozen=True)
class Standing:
    """`revision` is the database's, None where nothing was ever set up; `head` is ours."""

    revision: str | None
    head: str
    fit: Fit


def standing(url: str) -> Standing:
    """Where the database at `url` stands. Raises psycopg.OperationalError where it is away."""
    with closing(psycopg.connect(url, connect_timeout=5, autocommit=True)) as connection:
        return standing_of(revision(connection))


def revision(connection: psycopg.Connection) -> str | None:
    """The revision of the database. Needs only the right to read the schema `published`."""
    table = connection.execute("SELECT to_regclass('published.alembic_version')").fetchone()
    if table is None or table[0] is None:
        return None
    found = connection.execute("SELECT version_num FROM published.alembic_version").fetchone()
    return found[0] if found else None


def standing_of(found: str | None) -> Standing:
    """How a database at this revision compares to what this program needs."""
    head = _scripts().get_current_head()
    assert head is not None
    if found == head:
        return Standing(found, head, Fit.CURRENT)
    known = found is None or found in _known()
    return Standing(found, head, Fit.BEHIND if known else Fit.AHEAD)


def goes_back(found: str | None, target: str) -> bool:
    """Whether going from `found` to the revision `target` undoes migrations."""
    order = _known()
    if target not in order:
        raise Invalid(f"There is no revision {target}. There are: {', '.join(order)}.")
    return found in order and order.index(target) < order.index(found)


def move(url: str, target: str = "head") -> None:
    """Migrate to the revision `target`, forward or back; each migration is one transaction."""
    with patient_engine(url).connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": _LOCK})
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        found = revision(driver)
        connection.commit()
        config = _config()
        config.attributes["connection"] = connection
        try:
            if target != "head" and goes_back(found, target):
                command.downgrade(config, target)
            else:
                command.upgrade(config, target)
        except CommandError as error:
            raise Invalid(str(error)) from error
        connection.commit()


def _known() -> list[str]:
    """All revisions of this program, the oldest first."""
    return [script.revision for script in _scripts().walk_revisions()][::-1]


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    assert migrations.__file__ is not None
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config
