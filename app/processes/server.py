"""A whole server: the database, the processes that answer, the worker, the operators' port."""

import asyncio
import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog

from app import metrics, ops
from app.assembly import Located
from app.errors import Invalid, Unavailable
from app.ops import Check
from app.processes.children import Child
from app.processes.listen import url_of
from app.processes.readiness import checks
from app.processes.supervisor import supervise
from app.settings import Settings, variable

METRICS = "masthead-metrics-"

log = structlog.get_logger()


@dataclass(frozen=True)
class Crew:
    """The processes of a server. `listening` is what the `web` processes share, if there are any.

    `environment` is added to theirs: the settings that were given on the command line.
    """

    listening: socket.socket | None
    web: int
    worker: bool
    environment: Mapping[str, str]


def run(here: Located, crew: Crew, *, when_ready: Callable[[str | None], None]) -> bool:
    """Run until a signal. `when_ready` is called with the URL once every process is ready.

    Returns whether the end was orderly. Raises `NeverReady` where a process cannot start.
    """
    files = (crew.listening.fileno(),) if crew.listening else ()
    url = url_of(crew.listening) if crew.listening else None
    web = [
        Child(f"web-{number}", "app.processes.web", files, crew.environment)
        for number in range(1, crew.web + 1)
    ]
    worker = Child("worker", "app.worker", (), crew.environment) if crew.worker else None

    def close() -> None:
        if crew.listening:
            crew.listening.close()

    with _metrics(), _ops(here.settings, checks(here, web, worker)):
        return asyncio.run(
            supervise(
                [*web, worker] if worker else web,
                patience=here.settings.graceful_seconds + 5,
                when_ready=lambda: when_ready(url),
                when_stopping=close,
            )
        )


@contextmanager
def _metrics() -> Iterator[None]:
    for folder in Path(tempfile.gettempdir()).glob(f"{METRICS}*"):
        pid = folder.name.removeprefix(METRICS).partition("-")[0]
        if pid.isdigit() and not metrics.lives(int(pid)):  # it was killed
            shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"{METRICS}{os.getpid()}-") as directory:
        metrics.prepare(Path(directory))
        yield


@contextmanager
def _ops(settings: Settings, named: Mapping[str, Check]) -> Iterator[None]:
    try:
        running = ops.start(settings.ops_address, named)
    except ValueError as error:
        raise Invalid(f"{variable('ops_address')}: {error}") from error
    except OSError as error:
        # Two servers on one machine are no mistake; an address that somebody chose must hold.
        if "ops_address" in settings.model_fields_set:
            raise Unavailable(str(error.strerror or error)) from error
        log.warning("ops_address_in_use", address=settings.ops_address)
        running = ops.Running(None, lambda: None)
    if running.address:
        log.info("ops_listening", address="{}:{}".format(*running.address))
    try:
        yield
    finally:
        running.stop()
