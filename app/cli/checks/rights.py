"""What the database roles may do: the desk's enough, the public side's not more than it needs."""

from collections.abc import Iterator

import psycopg

from app.cli.checks.finding import Finding, bad, doubtful, good

ROLES = "masthead roles --create masthead_delivery"


def desk(connection: psycopg.Connection) -> Iterator[Finding]:
    """The role that writes."""
    found = connection.execute(
        "SELECT format('%I.%I', schemaname, tablename), string_agg(needed, ', ')"
        " FROM pg_tables, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS needed"
        " WHERE schemaname IN ('desk', 'published', 'jobs')"
        " AND NOT has_table_privilege(format('%I.%I', schemaname, tablename), needed)"
        " GROUP BY 1 UNION ALL"
        " SELECT format('%I.%I', schemaname, sequencename), 'USAGE' FROM pg_sequences"
        " WHERE schemaname IN ('desk', 'published', 'jobs')"
        " AND NOT has_sequence_privilege(format('%I.%I', schemaname, sequencename), 'USAGE')"
        " ORDER BY 1"
    )
    lacking = [f"{rights} on {name}" for name, rights in found]
    if lacking:
        more = f" and {len(lacking) - 3} more" if len(lacking) > 3 else ""
        yield bad(
            "rights",
            f"the role {connection.info.user} lacks {', '.join(lacking[:3])}{more}",
            "Use the role that ran `masthead migrate`, or have it GRANT these rights.",
        )
    else:
        yield good("rights", f"{connection.info.user} may read and write all tables")


def superuser(connection: psycopg.Connection) -> Iterator[Finding]:
    if connection.info.parameter_status("is_superuser") == "on":
        yield doubtful(
            "superuser",
            f"{connection.info.user} is a superuser, which Masthead does not need",
            "Make an ordinary role that owns the database: CREATE ROLE … LOGIN; "
            "ALTER DATABASE … OWNER TO …;",
        )


def delivery(connection: psycopg.Connection) -> Iterator[Finding]:
    """The role of the public side, on its own connection."""
    user = connection.info.user
    if connection.info.parameter_status("is_superuser") == "on":
        yield bad("public side", f"{user} is a superuser: it can read drafts", f"Run {ROLES}.")
        return
    open_tables = _tables(connection, ["desk", "jobs"], "SELECT")
    writable = _tables(connection, ["published"], "INSERT, UPDATE, DELETE, TRUNCATE")
    closed = _tables(connection, ["published"], "SELECT", held=False)
    if open_tables:
        yield bad("public side", f"{user} can read {_some(open_tables)}", f"Run {ROLES}.")
    if writable:
        yield bad("public side", f"{user} can change {_some(writable)}", f"Run {ROLES}.")
    if closed:
        yield bad("public side", f"{user} cannot read {_some(closed)}", f"Run {ROLES}.")
    if not (open_tables or writable or closed):
        yield good("public side", f"{user} reads the published documents and nothing else")


def no_delivery_role(production: bool) -> Finding:
    words = "it reads with the role of the desk"
    if production:
        return doubtful("public side", words, f"{ROLES}, then set MASTHEAD_DELIVERY_DATABASE_URL.")
    return good("public side", f"{words}: well enough for developing")


def _tables(
    connection: psycopg.Connection, schemas: list[str], rights: str, *, held: bool = True
) -> list[str]:
    """The tables on which the role holds any of these rights, or none."""
    # A right on a table counts for nothing without one on its schema: asked for all the same,
    # since one GRANT on the schema would be enough to open it. By number, not by name: a name in
    # a schema that is closed to the role cannot even be looked up.
    found = connection.execute(
        "SELECT format('%%I.%%I', n.nspname, c.relname)"
        " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = ANY(%s) AND c.relkind = 'r'"
        " AND has_table_privilege(c.oid, %s) = %s ORDER BY 1",
        [schemas, rights, held],
    )
    return [name for (name,) in found]


def _some(tables: list[str]) -> str:
    return ", ".join(tables[:3]) + (f" and {len(tables) - 3} more" if len(tables) > 3 else "")
