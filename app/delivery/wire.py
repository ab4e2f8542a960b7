"""One connection to the database, with many reads on their way at once.

libpq's pipeline mode: a statement is sent without waiting for the answers to those before it, so
one connection serves many requests, and nothing waits for a free one. Each statement is prepared
at its first use, stands alone (a failing one harms no other), and is only ever a read.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Any, NamedTuple, Self

import psycopg
from psycopg import errors, pq
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq.abc import PGresult

from app import clock, connections
from app.delivery.statements import Statement

CONNECT_SECONDS = 3

Row = tuple[Any, ...]
"""Values in PostgreSQL's binary form (text is UTF-8), None for NULL."""

_SYNC, _FAILED = pq.ExecStatus.PIPELINE_SYNC, pq.ExecStatus.FATAL_ERROR
_GOOD = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)

_CHANGED = "0A000"
"""A prepared statement has another result by now: only a new connection can prepare it anew."""

_FORGOTTEN = "26000"
"""There is no such prepared statement: a pooler forgot it, or the one before failed to make it."""


class Lost(Exception):
    """The read went down with its connection or its prepared statement. It may be repeated."""


class _Reading(NamedTuple):
    """A statement on its way."""

    statement: Statement
    answer: asyncio.Future[list[Row]]
    prepares: bool


class Wire:
    """To be opened with `connect`; of no more use once `lost` is done."""

    def __init__(self, connection: psycopg.AsyncConnection[Any]) -> None:
        self._connection = connection
        self._pgconn = connection.pgconn
        self._socket = connection.pgconn.socket
        self._loop = asyncio.get_running_loop()
        self._readings: deque[_Reading] = deque()
        self._results: list[PGresult] = []
        self._prepared: set[bytes] = set()
        self._silent_since = 0.0
        self.lost: asyncio.Future[str] = self._loop.create_future()
        """Done when the connection is: its result says why."""
        self._pgconn.enter_pipeline_mode()
        self._loop.add_reader(self._socket, self._on_readable)

    @classmethod
    async def connect(cls, url: str, *, timeout_ms: int) -> Self:
        """A connection that can only read, and no statement longer than that.

        Raises psycopg.Error where the server cannot be reached or does not let us in.
        """
        given = conninfo_to_dict(url)
        connection = await psycopg.AsyncConnection.connect(
            url,
            autocommit=True,
            connect_timeout=CONNECT_SECONDS,
            application_name=given.get("application_name", "masthead delivery"),
            options=connections.options(url, always=session_settings(timeout_ms)),
            **connections.TCP,
        )
        return cls(connection)

    @property
    def load(self) -> int:
        """How many reads are on their way."""
        return len(self._readings)

    def read(
        self, statement: Statement, parameters: Sequence[bytes | None]
    ) -> asyncio.Future[list[Row]]:
        """Send it now; the rows come later, or Lost, or psycopg.Error. Parameters are text.

        A statement without a name is prepared each time, and takes no room at the server after.
        """
        if self.lost.done():
            raise Lost(self.lost.result())
        answer: asyncio.Future[list[Row]] = self._loop.create_future()
        prepares = statement.name not in self._prepared
        if not self._readings:
            self._silent_since = clock.seconds()
        self._readings.append(_Reading(statement, answer, prepares))
        try:
            if prepares:
                self._pgconn.send_prepare(statement.name, statement.sql)
                if statement.name:
                    self._prepared.add(statement.name)
            self._pgconn.send_query_prepared(
                statement.name, parameters, result_format=pq.Format.BINARY
            )
            self._pgconn.pipeline_sync()
            if self._pgconn.flush():
                self._loop.add_writer(self._socket, self._on_writable)
        except psycopg.OperationalError as error:
            self._break(str(error))
        return answer

    def check(self, patience: float) -> None:
        """Give up on a server that owes answers and has given none for so many seconds."""
        if self._readings and clock.seconds() - self._silent_since > patience:
            self._break("the server does not answer")

    async def close(self) -> None:
        self._break("closed")
        await self._connection.close()

    def _on_readable(self) -> None:
        try:
            self._pgconn.consume_input()
            self._take_results()
        except psycopg.OperationalError as error:
            self._break(str(error))

    def _take_results(self) -> None:
        ended = False
        while self._readings and not self._pgconn.is_busy():
            result = self._pgconn.get_result()
            if result is None:
                # The end of one statement's results; twice means that there is nothing more.
                if ended:
                    break
                ended = True
                continue
            ended = False
            if result.status == _SYNC:
                results, self._results = self._results, []
                self._finish(self._readings.popleft(), results)
            else:
                self._results.append(result)
        if self._pgconn.status == pq.ConnStatus.BAD:
            self._break(self._pgconn.get_error_message())

    def _finish(self, reading: _Reading, results: list[PGresult]) -> None:
        """`results`: of preparing it, where that was needed, and of running it."""
        self._silent_since = clock.seconds()
        if results[-1].status not in _GOOD:
            self._fail(reading, results)
        elif not reading.answer.done():
            reading.answer.set_result(_rows(results[-1]))

    def _fail(self, reading: _Reading, results: list[PGresult]) -> None:
        failed = next(each for each in results if each.status == _FAILED)
        error = errors.error_from_result(failed)
        if error.sqlstate == _FORGOTTEN or (reading.prepares and failed is results[0]):
            self._forget(reading.statement)
        if not reading.answer.done():
            again = error.sqlstate in (_FORGOTTEN, _CHANGED)
            reading.answer.set_exception(Lost(str(error)) if again else error)
        if error.sqlstate == _CHANGED:
            self._break(str(error))

    def _forget(self, statement: Statement) -> None:
        """It has to be prepared again, unless that is on its way already."""
        if not any(each.prepares and each.statement == statement for each in self._readings):
            self._prepared.discard(statement.name)

    def _on_writable(self) -> None:
        try:
            if not self._pgconn.flush():
                self._loop.remove_writer(self._socket)
        except psycopg.OperationalError as error:
            self._break(str(error))

    def _break(self, reason: str) -> None:
        if self.lost.done():
            return
        self._loop.remove_reader(self._socket)
        self._loop.remove_writer(self._socket)
        self.lost.set_result(reason.strip())
        for reading in self._readings:
            if not reading.answer.done():
                reading.answer.set_exception(Lost(reason))
        self._readings.clear()
        self._pgconn.finish()


def session_settings(timeout_ms: int) -> dict[str, object]:
    """Settings of the session.

    Every read here walks an index. A plan that scans or sorts a table is never what we want,
    whatever the statistics say at the moment: without these, a list gets slow by surprise.
    """
    return {
        "default_transaction_read_only": "on",
        "statement_timeout": timeout_ms,
        "plan_cache_mode": "force_generic_plan",
        "enable_seqscan": "off",
        "enable_bitmapscan": "off",
        "enable_sort": "off",
        "enable_hashjoin": "off",
        "enable_mergejoin": "off",
        "jit": "off",
    }


def _rows(result: PGresult) -> list[Row]:
    columns = range(result.nfields)
    value = result.get_value
    return [tuple([value(row, column) for column in columns]) for row in range(result.ntuples)]
