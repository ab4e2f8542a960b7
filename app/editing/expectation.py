"""What the author of a write has read before it.

A command asks once it has locked the row: `expected(edit_etag(row.edit))` raises Stale where the
author has seen another state than the present one.
"""

from collections.abc import Callable

Expectation = Callable[[str], None]


def anything(etag: str) -> None:
    """For whoever writes over any state: the command line, imports."""


def edit_etag(edit: int) -> str:
    """The ETag of a row at the desk: the number of its edits."""
    return f'"{edit}"'
