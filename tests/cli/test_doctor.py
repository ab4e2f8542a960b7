"""`masthead doctor`: each finding, on a database that really has it."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from app import embedded, migrate
from app.assembly import located
from app.cli.checks import machine
from app.cli.checks.finding import Finding, Mark
from app.cli.doctor import examine
from app.cli.roles import grants
from app.embedded.place import find
from app.settings import Settings
from tests import cluster
from tests.cli import pooler
from tests.cli.programs import Place
from tests.cluster import Cluster


def findings(url: str | None, **settings: object) -> dict[str, Finding]:
    """What is found with this database, by subject; the least good where there are several."""
    given = {"_env_file": None, "database_url": url, **settings}
    with (
        tempfile.TemporaryDirectory() as folder,
        located(Settings(**{"media_storage": folder, **given})) as here,  # type: ignore[arg-type]
    ):
        found = sorted(examine(here), key=lambda finding: list(Mark).index(finding.mark))
    return {finding.subject: finding for finding in found}


def execute(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


def test_the_embedded_database_is_well(bare: Place):
    seen = bare.run("doctor")

    assert seen.returncode == 0, seen.stdout
    assert "✗" not in seen.stdout
    for subject in ("version", "encoding", "durability", "migrations", "notifications", "rights"):
        assert f"✓ {subject}" in seen.stdout


def test_what_must_be_mended_makes_the_exit_code_1(place: Place):
    seen = place.run("doctor")  # the tests' server does not wait for the disk

    assert seen.returncode == 1
    assert "✗ durability" in seen.stdout
    assert "→ Set fsync and full_page_writes and synchronous_commit = on" in seen.stdout


def test_a_database_that_does_not_answer(bare: Place):
    seen = bare.run("doctor", MASTHEAD_DATABASE_URL="postgresql://me:s3cret@127.0.0.1:1/none")

    assert seen.returncode == 1
    assert "✗ database" in seen.stdout
    assert "s3cret" not in seen.stdout
    assert "Traceback" not in seen.stderr


def test_migrations_that_are_missing_or_unknown(empty_database_url: str, database_url: str):
    missing = findings(empty_database_url)["migrations"]
    assert (missing.mark, missing.way_out) == (Mark.BAD, "Run `masthead migrate`.")

    execute(database_url, "UPDATE published.alembic_version SET version_num = 'ffff'")
    unknown = findings(database_url)["migrations"]
    assert unknown.mark is Mark.BAD
    assert "newer" in str(unknown.way_out)


def test_rights_that_are_missing(database_url: str):
    role = f"weak_{uuid4().hex[:12]}"
    execute(database_url, f"CREATE ROLE {role} LOGIN")
    execute(database_url, f"GRANT USAGE ON SCHEMA published, desk, jobs TO {role}")
    execute(database_url, f"GRANT SELECT ON ALL TABLES IN SCHEMA published, desk, jobs TO {role}")

    found = findings(make_url(database_url, role))

    assert found["rights"].mark is Mark.BAD
    assert "INSERT, UPDATE, DELETE on desk.anchors, " in found["rights"].detail
    assert "superuser" not in found
    assert findings(database_url)["superuser"].mark is Mark.DOUBTFUL


def test_a_public_side_that_could_read_drafts(place: Place):
    url = place.settings["MASTHEAD_DATABASE_URL"]
    role = f"reader_{uuid4().hex[:12]}"
    place.run("roles", "--create", role)

    good = findings(url, delivery_database_url=make_url(url, role))["public side"]
    assert good.mark is Mark.GOOD

    execute(url, f"GRANT SELECT ON desk.articles TO {role}")
    bad = findings(url, delivery_database_url=make_url(url, role))["public side"]
    assert bad.mark is Mark.BAD
    assert "can read desk.articles" in bad.detail
    execute(url, f"REVOKE ALL ON desk.articles FROM {role}")

    execute(url, f"GRANT UPDATE ON published.paths TO {role}")
    bad = findings(url, delivery_database_url=make_url(url, role))["public side"]
    assert "can change published.paths" in bad.detail

    execute(url, f"REVOKE ALL ON published.paths FROM {role}")
    execute(url, f"GRANT pg_read_all_data TO {role}")
    bad = findings(url, delivery_database_url=make_url(url, role))["public side"]
    assert "can read desk." in bad.detail

    everything = findings(url, delivery_database_url=url)["public side"]
    assert everything.mark is Mark.BAD


def test_a_pooler_that_shares_connections_among_transactions(database_url: str):
    parts = conninfo_to_dict(database_url)
    path = f"{parts['host']}/.s.PGSQL.{parts['port']}"
    with pooler.running(path) as port:
        behind = f"postgresql://masthead@127.0.0.1:{port}/{parts['dbname']}"
        with psycopg.connect(behind, autocommit=True) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)

        found = findings(behind)

    assert found["sessions"].mark is Mark.BAD
    assert "session mode" in str(found["sessions"].way_out)
    assert findings(database_url)["sessions"].mark is Mark.GOOD


@pytest.fixture(scope="module")
def replica_urls() -> Iterator[tuple[str, str]]:
    """A server that only replays: its superuser's URL, and that of the role of the public side."""
    folder = Path(tempfile.mkdtemp(prefix="masthead-replica-", dir=cluster.temporary_folder()))
    folder.chmod(0o755)
    directory = folder / "postgres"
    try:
        with embedded.start(directory, settings=cluster.SETTINGS) as server:
            migrate.move(server.url)
            with psycopg.connect(server.url) as connection:
                connection.execute("CREATE ROLE masthead_delivery LOGIN")
                for statement in grants(connection, "masthead_delivery"):
                    connection.execute(statement)
        signal = find(directory).data / "standby.signal"
        signal.touch()
        signal.chmod(0o666)
        with embedded.start(directory, settings=cluster.SETTINGS) as server:
            yield server.url, make_url(server.url, "masthead_delivery")
    finally:
        cluster.remove(folder)


def test_a_server_of_the_public_side_on_a_replica_is_well(replica_urls: tuple[str, str]):
    _, reader = replica_urls

    found = findings(None, delivery_database_url=reader, side="delivery")

    durability = found.pop("durability")  # the tests' servers do not wait for the disk
    assert durability.mark is Mark.BAD
    assert [one for one in found.values() if one.mark is Mark.BAD] == []
    assert not found.keys() & {"rights", "jobs", "notifications", "superuser"}
    assert {"version", "sessions", "migrations", "public side"} <= found.keys()
    assert "may open 11 of 300" in found["connections"].detail


def test_the_public_side_is_looked_at_where_it_reads_though_the_desk_is_known_too(
    replica_urls: tuple[str, str],
):
    _, reader = replica_urls
    nowhere = "postgresql://me@127.0.0.1:1/none"

    found = findings(nowhere, delivery_database_url=reader, side="delivery")
    assert found["database"].mark is Mark.GOOD

    found = findings(None, delivery_database_url=nowhere, side="delivery")
    assert "MASTHEAD_DELIVERY_DATABASE_URL" in str(found["database"].way_out)


def test_a_desk_on_a_replica_is_told_that_it_can_write_nothing(replica_urls: tuple[str, str]):
    superuser, _ = replica_urls

    found = findings(superuser)

    assert found["notifications"].mark is Mark.BAD
    assert "primary" in str(found["notifications"].way_out)


def test_jobs_that_wait_and_jobs_that_failed(database_url: str):
    assert findings(database_url)["jobs"].mark is Mark.GOOD
    execute(
        database_url,
        "SET search_path = jobs;"
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status)"
        " VALUES ('default', 'late', 'todo'), ('default', 'broken', 'failed');"
        "UPDATE procrastinate_events SET at = now() - interval '1 hour'",
    )

    found = findings(database_url)

    assert found["jobs"].mark is Mark.DOUBTFUL
    assert "60 minutes" in found["jobs"].detail
    assert found["failed jobs"].mark is Mark.DOUBTFUL


def test_a_consumer_that_is_behind_and_what_nobody_would_hear(database_url: str):
    execute(
        database_url,
        "INSERT INTO desk.consumers (name, seq) SELECT 'websub', seq FROM published.head",
    )
    assert findings(database_url)["change log"].mark is Mark.GOOD
    execute(
        database_url,
        "UPDATE published.head SET seq = seq + 2;"
        "INSERT INTO published.changes (seq, kind, document_id, document_kind, version, quiet,"
        " tags, at)"
        " SELECT seq, 'upsert', gen_random_uuid(), 'article', 1, false, '{}',"
        " now() - interval '1 hour'"
        " FROM published.head;"
        "INSERT INTO desk.errands (kind, target, subject, seq, attempts, ok)"
        " VALUES ('websub', 'https://hub.example/', 'https://a.example/feeds/latest.rss', 1, 9,"
        " false)",
    )

    found = findings(database_url)

    assert found["change log"].mark is Mark.DOUBTFUL
    assert found["change log"].detail.startswith("websub is 2 changes behind, the oldest of 60 min")
    assert found["told to others"].mark is Mark.DOUBTFUL
    assert "1 pings and pushes to 1 places" in found["told to others"].detail


def test_more_connections_than_the_database_allows(database_url: str):
    found = findings(database_url, workers=100)["connections"]

    assert found.mark is Mark.DOUBTFUL
    assert "MASTHEAD_WORKERS" in str(found.way_out)


def test_an_encoding_that_cannot_hold_every_script(postgres: Cluster):
    name = f"test_{uuid4().hex[:12]}"
    postgres.connection.execute(
        f"CREATE DATABASE {name} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0".encode()
    )
    try:
        found = findings(postgres.url.replace("/masthead?", f"/{name}?"))
    finally:
        postgres.connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

    assert found["encoding"].mark is Mark.BAD
    assert "LATIN1" in found["encoding"].detail


@pytest.mark.parametrize(
    ("free", "mark"), [(10**8, Mark.BAD), (10**9, Mark.DOUBTFUL), (10**11, Mark.GOOD)]
)
def test_room_on_the_disk(monkeypatch: pytest.MonkeyPatch, free: int, mark: Mark, tmp_path: Path):
    usage = SimpleNamespace(total=10**12, free=free)  # no disk can be made so full here
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)

    assert machine.disk("disk", tmp_path / "not" / "there" / "yet").mark is mark


def make_url(url: str, user: str) -> str:
    parts = conninfo_to_dict(make_conninfo(url, user=user))
    return f"postgresql://{user}@/{parts['dbname']}?host={parts['host']}&port={parts['port']}"
