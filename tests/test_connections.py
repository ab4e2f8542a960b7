"""What connections are opened with: asked of the server itself."""

import asyncio
import time
from urllib.parse import quote

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app import connections, jobs, migrate
from app.database import Database
from app.exchange.wordpress.transactions import transactions
from app.main import LOCK_SECONDS
from app.migrate import Fit
from tests.cli.programs import free_port
from tests.promises import serving
from tests.promises.severing import way_to

IDLE, LOCK = "idle_in_transaction_session_timeout", "lock_timeout"


def with_options(url: str, options: str) -> str:
    return f"{url}&options={options.replace(' ', '%20').replace('=', '%3D')}"


async def in_force(database: Database, *names: str) -> list[str]:
    async with database.read() as session:
        return [
            (
                await session.execute(text("SELECT current_setting(:name)"), {"name": name})
            ).scalar_one()
            for name in names
        ]


@pytest.mark.parametrize(
    ("given", "lock_seconds", "expected"),
    [
        ("", None, ["30s", "0", "UTC"]),
        ("", 2.5, ["30s", "2500ms", "UTC"]),
        (f"-c {IDLE}=7s -c timezone=Iceland", 2, ["7s", "2s", "Iceland"]),
        (f"-c {LOCK}=9s", 2, ["30s", "9s", "UTC"]),
    ],
)
async def test_transactions_have_their_limits_and_the_url_may_change_them(
    database_url: str, given: str, lock_seconds: float | None, expected: list[str]
) -> None:
    url = with_options(database_url, given) if given else database_url
    database = Database(url, lock_seconds=lock_seconds)

    assert await in_force(database, IDLE, LOCK, "timezone") == expected

    await database.close()


async def test_the_queue_has_them_too_and_never_gives_up_a_lock(database_url: str) -> None:
    url = with_options(database_url, "-c search_path=elsewhere -c timezone=Iceland")
    database = Database(url)
    async with jobs.queue(database, url).open_async() as app:
        shown = await app.connector.execute_query_one_async(
            f"SELECT current_setting('{IDLE}') AS idle, current_setting('{LOCK}') AS lock,"
            " current_setting('search_path') AS path, current_setting('timezone') AS zone"
        )
    await database.close()

    assert shown == {"idle": "30s", "lock": "0", "path": "jobs", "zone": "Iceland"}


async def test_every_kind_of_connection_notices_a_server_that_is_gone(database_url: str) -> None:
    database = Database(database_url)
    async with database.read() as session:
        raw = await (await session.connection()).get_raw_connection()
        told = raw.driver_connection.info.get_parameters()  # type: ignore[union-attr]
    async with (
        jobs.queue(database, database_url).open_async() as app,
        app.connector.pool.connection() as connection,  # type: ignore[attr-defined]
    ):
        told_jobs = connection.info.get_parameters()
    await database.close()

    expected = {name: str(value) for name, value in connections.TCP.items()}
    assert expected.items() <= told.items()
    assert expected.items() <= told_jobs.items()


async def test_who_stops_in_a_transaction_loses_it_and_its_locks(database_url: str) -> None:
    frozen = Database(with_options(database_url, f"-c {IDLE}=300ms"))
    other = Database(database_url)
    with pytest.raises(DBAPIError):  # noqa: PT012
        async with frozen.write() as session:
            await session.execute(text("SELECT pg_advisory_xact_lock(1)"))
            async with other.write() as waiting:
                await waiting.execute(text("SELECT pg_advisory_xact_lock(1)"))
            await session.execute(text("SELECT 1"))
    await frozen.close()
    await other.close()


async def test_a_dry_run_of_an_import_may_pause(database_url: str) -> None:
    database = Database(with_options(database_url, f"-c {IDLE}=200ms"))
    async with transactions(database, dry_run=True) as transaction:
        async with transaction() as session:
            await session.execute(text("SELECT 1"))
        await asyncio.sleep(0.6)
        async with transaction() as session:
            await session.execute(text("SELECT 1"))

    assert await in_force(database, IDLE) == ["200ms"]
    await database.close()


def test_a_request_does_not_wait_for_a_lock_for_ever(database_url: str) -> None:
    with serving.opened(database_url) as desk, psycopg.connect(database_url) as other:
        other.execute("LOCK TABLE desk.people")
        began = time.monotonic()

        answer = desk.client.get("/desk/people")

        assert LOCK_SECONDS - 1 < time.monotonic() - began < LOCK_SECONDS + 10
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "1"


def test_the_address_may_name_several_servers(empty_database_url: str) -> None:
    with way_to(empty_database_url) as way:
        one = conninfo_to_dict(way.url)
        away, there = (
            f"127.0.0.1:{free_port()}",
            f"{quote(str(one['host']), safe='')}:{one['port']}",
        )
        several = f"postgresql://{one['user']}@{away},{there}/{one['dbname']}"

        migrate.move(several)

        assert migrate.standing(several).fit is Fit.CURRENT
        assert asyncio.run(asked(several)) == ["30s"]


async def asked(url: str) -> list[str]:
    database = Database(url)
    try:
        return await in_force(database, IDLE)
    finally:
        await database.close()
