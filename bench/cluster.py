"""The PostgreSQL of a measurement: the embedded one, in a directory that goes with it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app import embedded
from app.embedded.place import open_to_all


@contextmanager
def started() -> Iterator[str]:
    """The URL of an empty database. Durable as in production: nothing of it is switched off."""
    folder = Path(tempfile.mkdtemp(prefix="masthead-bench-", dir=_disk()))
    folder.chmod(0o755)
    try:
        with embedded.start(folder) as server:
            yield server.url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _disk() -> Path:
    """A directory that the account of a server started by root can reach."""
    preferred = Path(tempfile.gettempdir())
    return preferred if os.geteuid() != 0 or open_to_all(preferred) else Path("/tmp")
