"""What any exception means to the client: an error of our tree, or nothing that it may know.

pydantic, through FastAPI        Invalid, naming every field, parameter and header
Starlette's HTTPException        the error of that status
database out of reach or busy    Unavailable, with when to try again
storage of files full            OutOfRoom; otherwise out of order: Unavailable
anything else                    None: a fault of ours, for the log
"""

from collections.abc import Sequence
from typing import Any

import psycopg
import structlog
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from app.errors import (
    Fault,
    Forbidden,
    Invalid,
    MastheadError,
    NotFound,
    OutOfRoom,
    Unauthenticated,
    Unavailable,
)
from app.storage.faults import Full, StorageFault
from app.web.pointers import pointer_of
from app.web.refusals import (
    BadRequest,
    ContentTooLarge,
    Malformed,
    MethodNotAllowed,
    UnsupportedMedia,
)

log = structlog.get_logger()

_FAULTS_NAMED = 100
_LONGEST_DETAIL = 300

_SOON, _LATER = 1, 5
"""Seconds. Lost a race, or ran out of time: soon. Nobody there: later."""

_STATES = {
    "40001": _SOON,  # serialization failure
    "40P01": _SOON,  # deadlock
    "55P03": _SOON,  # lock not available in time
    "57014": _SOON,  # statement timeout
    "25P03": _SOON,  # idle in transaction too long
    "25P04": _SOON,  # transaction timeout
    "25006": _LATER,  # read-only: a fail-over is under way
    "57P01": _LATER,  # shutting down
    "57P02": _LATER,  # crashed
    "57P03": _LATER,  # starting up
    "57P05": _LATER,  # idle session closed
}
_STATE_CLASSES = {"08": _LATER, "28": _LATER, "53": _LATER, "58": _LATER}
"""Connection lost, not let in, out of resources, broken disk."""

_PLAIN = {
    "missing": "It is required.",
    "extra_forbidden": "There is no such field.",
    "json_invalid": "The body is not JSON.",
    "union_tag_not_found": "It needs a {discriminator}.",
    "union_tag_invalid": "There is no {discriminator} “{tag}”. Known are: {expected_tags}.",
}
"""By pydantic's kind of error; the names in braces are of its context."""


def error_of(exception: Exception) -> MastheadError | None:
    """The error that a client is told, or None where it is only told that we failed."""
    if isinstance(exception, MastheadError):
        return exception
    if isinstance(exception, RequestValidationError):
        return _of_validation(exception.errors(), exception.body)
    if isinstance(exception, HTTPException):
        return _of_status(exception)
    if isinstance(exception, DBAPIError | PoolTimeout | psycopg.Error):
        return _of_database(exception)
    if isinstance(exception, StorageFault):
        return _of_storage(exception)
    return None


def _of_validation(errors: Sequence[Any], body: Any) -> MastheadError:
    faults = [_fault(error, body) for error in errors[:_FAULTS_NAMED]]
    if any(error["type"] == "json_invalid" for error in errors):
        return Malformed("It cannot be parsed.")
    more = f"; the first {_FAULTS_NAMED} are named" if len(errors) > _FAULTS_NAMED else ""
    values = "1 value" if len(errors) == 1 else f"{len(errors)} values"
    return Invalid(f"{values} cannot be accepted{more}.", faults=faults)


def _fault(error: dict[str, Any], body: Any) -> Fault:
    source, *loc = error["loc"]
    kind = error["type"]
    detail = str(error["msg"]).removeprefix("Value error, ")
    if kind in _PLAIN:
        context = {
            name: str(value).replace("'", "") for name, value in error.get("ctx", {}).items()
        }
        detail = _PLAIN[kind].format(**context)
    detail = detail[:_LONGEST_DETAIL]
    if source == "body":
        missing = kind == "missing" and bool(loc)
        place = pointer_of(loc, body, found=error.get("input"), missing=missing)
        return Fault(detail, pointer=place)
    name = str(loc[0]) if loc else str(source)
    return Fault(detail, header=name) if source == "header" else Fault(detail, parameter=name)


_STATUSES: dict[int, tuple[type[MastheadError], str]] = {
    400: (BadRequest, "It cannot be read."),
    401: (Unauthenticated, "Send an API key in the header Authorization."),
    403: (Forbidden, "The right is missing."),
    404: (NotFound, "There is nothing at this address."),
    405: (MethodNotAllowed, "The header Allow names the methods that are possible."),
    413: (ContentTooLarge, "Send less."),
    415: (UnsupportedMedia, "Send application/json."),
}


def _of_status(exception: HTTPException) -> MastheadError | None:
    if exception.status_code not in _STATUSES:
        return None
    kind, detail = _STATUSES[exception.status_code]
    error = kind(detail)
    error.headers = exception.headers or {}
    return error


def _of_storage(fault: StorageFault) -> MastheadError:
    # What it says of paths and buckets is for whoever runs the machine.
    log.error("storage_fault", kind=type(fault).__name__, reason=str(fault))
    if isinstance(fault, Full):
        return OutOfRoom("Nothing was stored. Whoever runs the server has to make room.")
    error = Unavailable("The storage of files cannot be used at the moment. Try again.")
    error.retry_after = _LATER
    return error


def _of_database(exception: Exception) -> MastheadError | None:
    cause = exception.orig if isinstance(exception, DBAPIError) else exception
    state = getattr(cause, "sqlstate", None)
    if state is not None:
        wait = _STATES.get(state) or _STATE_CLASSES.get(state[:2])
    else:
        # Without a state the server was not reached, or the connection broke (or none was free).
        lost = isinstance(cause, psycopg.OperationalError | PoolTimeout)
        lost = lost or getattr(exception, "connection_invalidated", False)
        wait = _LATER if lost else None
    if wait is None:
        return None
    error = Unavailable("The database cannot answer at the moment. Try again.")
    error.retry_after = wait
    return error
