"""Where it cannot work it says why, and names the way out."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from app import embedded
from app.embedded import programs
from app.embedded.place import Place
from app.errors import Unavailable
from tests.embedded.conftest import PROJECT, ROOT, Users, is_running

WAY_OUT = "Or set MASTHEAD_DATABASE_URL"


def test_data_of_an_older_version(users: Users, home: Path):
    users(home).started().leave()
    (Place(home).data / "PG_VERSION").write_text("16\n")

    error = users(home).error()

    assert "was made by PostgreSQL 16; this release brings 18" in error
    assert WAY_OUT in error
    assert not is_running(Place(home))


def test_a_server_that_will_not_start_is_quoted(users: Users, home: Path):
    error = users(home, "--setting", "shared_buffers", "a lot").error()

    assert "could not start" in error
    assert 'invalid value for parameter "shared_buffers": "a lot"' in error
    assert WAY_OUT in error
    assert users(home).started().ask("SELECT 1") == [[1]]


def test_a_database_that_cannot_be_made_is_explained_and_leaves_nothing(home: Path):
    # A limit on the size of files stands for the full disk: both fail in the middle of writing.
    limited = subprocess.run(
        [sys.executable, "-m", "tests.embedded.user", str(home)],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000)),
        capture_output=True,
        cwd=PROJECT,
        text=True,
        check=False,
    )

    assert "A database could not be made" in limited.stdout
    assert WAY_OUT in limited.stdout
    assert not Place(home).data.exists()
    assert list(home.glob("making-*")) == []


@pytest.mark.parametrize("account", ["nobody" if ROOT else "oneself"], indirect=True)
def test_a_directory_without_permission(users: Users, home: Path, account: str | None):
    users(home).started().leave()
    home.chmod(0o555)
    (home / "users.lock").chmod(0)

    error = users(home).error()
    home.chmod(0o755)
    (home / "users.lock").chmod(0o600)

    assert f"Permission denied: '{home}/users.lock'" in error
    assert WAY_OUT in error


def test_a_file_in_the_place_of_the_directory(home: Path):
    (home / "var").write_text("")

    with pytest.raises(Unavailable, match="File exists"):
        embedded.start(home / "var")


def test_a_platform_without_the_programs(home: Path, monkeypatch: pytest.MonkeyPatch):
    hidden = [path for path in sys.path if not Path(path, programs.PACKAGE).exists()]
    monkeypatch.setattr(sys, "path", hidden)

    with pytest.raises(Unavailable, match="no embedded PostgreSQL for this platform") as refused:
        embedded.start(home)

    assert WAY_OUT in refused.value.detail
    assert os.listdir(home) == ["users.lock", "starting.lock"] or not Place(home).data.exists()
