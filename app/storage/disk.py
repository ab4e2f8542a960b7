"""Objects as files of a local disk.

Written here and not by the library that serves the buckets: its local storage returns before the
bytes are on the disk, and follows symbolic links to wherever they lead.
"""

import errno
import os
import secrets
import stat
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from app.storage import faults, folders, keys
from app.storage.faults import Different, NotThere
from app.storage.sources import Source
from app.storage.stored import Stored
from app.storage.threads import Threads
from app.storage.walking import walked

INCOMING = ".incoming"
"""Where files lie while they are written; on the same file system as all others."""

_NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS})
"""What file systems without hard links say; some shares, and the disks of cameras, are such."""

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
_OLD = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK


class Disk:
    """Writers have threads of their own: a few large files being stored keep no reader waiting."""

    def __init__(self, root: Path, *, reads: int, writes: int) -> None:
        self._root = root
        self._reading, self._writing = Threads(reads), Threads(writes)

    @property
    def place(self) -> str:
        return str(self._root)

    async def find(self, key: str) -> Stored:
        return await self._reading.run(self._find, keys.checked(key))

    async def settled(self, key: str) -> Stored:
        return await self._writing.run(self._settled, keys.checked(key))

    async def write(self, key: str, source: Source) -> None:
        await self._writing.run(self._write, keys.checked(key), source)

    async def window(self, stored: Stored, first: int, count: int) -> bytes:
        return await self._reading.run(self._window, stored, first, count)

    async def delete(self, key: str) -> None:
        await self._reading.run(self._delete, keys.checked(key))

    async def pages(
        self, prefix: str = "", *, after: str = "", most: int = 1000
    ) -> AsyncIterator[list[Stored]]:
        keys.checked_prefix(prefix)
        while page := await self._reading.run(self._page, prefix, after, most):
            yield page
            after = page[-1].key

    async def sweep(self, before: datetime) -> int:
        return await self._writing.run(self._sweep, before)

    def _find(self, key: str) -> Stored:
        with self._file(key) as file:
            return _stored(key, os.fstat(file))

    def _settled(self, key: str) -> Stored:
        stored = self._find(key)
        with self._faults(key), folders.opened(self._root, key.split("/")[:-1]) as folder:
            os.fsync(folder)
        return stored

    def _window(self, stored: Stored, first: int, count: int) -> bytes:
        with self._file(keys.checked(stored.key)) as file:
            if _stored(stored.key, os.fstat(file)) != stored:
                raise Different(f"{self._at(stored.key)} was replaced while it was read.")
            pieces = list(_read(file, first, count))
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def _write(self, key: str, source: Source) -> None:
        with (
            self._faults(key, writing=True),
            folders.opened(self._root, [INCOMING], make=True) as incoming,
        ):
            name = secrets.token_hex(16)
            file = os.open(name, _NEW, 0o666, dir_fd=incoming)
            try:
                try:
                    _fill(file, source)
                finally:
                    os.close(file)
                self._publish(incoming, name, key)
            finally:
                with suppress(FileNotFoundError):
                    os.unlink(name, dir_fd=incoming)

    def _publish(self, incoming: int, name: str, key: str) -> None:
        *parents, last = key.split("/")
        with folders.opened(self._root, parents, make=True) as folder:
            _move(incoming, name, folder, last)
            os.fsync(folder)

    def _delete(self, key: str) -> None:
        *parents, last = key.split("/")
        with (
            self._faults(key),
            suppress(FileNotFoundError),
            folders.opened(self._root, parents) as folder,
        ):
            os.unlink(last, dir_fd=folder)
            os.fsync(folder)

    def _page(self, prefix: str, after: str, most: int) -> list[Stored]:
        with ExitStack() as stack:
            stack.enter_context(self._faults(prefix))
            try:
                parts = prefix.split("/")[:-1]
                folder = stack.enter_context(folders.opened(self._root, parts))
            except FileNotFoundError:
                return []
            found = stack.enter_context(closing(walked(folder, prefix, after)))
            return [_stored(key, status) for key, status in islice(found, most)]

    def _sweep(self, before: datetime) -> int:
        swept = 0
        with (
            self._faults(INCOMING),
            suppress(FileNotFoundError),
            folders.opened(self._root, [INCOMING]) as incoming,
        ):
            for name in os.listdir(incoming):
                with suppress(FileNotFoundError):
                    status = os.stat(name, dir_fd=incoming, follow_symlinks=False)
                    if status.st_mtime < before.timestamp():
                        os.unlink(name, dir_fd=incoming)
                        swept += 1
        return swept

    @contextmanager
    def _file(self, key: str) -> Iterator[int]:
        *parents, last = key.split("/")
        with self._faults(key), folders.opened(self._root, parents) as folder:
            file = os.open(last, _OLD, dir_fd=folder)
            try:
                if not stat.S_ISREG(os.fstat(file).st_mode):
                    raise NotThere(f"{self._at(key)} is no file.")
                yield file
            finally:
                os.close(file)

    @contextmanager
    def _faults(self, key: str, *, writing: bool = False) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if isinstance(error, FileNotFoundError) and not writing:
                raise NotThere(f"{self._at(key)} is not there.") from None
            raise faults.of_system(error, self._at(key)) from error

    def _at(self, key: str) -> str:
        return str(self._root / key)


def _stored(key: str, status: os.stat_result) -> Stored:
    return Stored(
        key,
        status.st_size,
        f"{status.st_mtime_ns:x}-{status.st_size:x}",
        datetime.fromtimestamp(status.st_mtime, UTC),
    )


def _fill(file: int, source: Source) -> None:
    for piece in source.pieces():
        left = memoryview(piece)
        while left:
            left = left[os.write(file, left) :]
    os.fsync(file)
    if (size := os.fstat(file).st_size) != source.size:
        raise Different(f"{size} bytes were written where {source.size} were announced.")


def _move(source: int, name: str, folder: int, new: str) -> None:
    """A link is never made over another file: whoever reads the one that was first goes on."""
    try:
        os.link(name, new, src_dir_fd=source, dst_dir_fd=folder, follow_symlinks=False)
    except FileExistsError:
        pass
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        os.rename(name, new, src_dir_fd=source, dst_dir_fd=folder)


def _read(file: int, first: int, count: int) -> Iterator[bytes]:
    while count and (piece := os.pread(file, count, first)):
        yield piece
        first += len(piece)
        count -= len(piece)
