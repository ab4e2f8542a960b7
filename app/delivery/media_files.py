"""Files as they are sent: kept in the storage, or in memory for want of one."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.storage import reading
from app.storage.stored import Storage, Stored

PIECE = 128 * 1024
"""Bytes. A client that is slow holds two of these in memory, and no file open."""


class File(Protocol):
    """The bytes behind an address."""

    @property
    def size(self) -> int: ...

    @property
    def modified(self) -> datetime: ...

    def pieces(self, first: int, last: int) -> AsyncIterator[bytes]:
        """From `first` to `last`, both included. Raises what `storage.faults` has."""


@dataclass(frozen=True)
class Kept:
    """In the storage."""

    storage: Storage
    stored: Stored

    @property
    def size(self) -> int:
        return self.stored.size

    @property
    def modified(self) -> datetime:
        return self.stored.modified

    def pieces(self, first: int, last: int) -> AsyncIterator[bytes]:
        return reading.read(self.storage, self.stored, first, last, window=PIECE)


@dataclass(frozen=True)
class Loose:
    """Made just now, and the storage did not take it."""

    content: bytes
    modified: datetime

    @property
    def size(self) -> int:
        return len(self.content)

    async def pieces(self, first: int, last: int) -> AsyncIterator[bytes]:
        for at in range(first, last + 1, PIECE):
            yield self.content[at : min(at + PIECE, last + 1)]
