"""Started by root: an ordinary account runs it, and nobody's permissions are changed."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib import metadata, util
from pathlib import Path

import pytest

from app import embedded
from app.embedded import place, programs
from app.embedded.place import Place
from app.errors import Unavailable
from tests.embedded.conftest import PROJECT, User, postmaster, stop_left_behind

pytestmark = pytest.mark.root


@pytest.fixture
def private() -> Iterator[Path]:
    """A directory that only root can enter, such as /root."""
    made = Path(tempfile.mkdtemp(prefix="private-"))
    yield made
    link = made / "var" / "elsewhere"
    if link.exists():
        stop_left_behind(Place(link.resolve()))
        shutil.rmtree(link.resolve())
    shutil.rmtree(made)


def owner(process: int) -> int:
    return Path(f"/proc/{process}").stat().st_uid


def test_below_a_directory_open_to_all_the_data_stay_and_belong_to_the_account(home: Path):
    before = home.stat()

    with embedded.start(home / "var"):
        data = Place(home / "var").data
        assert data.stat().st_uid == owner(postmaster(Place(home / "var"))) != 0

    assert (home.stat().st_mode, home.stat().st_uid) == (before.st_mode, 0)
    assert not (home / "var" / "elsewhere").exists()


def test_below_a_private_directory_the_data_go_elsewhere_and_a_link_stays(private: Path):
    (private / "var").mkdir()
    modes = [path.stat().st_mode for path in (private, private / "var")]

    with embedded.start(private / "var") as first, embedded.start(private / "var") as second:
        moved = (private / "var" / "elsewhere").resolve()
        assert first.url == second.url
        assert moved.parent == place.ELSEWHERE
        assert owner(postmaster(Place(moved))) != 0
        assert first.leave() is False
        assert second.leave() is True

    assert [path.stat().st_mode for path in (private, private / "var")] == modes
    assert not (private / "var" / "data").exists()
    embedded.start(private / "var").leave()
    assert (private / "var" / "elsewhere").resolve() == moved


def test_data_that_were_elsewhere_and_are_gone_are_missed_and_not_made_anew(private: Path):
    embedded.start(private / "var").leave()
    shutil.rmtree((private / "var" / "elsewhere").resolve())

    with pytest.raises(Unavailable, match="which is not there any more"):
        embedded.start(private / "var")


def test_data_of_an_ordinary_account_are_served_as_that_account(home: Path):
    made = [sys.executable, "-m", "tests.embedded.user", str(home), "--account", "nobody"]
    os.chown(home, 65534, 65534)
    by_nobody = User(made, os.environ).started()
    by_nobody.ask("CREATE TABLE story AS SELECT 'one' AS headline")
    by_nobody.leave()
    home.chmod(0o700)

    by_root = User(made[:-2], os.environ).started()
    assert by_root.ask("SELECT headline FROM story") == [["one"]]
    assert owner(postmaster(Place(home))) == Place(home).data.stat().st_uid
    by_root.leave()

    again = User(made, os.environ).started()
    assert again.ask("SELECT headline FROM story") == [["one"]]
    again.leave()


def test_data_that_belong_to_root_are_refused_with_the_way_out(home: Path):
    embedded.start(home).leave()
    os.chown(Place(home).data, 0, 0)

    with pytest.raises(Unavailable, match="chown -R masthead"):
        embedded.start(home)


def test_programs_in_a_private_environment_are_copied_where_the_account_can_run_them(
    private: Path, home: Path
):
    spec = util.find_spec(programs.PACKAGE)
    assert spec
    assert spec.origin
    packages = Path(spec.origin).parent.parent
    for name in (programs.PACKAGE, f"{programs.PACKAGE}.libs"):
        (private / name).symlink_to(packages / name)
    name = f"postgresql-{programs.MAJOR}-{metadata.version(programs.DISTRIBUTION)}"
    copied = place.ELSEWHERE / name
    there_before = copied.exists()

    user = User(
        [sys.executable, "-m", "tests.embedded.user", str(home)],
        {**os.environ, "PYTHONPATH": f"{private}:{PROJECT}"},
    ).started()
    running = Path(f"/proc/{postmaster(Place(home))}/exe").readlink()
    assert user.leave() is True

    assert running.is_relative_to(copied)
    assert subprocess.run(["ls", copied], user=65534, check=True, capture_output=True).stdout
    if not there_before:
        shutil.rmtree(copied)
