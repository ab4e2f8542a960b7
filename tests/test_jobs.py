"""Jobs are as sure as the transaction that asked for them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from app import jobs, worker
from app.database import Database, transaction_time
from app.editing import media
from app.settings import Settings

DONE: list[str] = []


@jobs.task("tests.write_down")
async def write_down(database: Database, *, word: str) -> None:
    DONE.append(word)


@jobs.task("tests.ask_for_more")
async def ask_for_more(database: Database, *, times: int) -> None:
    DONE.append(f"{times} more")
    if times:
        async with database.write() as session:
            await jobs.defer(session, ask_for_more, times=times - 1)


@jobs.task("tests.fail")
async def fail(database: Database) -> None:
    raise ZeroDivisionError("as expected")


@jobs.task("tests.fail_once")
async def fail_once(database: Database, *, word: str) -> None:
    DONE.append(word)
    if [word] == DONE:
        async with database.write() as session:  # somebody asks for the same meanwhile
            await jobs.defer(session, fail_once, queueing_lock="one", word=word)
        raise ZeroDivisionError("the first time")


@jobs.periodic("tests.tick", cron="* * * * * *")
async def tick(database: Database) -> None:
    DONE.append("tick")
    if DONE == ["tick"]:
        raise ZeroDivisionError("the first time")


@pytest.fixture
async def database(database_url: str, tmp_path: Path) -> AsyncIterator[Database]:
    """With what every worker is told: hourly jobs may be due just now."""
    DONE.clear()
    told = media.session_info(Settings(_env_file=None, data_dir=tmp_path))
    opened = Database(database_url, pool_size=5, info=told)
    yield opened
    await opened.close()


def waiting(database: Database) -> list[tuple[str, str, int]]:
    with psycopg.connect(database.url) as connection:
        rows = connection.execute(
            "SELECT task_name, status::text, attempts FROM jobs.procrastinate_jobs ORDER BY id"
        )
        return rows.fetchall()


async def test_a_job_is_done_after_the_commit(database: Database):
    async with database.write() as session:
        assert await jobs.defer(session, write_down, word="late") is True
        assert await jobs.drain(database) == 0

    assert await jobs.drain(database) == 1
    assert DONE == ["late"]
    assert waiting(database) == []


async def test_a_job_goes_with_its_transaction(database: Database):
    async def break_off() -> None:
        async with database.write() as session:
            await jobs.defer(session, write_down, word="never")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await break_off()

    assert await jobs.drain(database) == 0
    assert DONE == []


async def test_deferring_leaves_the_session_as_it_was(database: Database):
    async with database.write() as session:
        before = (await session.execute(text("SHOW search_path"))).scalar_one()
        await jobs.defer(session, write_down, word="a", queueing_lock="one")
        await jobs.defer(session, write_down, word="b", queueing_lock="one")
        after = (await session.execute(text("SHOW search_path"))).scalar_one()

    assert before == after


async def test_jobs_that_come_up_meanwhile_are_drained_too(database: Database):
    async with database.write() as session:
        await jobs.defer(session, ask_for_more, times=2)

    assert await jobs.drain(database) == 3
    assert DONE == ["2 more", "1 more", "0 more"]


async def test_what_a_task_raises_is_raised_and_tried_again_later(database: Database):
    async with database.write() as session:
        await jobs.defer(session, fail)
        await jobs.defer(session, write_down, word="the others are done")

    with pytest.raises(ZeroDivisionError):
        await jobs.drain(database)

    assert DONE == ["the others are done"]
    assert waiting(database) == [("tests.fail", "todo", 1)]
    assert await jobs.drain(database) == 0  # not yet


async def test_with_a_queueing_lock_one_waits(database: Database):
    async with database.write() as session:
        assert await jobs.defer(session, write_down, queueing_lock="one", word="first")
        assert not await jobs.defer(session, write_down, queueing_lock="one", word="same")
        assert await jobs.defer(session, write_down, queueing_lock="two", word="other")
    async with database.write() as session:
        assert not await jobs.defer(session, write_down, queueing_lock="one", word="same")

    await jobs.drain(database)
    async with database.write() as session:
        assert await jobs.defer(session, write_down, queueing_lock="one", word="again")
    await jobs.drain(database)

    assert DONE == ["first", "other", "again"]


async def test_a_waiting_job_does_not_start_before_those_who_count_on_it_have_committed(
    database: Database,
):
    async with database.write() as session:
        await jobs.defer(session, write_down, queueing_lock="one", word="one for both")

    async with database.write() as session:
        assert not await jobs.defer(session, write_down, queueing_lock="one", word="same")
        assert await jobs.drain(database) == 0

    assert await jobs.drain(database) == 1


async def test_two_transactions_with_one_queueing_lock_make_one_job(database: Database):
    began = asyncio.Event()

    async def second() -> bool:
        async with database.write() as session:
            began.set()
            return await jobs.defer(session, write_down, queueing_lock="one", word="second")

    async with database.write() as session:
        await jobs.defer(session, write_down, queueing_lock="one", word="first")
        other = asyncio.create_task(second())
        await began.wait()
        await asyncio.sleep(0.2)
        assert not other.done()

    assert await other is False
    assert await jobs.drain(database) == 1


async def test_a_retry_does_not_get_in_the_way_of_a_newer_one_with_its_queueing_lock(
    database: Database,
):
    async with database.write() as session:
        await jobs.defer(session, fail_once, queueing_lock="one", word="x")

    with pytest.raises(ZeroDivisionError):
        await jobs.drain(database)

    assert DONE == ["x", "x"]
    assert waiting(database) == [("tests.fail_once", "todo", 1)]


UNKNOWN = (
    "INSERT INTO jobs.procrastinate_jobs (queue_name, task_name, status, lock)"
    " VALUES ('tests.of_tomorrow', 'tests.of_tomorrow', %s::jobs.procrastinate_job_status, 'one')"
)


def execute(database: Database, statement: str, *values: object) -> None:
    with psycopg.connect(database.url, options="-c search_path=jobs") as connection:
        connection.execute(statement.encode(), values)


async def working(database: Database, until: Callable[[], bool]) -> None:
    """Have a worker of this program work until this is true."""
    stop = asyncio.Event()
    at_work = asyncio.create_task(worker.work(database, database.url, stop, patience=1))
    for _ in range(400):
        if until():
            break
        await asyncio.sleep(0.05)
    stop.set()
    await at_work
    assert until()


async def test_jobs_of_unknown_tasks_wait_for_a_worker_that_knows_them(database: Database):
    execute(database, UNKNOWN, "todo")
    async with database.write() as session:
        await jobs.defer(session, write_down, word="known")

    await working(database, lambda: "known" in DONE)
    await jobs.drain(database)

    assert ("tests.of_tomorrow", "todo", 0) in waiting(database)


async def test_a_stalled_job_of_an_unknown_task_is_put_back(database: Database):
    execute(database, UNKNOWN, "doing")

    await working(database, lambda: ("tests.of_tomorrow", "todo", 1) in waiting(database))


async def test_a_stalled_job_is_dropped_where_a_newer_one_waits_for_the_same(database: Database):
    stalled = UNKNOWN.replace("lock)", "queueing_lock)")
    execute(database, stalled, "todo")
    execute(database, stalled, "doing")

    await working(
        database,
        lambda: (
            [job for job in waiting(database) if job[0] == "tests.of_tomorrow"]
            == [("tests.of_tomorrow", "todo", 0)]
        ),
    )


async def test_a_periodic_task_that_succeeds_makes_good_the_turn_that_failed(database: Database):
    await working(
        database,
        lambda: DONE.count("tick") > 1 and not any(job[1] == "failed" for job in waiting(database)),
    )


async def test_failed_jobs_of_some_tasks_are_forgotten_that_failed_before_a_moment(
    database: Database,
):
    def failed(task: jobs.Task, ago: str) -> None:
        execute(
            database,
            "WITH job AS (INSERT INTO procrastinate_jobs (queue_name, task_name, status)"
            " VALUES (%s, %s, 'failed') RETURNING id)"
            " INSERT INTO procrastinate_events (job_id, type, at)"
            " SELECT id, 'failed', now() - %s::interval FROM job",
            *(task.name, task.name, ago),
        )

    failed(fail, "1 hour")
    failed(fail, "-1 hour")
    failed(write_down, "1 hour")

    async with database.write() as session:
        moment = await transaction_time(session)
        assert await jobs.forget_failed(session, [fail, ask_for_more], before=moment) == 1

    assert sorted(waiting(database)) == [
        ("tests.fail", "failed", 0),
        ("tests.write_down", "failed", 0),
    ]


async def test_what_was_given_up_is_told_and_tried_again(database: Database):
    async def states(**arguments: str) -> set[str]:
        async with database.read() as session:
            return await jobs.states(session, [write_down, fail_once], **arguments)

    async with database.write() as session:
        for word in ("one", "two"):
            await jobs.defer(session, write_down, word=word)
    execute(
        database,
        "UPDATE procrastinate_jobs SET status = 'failed', attempts = 8"
        ' WHERE args @> \'{"word": "one"}\'',
    )

    assert await states() == {"failed", "todo"}
    assert (await states(word="one"), await states(word="two")) == ({"failed"}, {"todo"})
    assert await states(word="three") == set()
    async with database.write() as session:
        assert await jobs.try_again(session, [fail]) == 0
        assert await jobs.try_again(session, [write_down]) == 1
    assert waiting(database) == [("tests.write_down", "todo", 0)] * 2
    assert await jobs.drain(database) == 2
    assert await states() == set()


def test_the_name_of_a_task_fits_into_that_of_a_channel():
    with pytest.raises(ValueError, match="longer than 40"):
        jobs.task("t" * 41)(fail.run)


def test_two_tasks_cannot_have_one_name():
    with pytest.raises(ValueError, match=r"tests\.fail"):
        jobs.task("tests.fail")(fail.run)
