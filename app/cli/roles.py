"""`masthead roles`: a database role that sees the public documents and nothing else."""

import re
import secrets
from collections.abc import Iterator
from typing import Annotated

import psycopg
import typer
from psycopg import sql

from app.assembly import located
from app.cli.checks import rights
from app.cli.console import give, say
from app.cli.database_url import with_login
from app.cli.failures import REFUSED, Stop
from app.cli.opening import fit, load

READABLE = "published"
HIDDEN = ("desk", "jobs")
CHOOSE = "<choose a password>"

_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


def roles(
    create: Annotated[
        str | None, typer.Option(metavar="NAME", help="Make the role, or put its rights in order.")
    ] = None,
    print_: Annotated[
        str | None, typer.Option("--print", metavar="NAME", help="Only print the SQL for it.")
    ] = None,
    new_password: Annotated[
        bool, typer.Option("--new-password", help="Give a role that exists a new password.")
    ] = False,
) -> None:
    """Make a role for the public side that can read the schema `published` and nothing else.

    Run it as the role that migrates: tables that it makes later are readable at once. A new role
    gets a password, shown once, as a line for MASTHEAD_DELIVERY_DATABASE_URL.

    Example: masthead roles --create masthead_delivery
    """
    name = create or print_
    if not name or (create and print_):
        raise Stop("Give --create NAME, or --print NAME to see the SQL first.", code=REFUSED)
    if not _NAME.fullmatch(name):
        raise Stop("A role's name is of a-z, 0-9 and _, and begins with a letter.", code=REFUSED)
    with located(load(), say) as here:
        fit(here)
        with psycopg.connect(here.url, connect_timeout=5) as connection:
            exists = _exists(connection, name)
            password = None if exists and not new_password else secrets.token_urlsafe(24)
            if print_:
                shown = _login(connection, name, exists=exists, password=password and CHOOSE)
                for statement in (*shown, *grants(connection, name)):
                    give(f"{statement.as_string(connection)};")
                return
            verifier = password and _verifier(connection, name, password)
            login = _login(connection, name, exists=exists, password=verifier)
            for statement in (*login, *grants(connection, name)):
                connection.execute(statement)
            _refuse_more(connection, name)
        say(f"The role {name} can read the schema {READABLE}, and nothing else.")
        if password:
            say("This line is shown once; give it to the servers of the public side:")
            give(f"MASTHEAD_DELIVERY_DATABASE_URL={with_login(here.url, name, password)}")


def grants(connection: psycopg.Connection, name: str) -> Iterator[sql.Composed]:
    """What the role may do, and what nobody may do just so."""
    role = sql.Identifier(name)
    readable = sql.Identifier(READABLE)
    database = sql.Identifier(connection.info.dbname)
    yield sql.SQL("ALTER ROLE {} SET default_transaction_read_only = on").format(role)
    # PUBLIC is every role: what it holds, the new one holds too.
    yield sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC").format(database)
    yield sql.SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC").format()
    for schema in (*HIDDEN, READABLE):
        hidden = sql.Identifier(schema)
        for whom in (sql.SQL("PUBLIC"), role):
            yield sql.SQL("REVOKE ALL ON SCHEMA {} FROM {}").format(hidden, whom)
            yield sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA {} FROM {}").format(hidden, whom)
    yield sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, role)
    yield sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(readable, role)
    yield sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA {} TO {}").format(readable, role)
    yield sql.SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA {} GRANT SELECT ON TABLES TO {}").format(
        readable, role
    )


def _refuse_more(connection: psycopg.Connection, name: str) -> None:
    """Raise, and so undo all, where the role can do more than it should, whoever lets it."""
    if not (wrong := list(rights.beyond(connection, name))):
        return
    lines = [f"{name} would still do more than read what is published: nothing was changed."]
    lines += [f"  It {one}." for one in wrong]
    if above := rights.memberships(connection, name):
        lines.append(f"It is a member of {', '.join(above)}. Whoever granted that can end it:")
        revoke = sql.SQL("  REVOKE {} FROM {};").format(
            sql.SQL(", ").join(map(sql.Identifier, above)), sql.Identifier(name)
        )
        lines.append(revoke.as_string(connection))
    raise Stop("\n".join([*lines, "Or choose another name."]), code=REFUSED)


def _login(
    connection: psycopg.Connection, name: str, *, exists: bool, password: str | None
) -> Iterator[sql.Composed]:
    # A new role has no attribute but LOGIN, and who may not create databases cannot take that away.
    verb = sql.SQL("ALTER" if exists else "CREATE")
    statement = sql.SQL("{} ROLE {} LOGIN").format(verb, sql.Identifier(name))
    if password:
        statement += sql.SQL(" PASSWORD {}").format(sql.Literal(password))
    yield statement


def _exists(connection: psycopg.Connection, name: str) -> bool:
    """Whether the role is there. Refuses one that cannot be held back by rights."""
    found = connection.execute(
        "SELECT rolsuper, rolbypassrls, rolname = current_user FROM pg_roles WHERE rolname = %s",
        [name],
    ).fetchone()
    if found and any(found):
        raise Stop(
            f"{name} is a superuser or the role that owns the tables: it can read everything. "
            "Choose another name.",
            code=REFUSED,
        )
    return found is not None


def _verifier(connection: psycopg.Connection, name: str, password: str) -> str:
    """What the server stores: so that the password itself is in none of its logs."""
    made = connection.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256")
    return made.decode()
