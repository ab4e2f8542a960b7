"""What every storage can do, and what it tells of an object."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.storage.sources import Source


@dataclass(frozen=True)
class Stored:
    """An object as it was found. `etag` (without quotes) changes if it is ever written anew."""

    key: str
    size: int
    etag: str
    modified: datetime


class Storage(Protocol):
    """All raise what `faults` has; a key that `keys` did not make is a BadKey."""

    @property
    def place(self) -> str:
        """Where it is, for people to read; without credentials."""

    async def find(self, key: str) -> Stored: ...

    async def settled(self, key: str) -> Stored:
        """As `find`, of an object that a power cut cannot take away: one that another writer has
        just made visible may not be there yet."""

    async def write(self, key: str, source: Source) -> None:
        """All of it, durably, or nothing: readers see the object before or after, never half.

        What is stored there already may stay or be replaced: `putting` looks first.
        """

    async def window(self, stored: Stored, first: int, count: int) -> bytes:
        """So many bytes from `first` on, all inside of the object, and of this very one."""

    async def delete(self, key: str) -> None:
        """Nothing there is as good."""

    def pages(
        self, prefix: str = "", *, after: str = "", most: int = 1000
    ) -> AsyncIterator[list[Stored]]:
        """What is stored in a folder of keys, in their order, from behind the key `after` on."""

    async def sweep(self, before: datetime) -> int:
        """Remove what writers left behind that died before then; how many files it was."""
