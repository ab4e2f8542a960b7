"""`masthead keys`."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from app.cli.failures import Stop
from app.cli.keys import span
from app.database import Database
from app.identity import commands
from app.identity.actor import SYSTEM
from app.identity.scopes import ROLES
from tests.cli.programs import Ended, Place


def keys(place: Place) -> dict[str, tuple[list[str], datetime | None, list[str] | None]]:
    with psycopg.connect(place.settings["MASTHEAD_DATABASE_URL"]) as connection:
        rows = connection.execute(
            "SELECT name, scopes, expires_at, section_ids::text[] FROM desk.keys"
        )
        return {name: (scopes, expires, sections) for name, scopes, expires, sections in rows}


def test_a_key_is_made_shown_once_listed_and_revoked(place: Place):
    made = place.run("keys", "create", "--role", "editor", "--name", "Night desk")
    key = made.stdout.strip()
    prefix = key.split("_")[1]

    assert key.startswith("mh_")
    assert key not in made.stderr
    listed = place.run("keys", "list").stdout
    assert "Night desk" in listed
    assert f"mh_{prefix}" in listed
    assert "editor" in listed
    assert key not in listed

    assert place.run("keys", "revoke", f"mh_{prefix}").returncode == 0
    assert "revoked" in place.run("keys", "list").stdout


def test_a_key_can_be_revoked_by_all_of_it_and_an_unknown_one_cannot(place: Place):
    key = place.run("keys", "create", "--role", "reader", "--name", "x").stdout.strip()

    assert place.run("keys", "revoke", key).returncode == 0
    refused = place.run("keys", "revoke", "mh_unknown")
    assert refused.returncode == 2
    assert "keys list" in refused.stderr


@pytest.fixture
async def prefixes(place: Place) -> list[str]:
    """What keys begin with that were given names nobody should give."""
    names = ["[/x] :key: [red]", "\x1b]0;owned\x07\x9b2J", "two\nlines"]
    database = Database(place.settings["MASTHEAD_DATABASE_URL"])
    async with database.write() as session:
        made = [
            await commands.create(session, SYSTEM, name=name, scopes=ROLES["reader"])
            for name in names
        ]
    await database.close()
    return [f"mh_{one.key.prefix}" for one in made]


def test_names_that_others_gave_are_shown_and_obeyed_by_nothing(place: Place, prefixes: list[str]):
    wide = place.run_apart("keys", "list", COLUMNS="400")  # a console keeps its first width
    shown = [Ended(wide.returncode, wide.stdout, wide.stderr)]
    shown += [place.run("keys", "revoke", prefix) for prefix in prefixes]

    assert [each.returncode for each in shown] == [0] * 4, shown[0].stderr
    assert "[/x] :key: [red]" in shown[0].stdout
    assert "[/x] :key: [red]" in shown[1].stdout
    assert r"\x1b]0;owned\x07\x9b2J" in shown[0].stdout
    assert r"two\nlines" in shown[3].stdout
    for each in shown:
        assert each.stdout.replace("\n", "").isprintable()


def test_scopes_expiry_and_sections(place: Place):
    url = place.settings["MASTHEAD_DATABASE_URL"]
    place.run("migrate")
    with psycopg.connect(url) as connection:
        connection.execute(
            "INSERT INTO desk.sections (id, edition_id, slug, path, name, position, hidden,"
            " external_ids, extras, edit) SELECT gen_random_uuid(), id, 'sea', 'news/sea', 'Sea',"
            " 0, false, '[]', '{}', 1 FROM desk.editions"
        )
        (section,) = connection.execute("SELECT id::text FROM desk.sections").fetchone() or ("",)

    made = place.run(
        *("keys", "create", "--name", "narrow", "--scope", "desk:read", "--scope", "articles:read"),
        *("--expires", "90d", "--section", "en:news/sea"),
    )

    assert made.returncode == 0, made.stderr
    scopes, expires, sections = keys(place)["narrow"]
    assert scopes == ["articles:read", "desk:read"]
    assert expires is not None
    assert abs(expires - datetime.now(UTC) - timedelta(days=90)) < timedelta(minutes=5)
    assert sections == [section]
    refused = place.run(
        "keys", "create", "--role", "reader", "--name", "x", "--section", "news/none"
    )
    assert refused.returncode == 2
    assert "no section news/none" in refused.stderr
    for role in ("admin", "front-end"):
        refused = place.run(
            *("keys", "create", "--role", role, "--name", "x", "--section", "news/sea")
        )
        assert refused.returncode == 2
        assert "content:full" in refused.stderr
        assert "a second key" in refused.stderr
    assert "x" not in keys(place)


def test_scopes_are_explained(bare: Place):
    explained = bare.run("keys", "scopes").stdout

    assert "articles:publish" in explained
    assert not (bare.directory / "var").exists()


def test_spans_of_time():
    assert span("12h") == timedelta(hours=12)
    assert span("2w") == timedelta(days=14)
    for wrong in ("", "d", "0d", "-1d", "1.5d", "99999d", "1 month"):
        with pytest.raises(Stop):
            span(wrong)
