"""The PostgreSQL server: whether it is the right one, and keeps what it was told."""

import time
from collections.abc import Iterator
from datetime import datetime

import psycopg

from app import clock
from app.cli.checks.finding import Finding, bad, doubtful, good

OLDEST = 15
CONNECTIONS_OF_OTHERS = 10


def server(connection: psycopg.Connection) -> Iterator[Finding]:
    major = connection.info.server_version // 10_000
    began = clock.seconds()
    connection.execute("SELECT 1")
    milliseconds = (clock.seconds() - began) * 1000
    if major < OLDEST:
        yield bad("version", f"PostgreSQL {major}", f"Use PostgreSQL {OLDEST} or newer.")
    else:
        yield good("version", f"PostgreSQL {major}, {OLDEST} or newer is needed")
    if milliseconds > 20:
        yield doubtful(
            "distance",
            f"a round trip takes {milliseconds:.0f} ms",
            "Run Masthead near its database: every request makes several round trips.",
        )


def encoding(connection: psycopg.Connection) -> Iterator[Finding]:
    code, collation, stored, actual = _row(
        connection,
        "SELECT pg_encoding_to_char(encoding), datcollate, datcollversion,"
        " pg_database_collation_actual_version(oid)"
        " FROM pg_database WHERE datname = current_database()",
    )
    if code != "UTF8":
        yield bad(
            "encoding",
            f"the database is in {code}, which cannot hold every script",
            "Make it anew: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.",
        )
    else:
        yield good("encoding", f"UTF8, collation {collation}")
    if stored != actual:
        yield doubtful(
            "collation",
            f"the operating system's sorting changed from version {stored} to {actual}",
            "REINDEX DATABASE, then ALTER DATABASE … REFRESH COLLATION VERSION.",
        )


def durability(connection: psycopg.Connection) -> Iterator[Finding]:
    """Whether what was committed survives a crash."""
    off = [
        name
        for name in ("fsync", "full_page_writes", "synchronous_commit")
        if _row(connection, f"SHOW {name}")[0] == "off"
    ]
    if off:
        yield bad(
            "durability",
            f"{' and '.join(off)} is off: a crash loses what readers have seen",
            f"Set {' and '.join(off)} = on in postgresql.conf.",
        )
    else:
        yield good("durability", "fsync, full_page_writes and synchronous_commit are on")


def extensions(connection: psycopg.Connection) -> Iterator[Finding]:
    found = connection.execute("SELECT 1 FROM pg_extension WHERE extname = 'plpgsql'").fetchone()
    if found:
        yield good("extensions", "plpgsql is there, no other is needed")
    else:
        yield bad("extensions", "plpgsql is missing", "CREATE EXTENSION plpgsql;")


def clocks(connection: psycopg.Connection) -> Iterator[Finding]:
    before = time.time()
    there: datetime = _row(connection, "SELECT clock_timestamp()")[0]
    here = (before + time.time()) / 2
    apart = there.timestamp() - here
    if abs(apart) > 2:
        yield doubtful(
            "clock",
            f"the database's is {abs(apart):.0f} s {'ahead' if apart > 0 else 'behind'}",
            "Publishing goes by the database's clock, logs by this one: run NTP on both.",
        )
    else:
        yield good("clock", f"{abs(apart) * 1000:.0f} ms from the database's")


def room_for_connections(connection: psycopg.Connection, needed: int) -> Iterator[Finding]:
    """`needed` is how many one server of these settings may open."""
    limit, reserved = _row(
        connection,
        "SELECT current_setting('max_connections')::int,"
        " current_setting('superuser_reserved_connections')::int",
    )
    free = limit - reserved - CONNECTIONS_OF_OTHERS
    if needed > free:
        yield doubtful(
            "connections",
            f"this server may open {needed}; the database allows {limit} for all",
            "Raise max_connections, or lower MASTHEAD_WORKERS or MASTHEAD_DATABASE_POOL_SIZE.",
        )
    else:
        yield good("connections", f"this server may open {needed} of {limit}")


def _row(connection: psycopg.Connection, statement: str) -> tuple:  # type: ignore[type-arg]
    found = connection.execute(statement.encode()).fetchone()
    assert found is not None
    return found
