"""Work that follows a commit: declared where it belongs, deferred in the transaction that asks for
it, done by the worker at least once.

The queue is procrastinate's, in the schema `jobs`. A job that was deferred exists if and only if
its transaction was committed. It may be done twice (a worker can die after the work and before it
has said so): tasks must not mind.

Each task has a queue of its own name, and a worker takes from the queues of the tasks that it
knows: what a newer release has deferred waits for a worker of that release.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Concatenate, ParamSpec

import psycopg
import structlog
from procrastinate import App, JobContext, PsycopgConnector, RetryStrategy
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task
from psycopg.types.json import Jsonb
from sqlalchemy.ext.asyncio import AsyncSession

from app import clock, connections, metrics
from app.database import Database, driver

P = ParamSpec("P")
Run = Callable[..., Awaitable[None]]

SCHEMA = "jobs"
ATTEMPTS = 8
"""A failing task is tried again after 2, 4, 8… seconds, so often: given up after nine minutes."""

LONGEST_NAME = 40
"""Jobs are announced on a channel named after the queue: PostgreSQL allows 63 bytes for both."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Task:
    """`run` gets the worker's database, and the arguments that were given to `defer`."""

    name: str
    run: Run
    attempts: int
    cron: str | None
    lock: str | None


_declared: dict[str, Task] = {}

last_try: ContextVar[bool] = ContextVar("last_try", default=False)
"""Whether the job at work is given up for good if it fails now."""


def task(
    name: str, *, attempts: int = ATTEMPTS, lock: str | None = None
) -> Callable[[Callable[Concatenate[Database, P], Awaitable[None]]], Task]:
    """Declare `async def work(database, *, …)`, whose arguments are JSON values, as a task.

    Of the jobs with the same `lock` one runs at a time. The name is stored with waiting jobs: it
    outlives a renaming of the function.
    """

    def declare(run: Callable[Concatenate[Database, P], Awaitable[None]]) -> Task:
        return _declare(Task(name, run, attempts, None, lock))

    return declare


def periodic(name: str, *, cron: str) -> Callable[[Callable[[Database], Awaitable[None]]], Task]:
    """Declare `async def work(database)` to be done at the times of `cron` (UTC), by one worker."""

    def declare(run: Callable[[Database], Awaitable[None]]) -> Task:
        return _declare(Task(name, run, 1, cron, name))

    return declare


def declared() -> Iterable[Task]:
    """Every task of the modules that were imported (`app.worker` imports all)."""
    return _declared.values()


def queues() -> list[str]:
    """Where a worker of this program looks for jobs: no others, whose tasks it does not know."""
    return [one.name for one in declared()]


async def defer(
    session: AsyncSession,
    work: Task,
    *,
    queueing_lock: str | None = None,
    lock: str | None = None,
    priority: int = 0,
    **arguments: Any,
) -> bool:
    """Have `work` done after this session's transaction was committed, and only then.

    Of jobs with one `lock` (or the task's) one runs at a time. Those with the higher `priority`
    come first. With a `queueing_lock` nothing is added (False) where a job with it waits: that will
    see what is committed here. Call it late: until then that one, and whoever defers with it, wait.
    """
    connection = await driver(session)
    deferrer = configure_task(
        name=work.name,
        job_manager=_without_pool,
        queue=work.name,
        lock=lock or work.lock,
        queueing_lock=queueing_lock,
        priority=priority,
        connection=connection,
    )
    async with _in_schema(connection):
        if queueing_lock is None:
            await deferrer.defer_async(**arguments)
            return True
        while not await _hold_waiting(connection, queueing_lock):
            try:
                async with connection.transaction():  # a savepoint
                    await deferrer.defer_async(**arguments)
            except AlreadyEnqueued:  # by a transaction that was committed just now
                continue
            return True
        return False


async def forget_failed(session: AsyncSession, works: Iterable[Task], *, before: datetime) -> int:
    """Delete the jobs of these tasks that were given up before this moment; the number of them."""
    async with _in_schema(await driver(session)) as connection:
        deleted = await connection.execute(
            "DELETE FROM procrastinate_jobs job WHERE status = 'failed' AND task_name = ANY(%s)"
            " AND NOT EXISTS (SELECT FROM procrastinate_events"
            "   WHERE job_id = job.id AND type = 'failed' AND at >= %s)",
            [[work.name for work in works], before],
        )
    return deleted.rowcount


async def states(session: AsyncSession, works: Iterable[Task], **arguments: Any) -> set[str]:
    """The states of the jobs of these tasks that have these arguments: todo, doing, failed."""
    async with _in_schema(await driver(session)) as connection:
        found = await connection.execute(
            "SELECT DISTINCT status::text FROM procrastinate_jobs"
            " WHERE task_name = ANY(%s) AND args @> %s",
            [[work.name for work in works], Jsonb(arguments)],
        )
        return {status for (status,) in await found.fetchall()}


async def try_again(session: AsyncSession, works: Iterable[Task]) -> int:
    """Have the jobs of these tasks done that were given up; the number of them."""
    statement = (
        "UPDATE procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = NULL"
        " WHERE status = 'failed' AND task_name = ANY(%s)"
    )
    async with _in_schema(await driver(session)) as connection:
        return (await connection.execute(statement, [[work.name for work in works]])).rowcount


def queue(database: Database, url: str, *, times: bool = True) -> App:
    """The queue with every declared task bound to `database`; its own connections go to `url`.
    `times=False` leaves out when periodic tasks are due."""
    app = App(
        connector=PsycopgConnector(
            conninfo=url,
            kwargs={
                "options": connections.options(
                    url, always={"search_path": SCHEMA}, unless_given=connections.WAKEFUL
                ),
                "application_name": "masthead jobs",
                **connections.TCP,
            },
            min_size=1,
            max_size=6,
            timeout=3,
        )
    )
    for one in declared():
        bound = app.task(
            name=one.name,
            queue=one.name,
            pass_context=True,
            lock=one.lock,
            retry=RetryStrategy(max_attempts=one.attempts, exponential_wait=2),
        )(_bound(one, database))
        if one.cron and times:
            app.periodic(cron=one.cron)(bound)
    return app


async def drain(database: Database) -> int:
    """Do every job that is due, those that come up meanwhile too; the number of them.

    Raises what a task raises: it is retried later, as ever.
    """
    failures: list[Exception] = []
    count = 0

    async def watch(call_next: Callable[[], Awaitable[Any]], *_: Any) -> Any:
        nonlocal count
        count += 1
        try:
            return await call_next()
        except Exception as error:
            failures.append(error)
            raise

    async with queue(database, database.url, times=False).open_async() as app:
        before = -1
        while before != count:
            before = count
            await app.run_worker_async(
                queues=queues(),
                wait=False,
                listen_notify=False,
                install_signal_handlers=False,
                delete_jobs="successful",
                worker_middleware=[watch],
            )
    if failures:
        raise failures[0]
    return count


# Jobs are always deferred on the caller's connection, so its pool is never opened.
_without_pool = JobManager(PsycopgConnector())


@asynccontextmanager
async def _in_schema(
    connection: psycopg.AsyncConnection,
) -> AsyncIterator[psycopg.AsyncConnection]:
    """The queue's functions and triggers find its tables by the search path."""
    await connection.execute(f"SET LOCAL search_path TO {SCHEMA}")
    try:
        yield connection
    finally:
        if connection.info.transaction_status is psycopg.pq.TransactionStatus.INTRANS:
            await connection.execute("SET LOCAL search_path TO DEFAULT")


def _declare(work: Task) -> Task:
    if work.name in _declared:
        raise ValueError(f"two tasks are named {work.name}")
    if len(work.name) > LONGEST_NAME:
        raise ValueError(f"{work.name} is longer than {LONGEST_NAME} characters")
    _declared[work.name] = work
    return work


def _bound(
    work: Task, database: Database
) -> Callable[Concatenate[JobContext, ...], Awaitable[None]]:
    async def run(context: JobContext, **arguments: Any) -> None:
        if context.job.queueing_lock:
            # A retry is put back among the waiting, where there may be a newer one with this lock.
            await context.app.connector.execute_query_async(
                "UPDATE procrastinate_jobs SET queueing_lock = NULL WHERE id = %(id)s",
                id=context.job.id,
            )
        if work.cron:
            del arguments["timestamp"]
        last_try.set(context.job.attempts >= work.attempts)
        began, outcome = clock.seconds(), "failed"
        try:
            await work.run(database, **arguments)
            if work.cron:  # this turn has done what earlier ones have not
                await context.app.connector.execute_query_async(
                    "DELETE FROM procrastinate_jobs WHERE task_name = %(name)s"
                    " AND status = 'failed'",
                    name=work.name,
                )
            outcome = "done"
        except Exception as error:
            attempt = context.job.attempts + 1
            log.warning("job_failed", job=work.name, attempt=attempt, exc_info=error)
            raise
        finally:
            metrics.metrics().jobs.labels(work.name, outcome).observe(clock.seconds() - began)

    return run


async def _hold_waiting(connection: psycopg.AsyncConnection, queueing_lock: str) -> bool:
    """Keep the waiting job, if there is one, from starting before this transaction has ended.

    Else it could start now, read without seeing this transaction, and nobody would come after it.
    """
    found = await connection.execute(
        "SELECT FROM procrastinate_jobs WHERE queueing_lock = %s AND status = 'todo' FOR SHARE",
        [queueing_lock],
    )
    return await found.fetchone() is not None
