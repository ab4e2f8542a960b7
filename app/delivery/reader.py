"""Reads of the public side: a fixed set of connections that open, heal and close by themselves.

Quick reads share all connections but one, and never wait. What may be slow (`search`) has the last
one to itself, one statement at a time: it can be late, but it cannot make others late.
"""

import asyncio
from collections.abc import Sequence
from typing import Self

import psycopg
import structlog

from app.delivery.statements import Statement
from app.delivery.wire import Lost, Row, Wire
from app.errors import Unavailable
from app.observability import mask

MOST_ON_ONE_WIRE = 500
"""Reads on their way, before more are refused: beyond that nobody would wait for the answer."""

MOST_SEARCHES_WAITING = 20

START_SECONDS = 5
"""How long `open` waits for all connections; what is missing then goes on being tried."""

_CHECK_SECONDS = 0.25
_PAUSES = (0.05, 0.1, 0.25, 0.5, 1.0)

log = structlog.get_logger()


class TooSlow(Exception):
    """The database gave up on the statement when its time was over."""


class Reader:
    """`async with Reader(…)`, or `open` and `close`. Never fails to open: it goes on trying."""

    def __init__(self, url: str, *, connections: int, timeout_ms: int) -> None:
        self._url = url
        self._timeout_ms = timeout_ms
        self._patience = timeout_ms / 1000 + 1
        self._quick = _Pool(max(1, connections - 1))
        self._slow = _Pool(1)
        self._searching = asyncio.Lock()
        self._searches_waiting = 0
        self._keepers: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def open(self) -> None:
        """Connect; come back when that is done, or after a few seconds without success."""
        pools = [self._quick] * self._quick.size + [self._slow]
        self._keepers = [asyncio.create_task(self._keep(pool)) for pool in pools]
        ready = asyncio.gather(self._quick.complete.wait(), self._slow.complete.wait())
        try:
            await asyncio.wait_for(ready, START_SECONDS)
        except TimeoutError:
            log.warning("reader_not_connected", seconds=START_SECONDS)

    async def close(self) -> None:
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)

    async def rows(self, statement: Statement, *parameters: bytes | None) -> list[Row]:
        """The rows of a statement that is known to be quick.

        Raises Unavailable where the database is out of reach.
        """
        try:
            return await self._quick.least_busy().read(statement, parameters)
        except Lost:
            return await self._again(statement, parameters)
        except psycopg.errors.QueryCanceled as error:
            raise Unavailable("The database is too slow at the moment.") from error

    async def row(self, statement: Statement, *parameters: bytes | None) -> Row | None:
        """The first row, if there is one."""
        rows = await self.rows(statement, *parameters)
        return rows[0] if rows else None

    async def search(self, statement: Statement, *parameters: bytes | None) -> list[Row]:
        """The rows of a statement that may be slow. Raises TooSlow when its time is over.

        Raises Unavailable where too many others wait, or the database is out of reach.
        """
        await self._wait_for_turn()
        # There are too many kinds of searches to have them all prepared.
        once = Statement(b"", statement.sql)
        try:
            return await self._slow.least_busy().read(once, parameters)
        except psycopg.errors.QueryCanceled as error:
            raise TooSlow from error
        except Lost as error:
            raise _busy() from error
        finally:
            self._searching.release()

    async def _wait_for_turn(self) -> None:
        if self._searches_waiting >= MOST_SEARCHES_WAITING:
            raise _busy()
        self._searches_waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                await self._searching.acquire()
        except TimeoutError as error:
            raise _busy() from error
        finally:
            self._searches_waiting -= 1

    async def _again(self, statement: Statement, parameters: Sequence[bytes | None]) -> list[Row]:
        """Reads do no harm: one that went down with its connection is tried on another one."""
        try:
            return await self._quick.least_busy().read(statement, parameters)
        except Lost as error:
            raise _away() from error

    async def _keep(self, pool: "_Pool") -> None:
        """Have one connection in the pool, now and after each loss."""
        failures = 0
        while True:
            try:
                wire = await Wire.connect(self._url, timeout_ms=self._timeout_ms)
            except (psycopg.Error, OSError) as error:
                if not failures:
                    log.warning("reader_cannot_connect", reason=_first_line(str(error)))
                await asyncio.sleep(_PAUSES[min(failures, len(_PAUSES) - 1)])
                failures += 1
                continue
            if failures:
                log.info("reader_connected_again", attempts=failures)
            failures = 0
            await self._use(wire, pool)

    async def _use(self, wire: Wire, pool: "_Pool") -> None:
        pool.add(wire)
        try:
            while not wire.lost.done():
                await asyncio.wait([wire.lost], timeout=_CHECK_SECONDS)
                wire.check(self._patience)
            log.warning("reader_connection_lost", reason=_first_line(wire.lost.result()))
        finally:
            pool.remove(wire)
            await wire.close()


class _Pool:
    """The connections of one kind that work at the moment."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.complete = asyncio.Event()
        self._wires: list[Wire] = []

    def add(self, wire: Wire) -> None:
        self._wires.append(wire)
        if len(self._wires) == self.size:
            self.complete.set()

    def remove(self, wire: Wire) -> None:
        self._wires.remove(wire)

    def least_busy(self) -> Wire:
        best: Wire | None = None
        for wire in self._wires:
            if not wire.lost.done() and (best is None or wire.load < best.load):
                best = wire
        if best is None:
            raise _away()
        if best.load >= MOST_ON_ONE_WIRE:
            raise _busy()
        return best


def _away() -> Unavailable:
    return Unavailable("The database cannot be reached at the moment.")


def _busy() -> Unavailable:
    error = Unavailable("Too many reads are waiting at the moment.")
    error.retry_after = 1
    return error


def _first_line(text: str) -> str:
    return mask(text).strip().partition("\n")[0]
