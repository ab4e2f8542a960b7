"""The worker: soon, through outages, and after those that died."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from app import jobs
from app.database import Database
from tests.cluster import Cluster
from tests.working import sleep

PROJECT = Path(__file__).parents[1]


@pytest.fixture
def workers(database_url: str) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Begins worker processes on the test's database."""
    execute(database_url, "CREATE TABLE worked (what text, at timestamptz DEFAULT now())")
    begun: list[subprocess.Popen[bytes]] = []

    def begin() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.working", database_url]
        begun.append(subprocess.Popen(command, cwd=PROJECT))
        return begun[-1]

    yield begin
    for process in begun:
        process.kill()
        process.wait()


Workers = Callable[[], subprocess.Popen[bytes]]


async def test_a_job_is_begun_within_a_second(workers: Workers, database_url: str):
    workers()
    await until(lambda: registered(database_url))

    await defer(database_url, seconds=0)

    began = time.monotonic()
    await until(lambda: worked(database_url) == ["began", "ended"])
    assert time.monotonic() - began < 2


async def test_the_job_of_a_killed_worker_is_done_by_another(workers: Workers, database_url: str):
    first = workers()
    await defer(database_url, seconds=3)
    await until(lambda: worked(database_url) == ["began"])

    first.kill()
    # As if the seconds had gone by after which a silent worker is taken for dead.
    execute(
        database_url,
        "UPDATE jobs.procrastinate_workers SET last_heartbeat = now() - interval '1 minute'",
    )
    workers()

    await until(lambda: worked(database_url) == ["began", "began", "ended"])
    await until(lambda: statuses(database_url) == [])


async def test_what_does_not_end_in_time_is_put_back(workers: Workers, database_url: str):
    worker = workers()
    await defer(database_url, seconds=600)
    await until(lambda: worked(database_url) == ["began"])

    worker.terminate()

    assert await asyncio.to_thread(worker.wait, 20) == 0
    assert statuses(database_url) == ["todo"]


async def test_it_goes_on_after_the_database_was_away(
    workers: Workers, database_url: str, postgres: Cluster
):
    worker = workers()
    await until(lambda: registered(database_url))

    name = str(conninfo_to_dict(database_url)["dbname"])
    postgres.connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false".encode())
    postgres.connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
    )
    await asyncio.sleep(5)  # longer than the pool waits for a connection
    postgres.connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true".encode())
    await defer(database_url, seconds=0)

    await until(lambda: worked(database_url) == ["began", "ended"])
    assert worker.poll() is None


async def defer(url: str, *, seconds: float) -> None:
    database = Database(url)
    async with database.write() as session:
        await jobs.defer(session, sleep, seconds=seconds)
    await database.close()


def worked(url: str) -> list[str]:
    return fetch(url, "SELECT what FROM worked ORDER BY at")


def statuses(url: str) -> list[str]:
    return fetch(
        url, "SELECT status::text FROM jobs.procrastinate_jobs WHERE task_name = 'tests.sleep'"
    )


def registered(url: str) -> list[str]:
    return fetch(url, "SELECT id::text FROM jobs.procrastinate_workers")


def fetch(url: str, statement: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute(statement.encode())]


def execute(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


async def until(true: Callable[[], object], seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited too long"
        await asyncio.sleep(0.05)
