"""What a client is told when PostgreSQL fails in its many ways: real failures of a real server."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from app import embedded
from app.database import patient_engine
from app.errors import MastheadError
from app.web.failures import error_of


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with embedded.start(tmp_path_factory.mktemp("postgres")) as server:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("CREATE TABLE rows (id int PRIMARY KEY, n int)")
            connection.execute("INSERT INTO rows VALUES (1, 0), (2, 0)")
        yield server.url


def direct(url: str, *statements: str) -> Exception | None:
    try:
        with psycopg.connect(url) as connection:
            for statement in statements:
                connection.execute(statement.encode())
    except psycopg.Error as error:
        return error
    return None


def through_sqlalchemy(url: str, *statements: str) -> Exception | None:
    engine = patient_engine(url)
    try:
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
    except SQLAlchemyError as error:
        return error
    finally:
        engine.dispose()
    return None


Way = Callable[..., Exception | None]
ways = pytest.mark.parametrize("way", [direct, through_sqlalchemy])


def told(exception: Exception | None) -> tuple[str, int | None]:
    assert exception is not None, "it did not fail"
    error = error_of(exception)
    assert isinstance(error, MastheadError)
    return error.type, error.retry_after


@ways
def test_a_server_that_is_not_there(way: Way):
    with closing(socket.socket()) as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]

        error = way(f"postgresql://nobody@127.0.0.1:{port}/nothing", "SELECT 1")

    assert told(error) == ("unavailable", 5)


@ways
def test_a_statement_that_takes_too_long(way: Way, url: str):
    error = way(url, "SET statement_timeout = 10", "SELECT pg_sleep(5)")

    assert told(error) == ("unavailable", 1)


@ways
def test_a_lock_that_is_not_free_in_time(way: Way, url: str):
    with psycopg.connect(url) as other:
        other.execute("LOCK rows")

        error = way(url, "SET lock_timeout = 10", "SELECT * FROM rows")

    assert told(error) == ("unavailable", 1)


@ways
def test_a_connection_that_the_server_ends(way: Way, url: str):
    error = way(url, "SELECT pg_terminate_backend(pg_backend_pid())")

    assert told(error) == ("unavailable", 5)


@ways
def test_a_write_to_a_server_that_became_a_replica(way: Way, url: str):
    error = way(url, "SET TRANSACTION READ ONLY", "UPDATE rows SET n = 1")

    assert told(error) == ("unavailable", 5)


@ways
def test_a_database_that_is_not_there(way: Way, url: str):
    error = way(url.replace("/postgres?", "/nowhere?").replace("/masthead", "/nowhere"), "SELECT 1")

    assert told(error) == ("unavailable", 5)


def test_a_transaction_that_lost_against_another(url: str):
    with psycopg.connect(url) as one, psycopg.connect(url) as other:
        for connection in (one, other):
            connection.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
            connection.execute("SELECT sum(n) FROM rows")
        one.execute("UPDATE rows SET n = n + 1 WHERE id = 1")
        one.commit()
        with pytest.raises(psycopg.Error) as caught:
            other.execute("UPDATE rows SET n = n + 1 WHERE id = 1")

    assert told(caught.value) == ("unavailable", 1)


def test_two_transactions_that_wait_for_each_other(url: str):
    caught: list[Exception] = []

    def second(connection: psycopg.Connection) -> None:
        try:
            connection.execute("UPDATE rows SET n = 2 WHERE id = 1")
        except psycopg.Error as error:
            caught.append(error)
            connection.rollback()

    with psycopg.connect(url) as one, psycopg.connect(url) as other:
        one.execute("UPDATE rows SET n = 1 WHERE id = 1")
        other.execute("UPDATE rows SET n = 1 WHERE id = 2")
        thread = threading.Thread(target=second, args=[other])
        thread.start()
        try:
            one.execute("UPDATE rows SET n = 2 WHERE id = 2")
        except psycopg.Error as error:
            caught.append(error)
            one.rollback()
        thread.join()

    assert [told(error) for error in caught] == [("unavailable", 1)]


def test_no_connection_free_in_the_pool(url: str):
    engine = create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(url), poolclass=QueuePool,
        pool_size=1, max_overflow=0, pool_timeout=0.01,
    )  # fmt: skip
    with engine.connect(), pytest.raises(SQLAlchemyError) as caught:
        engine.connect()
    engine.dispose()

    assert told(caught.value) == ("unavailable", 5)


@ways
@pytest.mark.parametrize(
    "statement",
    ["SELECT nonsense", "INSERT INTO rows VALUES (1)", "SELECT 1/0", "SELECT 'x'::int"],
)
def test_our_own_mistakes_are_no_excuse(way: Way, url: str, statement: str):
    error = way(url, statement)

    assert isinstance(error, psycopg.Error | SQLAlchemyError)
    assert error_of(error) is None


def test_other_exceptions_mean_nothing_to_the_client():
    assert error_of(ZeroDivisionError()) is None
