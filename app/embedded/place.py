"""Where an embedded PostgreSQL keeps its files.

Started by root it runs as an ordinary account, which cannot see into a private directory such as
/root. Rather than open that up for everybody, the files then go to /var/lib/masthead, and a link
named `elsewhere` stays behind.
"""

import os
import re
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.embedded.account import Account
from app.errors import Unavailable

ELSEWHERE = Path("/var/lib/masthead")

# A socket's path may have 107 bytes on Linux and 103 on macOS; libpq and PostgreSQL take a list
# of them, and URLs and configuration files have characters of their own.
LONGEST_SOCKET_PATH = 103
PLAIN_PATH = re.compile(r"[A-Za-z0-9_./-]+")
RUNTIME = Path("/tmp")  # noqa: S108  the directories below it are private


@dataclass(frozen=True)
class Place:
    directory: Path

    @property
    def data(self) -> Path:
        return self.directory / "data"

    @property
    def log(self) -> Path:
        return self.directory / "server.log"

    @property
    def socket(self) -> Path:
        """The directory of the server's socket, or a link to it."""
        return self.directory / "socket"

    @property
    def users(self) -> Path:
        """Locked, shared, by every process that uses the server."""
        return self.directory / "users.lock"

    @property
    def starting(self) -> Path:
        """Locked by the process that makes the data or starts the server."""
        return self.directory / "starting.lock"

    @property
    def running(self) -> Path:
        """Locked by the server itself, through all its processes, for as long as one lives."""
        return self.directory / "running.lock"


def find(directory: Path) -> Place:
    """The place of the server that belongs to `directory`, which is made if it is missing."""
    directory.mkdir(parents=True, exist_ok=True)
    directory = directory.resolve()
    link = directory / "elsewhere"
    if link.is_symlink():
        return Place(_followed(link))
    in_place = (directory / "data").exists() or open_to_all(directory)
    if os.geteuid() != 0 or in_place:
        return Place(directory)
    return Place(_move_elsewhere(link))


def open_to_all(path: Path) -> bool:
    """Every account can reach it and, for a program or directory, use it."""
    forms = (path.absolute(), path.resolve())
    return all(step.stat().st_mode & 0o001 for form in forms for step in (form, *form.parents))


def _followed(link: Path) -> Path:
    if not link.exists():
        raise Unavailable(
            f"The data of {link.parent} were in {link.readlink()}, which is not there any more. "
            f"Bring it back, or remove {link} to begin with an empty database."
        )
    return link.resolve()


def _move_elsewhere(link: Path) -> Path:
    ELSEWHERE.mkdir(parents=True, exist_ok=True)
    ELSEWHERE.chmod(0o755)
    name = "-".join(link.parent.parts[1:])[-60:] + "-"
    made = Path(tempfile.mkdtemp(prefix=name, dir=ELSEWHERE))
    made.chmod(0o755)
    try:
        link.symlink_to(made)
    except FileExistsError:  # another process was faster
        made.rmdir()
    return link.resolve()


def make_socket_directory(place: Place, account: Account | None) -> Path:
    """A fresh private directory for the socket, with a path that every part can deal with."""
    remove_socket_directory(place)
    longest = len(os.fsencode(place.socket / ".s.PGSQL.5432"))
    if longest <= LONGEST_SOCKET_PATH and PLAIN_PATH.fullmatch(str(place.socket)):
        place.socket.mkdir(mode=0o700)
    else:
        place.socket.symlink_to(tempfile.mkdtemp(prefix="masthead-socket-", dir=RUNTIME))
    made = place.socket.resolve()
    if account:
        account.give(made)
    return made


def remove_socket_directory(place: Place) -> None:
    shutil.rmtree(place.socket.resolve(), ignore_errors=True)
    with suppress(FileNotFoundError):
        place.socket.unlink()
