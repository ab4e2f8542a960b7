"""What `/readyz` asks: whether this server could do its work now."""

from collections.abc import Mapping, Sequence
from functools import partial

import psycopg

from app import migrate
from app.assembly import Located
from app.ops import Check
from app.processes.children import Child
from app.settings import Side

DELIVERY = "delivery_"
"""Before the names of checks of the public side's own database, where others are checked too."""


def checks(here: Located, web: Sequence[Child], worker: Child | None) -> Mapping[str, Check]:
    """The checks, by name: of the databases that these children use, and of themselves."""
    named: dict[str, Check] = {}
    for prefix, url in _databases(here, serves=bool(web)).items():
        named[f"{prefix}database"] = partial(_answers, url)
        named[f"{prefix}migrations"] = partial(_fits, url)
    if web:
        named["web"] = partial(_some_live, web)
    if worker:
        named["worker"] = partial(_lives, worker)
    return named


def _databases(here: Located, *, serves: bool) -> dict[str, str]:
    """Their URLs, by what is put before the names of their checks."""
    side = here.settings.side
    if not serves or side is Side.DESK:
        return {"": here.url}
    if side is Side.DELIVERY:
        return {"": here.reader_url}
    if here.reader_url == here.url:
        return {"": here.url}
    return {"": here.url, DELIVERY: here.reader_url}


def _answers(url: str) -> str:
    with _connected(url) as connection:
        return f"PostgreSQL {connection.info.server_version // 10000} answers"


def _fits(url: str) -> str:
    with _connected(url) as connection:
        found = migrate.standing_of(migrate.revision(connection))
    if found.fit is migrate.Fit.BEHIND:
        raise RuntimeError(f"the schema is at {found.revision}, this program needs {found.head}")
    # Ahead is no fault: in an upgrade the database goes first, and this server still serves.
    return f"at {found.revision}"


def _some_live(web: Sequence[Child]) -> str:
    """Those that live take the requests of those that are started again."""
    living = sum(child.pid is not None for child in web)
    if not living:
        raise RuntimeError("no web process is running; they are being started again")
    return f"{living} of {len(web)} running"


def _lives(worker: Child) -> str:
    if worker.pid is None:
        raise RuntimeError("the worker is not running; it is being started again")
    return f"process {worker.pid}"


def _connected(url: str) -> psycopg.Connection:
    return psycopg.connect(
        url, connect_timeout=2, autocommit=True, application_name="masthead readiness"
    )
