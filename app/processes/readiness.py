"""What `/readyz` asks: whether this server could do its work now."""

from collections.abc import Mapping

import psycopg

from app import migrate
from app.ops import Check
from app.processes.children import Child


def checks(url: str, worker: Child | None) -> Mapping[str, Check]:
    """The checks, by name. `worker` is the child that does the jobs, if this server has one."""

    def database() -> str:
        with _connected(url) as connection:
            return f"PostgreSQL {connection.info.server_version // 10000} answers"

    def migrations() -> str:
        with _connected(url) as connection:
            found = migrate.standing_of(migrate.revision(connection))
        if found.fit is migrate.Fit.BEHIND:
            raise RuntimeError(
                f"the schema is at {found.revision}, this program needs {found.head}"
            )
        # Ahead is no fault: in an upgrade the database goes first, and this server still serves.
        return f"at {found.revision}"

    def alive() -> str:
        assert worker is not None
        if worker.pid is None:
            raise RuntimeError("the worker is not running; it is being started again")
        return f"process {worker.pid}"

    named: dict[str, Check] = {"database": database, "migrations": migrations}
    if worker:
        named["worker"] = alive
    return named


def _connected(url: str) -> psycopg.Connection:
    return psycopg.connect(
        url, connect_timeout=2, autocommit=True, application_name="masthead readiness"
    )
