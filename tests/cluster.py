"""The PostgreSQL of a test run: one server for all of its workers, a database for each test.

The process that was called as `pytest` owns the folder and removes it; workers join the server
when they first need it. Nothing in it has to survive a power cut, so nothing waits for the disk.
"""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg

import migrations
from app import embedded, migrate
from app.embedded import locks
from app.embedded.place import Place, open_to_all

SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "300",
    "max_wal_size": "256MB",
    "checkpoint_timeout": "1d",
    "autovacuum": "off",
}
PREFIX = "masthead-tests-"
MEMORY = Path("/dev/shm")
MEMORY_NEEDED = 2 * 1024**3
_TEMPLATE_LOCK = 0x74657374


@dataclass(frozen=True)
class Run:
    """One call of `pytest`: its folder, and the lock that says that it is still going on."""

    folder: Path
    alive: int

    def end(self) -> None:
        remove(self.folder)
        os.close(self.alive)


def begin() -> Run:
    """Make this run's folder, and remove those of runs that were killed."""
    for folder in temporary_folder().glob(f"{PREFIX}*"):
        with suppress(FileNotFoundError):  # another run may be removing it, too
            if is_abandoned(folder):
                remove(folder)
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=temporary_folder()))
    folder.chmod(0o755)
    alive = locks.open_file(folder / "alive.lock")
    assert locks.taken(alive, locks.EXCLUSIVE)
    return Run(folder, alive)


def is_abandoned(folder: Path) -> bool:
    """It is ours, and the run that made it was killed."""
    # A folder this young may belong to a run that has not come to locking it.
    about = folder.stat()
    settled = about.st_uid == os.geteuid() and time.time() - about.st_mtime > 60
    return settled and locks.is_free(folder / "alive.lock")


def remove(folder: Path) -> None:
    """Remove a run's folder, and stop its server if killed workers left it behind."""
    place = Place(folder / "postgres")
    if place.data.exists() and not locks.is_free(place.running):
        embedded.start(place.directory).leave()
    shutil.rmtree(folder, ignore_errors=True)


def temporary_folder() -> Path:
    """In memory where there is room: a new database is hundreds of small files."""
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > MEMORY_NEEDED:
        return MEMORY
    return disk_folder()


def disk_folder() -> Path:
    """A directory for temporary files that the account of a server started by root can reach."""
    preferred = Path(tempfile.gettempdir())
    return preferred if os.geteuid() != 0 or open_to_all(preferred) else Path("/tmp")


@dataclass(frozen=True)
class Cluster:
    url: str
    connection: psycopg.Connection

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """The URL of a new database, which is dropped when the block ends, whoever uses it."""
        name = f"test_{uuid4().hex[:16]}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        try:
            yield self._address(name)
        finally:
            self._disconnect(name)
            self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def migrated(self) -> str:
        """The name of a template that has all migrations; the first to ask makes it."""
        name = f"masthead_template_{_fingerprint(Path(migrations.__file__).parent)}"
        draft = f"{name}_draft"
        self._execute("SELECT pg_advisory_lock(%s)", _TEMPLATE_LOCK)
        found = self.connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if found.fetchone() is None:
            self._execute(f"DROP DATABASE IF EXISTS {draft} WITH (FORCE)")
            self._execute(f"CREATE DATABASE {draft}")
            migrate.move(self._address(draft))
            self._execute(f"ALTER DATABASE {draft} RENAME TO {name}")
        self._execute("SELECT pg_advisory_unlock(%s)", _TEMPLATE_LOCK)
        return name

    def _disconnect(self, name: str) -> None:
        """End all connections. DROP would, too, but looks only every 100 ms if they have ended."""
        others = "FROM pg_stat_activity WHERE datname = %s"
        self._execute(f"SELECT pg_terminate_backend(pid) {others}", name)
        until = time.monotonic() + 1
        while time.monotonic() < until:
            found = self.connection.execute(f"SELECT 1 {others}".encode(), [name])
            if found.fetchone() is None:
                return
            time.sleep(0.002)

    def _execute(self, statement: str, *values: object) -> None:
        self.connection.execute(statement.encode(), values or None)

    def _address(self, name: str) -> str:
        return self.url.replace("/masthead?", f"/{name}?")


@contextmanager
def joined(folder: Path) -> Iterator[Cluster]:
    """The cluster of the run with this folder, started by whoever needs it first."""
    with (
        embedded.start(folder / "postgres", settings=SETTINGS) as server,
        psycopg.connect(server.url, autocommit=True) as connection,
    ):
        yield Cluster(server.url, connection)


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.suffix in (".py", ".sql"):
            digest.update(str(file.relative_to(folder)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]
