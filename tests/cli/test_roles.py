"""`masthead roles`: what the role of the public side can really do."""

import base64
import hashlib
import hmac
from urllib.parse import unquote, urlsplit
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from app import migrate
from tests.cli.programs import Place
from tests.cluster import Cluster


@pytest.fixture
def name() -> str:
    return f"reader_{uuid4().hex[:12]}"


def created(place: Place, name: str, *options: str) -> str:
    """The line that is shown; empty where there was no new password."""
    made = place.run("roles", "--create", name, *options)
    assert made.returncode == 0, made.stderr
    return made.stdout.strip()


def connected(place: Place, user: str = "masthead") -> psycopg.Connection:
    url = place.settings["MASTHEAD_DATABASE_URL"]
    return psycopg.connect(make_conninfo(url, user=user), autocommit=True)


def tables(place: Place, *schemas: str) -> list[str]:
    with connected(place) as owner:
        found = owner.execute(
            "SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname = ANY(%s)",
            [list(schemas)],
        )
        return [table for (table,) in found]


def test_it_reads_all_published_tables_and_no_other(place: Place, name: str):
    created(place, name)

    hidden = tables(place, "desk", "jobs")
    assert len(hidden) > 10
    with connected(place, name) as reader:
        for table in tables(place, "published"):
            reader.execute(f"SELECT * FROM {table}".encode())
        for table in hidden:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                reader.execute(f"SELECT * FROM {table}".encode())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE published.documents SET status = 410",
        "DELETE FROM published.changes",
        "INSERT INTO published.head (one, seq, at) VALUES (true, 9, now())",
        "TRUNCATE published.paths",
        "CREATE TABLE published.mine ()",
        "CREATE TABLE public.mine ()",
        "CREATE SCHEMA mine",
        "CREATE TEMPORARY TABLE mine ()",
        "SELECT jobs.procrastinate_register_worker_v1()",
    ],
)
def test_it_can_change_nothing(place: Place, name: str, statement: str):
    created(place, name)

    with connected(place, name) as reader:
        reader.execute("SET default_transaction_read_only = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            reader.execute(statement.encode())


def test_tables_of_later_migrations_are_readable_at_once(place: Place, name: str):
    created(place, name)
    with connected(place) as owner:
        owner.execute("CREATE TABLE published.later ()")
        owner.execute("CREATE TABLE desk.later ()")

    with connected(place, name) as reader:
        reader.execute("SELECT * FROM published.later")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            reader.execute("SELECT * FROM desk.later")


def test_the_password_is_shown_once_and_stored_as_a_verifier(place: Place, name: str):
    line = created(place, name)
    variable, _, url = line.partition("=")

    assert variable == "MASTHEAD_DELIVERY_DATABASE_URL"
    assert opens(place, name, unquote(urlsplit(url).password or ""))
    assert not opens(place, name, "another")
    psycopg.connect(url).close()

    assert created(place, name) == ""
    assert opens(place, name, unquote(urlsplit(url).password or ""))
    renewed = created(place, name, "--new-password").partition("=")[2]
    assert opens(place, name, unquote(urlsplit(renewed).password or ""))


def test_rights_that_were_added_by_hand_are_taken_back(place: Place, name: str):
    created(place, name)
    with connected(place) as owner:
        owner.execute(f"GRANT USAGE ON SCHEMA desk TO {name}".encode())
        owner.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA desk TO {name}".encode())
        owner.execute(f"GRANT INSERT ON published.paths TO {name}".encode())
        owner.execute("GRANT SELECT ON desk.keys TO PUBLIC")

    created(place, name)

    with connected(place, name) as reader:
        for statement in (b"SELECT FROM desk.keys", b"SELECT FROM desk.articles"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                reader.execute(statement)
        right = reader.execute("SELECT has_table_privilege('published.paths', 'INSERT')")
        assert right.fetchone() == (False,)


@pytest.mark.parametrize(
    ("group", "inherits", "can"),
    [
        ("pg_read_all_data", "INHERIT", "can read desk."),
        ("pg_read_all_data", "NOINHERIT", "can read desk."),
        ("pg_write_all_data", "INHERIT", "can change published."),
    ],
)
def test_a_role_that_could_do_more_by_a_membership_is_refused(
    place: Place, name: str, group: str, inherits: str, can: str
):
    with connected(place) as owner:
        owner.execute(f"CREATE ROLE {name} LOGIN {inherits}".encode())
        owner.execute(f"CREATE ROLE {name}_between".encode())
        owner.execute(f"GRANT {group} TO {name}_between".encode())
        owner.execute(f"GRANT {name}_between TO {name}".encode())

        refused = place.run("roles", "--create", name, "--new-password")

        assert refused.returncode == 2
        assert can in refused.stderr
        assert f'REVOKE "{name}_between" FROM "{name}";' in refused.stderr
        assert "MASTHEAD_DELIVERY_DATABASE_URL" not in refused.stdout
        password = owner.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", [name])
        assert password.fetchone() == (None,)
        owner.execute(f"REVOKE {name}_between FROM {name}".encode())
    created(place, name, "--new-password")


def test_print_only_prints(place: Place, name: str):
    printed = place.run("roles", "--print", name)

    assert printed.returncode == 0
    assert f'CREATE ROLE "{name}"' in printed.stdout
    with connected(place) as owner:
        assert not owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
        with owner.cursor() as cursor:  # what is printed is SQL that works
            cursor.execute(printed.stdout.encode())
    with connected(place, name) as reader:
        reader.execute("SELECT FROM published.documents")


def test_a_role_that_cannot_be_held_back_is_refused(place: Place):
    refused = place.run("roles", "--create", "masthead")

    assert refused.returncode == 2
    assert "superuser" in refused.stderr


def test_an_owner_who_is_no_superuser_can_make_it(bare: Place, postgres: Cluster, name: str):
    owner = f"owner_{uuid4().hex[:12]}"
    with postgres.database() as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"CREATE ROLE {owner} LOGIN CREATEROLE".encode())
            dbname = connection.info.dbname
            connection.execute(f"ALTER DATABASE {dbname} OWNER TO {owner}".encode())
        bare.settings["MASTHEAD_DATABASE_URL"] = url.replace("//masthead@", f"//{owner}@")
        migrate.move(bare.settings["MASTHEAD_DATABASE_URL"])

        created(bare, name)

        with connected(bare, name) as reader:
            reader.execute("SELECT FROM published.documents")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                reader.execute("SELECT FROM desk.articles")


def test_the_public_side_runs_with_it_alone(place: Place, name: str):
    place.run("migrate")
    url = created(place, name).partition("=")[2]
    del place.settings["MASTHEAD_DATABASE_URL"]

    server = place.serve("--side", "delivery", MASTHEAD_DELIVERY_DATABASE_URL=url)

    assert server.get("/v1/site").status_code == 200
    assert server.get("/v1/articles").json()["items"] == []
    assert server.end() == 0


def opens(place: Place, name: str, password: str) -> bool:
    """Whether the stored verifier is the password's (RFC 5803)."""
    with connected(place) as owner:
        found = owner.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", [name])
        ((verifier,),) = found.fetchall()
    _, parameters, keys = verifier.split("$")
    iterations, salt = parameters.split(":")
    salted = hashlib.pbkdf2_hmac(
        "sha256", password.encode(), base64.b64decode(salt), int(iterations)
    )
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    return base64.b64decode(keys.split(":")[0]) == stored
