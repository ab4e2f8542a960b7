"""What a failing statement leaves in the log: real failures of a real server."""

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app import migrate, tracebacks
from app.database import Database, patient_engine

SECRET = "The minister will resign"
TABLE = "CREATE TABLE drafts (headline text PRIMARY KEY, length int CHECK (length > 0))"
INSERT = text("INSERT INTO drafts VALUES (:headline, :length)")


def logged(error: BaseException) -> str:
    return tracebacks.written((type(error), error, error.__traceback__))


async def save(url: str, *lengths: int) -> None:
    database = Database(url)
    try:
        async with database.write() as session:
            await session.execute(text(TABLE))
            for length in lengths:
                await session.execute(INSERT, {"headline": SECRET, "length": length})
    finally:
        await database.close()


@pytest.mark.parametrize(
    ("lengths", "primary"),
    [([-1], "violates check constraint"), ([1, 1], "violates unique constraint")],
)
async def test_neither_parameters_nor_rows_are_written(
    empty_database_url: str, lengths: list[int], primary: str
) -> None:
    with pytest.raises(DBAPIError) as caught:
        await save(empty_database_url, *lengths)

    written = logged(caught.value)

    assert primary in written
    assert "INSERT INTO drafts" in written
    assert "test_tracebacks.py" in written
    assert SECRET not in written
    assert SECRET not in logged(ExceptionGroup("several", [caught.value, ValueError("x")]))


def test_the_engine_of_migrations_hides_parameters_too(empty_database_url: str) -> None:
    with (
        patient_engine(empty_database_url).connect() as connection,
        pytest.raises(DBAPIError, match="parameters hidden") as caught,
    ):
        connection.execute(text("SELECT 1 / length(:words)"), {"words": ""})

    assert "division by zero" in logged(caught.value)


def test_what_wraps_it_does_not_bring_it_back(empty_database_url: str) -> None:
    def fail() -> None:
        try:
            with psycopg.connect(empty_database_url) as connection:
                connection.execute(TABLE.encode())
                connection.execute("INSERT INTO drafts VALUES (%s, 0)", [SECRET])
        except psycopg.Error as error:
            raise RuntimeError(f"it failed: {error}") from error

    with pytest.raises(RuntimeError) as caught:
        fail()

    assert "it failed: new row for relation" in logged(caught.value)
    assert SECRET not in logged(caught.value)


def test_other_errors_are_written_as_they_are(empty_database_url: str) -> None:
    with pytest.raises(psycopg.OperationalError) as caught:
        migrate.standing(empty_database_url.replace("/test_", "/gone_"))

    assert "does not exist" in logged(caught.value)
