"""The process that does the jobs. Its `main` gets the end of a line that it inherited.

It goes on when the database was away, and takes up the jobs of workers that died.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Collection
from contextlib import suppress

import procrastinate
import psycopg
import structlog
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from sqlalchemy.exc import SQLAlchemyError

from app import clock, jobs
from app.assembly import Located, located, start_logging
from app.database import Database
from app.dispatch import following
from app.editing import citation_notes
from app.editing.assets import availability, expiry, importing, preparing, sweeping, uploading
from app.editing.assets.hls import tasks as hls
from app.editing.feeds import windows
from app.editing.streams import tasks as streams
from app.editing.works.links import tasks as links
from app.processes.line import Line
from app.sessions import open_database
from app.settings import Settings
from app.web import idempotency

CONCURRENCY = 4
TELLING = 4
"""So many jobs at a time are for what others are told, and no other: servers that are not ours may
take minutes, and what readers wait for must not wait for them."""

POLL_SECONDS = 0.5
HEARTBEAT_SECONDS = 2.0
STALLED_SECONDS = 12.0
"""A worker that was not heard of for so long is taken for dead."""

EXPIRY_SECONDS = 1.0

NICE = 5
"""Readers and editors go before jobs."""

DECLARE_TASKS = (preparing, importing, sweeping, uploading, hls, links, streams, windows)
"""Modules that nothing else of this process would import."""

_AWAY = (ConnectorException, psycopg.OperationalError, OSError)

log = structlog.get_logger()


@jobs.periodic("forget_idempotent_answers", cron="17 * * * *")
async def forget_idempotent_answers(database: Database) -> None:
    async with database.write() as session:
        await idempotency.forget_old(session)


@jobs.periodic("forget_citation_notes", cron="41 2 * * *")
async def forget_citation_notes(database: Database) -> None:
    async with database.write() as session:
        await citation_notes.forget_old(session)


def main(line_file: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    os.nice(NICE)
    settings = Settings()
    start_logging(settings)
    line = Line(line_file, patience=settings.graceful_seconds + 5)
    with located(settings) as here:
        asyncio.run(_run(here, line))


async def _run(here: Located, line: Line) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    database = open_database(here, background=True)
    try:
        line.ready()
        expiring = asyncio.create_task(expire(database, stop))
        telling = asyncio.create_task(following.follow(database, stop))
        await work(database, here.url, stop, patience=here.settings.graceful_seconds)
        await expiring
        await telling
    finally:
        await database.close()


async def expire(database: Database, stop: asyncio.Event) -> None:
    """Take what may no longer be shown from the readers, as soon as its rights end; and tell them
    what may be seen from now on, or no longer.

    A periodic job would begin a minute late, at the worst.
    """
    while not stop.is_set():
        more = False
        try:
            async with database.write() as session:
                more = await expiry.expire_due(session) == expiry.CHUNK
            async with database.write() as session:
                more |= await availability.turn_due(session) == availability.CHUNK
        except (SQLAlchemyError, psycopg.Error, OSError) as error:
            log.warning("expiry_interrupted", reason=str(error).strip())
        except Exception:  # nobody would see that this task has ended
            log.exception("expiry_failed")
        if not more:
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), EXPIRY_SECONDS)


async def work(database: Database, url: str, stop: asyncio.Event, *, patience: float = 20) -> None:
    """Do jobs until `stop`, through outages of the database.

    Then running jobs have `patience` seconds to end; what takes longer is put back.
    """
    pause = 0.5
    while not stop.is_set():
        began = clock.seconds()
        reason = "the worker's heart stopped"
        try:
            await _work_while_connected(database, url, stop, patience)
        except _AWAY as error:
            reason = str(error.__cause__ or error).strip()
        if not stop.is_set():
            pause = 0.5 if clock.seconds() - began > 60 else min(pause * 2, 15)
            log.warning("jobs_interrupted", reason=reason, again_in_seconds=pause)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)


async def _work_while_connected(
    database: Database, url: str, stop: asyncio.Event, patience: float
) -> None:
    async with jobs.queue(database, url).open_async() as app:
        log.info("jobs_started")
        telling = {task.name for task in following.TASKS.values()}
        others = set(jobs.queues()) - telling
        parts = [
            asyncio.create_task(one)
            for one in (
                _rescue(app),
                stop.wait(),
                _take(app, telling, TELLING, patience),
                _take(app, others, CONCURRENCY, patience),
            )
        ]
        try:
            await asyncio.wait(parts, return_when="FIRST_COMPLETED")
        finally:
            for part in parts:
                part.cancel()
            ended = await asyncio.gather(*parts, return_exceptions=True)
        for outcome in ended:
            if isinstance(outcome, Exception):
                raise outcome


async def _take(
    app: procrastinate.App, queues: Collection[str], concurrency: int, patience: float
) -> None:
    """Do the jobs of these queues, so many at a time."""
    await app.run_worker_async(
        queues=sorted(queues),
        concurrency=concurrency,
        fetch_job_polling_interval=POLL_SECONDS,
        update_heartbeat_interval=HEARTBEAT_SECONDS,
        stalled_worker_timeout=STALLED_SECONDS,
        shutdown_graceful_timeout=patience,
        install_signal_handlers=False,
        delete_jobs="successful",
    )


async def _rescue(app: procrastinate.App) -> None:
    """Put the jobs of dead workers back, again and again."""
    while True:
        stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS)
        for job in stalled:
            await _put_back(app, job)
        await asyncio.sleep(HEARTBEAT_SECONDS)


async def _put_back(app: procrastinate.App, job: Job) -> None:
    log.warning("job_stalled", job=job.task_name, id=job.id, attempts=job.attempts)
    try:
        if job.attempts >= jobs.ATTEMPTS:
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
            return
        await app.job_manager.retry_job(job)
    except UniqueViolation:  # a newer one waits, which will see all that this one would have seen
        await app.job_manager.finish_job(job, Status.ABORTED, delete_job=True)
    except ConnectorException as error:
        if not isinstance(error.__cause__, psycopg.errors.RaiseException):
            raise
        # Another worker was faster.
