"""Tracebacks for the log, without what rows and statements hold.

Of a row that it refuses PostgreSQL repeats the values (DETAIL, CONTEXT), and drivers hand that on:
unpublished text, for all who can read logs. What went wrong is in the first part of its message.
"""

import re
import traceback
from collections.abc import Iterator

import psycopg
from structlog.typing import ExcInfo


def written(exc_info: ExcInfo) -> str:
    """As Python writes it, but of PostgreSQL's errors the primary message only."""
    text = "".join(traceback.format_exception(exc_info[1])).rstrip("\n")
    for error in set(_of_postgresql(exc_info[1], set())):
        primary = error.diag.message_primary
        if primary is not None:
            # In a group of exceptions every line has a margin.
            whole = r"\n[ |]*".join(map(re.escape, str(error).split("\n")))
            text = re.sub(whole, primary.replace("\\", r"\\"), text)
    return text


def _of_postgresql(error: BaseException | None, seen: set[int]) -> Iterator[psycopg.Error]:
    """Those among an exception and all that led to it."""
    if error is None or id(error) in seen:
        return
    seen.add(id(error))
    if isinstance(error, psycopg.Error):
        yield error
    for other in (error.__cause__, error.__context__, *getattr(error, "exceptions", ())):
        yield from _of_postgresql(other, seen)
