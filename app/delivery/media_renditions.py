"""Renditions of pictures: those that are there, and those that are made when first asked for.

However many clients ask for one, it is made once; one at a time on the whole machine. What could
not be made is not tried again for a while: it takes a processor for seconds.
"""

import asyncio
from contextlib import suppress
from typing import NamedTuple

import structlog

from app import clock
from app.delivery.documents import missing
from app.delivery.media_files import File, Kept
from app.delivery.media_making import Making, Wanted
from app.errors import MastheadError, Unavailable
from app.imaging.pictures import Interrupted, Unreadable
from app.storage.faults import NotThere, StorageFault

MOST_WAITING = 40
"""Renditions that wait to be made; who asks for another one shall come again."""

PATIENCE = 30.0
"""Seconds until a client is sent away; what it asked for goes on being made."""

_HOPELESS, _UNLUCKY = 600.0, 30.0
"""Seconds until a picture that cannot be worked on, or that twice in a row ended the process that
worked on it, is tried again."""
_MOST_REMEMBERED = 1_000

log = structlog.get_logger()


class _Failure(NamedTuple):
    until: float
    hopeless: bool


class Renditions:
    """To be closed: then the process that makes them is gone, and what it was making, too."""

    def __init__(self, making: Making) -> None:
        self._making = making
        self._turn = asyncio.Lock()
        self._tasks: dict[str, asyncio.Task[File]] = {}
        self._failures: dict[tuple[str, str], _Failure] = {}

    async def close(self) -> None:
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        await self._making.darkroom.close()

    async def file(self, wanted: Wanted) -> File:
        """Raises NotFound where it cannot be made, Unavailable where it cannot be made now."""
        storage = self._making.storage
        with suppress(NotThere):
            return Kept(storage, await storage.find(wanted.key))
        task = self._tasks.get(wanted.key) or self._begin(wanted)
        try:
            async with asyncio.timeout(PATIENCE):
                return await asyncio.shield(task)
        except TimeoutError:
            raise _busy() from None

    def _begin(self, wanted: Wanted) -> asyncio.Task[File]:
        self._check(wanted)
        if len(self._tasks) >= MOST_WAITING:
            raise _busy()
        task = asyncio.create_task(self._make(wanted))
        self._tasks[wanted.key] = task
        task.add_done_callback(lambda done: self._end(wanted, done))
        return task

    def _end(self, wanted: Wanted, task: asyncio.Task[File]) -> None:
        del self._tasks[wanted.key]
        if not task.cancelled():
            task.exception()  # seen, though all who asked may be gone

    async def _make(self, wanted: Wanted) -> File:
        async with self._turn:
            self._check(wanted)  # it may have failed in another size while this one waited
            try:
                file = await self._making.make(wanted)
            except (Unreadable, Interrupted, StorageFault, OSError) as error:
                raise self._failed(wanted, error) from error
            finally:
                if len(self._tasks) == 1:
                    await self._making.darkroom.close()
        self._failures.pop(_cause(wanted), None)
        return file

    def _check(self, wanted: Wanted) -> None:
        failure = self._failures.get(_cause(wanted))
        if failure and clock.seconds() < failure.until:
            raise _told(failure)

    def _failed(self, wanted: Wanted, error: Exception) -> MastheadError:
        """What clients are told, now and, where it makes sense, for a while."""
        hopeless = isinstance(error, Unreadable | NotThere)
        log.error("rendition_failed", key=wanted.key, reason=str(error), hopeless=hopeless)
        cause, now = _cause(wanted), clock.seconds()
        wait = 0.0
        if isinstance(error, Unreadable):
            wait = _HOPELESS
        elif cause in self._failures:
            wait = _UNLUCKY
        failure = _Failure(now + wait, hopeless)
        while len(self._failures) >= _MOST_REMEMBERED:
            del self._failures[next(iter(self._failures))]
        self._failures[cause] = failure
        return _told(failure)


def _cause(wanted: Wanted) -> tuple[str, str]:
    """What fails once fails in all sizes; another format may still be quick enough."""
    return wanted.sha256, wanted.address.suffix


def _told(failure: _Failure) -> MastheadError:
    if failure.hopeless:
        return missing("This picture cannot be had in this form.")
    error = Unavailable("The picture cannot be made at the moment.")
    error.retry_after = max(1, round(failure.until - clock.seconds()))
    return error


def _busy() -> Unavailable:
    error = Unavailable("Too many pictures are waiting to be made.")
    error.retry_after = 5
    return error
