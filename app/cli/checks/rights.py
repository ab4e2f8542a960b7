"""What the database roles may do: the desk's enough, the public side's not more than it needs."""

from collections.abc import Iterator

import psycopg

from app.cli.checks.finding import Finding, bad, doubtful, good

ROLES = "masthead roles --create masthead_delivery"


def desk(connection: psycopg.Connection) -> Iterator[Finding]:
    """The role that writes."""
    found = connection.execute(
        "SELECT format('%I.%I', schemaname, tablename), string_agg(needed, ', ' ORDER BY place)"
        " FROM pg_tables, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE'])"
        "   WITH ORDINALITY AS rights (needed, place)"
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
    wrong = list(beyond(connection, user))
    for one in wrong:
        yield bad("public side", f"{user} {one}", f"Run {ROLES}.")
    if closed := _closed(connection, user):
        yield bad("public side", f"{user} cannot read {_some(closed)}", f"Run {ROLES}.")
    if not (wrong or closed):
        yield good("public side", f"{user} reads the published documents and nothing else")


def beyond(connection: psycopg.Connection, role: str) -> Iterator[str]:
    """What this role can do besides reading what is published, itself or as a member of another."""
    if readable := _open(connection, role, ["desk", "jobs"], "SELECT"):
        yield f"can read {_some(readable)}"
    if writable := _open(connection, role, ["published"], "INSERT, UPDATE, DELETE, TRUNCATE"):
        yield f"can change {_some(writable)}"


def memberships(connection: psycopg.Connection, role: str) -> list[str]:
    """The roles that this one was made a member of."""
    found = connection.execute(
        "SELECT DISTINCT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid"
        " JOIN pg_roles own ON own.oid = m.member WHERE own.rolname = %s ORDER BY 1",
        [role],
    )
    return [name for (name,) in found]


def no_delivery_role(production: bool) -> Finding:
    words = "it reads with the role of the desk"
    if production:
        return doubtful("public side", words, f"{ROLES}, then set MASTHEAD_DELIVERY_DATABASE_URL.")
    return good("public side", f"{words}: well enough for developing")


def _open(connection: psycopg.Connection, role: str, schemas: list[str], rights: str) -> list[str]:
    """The tables on which the role, or one that it is a member of, holds any of these rights."""
    # A right on a table counts for nothing without one on its schema: asked for all the same,
    # since one GRANT on the schema would be enough to open it. By number, not by name: a name in
    # a schema that is closed to the role cannot even be looked up.
    found = connection.execute(
        "SELECT format('%%I.%%I', n.nspname, c.relname)"
        " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = ANY(%s) AND c.relkind = 'r'"
        " AND EXISTS (SELECT FROM pg_roles r WHERE pg_has_role(%s, r.oid, 'MEMBER')"
        "   AND has_table_privilege(r.oid, c.oid, %s)) ORDER BY 1",
        [schemas, role, rights],
    )
    return [name for (name,) in found]


def _closed(connection: psycopg.Connection, role: str) -> list[str]:
    """The published tables that the role cannot read."""
    found = connection.execute(
        "SELECT format('%%I.%%I', n.nspname, c.relname)"
        " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'published' AND c.relkind = 'r'"
        " AND NOT has_table_privilege(%s, c.oid, 'SELECT') ORDER BY 1",
        [role],
    )
    return [name for (name,) in found]


def _some(tables: list[str]) -> str:
    return ", ".join(tables[:3]) + (f" and {len(tables) - 3} more" if len(tables) > 3 else "")
