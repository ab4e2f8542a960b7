"""The write side's access to PostgreSQL: tables' base, engine, and the transaction.

Whoever answers (an HTTP route, a command of the CLI, a job) owns the transaction and opens it with
`Database.write()`. Commands never commit.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
import psycopg
from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Engine,
    MetaData,
    Text,
    Uuid,
    create_engine,
    event,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import (
    AsyncAdaptedQueuePool,
    ConnectionPoolEntry,
    NullPool,
    PoolProxiedConnection,
)

from app import clock, connections, metrics

BeforeCommit = Callable[[AsyncSession], Awaitable[None]]

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

_DRIVER = "postgresql+psycopg://"
_NOW = "transaction_time"
_TRANSACTION_TIME = text("SELECT transaction_timestamp()")

Name = Text(collation="C")
"""Text that orders or identifies: one meaning on every machine, whatever its locale."""


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {
        datetime: DateTime(timezone=True),
        int: BigInteger(),
        str: Text(),
        dict[str, Any]: JSONB(),
        dict[str, str]: JSONB(),
        list[dict[str, Any]]: JSONB(),
        list[str]: ARRAY(Text()),
        list[UUID]: ARRAY(Uuid()),
    }


class Database:
    """Sessions on the primary. `before_commit` runs at the end of every writing transaction.

    `info` is what commands may ask their session (`session.info`): settings of the process.
    """

    def __init__(
        self,
        url: str,
        *,
        pool_size: int = 10,
        lock_seconds: float | None = None,
        before_commit: BeforeCommit | None = None,
        info: dict[str, Any] | None = None,
    ) -> None:
        """Who has a client waiting says how long a lock may be waited for (`lock_seconds`)."""
        self.url = url
        self.info: Mapping[str, Any] = info or {}
        self.engine = engine(url, pool_size=pool_size, lock_seconds=lock_seconds)
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False, info=info)
        self._before_commit = before_commit

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """One transaction: committed when the block ends, undone when it raises."""
        async with self._sessions() as session, session.begin():
            yield session
            await self.settle(session)

    async def settle(self, session: AsyncSession) -> None:
        """Do what must be in the transaction before it commits; safe to call again."""
        if self._before_commit:
            await self._before_commit(session)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """One snapshot for a whole answer; nothing can be written in it."""
        async with self._sessions() as session, session.begin():
            await session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
            yield session

    async def close(self) -> None:
        await self.engine.dispose()


class _Measured(AsyncAdaptedQueuePool):
    # Its logger would be named after this module, and tell of each pool that comes and goes.
    _sqla_logger_namespace = "sqlalchemy.pool"

    def connect(self) -> PoolProxiedConnection:
        began = clock.seconds()
        try:
            return super().connect()
        finally:
            metrics.metrics().database_waits.observe(clock.seconds() - began)


def engine(url: str, *, pool_size: int = 10, lock_seconds: float | None = None) -> AsyncEngine:
    """An engine over psycopg 3. `url` is whatever libpq can read."""
    limits = dict(connections.WAKEFUL)
    if lock_seconds is not None:
        limits["lock_timeout"] = f"{lock_seconds * 1000:.0f}ms"
    made = create_async_engine(
        _DRIVER,
        hide_parameters=True,
        poolclass=_Measured,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=5,
        pool_pre_ping=True,
        json_serializer=lambda value: orjson.dumps(value).decode(),
        json_deserializer=orjson.loads,
        connect_args={
            "connect_timeout": 5,
            "application_name": "masthead",
            "options": connections.options(url, unless_given=limits),
            **connections.TCP,
        },
    )
    _leave_to_libpq(made.sync_engine, url)
    return made


def patient_engine(url: str) -> Engine:
    """For migrations: one connection at a time, and no limit to how long anything takes."""
    made = create_engine(
        _DRIVER, poolclass=NullPool, hide_parameters=True, connect_args=dict(connections.TCP)
    )
    _leave_to_libpq(made, url)
    return made


def _leave_to_libpq(engine: Engine, url: str) -> None:
    """Have libpq alone read the URL: SQLAlchemy does not know all of its forms."""

    @event.listens_for(engine, "do_connect")
    def connect(
        dialect: Dialect, record: ConnectionPoolEntry, positional: list[Any], named: dict[str, Any]
    ) -> None:
        positional[:] = [url]


async def driver(session: AsyncSession) -> psycopg.AsyncConnection:
    """The driver's connection under this transaction, with all that the session holds flushed."""
    await session.flush()
    raw = await (await session.connection()).get_raw_connection()
    connection = raw.driver_connection
    assert isinstance(connection, psycopg.AsyncConnection)
    return connection


@asynccontextmanager
async def pipelined(session: AsyncSession) -> AsyncIterator[psycopg.AsyncConnection]:
    """The driver's connection, in libpq's pipeline mode: statements are sent without waiting for
    the answers of those before, and the first answer that is read fetches all.

    For where a request asks a dozen things at once: SQLAlchemy costs ten times what PostgreSQL does
    for a single row.
    """
    connection = await driver(session)
    async with connection.pipeline():
        yield connection


async def transaction_time(session: AsyncSession) -> datetime:
    """The primary's clock at the start of this transaction: what decides about time."""
    if _NOW not in session.info:
        found = await session.execute(_TRANSACTION_TIME)
        session.info[_NOW] = found.scalar_one()
    moment: datetime = session.info[_NOW]
    return moment
