"""What every process needs before it can do anything: logs, and a database that runs."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pydantic import SecretStr

from app import embedded, observability
from app.settings import Settings, Side

Report = Callable[[str], None]


@dataclass(frozen=True)
class Located:
    """Settings in which `database_url` is set to a database that is there to be asked."""

    settings: Settings
    embedded: bool

    @property
    def url(self) -> str:
        assert self.settings.database_url is not None
        return self.settings.database_url.get_secret_value()

    @property
    def reader_url(self) -> str:
        """Where the public side reads."""
        own = self.settings.delivery_database_url
        return own.get_secret_value() if own else self.url


@contextmanager
def located(settings: Settings, report: Report | None = None) -> Iterator[Located]:
    """The database of these settings: theirs, or else the embedded one, which runs meanwhile.

    `report` hears in words of what takes long. Raises `Unavailable` where the embedded one cannot
    run; whether another one answers is not tried.
    """
    if settings.database_url is not None:
        yield Located(settings, embedded=False)
    elif settings.delivery_database_url is not None and settings.side is Side.DELIVERY:
        reads_only = {"database_url": settings.delivery_database_url}
        yield Located(settings.model_copy(update=reads_only), embedded=False)
    else:
        tell = report or logging.getLogger(__name__).info
        with embedded.start(settings.data_dir / "postgres", report=tell) as server:
            found = settings.model_copy(update={"database_url": SecretStr(server.url)})
            yield Located(found, embedded=True)


def logs_are_json(settings: Settings) -> bool:
    if settings.log_format == "auto":
        return not sys.stderr.isatty()
    return settings.log_format == "json"


def start_logging(settings: Settings) -> None:
    observability.configure(settings.log_level, logs_are_json(settings))
    # They tell of every step of theirs; what came of it is told by us.
    for name in ("alembic", "procrastinate", "uvicorn"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # What is wrong in a file is told to whoever sent it.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
