"""The server as a process: launched, asked to stop, and asked for its last words."""

import os
import signal
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from app.embedded import locks
from app.embedded.account import Account, begin
from app.embedded.initdb import check_version
from app.embedded.locks import Report
from app.embedded.place import Place, make_socket_directory, remove_socket_directory
from app.embedded.programs import programs_for
from app.errors import Unavailable

PORT = "5432"
SETTINGS = {
    "listen_addresses": "",
    "port": PORT,
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "cluster_name": "masthead",
}

# Fast: close all connections and write everything down. Immediate: recover at the next start.
SHUTDOWNS = ((signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0))


def launch(
    place: Place, account: Account | None, *, running: int, settings: Mapping[str, str]
) -> None:
    """Start the server, which is not ready at once. `running` is its lock, taken by the caller."""
    check_version(place)
    _check_unused(place)
    # Left by a crash, and its process id may be another program's by now: the lock knows better.
    _pid_file(place).unlink(missing_ok=True)
    sockets = make_socket_directory(place, account)
    command = [str(programs_for(account) / "postgres"), "-D", str(place.data)]
    for name, value in {**SETTINGS, **settings, "unix_socket_directories": sockets}.items():
        command += ["-c", f"{name}={value}"]
    if place.log.exists():
        place.log.replace(place.log.with_suffix(".log.1"))
    place.log.touch(0o600)
    with place.log.open("ab") as log:
        process = begin(command, account, output=log.fileno(), keep=running)
    if account:
        # Whoever owns the data can then use them without root, too.
        for path in (place.log, place.users, place.starting, place.running):
            account.give(path)
    threading.Thread(target=process.wait, name="reap-postgres", daemon=True).start()


def shut_down(place: Place, report: Report) -> bool:
    """Stop the server if it runs; true when it is stopped, false if it will not."""
    reason = f"PostgreSQL in {place.directory} is being stopped."
    for how, patience in SHUTDOWNS:
        asked = False
        with suppress(Unavailable):
            for _ in locks.attempts(patience=patience, report=report, reason=lambda: reason):
                if locks.is_free(place.running):
                    remove_socket_directory(place)
                    return True
                asked = asked or _signalled(place, how)
    return False


def last_words(place: Place) -> str:
    return "\n".join(place.log.read_text(errors="replace").splitlines()[-10:])


def _check_unused(place: Place) -> None:
    """Two servers on the same data would destroy them, and the lock only knows ours."""
    try:
        lines = _pid_file(place).read_text().splitlines()
    except FileNotFoundError:
        return
    if len(lines) < 5 or not lines[4]:
        return
    address = Path(lines[4], f".s.PGSQL.{lines[3]}")
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(address))
        except OSError:
            return
    raise Unavailable(
        f"{place.data} is in use by a PostgreSQL that Masthead did not start or whose lock file "
        f"was removed: process {lines[0]}. Stop it first: kill -INT {lines[0]}"
    )


def _signalled(place: Place, how: signal.Signals) -> bool:
    try:
        os.kill(int(_pid_file(place).read_text().split()[0]), how)
    except (FileNotFoundError, IndexError, ProcessLookupError):
        return False  # it has not come so far yet, or is gone but for its children
    return True


def _pid_file(place: Place) -> Path:
    return place.data / "postmaster.pid"
