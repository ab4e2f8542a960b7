"""One picture at a time on a whole machine, however many processes have a darkroom."""

import asyncio
import fcntl
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import mkdtemp

_PAUSE = 0.02


@asynccontextmanager
async def turn(lock: Path) -> AsyncIterator[None]:
    """Wait until nobody else holds this file, and hold it. The kernel frees it when we end,
    however that happens. Its folder is made where it is missing."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        # Asked again and again: a thread that waits for a lock could not be cancelled.
        while not _taken(file):  # noqa: ASYNC110
            await asyncio.sleep(_PAUSE)
        yield
    finally:
        os.close(file)


@asynccontextmanager
async def room(folder: Path) -> AsyncIterator[Path]:
    """An empty folder to work in, for whoever has the turn in `folder`, which all processes of this
    machine share; gone in the end, and with it what somebody left there who was killed."""
    async with turn(folder / "lock"):
        rooms = folder / "rooms"
        await asyncio.to_thread(shutil.rmtree, rooms, ignore_errors=True)
        rooms.mkdir()
        made = Path(mkdtemp(dir=rooms))
        try:
            yield made
        finally:
            await asyncio.to_thread(shutil.rmtree, made, ignore_errors=True)


def _taken(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
