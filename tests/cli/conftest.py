"""Places to run the real command in."""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests import cluster
from tests.cli.programs import Place, alive


@pytest.fixture
def bare() -> Iterator[Place]:
    """An empty directory without settings: commands here use the embedded database."""
    made = Path(tempfile.mkdtemp(prefix="masthead-cli-", dir=cluster.temporary_folder()))
    made.chmod(0o755)  # so that the account of a server started by root can reach it
    place = Place(made)
    yield place
    for running in place.begun:
        _kill(running.pid)
        running.process.wait()
    cluster.remove(made / "var")
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def place(bare: Place, database_url: str) -> Place:
    """A directory whose settings name a database of its own, with all migrations."""
    bare.settings["MASTHEAD_DATABASE_URL"] = database_url
    return bare


@pytest.fixture
def empty(bare: Place, empty_database_url: str) -> Place:
    """The same with a database in which nothing was ever set up."""
    bare.settings["MASTHEAD_DATABASE_URL"] = empty_database_url
    return bare


def _kill(pid: int) -> None:
    with suppress(psutil.NoSuchProcess):
        below = psutil.Process(pid).children(recursive=True)
        os.kill(pid, signal.SIGKILL)
        # Those of ours end by themselves then, but some tests have them wait for long.
        end = time.monotonic() + 5
        while alive(below) and time.monotonic() < end:
            time.sleep(0.05)
        for one in alive(below):
            if "postgres" not in one.name():
                one.kill()
