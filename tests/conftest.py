"""What all tests share: the run's PostgreSQL, and a database of its own for each test."""

import asyncio
import gc
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from psycopg.conninfo import conninfo_to_dict

from tests import cluster, newsroom
from tests.cluster import Cluster

# Two busy cores say nothing about the code: no property fails for being slow.
settings.register_profile("masthead", deadline=None)
settings.load_profile("masthead")

ROOT = os.geteuid() == 0
RUN = pytest.StashKey[cluster.Run]()


def pytest_configure(config: pytest.Config) -> None:
    # Whoever starts tests in the background has Ctrl-C ignored, and all processes would inherit it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if not hasattr(config, "workerinput"):
        config.stash[RUN] = cluster.begin()
    gc.disable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about another kind of account than the one that runs the tests."""
    foreign = "not_root" if ROOT else "root"
    left_out = [item for item in items if item.get_closest_marker(foreign)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker(foreign)]


def pytest_collection_finish() -> None:
    # The program and thousands of tests stay to the end: to look for garbage in them all the time
    # takes a tenth of a run.
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI everything that tests need is installed: what is skipped there was not checked."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not os.environ.get("CI"):
        return
    skipped = reporter.stats.get("skipped", [])
    if skipped and session.exitstatus == pytest.ExitCode.OK:
        for report in skipped:
            reporter.write_line(f"SKIPPED {report.nodeid}: {report.longrepr[-1]}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["cluster"] = str(node.config.stash[RUN].folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    if RUN in config.stash:
        config.stash[RUN].end()


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config) -> Iterator[Cluster]:
    """The server of this test run."""
    if RUN in pytestconfig.stash:
        folder = pytestconfig.stash[RUN].folder
    else:
        folder = Path(pytestconfig.workerinput["cluster"])  # type: ignore[attr-defined]
    with cluster.joined(folder) as joined:
        yield joined


@pytest.fixture(scope="session")
def migrated_template(postgres: Cluster) -> str:
    return postgres.migrated()


@pytest.fixture
def database_url(postgres: Cluster, migrated_template: str) -> Iterator[str]:
    """The URL of this test's own database, with all migrations and no rows."""
    with postgres.database(migrated_template) as url:
        yield url


@pytest.fixture(scope="session")
def site_template(postgres: Cluster, migrated_template: str) -> Iterator[str]:
    """A database that has a newsroom's site and key besides, for tests that need one."""
    with postgres.database(migrated_template) as url:
        asyncio.run(newsroom.found(url))
        yield str(conninfo_to_dict(url)["dbname"])


@pytest.fixture
def site_url(postgres: Cluster, site_template: str) -> Iterator[str]:
    """The URL of this test's own database, with a site of one edition and nothing else."""
    with postgres.database(site_template) as url:
        yield url


@pytest.fixture
def empty_database_url(postgres: Cluster) -> Iterator[str]:
    """The URL of this test's own database, with nothing in it."""
    with postgres.database() as url:
        yield url
