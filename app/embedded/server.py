"""Start or join the server of a directory, and leave it.

Three locks keep its users apart. Each holds `users` shared; who can make that exclusive is the
last, and stops the server. `starting` lets one at a time make the data and start the server. The
server itself holds `running`: unlike a process id in a file, that is never out of date.
"""

import logging
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Self

import psycopg

from app.embedded import locks
from app.embedded.account import account_for
from app.embedded.initdb import SUPERUSER, make_data
from app.embedded.locks import Report
from app.embedded.place import Place, find
from app.embedded.postmaster import PORT, last_words, launch, shut_down
from app.errors import Unavailable

DATABASE = "masthead"
WAY_OUT = "Or set MASTHEAD_DATABASE_URL to a PostgreSQL of your own (15 or newer)."

_log = logging.getLogger(__name__)


class Embedded:
    """This process's use of a running server, from `start` until `leave`.

    `url` is the address of its database, as SQLAlchemy and psycopg take it.
    """

    def __init__(self, place: Place, users: int, report: Report) -> None:
        self.url = _url(place, DATABASE)
        self._place = place
        self._users: int | None = users
        self._report = report

    def leave(self) -> bool:
        """Give it up; true if this was the last user, and so the server is stopped now."""
        if self._users is None:
            return False
        users, self._users = self._users, None
        return _leave(self._place, users, self._report)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.leave()


def start(
    directory: Path,
    *,
    settings: Mapping[str, str] = MappingProxyType({}),
    report: Report = _log.info,
    patience: float = 1800,
) -> Embedded:
    """Start the server whose data live in `directory`, or join it where it runs already.

    It has a database named `masthead`, and listens on a private socket only. `settings` are
    PostgreSQL's, and count when this call is the one that starts it. `report` is told in words
    what takes long, such as recovery after a crash. Raises `Unavailable`, with the way out, where
    it cannot work or takes longer than `patience` seconds.
    """
    try:
        place = find(directory)
        users = locks.open_file(place.users)
        try:
            _join(place, users, settings, report, patience)
        except BaseException:
            _leave(place, users, report)
            raise
    except Unavailable as error:
        raise Unavailable(f"{error.detail}\n{WAY_OUT}") from error
    except OSError as error:
        problem = f"The embedded PostgreSQL of {directory} cannot be used: {error}."
        raise Unavailable(f"{problem}\n{WAY_OUT}") from error
    return Embedded(place, users, report)


def _join(
    place: Place, users: int, settings: Mapping[str, str], report: Report, patience: float
) -> None:
    reason = f"PostgreSQL in {place.directory} is being stopped by its last user; waiting."
    locks.wait(users, locks.SHARED, patience=patience, report=report, reason=reason)
    with locks.opened(place.starting) as starting:
        reason = f"Another process is starting PostgreSQL in {place.directory}; waiting for it."
        locks.wait(starting, locks.EXCLUSIVE, patience=patience, report=report, reason=reason)
        if not place.data.exists():
            report(f"Making a database in {place.directory}.")
            account = account_for(place.data, report)
            make_data(place, account, starting=starting, settings=settings)
        _ensure_running(place, settings, report, patience)
        _ensure_database(place)


def _ensure_running(
    place: Place, settings: Mapping[str, str], report: Report, patience: float
) -> None:
    launched = False
    refusal = ""

    def reason() -> str:
        return f"PostgreSQL in {place.directory} is not ready yet: {refusal}."

    for _ in locks.attempts(patience=patience, report=report, reason=reason):
        with locks.opened(place.running) as running:
            if locks.taken(running, locks.EXCLUSIVE):
                if launched:
                    raise Unavailable(f"PostgreSQL could not start. It says:\n{last_words(place)}")
                account = account_for(place.data, report)
                launch(place, account, running=running, settings=settings)
                launched = True
        try:
            psycopg.connect(_url(place, "postgres"), connect_timeout=2).close()
        except psycopg.OperationalError as error:
            refusal = str(error).splitlines()[-1].strip()
        else:
            return


def _ensure_database(place: Place) -> None:
    with psycopg.connect(_url(place, "postgres"), autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if not found.fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE}")


def _leave(place: Place, users: int, report: Report) -> bool:
    try:
        return locks.taken(users, locks.EXCLUSIVE) and shut_down(place, report)
    except FileNotFoundError:
        return False  # the directory was removed, which the server finds out within a minute
    finally:
        os.close(users)


def _url(place: Place, database: str) -> str:
    return f"postgresql://{SUPERUSER}@/{database}?host={place.socket.resolve()}&port={PORT}"
