"""Files that come in pieces, as tus sends them, until they are whole.

They lie on the disk of one machine: whoever goes on with an upload must reach the machine that
began it. What they are called and how large they will be is told elsewhere.
"""

import fcntl
import os
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ParamSpec, TypeVar
from uuid import UUID

from app.storage import faults, folders, sources
from app.storage.faults import NotThere, StorageFault
from app.storage.threads import Threads

_FLAGS = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC
P = ParamSpec("P")
T = TypeVar("T")

_FILE = re.compile(r"[0-9a-f]{32}")


class Busy(StorageFault):
    """Somebody else is writing to this upload."""


class TooLong(StorageFault):
    """More bytes came than were announced; what came with this piece is not kept."""


class WrongOffset(StorageFault):
    """The piece does not begin where the upload ends; `offset` is where that is."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"The upload goes on at byte {offset}.")
        self.offset = offset


@dataclass(frozen=True)
class Whole:
    path: Path
    size: int
    sha256: str


class Uploads:
    """The folder of all uploads of this machine; several processes may share it.

    `at_once` are the threads that write and hash.
    """

    def __init__(self, folder: Path, *, at_once: int = 4) -> None:
        self._folder = folder
        self._threads = Threads(at_once)

    async def begin(self, upload: UUID) -> None:
        await self._run(self._begin, upload)

    async def offset(self, upload: UUID) -> int:
        """How many bytes are here and stay here. Busy while some are being written."""
        async with self._locked(upload) as file:
            return await self._run(_kept, file)

    async def append(
        self,
        upload: UUID,
        offset: int,
        pieces: AsyncIterator[bytes],
        *,
        most: int,
        partly: bool = True,
    ) -> int:
        """Write these pieces from `offset` on; the new offset. The whole has at most `most` bytes.

        Whatever came is kept if the sender, or the room, ends in the middle; unless `partly` is
        off, which a kill does not know. Raises Busy, WrongOffset, TooLong.
        """
        async with self._locked(upload) as file:
            end = await self._run(_kept, file)
            if end != offset:
                raise WrongOffset(end)
            try:
                async for piece in pieces:
                    if end + len(piece) > most:
                        await self._run(os.ftruncate, file, offset)
                        raise TooLong(f"More than {most} bytes came.")
                    await self._run(_write, file, end, piece)
                    end += len(piece)
            except BaseException:
                if not partly:
                    await self._run(os.ftruncate, file, offset)
                raise
            finally:
                await self._run(_settle, file, offset)
            return end

    async def whole(self, upload: UUID) -> Whole:
        """The file as it is, and its hash. Busy while it is being written."""
        async with self.held(upload) as whole:
            return whole

    @asynccontextmanager
    async def held(self, upload: UUID) -> AsyncIterator[Whole]:
        """As `whole`; until the block ends nobody else gets at it."""
        path = self._folder / upload.hex
        async with self._locked(upload) as file:
            size = await self._run(_kept, file)
            yield Whole(path, size, await self._run(sources.sha256_of, path))

    async def drop(self, upload: UUID) -> None:
        """Nothing there is as good. Busy while it is being written."""
        with suppress(NotThere):
            async with self._locked(upload):
                await self._run(os.unlink, self._folder / upload.hex)

    async def idle(self, since: datetime) -> list[UUID]:
        """Uploads to which nothing was added since then."""
        return await self._run(self._idle, since)

    def _begin(self, upload: UUID) -> None:
        with folders.opened(self._folder, (), make=True) as folder:
            os.close(os.open(upload.hex, _FLAGS | os.O_CREAT | os.O_EXCL, 0o600, dir_fd=folder))
            os.fsync(folder)

    def _idle(self, since: datetime) -> list[UUID]:
        found = list[UUID]()
        with suppress(FileNotFoundError), os.scandir(self._folder) as entries:
            for entry in entries:
                with suppress(FileNotFoundError):
                    idle = entry.stat(follow_symlinks=False).st_mtime < since.timestamp()
                    if idle and _FILE.fullmatch(entry.name):
                        found.append(UUID(entry.name))
        return found

    @asynccontextmanager
    async def _locked(self, upload: UUID) -> AsyncIterator[int]:
        """The upload's file, ours alone; however we end, the kernel frees it."""
        file = await self._run(os.open, self._folder / upload.hex, _FLAGS)
        try:
            await self._run(_lock, file)
            yield file
        finally:
            os.close(file)

    async def _run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await self._threads.run(work, *args, **kwargs)
        except FileNotFoundError:
            raise NotThere("There is no such upload on this machine.") from None
        except OSError as error:
            raise faults.of_system(error, str(self._folder)) from error


def _lock(file: int) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Busy("Somebody else is writing to this upload.") from None
    if os.fstat(file).st_nlink == 0:
        raise FileNotFoundError("It was dropped after we had opened it.")


def _kept(file: int) -> int:
    """A file is never longer than what is in it: file systems write bytes before sizes."""
    os.fsync(file)
    return os.fstat(file).st_size


def _write(file: int, at: int, piece: bytes) -> None:
    left = memoryview(piece)
    while left:
        written = os.pwrite(file, left, at)
        left, at = left[written:], at + written


def _settle(file: int, offset: int) -> None:
    """Once this fails, nobody knows what the disk has of all that came since `offset`."""
    try:
        os.fsync(file)
    except OSError:
        os.ftruncate(file, offset)
        raise
