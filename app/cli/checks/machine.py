"""The disks."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg

from app.cli.checks.finding import Finding, bad, doubtful, good

LITTLE = 2_000_000_000
TOO_LITTLE = 200_000_000


def disk(subject: str, directory: Path) -> Finding:
    """How much is free where `directory` is, or would be made."""
    there = next(
        path for path in (directory.absolute(), *directory.absolute().parents) if path.exists()
    )
    usage = shutil.disk_usage(there)
    free = f"{usage.free / 1e9:.1f} GB free in {there}"
    way_out = "Make room, or move it to a larger disk."
    if usage.free < TOO_LITTLE:
        return bad(subject, free, way_out)
    if usage.free < LITTLE or usage.free < usage.total * 0.03:
        return doubtful(subject, free, way_out)
    return good(subject, free)


def database_disk(connection: psycopg.Connection) -> Iterator[Finding]:
    """The disk of the database's files, where that is on this machine and can be known."""
    if not connection.info.host.startswith("/"):
        return
    try:
        found = connection.execute("SHOW data_directory").fetchone()
    except psycopg.errors.InsufficientPrivilege:
        return
    if found and Path(found[0]).exists():
        yield disk("disk of the database", Path(found[0]))
