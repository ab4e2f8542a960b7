"""Where a measurement was made: without it a number means nothing."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

import psycopg

from bench.cores import Cores
from bench.load import Generator

_LIBRARIES = ("masthead", "fastapi", "starlette", "uvicorn", "uvloop", "httptools", "psycopg",
              "sqlalchemy", "pydantic")  # fmt: skip


def told(url: str, cores: Cores, generator: Generator) -> dict[str, str]:
    with psycopg.connect(url) as connection:
        server = connection.info.parameter_status("server_version") or "?"
        durable = {
            name: connection.execute(f"SHOW {name}".encode()).fetchone()
            for name in ("fsync", "synchronous_commit", "full_page_writes")
        }
        directory = connection.execute("SHOW data_directory").fetchone()
    return {
        "processor": _processor(),
        "cores": f"{os.cpu_count()}; " + (
            f"core {cores.server} for the server, {sorted(cores.others)} for load and PostgreSQL"
            if cores.others
            else "not pinned"
        ),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "postgresql": server,
        "durability": ", ".join(f"{name} {found[0]}" for name, found in durable.items() if found),
        "disk": _file_system(directory[0]) if directory else "?",
        "load generator": "wrk" if generator == "wrk" else "Python (asyncio, uvloop)",
        "libraries": ", ".join(f"{name} {version(name)}" for name in _LIBRARIES),
    }  # fmt: skip


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _file_system(path: str) -> str:
    """The kind of file system; on one in memory a commit waits for no disk."""
    try:
        mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text().splitlines()]
    except OSError:
        return "?"
    above = [(where, kind) for where, kind in mounts
             if path == where or path.startswith(where.rstrip("/") + "/")]  # fmt: skip
    return max(above, key=lambda mount: len(mount[0]))[1] if above else "?"
