"""Cold reads: many at once on few connections, and what happens when the database is away."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from uuid import uuid4

import httpx
import psycopg
import pytest

from app import embedded, migrate
from app.delivery import reader as reader_module
from app.delivery.reader import Reader, TooSlow
from app.delivery.statements import number, statement
from app.errors import Unavailable
from tests.cluster import SETTINGS, disk_folder, remove
from tests.delivery.shelf import Shelf, an_article, reading

DOUBLE = statement("SELECT 2 * $1::int")
DIVIDE = statement("SELECT 12 / $1::int")
SLEEP = statement("SELECT pg_sleep($1::float8)")

KEPT = {**SETTINGS, "synchronous_commit": "on"}
"""For a server that is killed: what was committed is there afterwards."""


@asynccontextmanager
async def a_reader(
    url: str, *, connections: int = 3, timeout_ms: int = 2000
) -> AsyncIterator[Reader]:
    async with Reader(url, connections=connections, timeout_ms=timeout_ms) as reader:
        yield reader


@contextmanager
def asking(url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


def backends(connection: psycopg.Connection) -> list[int]:
    rows = connection.execute(
        "SELECT pid FROM pg_stat_activity"
        " WHERE application_name = 'masthead delivery' AND datname = current_database()"
    )
    return [row[0] for row in rows]


async def until_it_answers(reader: Reader, seconds: float = 10) -> float:
    """How long it took."""
    begun = time.monotonic()
    while True:
        try:
            await reader.rows(DOUBLE, b"1")
        except Unavailable:
            if time.monotonic() - begun > seconds:
                raise
            await asyncio.sleep(0.02)
        else:
            return time.monotonic() - begun


async def test_every_one_of_many_reads_at_once_gets_its_own_rows(database_url: str) -> None:
    async with a_reader(database_url) as reader:
        rows = await asyncio.gather(*(reader.row(DOUBLE, b"%d" % n) for n in range(800)))

    assert [row and number(row[0]) for row in rows] == [2 * n for n in range(800)]


async def test_a_read_that_fails_harms_no_other(database_url: str) -> None:
    async with a_reader(database_url, connections=2) as reader:
        results = await asyncio.gather(
            *(reader.row(DIVIDE, b"%d" % (n % 3)) for n in range(90)), return_exceptions=True
        )

    for n, result in enumerate(results):
        if n % 3:
            assert isinstance(result, tuple)
            assert number(result[0]) == 12 // (n % 3)
        else:
            assert isinstance(result, psycopg.errors.DivisionByZero)


async def test_rows_larger_than_any_buffer_come_whole(database_url: str) -> None:
    large = statement("SELECT repeat($1, 8000000), $2")
    padding = b"x" * 100_000
    async with a_reader(database_url, connections=2) as reader:
        rows = await asyncio.gather(*(reader.row(large, b"ab", padding) for _ in range(8)))

    assert {row and (len(row[0]), row[1]) for row in rows} == {(16_000_000, padding)}


async def test_a_parameter_larger_than_any_buffer_goes_whole(database_url: str) -> None:
    async with a_reader(database_url, connections=2) as reader:
        row = await reader.row(statement("SELECT length($1)"), b"x" * 20_000_000)

    assert row is not None
    assert number(row[0]) == 20_000_000


async def test_the_reader_cannot_write(database_url: str) -> None:
    async with a_reader(database_url) as reader:
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            await reader.rows(statement("DELETE FROM published.documents"))


async def test_the_reader_needs_no_right_but_to_read_what_is_published(
    database_url: str, shelf: Shelf
) -> None:
    story = an_article()
    await shelf.put(story)
    role = f"reader_{uuid4().hex}"
    with asking(database_url) as connection:
        for command in (
            f"CREATE ROLE {role} LOGIN",
            f"GRANT USAGE ON SCHEMA published TO {role}",
            f"GRANT SELECT ON ALL TABLES IN SCHEMA published TO {role}",
        ):
            connection.execute(command.encode())
        try:
            restricted = database_url.replace("://masthead@", f"://{role}@")
            assert role in restricted
            async with reading(restricted) as client:
                answer = await client.get(f"/v1/articles/{story.id}")
            async with a_reader(restricted) as reader:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    await reader.rows(statement("SELECT * FROM desk.articles"))
        finally:
            connection.execute(f"DROP OWNED BY {role}; DROP ROLE {role}".encode())

    assert answer.content == story.views.full


async def test_a_statement_that_could_not_be_prepared_is_prepared_later(database_url: str) -> None:
    later = statement("SELECT n FROM later")
    async with a_reader(database_url, connections=2) as reader:
        with pytest.raises(psycopg.errors.UndefinedTable):
            await reader.row(later)
        with asking(database_url) as connection:
            connection.execute("CREATE TABLE later AS SELECT 7 AS n")

        row = await reader.row(later)

    assert row is not None
    assert number(row[0]) == 7


async def test_reads_behind_one_that_could_not_be_prepared_fail_like_it(database_url: str) -> None:
    never = statement("SELECT n FROM never")
    async with a_reader(database_url, connections=2) as reader:
        results = await asyncio.gather(
            *(reader.row(never) for _ in range(20)), reader.row(DOUBLE, b"1"),
            return_exceptions=True,
        )  # fmt: skip

    assert isinstance(results.pop(), tuple)
    assert all(isinstance(result, psycopg.Error | Unavailable) for result in results)
    assert any(isinstance(result, psycopg.errors.UndefinedTable) for result in results)


async def test_a_statement_that_a_pooler_forgot_is_prepared_again(database_url: str) -> None:
    async with a_reader(database_url, connections=2) as reader:
        await reader.row(DOUBLE, b"1")
        await reader.row(statement("DEALLOCATE ALL"))

        results = await asyncio.gather(*(reader.row(DOUBLE, b"21") for _ in range(5)))

    assert {row and number(row[0]) for row in results} == {42}


async def test_a_table_that_changes_its_types_is_read_on(database_url: str) -> None:
    read = statement("SELECT n FROM changing")
    with asking(database_url) as connection:
        connection.execute("CREATE TABLE changing AS SELECT 7 AS n")
        async with a_reader(database_url) as reader:
            before = await reader.row(read)
            connection.execute("ALTER TABLE changing ALTER n TYPE text")
            after = await reader.row(read)

    assert before is not None
    assert (number(before[0]), after) == (7, (b"7",))


async def test_time_runs_out_for_one_read_only(database_url: str) -> None:
    async with a_reader(database_url, timeout_ms=100) as reader:
        with pytest.raises(Unavailable):
            await reader.rows(SLEEP, b"5")
        with pytest.raises(TooSlow):
            await reader.search(SLEEP, b"5")

        assert await reader.row(DOUBLE, b"1")


async def test_connections_that_are_cut_are_not_noticed_by_readers(database_url: str) -> None:
    failures: list[Unavailable] = []
    done = asyncio.Event()

    async def read() -> None:
        while not done.is_set():
            try:
                await reader.row(DOUBLE, b"1")
            except Unavailable as error:
                failures.append(error)
            await asyncio.sleep(0.001)

    async with a_reader(database_url, connections=4) as reader:
        readers = [asyncio.create_task(read()) for _ in range(8)]
        with asking(database_url) as connection:
            for _ in range(10):
                for pid in backends(connection)[:1]:
                    connection.execute("SELECT pg_terminate_backend(%s)", [pid])
                await asyncio.sleep(0.1)
        done.set()
        await asyncio.gather(*readers)

    assert not failures


async def test_when_all_connections_are_cut_the_reader_connects_anew(database_url: str) -> None:
    async with a_reader(database_url) as reader:
        with asking(database_url) as connection:
            for pid in backends(connection):
                connection.execute("SELECT pg_terminate_backend(%s)", [pid])

            assert await until_it_answers(reader) < 5


async def test_a_server_that_hangs_is_given_up(database_url: str) -> None:
    async with a_reader(database_url, timeout_ms=300) as reader:
        with asking(database_url) as connection:
            hung = backends(connection)
            for pid in hung:
                os.kill(pid, signal.SIGSTOP)
            try:
                begun = time.monotonic()
                with pytest.raises(Unavailable):
                    await reader.row(DOUBLE, b"1")
                assert time.monotonic() - begun < 5
                await until_it_answers(reader)
            finally:
                for pid in hung:
                    os.kill(pid, signal.SIGCONT)


async def test_more_than_can_be_answered_soon_is_refused_at_once(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_module, "MOST_ON_ONE_WIRE", 10)
    async with a_reader(database_url, connections=2) as reader:
        results = await asyncio.gather(
            *(reader.row(DOUBLE, b"%d" % n) for n in range(50)), return_exceptions=True
        )

    answered = [result for result in results if isinstance(result, tuple)]
    refused = [result for result in results if isinstance(result, Unavailable)]
    assert len(answered) + len(refused) == 50
    assert 10 <= len(answered) < 50
    assert {error.retry_after for error in refused} == {1}


async def test_a_reader_who_left_disturbs_nobody(database_url: str) -> None:
    async with a_reader(database_url, connections=2) as reader:
        left = [asyncio.create_task(reader.row(DOUBLE, b"1")) for _ in range(20)]
        await asyncio.sleep(0)
        for task in left:
            task.cancel()

        row = await reader.row(DOUBLE, b"21")

    assert row is not None
    assert number(row[0]) == 42


async def test_an_unreachable_database_is_told_at_once_and_found_when_it_comes() -> None:
    """A real server that is killed, stays away and comes back, under a running application."""
    folder = disk_folder() / f"masthead-tests-{os.getpid()}-{uuid4().hex[:8]}"
    server = embedded.start(folder, settings=KEPT)
    try:
        migrate.move(server.url)
        async with reading(server.url) as client:
            assert (await client.get(f"/v1/articles/{uuid4()}")).status_code == 404
            _kill(folder)

            # Its children live on for a moment.
            answer = await until_status(client, 503)
            begun = time.monotonic()
            for _ in range(50):
                answer = await client.get(f"/v1/articles/{uuid4()}")
                assert answer.status_code == 503
            away_for = time.monotonic() - begun
            assert answer.json()["type"] == "urn:masthead:problem:unavailable"
            assert answer.headers["retry-after"] == "5"
            assert "no-store" in answer.headers["cache-control"]
            assert away_for < 2

            embedded.start(folder, settings=KEPT).leave()
            await until_status(client, 404)
    finally:
        server.leave()
        remove(folder)


async def until_status(client: httpx.AsyncClient, status: int) -> httpx.Response:
    """Ask for an article that is not there until the answer has this status."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        answer = await client.get(f"/v1/articles/{uuid4()}")
        if answer.status_code == status:
            return answer
        await asyncio.sleep(0.02)
    raise AssertionError(f"no {status}, but {answer.status_code} {answer.text}")


def _kill(folder: Path) -> None:
    pid = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)


async def test_a_reader_opens_though_the_database_is_away(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_module, "START_SECONDS", 0.2)
    nowhere = database_url.replace("host=", "host=/nonexistent")

    async with a_reader(nowhere) as reader:
        with pytest.raises(Unavailable):
            await reader.row(DOUBLE, b"1")
