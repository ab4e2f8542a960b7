"""`masthead keys`."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from app.cli.failures import Stop
from app.cli.keys import span
from tests.cli.programs import Place


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
