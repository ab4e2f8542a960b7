"""The program itself, `masthead serve`, as a process of its own."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil


@asynccontextmanager
async def serving(
    url: str, *options: str, **settings: str
) -> AsyncIterator[tuple[str, psutil.Process]]:
    """Its address and its process, on this database; killed at the end, with its children.

    `settings` are by their short names.
    """
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MASTHEAD_")}
    environment |= {"MASTHEAD_DATABASE_URL": url, "MASTHEAD_OPS_ADDRESS": "off"}
    environment |= {f"MASTHEAD_{name.upper()}": value for name, value in settings.items()}
    masthead = Path(sys.executable).with_name("masthead")
    started = await asyncio.create_subprocess_exec(
        masthead, "serve", "--port", "0", *options,
        env=environment | {"MASTHEAD_LOG_FORMAT": "text"},
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert started.stdout is not None
    address = ""
    while "listens on" not in address:
        line = await asyncio.wait_for(started.stdout.readline(), 60)
        assert line, "the server ended before it listened"
        address = line.decode()
    try:
        yield address.split()[-1], psutil.Process(started.pid)
    finally:
        for process in family(started.pid):
            process.kill()
        await started.wait()


def family(process: psutil.Process | int) -> list[psutil.Process]:
    """The process and all that it has started; none where it is gone."""
    try:
        parent = psutil.Process(process) if isinstance(process, int) else process
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []
