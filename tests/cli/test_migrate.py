"""`masthead migrate`."""

import shutil
from pathlib import Path

import psycopg

import migrations
from app import migrate
from app.migrate import Fit
from tests.cli.programs import Place


def url(place: Place) -> str:
    return place.settings["MASTHEAD_DATABASE_URL"]


def test_an_empty_database_becomes_one_that_can_be_served(empty: Place):
    assert empty.run("migrate", "--check").returncode == 2
    assert migrate.standing(url(empty)).revision is None

    migrated = empty.run("migrate")

    assert migrated.returncode == 0
    assert f"to revision {migrate.standing(url(empty)).head}" in migrated.stdout
    assert migrate.standing(url(empty)).fit is Fit.CURRENT
    assert empty.run("migrate", "--check").returncode == 0
    with psycopg.connect(url(empty)) as connection:
        sites = connection.execute("SELECT count(*) FROM desk.site").fetchone()
    assert sites == (1,)


def test_a_second_time_there_is_nothing_to_do(place: Place):
    assert "nothing to do" in place.run("migrate").stdout


def test_two_that_migrate_at_once_wait_for_each_other(empty: Place):
    both = [empty.start("migrate"), empty.start("migrate")]

    assert [one.ended(60) for one in both] == [0, 0], both[0].said + both[1].said
    assert migrate.standing(url(empty)).fit is Fit.CURRENT


def test_a_newer_database_is_left_alone(place: Place):
    with psycopg.connect(url(place), autocommit=True) as connection:
        connection.execute("UPDATE published.alembic_version SET version_num = 'ffff'")

    refused = place.run("migrate")

    assert refused.returncode == 2
    assert "newer Masthead" in refused.stderr


def test_an_unknown_revision_is_refused(place: Place):
    refused = place.run("migrate", "--to", "none such")

    assert refused.returncode == 2
    assert "There are: 0001" in refused.stderr


def test_going_back_undoes_and_asks_first(place: Place):
    newer = {"PYTHONPATH": str(program_with_one_more(place))}
    assert "to revision 9999" in place.run_apart("migrate", **newer).stdout
    assert tables(place) == ["published.more"]
    assert "newer Masthead" in place.run("serve", "--port", "0").stderr

    unsure = place.run_apart("migrate", "--to", "0001", **newer)
    assert unsure.returncode == 1
    assert "deletes" in unsure.stderr
    assert tables(place) == ["published.more"]

    assert place.run_apart("migrate", "--to", "0001", "--yes", **newer).returncode == 0
    assert tables(place) == []


def program_with_one_more(place: Place) -> Path:
    """Where a copy of the migrations stands that has one more than ours."""
    folder = place.directory / "newer"
    shutil.copytree(Path(migrations.__file__ or "").parent, folder / "migrations")
    (folder / "migrations" / "versions" / "9999_more.py").write_text(
        f'''
from alembic import op

revision = "9999"
down_revision = "{migrate.standing(url(place)).head}"

def upgrade():
    op.execute("CREATE TABLE published.more ()")

def downgrade():
    op.execute("DROP TABLE published.more")
'''
    )
    return folder


def tables(place: Place) -> list[str]:
    with psycopg.connect(url(place)) as connection:
        found = connection.execute("SELECT to_regclass('published.more')::text")
        return [name for (name,) in found if name]
