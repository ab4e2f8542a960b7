"""The tests' own database server, on which all of them rest."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from app import migrate
from app.embedded import locks
from app.embedded.place import Place
from tests import cluster
from tests.cluster import Cluster

PROJECT = Path(__file__).parents[1]
SLOW_TEST = """
import time

def test_slow(database_url):
    print("ready", flush=True)
    time.sleep({seconds})
"""


def test_a_test_has_a_database_with_all_migrations(database_url: str):
    assert migrate.standing(database_url).fit is migrate.Fit.CURRENT


def test_a_test_may_have_an_empty_one(empty_database_url: str):
    with psycopg.connect(empty_database_url) as connection:
        found = connection.execute(
            "SELECT count(*) FROM pg_class WHERE relnamespace >= 16384 OR relkind = 'r'"
            " AND relnamespace = 'public'::regnamespace"
        )
        assert found.fetchone() == (0,)


def test_databases_are_apart_and_dropped_even_where_one_is_still_connected(postgres: Cluster):
    with postgres.database() as one, postgres.database() as other:
        connected = psycopg.connect(one, autocommit=True)
        connected.execute("CREATE TABLE story ()")
        with psycopg.connect(other) as connection:
            found = connection.execute("SELECT to_regclass('story')").fetchone()
            assert found == (None,)

    with pytest.raises(psycopg.OperationalError, match="terminating connection"):
        connected.execute("SELECT 1")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(one)
    connected.close()


def test_a_changed_migration_makes_another_template(tmp_path: Path):
    (tmp_path / "versions").mkdir()
    (tmp_path / "versions" / "0001_first.py").write_text("one")
    before = cluster._fingerprint(tmp_path)

    (tmp_path / "versions" / "0001_first.py").write_text("two")

    assert cluster._fingerprint(tmp_path) != before


def run_of(tests: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-s"]
    return subprocess.Popen(
        [*command, "-c", str(PROJECT / "pyproject.toml"), str(tests), *options],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
        env={name: value for name, value in os.environ.items() if "XDIST" not in name},
    )


def folders(run: subprocess.Popen[str]) -> list[Path]:
    return list(cluster.temporary_folder().glob(f"{cluster.PREFIX}{run.pid}-*"))


@pytest.mark.prove
def test_workers_share_one_server_and_a_run_leaves_nothing_behind(tmp_path: Path):
    for number in range(2):
        (tmp_path / f"test_slow_{number}.py").write_text(SLOW_TEST.format(seconds=1))
    run = run_of(tmp_path, "-n", "2", "--dist", "loadfile")
    while not folders(run) or not (folders(run)[0] / "postgres" / "server.log").exists():
        assert run.poll() is None
        time.sleep(0.01)
    (folder,) = folders(run)

    output, _ = run.communicate()

    assert run.returncode == 0, output
    assert "2 passed" in output
    assert not folder.exists()
    assert folders(run) == []


@pytest.mark.prove
def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path: Path):
    (tmp_path / "test_slow.py").write_text(SLOW_TEST.format(seconds=100))
    run = run_of(tmp_path)
    assert run.stdout
    while "ready" not in run.stdout.readline():
        assert run.poll() is None
    (folder,) = folders(run)
    run.send_signal(signal.SIGKILL)
    run.wait()
    run.stdout.close()
    left = Place(folder / "postgres")
    os.utime(folder, (0, 0))

    with locks.opened(left.running) as running:
        assert not locks.taken(running, locks.EXCLUSIVE)
        cluster.begin().end()
        assert locks.taken(running, locks.EXCLUSIVE), "its server still runs"

    assert not folder.exists()


@pytest.mark.root
def test_what_another_account_left_is_not_touched(tmp_path: Path):
    os.utime(tmp_path, (0, 0))
    assert cluster.is_abandoned(tmp_path)

    os.chown(tmp_path, 65534, 65534)
    os.utime(tmp_path, (0, 0))
    assert not cluster.is_abandoned(tmp_path)
