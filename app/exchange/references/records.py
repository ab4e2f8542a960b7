"""What was read from a file: for each entry a work, or why there is none."""

from dataclasses import dataclass
from typing import Any

from app.editing.works.schemas import WorkCreate

LARGEST = 5_000_000
"""Bytes of a file."""

MOST = 10_000
"""Entries in a file."""


@dataclass(frozen=True)
class Entry:
    """An entry as an item of CSL-JSON that nobody has checked yet.

    `place` says where it is in the file, `key` what it is called there.
    """

    place: str
    key: str | None
    item: dict[str, Any]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dropped:
    """A field that was not taken as it is, and why."""

    field: str
    reason: str

    def __str__(self) -> str:
        return f"{self.field} {self.reason}"


@dataclass(frozen=True, kw_only=True)
class ReadWork:
    """A work that can be created, but for its publications, of which there are only the names.

    `read` names the fields that found a place, `kept` holds those for which a work has none.
    """

    place: str
    key: str | None
    draft: WorkCreate
    publication: str | None = None
    publication_kind: str = "other"
    publication_issn: tuple[str, ...] = ()
    agency: str | None = None
    via: str | None = None
    read: tuple[str, ...] = ()
    kept: dict[str, Any]
    dropped: tuple[Dropped, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """An entry of which no work can be made."""

    place: str
    key: str | None
    reason: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class References:
    """All of a file, in its order."""

    entries: list[ReadWork | Refused]

    @property
    def works(self) -> list[ReadWork]:
        return [each for each in self.entries if isinstance(each, ReadWork)]

    @property
    def refused(self) -> list[Refused]:
        return [each for each in self.entries if isinstance(each, Refused)]
