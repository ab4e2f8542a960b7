"""Whom PostgreSQL runs as: oneself, but for root an ordinary account, as PostgreSQL insists."""

import os
import pwd
import subprocess
from pathlib import Path
from typing import NamedTuple

from app.embedded.locks import Report
from app.errors import Unavailable

NAME = "masthead"
EXISTING = ("postgres", "_postgres", "nobody")
PRIVATE = ("PG", "MASTHEAD_", "LC_", "LANG")


class Account(NamedTuple):
    uid: int
    gid: int

    def give(self, path: Path) -> None:
        """Make the account the owner."""
        os.chown(path, self.uid, self.gid)


def account_for(data: Path, report: Report) -> Account | None:
    """The account to run the server of `data` as; None for whoever runs this process.

    Data stay with the account that owns them. New data get an account of their own, which is
    made where that is possible: sharing one would show them to whatever else runs under it.
    """
    if os.geteuid() != 0:
        return None
    if not data.exists():
        return _own_account(report)
    owner = data.stat()
    if owner.st_uid == 0:
        raise Unavailable(
            f"{data} belongs to root, as whom PostgreSQL refuses to run. "
            f"Give it to an ordinary account: chown -R {NAME} {data}"
        )
    return Account(owner.st_uid, owner.st_gid)


def begin(
    command: list[str], account: Account | None, *, output: int, keep: int
) -> subprocess.Popen[bytes]:
    """Start a program as `account`; the open file `keep` is the only one it inherits.

    It gets a session of its own, or Ctrl-C in the terminal would end it with everything else.
    """
    environment = {key: value for key, value in os.environ.items() if not key.startswith(PRIVATE)}
    return subprocess.Popen(  # noqa: S603  the program is ours and no shell reads the words
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        pass_fds=[keep],
        cwd="/",
        env=environment | {"LC_ALL": "C.UTF-8"},
        start_new_session=True,
        umask=0o077,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def _own_account(report: Report) -> Account:
    account = _named(NAME) or _made(report)
    for name in EXISTING:
        account = account or _named(name)
    if account is None:
        raise Unavailable(
            "PostgreSQL refuses to run as root, and there is no ordinary account for it. "
            f"Make one (useradd --system {NAME}), or run Masthead as another user."
        )
    return account


def _named(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_uid, entry.pw_gid) if entry.pw_uid else None


def _made(report: Report) -> Account | None:
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME]
    try:
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603  fixed words
    except (OSError, subprocess.CalledProcessError):
        return None
    report(f"PostgreSQL does not run as root: made the system account {NAME} for it")
    return _named(NAME)
