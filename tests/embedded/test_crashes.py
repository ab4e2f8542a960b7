"""Everything can be killed at any moment; what was acknowledged is there afterwards."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

from app import embedded
from app.embedded.place import Place
from app.errors import Unavailable
from tests.embedded.conftest import Users, as_everybody, is_running, postmaster, until


@as_everybody
def test_after_a_killed_server_the_next_start_recovers_what_was_written(users: Users, home: Path):
    witness = users(home).started()
    witness.ask("CREATE TABLE story AS SELECT 'one' AS headline")
    killed = postmaster(Place(home))

    os.kill(killed, signal.SIGKILL)
    following = users(home).started()

    assert postmaster(Place(home)) != killed
    assert "not properly shut down" in Place(home).log.read_text()
    assert following.ask("SELECT headline FROM story") == [["one"]]
    assert witness.ask("SELECT headline FROM story") == [["one"]]
    assert following.leave() is False
    assert witness.leave() is True


def test_everything_killed_at_once_is_recovered(users: Users, home: Path):
    for number in range(3):
        user = users(home).started()
        if number == 0:
            user.ask("CREATE TABLE story (number int)")
        user.ask(f"INSERT INTO story VALUES ({number})")
        os.kill(postmaster(Place(home)), signal.SIGKILL)
        user.end(signal.SIGKILL)

    found = users(home).started().ask("SELECT number FROM story ORDER BY number")
    assert found == [[0], [1], [2]]


def test_a_process_id_file_that_names_a_living_stranger_is_no_obstacle(users: Users, home: Path):
    users(home).started().leave()
    place = Place(home)
    owner = place.data.stat()
    stranger = subprocess.Popen(["sleep", "100"], user=owner.st_uid, group=owner.st_gid)
    file = place.data / "postmaster.pid"
    file.write_text(f"{stranger.pid}\n{place.data}\n1700000000\n5432\n{place.socket}\n\n")
    os.chown(file, owner.st_uid, owner.st_gid)

    try:
        assert users(home).started().ask("SELECT 1") == [[1]]
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.parametrize(
    "seconds", [0.1, *(pytest.param(each, marks=pytest.mark.prove) for each in (0.0, 0.2))]
)
def test_a_first_start_killed_in_the_middle_is_done_again(users: Users, home: Path, seconds: float):
    killed = users(home)
    until(lambda: list(home.glob("making-*")))
    time.sleep(seconds)
    killed.end(signal.SIGKILL)
    assert list(home.glob("making-*")), "killed too late to show anything"

    assert users(home).started().ask("SELECT 1") == [[1]]
    assert list(home.glob("making-*")) == []


@pytest.mark.skipif(not Path("/proc").exists(), reason="needs Linux's /proc")
@as_everybody
def test_a_first_start_killed_with_its_children_is_done_again(users: Users, home: Path):
    killed = users(home)
    until(lambda: list(home.glob("making-*/PG_VERSION")))
    killed.end(signal.SIGKILL)
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if str(home / "making-").encode() in (process / "cmdline").read_bytes():
                os.kill(int(process.name), signal.SIGKILL)
    assert list(home.glob("making-*/PG_VERSION"))

    assert users(home).started().ask("SELECT 1") == [[1]]
    assert list(home.glob("making-*")) == []


def test_a_start_killed_before_the_server_was_ready_is_continued(users: Users, home: Path):
    users(home).started().leave()
    killed = users(home)
    until(lambda: is_running(Place(home)))
    killed.end(signal.SIGKILL)

    assert users(home).started().ask("SELECT 1") == [[1]]


def test_a_server_that_does_not_answer_is_reported_and_given_up_in_the_end(
    users: Users, home: Path
):
    users(home).started()
    server = postmaster(Place(home))
    os.kill(server, signal.SIGSTOP)

    waiting = users(home, "--patience", "3")
    error = waiting.error()
    os.kill(server, signal.SIGCONT)

    assert "is not ready yet" in waiting.reports()
    assert "Gave up after" in error
    assert "MASTHEAD_DATABASE_URL" in error
    assert users(home).started().ask("SELECT 1") == [[1]]


def test_a_server_whose_lock_file_was_removed_is_not_started_twice(home: Path):
    with embedded.start(home):
        Place(home).running.unlink()

        with pytest.raises(Unavailable, match="Masthead did not start or whose lock file was rem"):
            embedded.start(home)

        os.kill(postmaster(Place(home)), signal.SIGINT)
        until(lambda: not (Place(home).data / "postmaster.pid").exists())


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="needs Linux's /proc")
def test_a_server_that_does_not_stop_is_waited_for_with_a_word(users: Users, home: Path):
    leaving = users(home).started()
    server = postmaster(Place(home))
    os.kill(server, signal.SIGSTOP)
    assert leaving.process.stdin
    leaving.process.stdin.close()
    until(lambda: is_exclusive(Place(home).users))

    coming = users(home)
    time.sleep(4)
    os.kill(server, signal.SIGCONT)

    assert coming.started().ask("SELECT 1") == [[1]]
    assert postmaster(Place(home)) != server
    coming.leave()
    assert "is being stopped by its last user" in coming.reports()
    assert "is being stopped." in leaving.reports()


def is_exclusive(lock: Path) -> bool:
    """Seen from outside: trying the lock would be in the way of who wants it."""
    inode = f":{lock.stat().st_ino} "
    held = Path("/proc/locks").read_text().splitlines()
    return any(inode in line and " WRITE " in line for line in held)
