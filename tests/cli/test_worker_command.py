"""`masthead worker`, for servers that have none."""

import asyncio

import httpx
import psycopg

from app import jobs
from app.database import Database
from app.publishing import tasks
from tests.cli.programs import Place, alive, free_port, until


async def defer(url: str) -> None:
    database = Database(url)
    async with database.write() as session:
        await jobs.defer(session, tasks.refresh_articles, article_ids=[])
    await database.close()


def waiting(url: str) -> int:
    with psycopg.connect(url) as connection:
        (count,) = connection.execute("SELECT count(*) FROM jobs.procrastinate_jobs").fetchone()  # type: ignore[misc]
    return int(count)


def test_it_does_the_jobs_and_ends_in_order(place: Place):
    url = place.settings["MASTHEAD_DATABASE_URL"]
    asyncio.run(defer(url))
    port = free_port()

    running = place.start("worker", MASTHEAD_OPS_ADDRESS=f"127.0.0.1:{port}")
    running.event("jobs_started")

    until(lambda: waiting(url) == 0, about=running)
    assert httpx.get(f"http://127.0.0.1:{port}/readyz").status_code == 200
    counted = httpx.get(f"http://127.0.0.1:{port}/metrics").text
    assert 'masthead_job_seconds_count{job="publishing.refresh_articles",outcome="done"} 1.0' in (
        counted
    )
    assert running.end() == 0


def test_its_process_goes_with_it(place: Place):
    running = place.start("worker")
    running.event("jobs_started")
    family = running.family()
    assert len(family) == 1

    running.kill()

    until(lambda: not alive(family), 10)


def test_it_does_not_migrate(empty: Place):
    refused = empty.run("worker")

    assert refused.returncode == 2
    assert "masthead migrate" in refused.stderr
