"""A worker with tasks for tests: `python -m tests.working URL`, until SIGTERM."""

import asyncio
import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from app import jobs, worker
from app.database import Database
from app.editing import media
from app.settings import Settings


@jobs.task("tests.sleep")
async def sleep(database: Database, *, seconds: float) -> None:
    """A job that takes a while: its beginning and end can be seen in the table `worked`."""
    note(database.url, "began")
    await asyncio.sleep(seconds)
    note(database.url, "ended")


def note(url: str, what: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("INSERT INTO worked VALUES (%s)", [what])


async def main(url: str) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    with TemporaryDirectory() as folder:
        told = media.session_info(Settings(_env_file=None, data_dir=Path(folder)))
        database = Database(url, info=told)
        await worker.work(database, url, stop, patience=1)
        await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
