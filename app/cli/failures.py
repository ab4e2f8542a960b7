"""How a command ends when it cannot do its work: one message with the way out, no traceback.

Exit codes: 0 done; 1 it failed; 2 it cannot be done as asked (an option, a setting, or a database
that this program does not fit); 130 and 143 ended by SIGINT and SIGTERM.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app import observability
from app.errors import Fault, Invalid, MastheadError, NotFound
from app.processes.children import NeverReady
from app.settings import variable

FAILED = 1
REFUSED = 2


class Stop(Exception):
    """Ends the command with this message and exit code."""

    def __init__(self, message: str, *, code: int = FAILED) -> None:
        super().__init__(message)
        self.code = code


@contextmanager
def told() -> Iterator[None]:
    """Turns what can be expected to go wrong into `Stop`; mistakes of ours stay as they are."""
    try:
        yield
    except MastheadError as error:
        code = REFUSED if isinstance(error, Invalid | NotFound) else FAILED
        raise Stop("\n".join([error.detail, *map(_fault, error.faults)]), code=code) from error
    except NeverReady as error:
        raise Stop(f"{error} What it said stands above.") from error
    except DBAPIError as error:
        if not isinstance(error.orig, psycopg.Error):
            raise
        raise _database(error.orig) from error
    except psycopg.Error as error:
        raise _database(error) from error
    except PoolTimeout as error:
        raise Stop("All connections to the database are in use. Try again later.") from error


def settings_refused(error: ValidationError) -> Stop:
    """Every setting that is wrong, by the name of its variable."""
    lines = []
    for one in error.errors(include_url=False, include_input=False):
        message = one["msg"].removeprefix("Value error, ")
        name = variable(str(one["loc"][0])) if one["loc"] else None
        lines.append(f"{name}: {message}" if name else message)
    return Stop("\n".join(lines), code=REFUSED)


def _database(error: psycopg.Error) -> Exception:
    said = observability.mask(str(error).strip() or type(error).__name__)
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return Stop(f"The database does not let this role do that: {said}\nSee `masthead doctor`.")
    if isinstance(error, psycopg.errors.UndefinedTable | psycopg.errors.InvalidSchemaName):
        return Stop("The database is not set up. Run `masthead migrate`.", code=REFUSED)
    if isinstance(error, psycopg.OperationalError):
        return Stop(
            f"The database does not answer: {said}\n"
            "Check MASTHEAD_DATABASE_URL (`masthead settings`) and `masthead doctor`."
        )
    return error


def _fault(fault: Fault) -> str:
    where = fault.pointer or fault.parameter or fault.header
    return f"  {where}: {fault.detail}" if where else f"  {fault.detail}"
