"""Real processes, real servers; under root the main things are tried as an ordinary account too."""

import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from app.embedded import locks
from app.embedded.place import Place, open_to_all, remove_socket_directory
from app.embedded.programs import programs_for
from tests.cluster import disk_folder

ROOT = os.geteuid() == 0
PROJECT = Path(__file__).parents[2]


class User:
    """A process that uses the server, at the other end of its pipes."""

    def __init__(self, command: list[str], environment: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=PROJECT,
            env=environment,
            start_new_session=True,
        )

    def started(self) -> "User":
        answer = self.read()
        assert "url" in answer, answer
        self.url: str = answer["url"]
        return self

    def error(self) -> str:
        answer = self.read()
        self.process.wait()
        return answer["error"]

    def ask(self, statement: str) -> Any:
        assert self.process.stdin
        self.process.stdin.write(statement + "\n")
        self.process.stdin.flush()
        return self.read()

    def leave(self) -> bool:
        """Let it end; true if it stopped the server."""
        assert self.process.stdin
        self.process.stdin.close()
        answer = self.read()
        assert self.process.wait() == 0
        return answer["stopped"]

    def end(self, how: signal.Signals) -> None:
        self.process.send_signal(how)
        self.process.wait()

    def reports(self) -> str:
        assert self.process.stderr
        return self.process.stderr.read()

    def read(self) -> Any:
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, f"it ended without an answer: {self.reports()}"
        return json.loads(line)


Users = Callable[..., User]


as_everybody = pytest.mark.parametrize(
    "account", ["oneself", "nobody"] if ROOT else ["oneself"], indirect=True
)


@pytest.fixture
def account(request: pytest.FixtureRequest) -> str | None:
    """Which account the processes run as; None for whoever runs the tests."""
    if getattr(request, "param", "oneself") == "oneself":
        return None
    if not open_to_all(programs_for(None) / "postgres"):
        pytest.skip(f"the account nobody cannot reach the programs in {programs_for(None)}")
    return request.param


@pytest.fixture
def home() -> Iterator[Path]:
    """A directory of the account's that all others can reach, as those of projects mostly are."""
    made = Path(tempfile.mkdtemp(prefix="embedded-", dir=disk_folder()))
    made.chmod(0o755)
    yield made
    for lock in made.rglob("running.lock"):
        stop_left_behind(Place(lock.parent))
    shutil.rmtree(made)


@pytest.fixture
def users(account: str | None) -> Iterator[Users]:
    """Begins processes that use a directory; waits for none of them to start."""
    begun: list[User] = []

    def begin(directory: Path, *options: str, environment: Mapping[str, str] = os.environ) -> User:
        command = [sys.executable, "-m", "tests.embedded.user", str(directory), *options]
        if account:
            entry = pwd.getpwnam(account)
            os.chown(directory, entry.pw_uid, entry.pw_gid)
            command += ["--account", account]
        begun.append(User(command, environment))
        return begun[-1]

    yield begin
    for user in begun:
        with suppress(ProcessLookupError):
            os.killpg(user.process.pid, signal.SIGKILL)
        user.process.wait()
        for pipe in (user.process.stdin, user.process.stdout, user.process.stderr):
            with suppress(BrokenPipeError):
                pipe.close()  # type: ignore[union-attr]


def postmaster(place: Place) -> int:
    return int((place.data / "postmaster.pid").read_text().split()[0])


def is_running(place: Place) -> bool:
    return not locks.is_free(place.running)


def until(true: Callable[[], object], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.002)


def stop_left_behind(place: Place) -> None:
    """Stop a server that a test left running or stopped in its tracks; its users may be dead."""
    if is_running(place):
        with suppress(FileNotFoundError, ProcessLookupError):
            os.kill(postmaster(place), signal.SIGCONT)
            os.kill(postmaster(place), signal.SIGINT)
        until(lambda: not is_running(place))
    remove_socket_directory(place)
