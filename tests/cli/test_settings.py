"""`masthead settings`."""

import pytest
from psycopg.conninfo import conninfo_to_dict

from app.cli.database_url import masked, with_login
from tests.cli.programs import Place

URL = "postgresql://desk:s3cret@db.example:5433/news?sslmode=require&sslpassword=s3cret"


def test_values_are_shown_with_their_source_and_secrets_are_masked(bare: Place):
    (bare.directory / ".env").write_text("MASTHEAD_PORT=9001\nMASTHEAD_WORKERS=3\n")

    shown = bare.run("settings", MASTHEAD_DATABASE_URL=URL, MASTHEAD_WORKERS="4")

    lines = {line.split()[0]: line.split()[1:] for line in shown.stdout.splitlines() if line}
    assert lines["MASTHEAD_PORT"] == ["9001", ".env"]
    assert lines["MASTHEAD_WORKERS"] == ["4", "environment"]
    assert lines["MASTHEAD_HOST"] == ["127.0.0.1", "default"]
    assert lines["MASTHEAD_DATABASE_URL"][-1] == "environment"
    assert "s3cret" not in shown.stdout + shown.stderr
    assert "db.example" in shown.stdout


def test_a_variable_that_is_no_setting_is_named_with_what_was_meant(bare: Place):
    shown = bare.run("settings", MASTHEAD_WORKRES="4")

    assert shown.returncode == 0
    assert "MASTHEAD_WORKRES is set, but there is no such setting" in shown.stderr
    assert "Did you mean MASTHEAD_WORKERS?" in shown.stderr


def test_each_setting_can_be_explained(bare: Place):
    explained = bare.run("settings", "--explain").stdout

    assert "Port to listen on." in explained


def test_values_are_no_markup(bare: Place):
    shown = bare.run("settings", MASTHEAD_DATA_DIR="[/var]")

    assert shown.returncode == 0
    assert "[/var]" in shown.stdout


def test_only_passwords_are_masked():
    assert masked(URL) == (
        "postgresql://desk:***@db.example:5433/news?sslmode=require&sslpassword=***"
    )
    assert masked("postgresql:///news?host=/run/pg") == "postgresql:///news?host=/run/pg"
    assert masked("host=db.example password=s3cret") == "postgresql://:***@db.example/"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://desk:s3cret@db.example:5433/news?sslmode=require",
        "postgresql://desk@one.example:5433,two.example:5434/news?target_session_attrs=read-write",
        "postgresql://desk@one.example,two.example/news",
        "postgresql://desk@[2001:db8::1]:5433/news",
        "postgresql://desk@[::1]/news",
        "postgresql:///news?host=/run/pg&port=5433&options=-c%20search_path%3Da%26b",
        "postgresql://desk@db.example/news%3Fb%2Fc",
    ],
)
def test_an_address_stays_the_same_for_another_login(url: str):
    parts = conninfo_to_dict(url) | {"user": "other", "password": "p/w @:%"}

    assert conninfo_to_dict(with_login(url, "other", "p/w @:%")) == parts
    assert conninfo_to_dict(masked(with_login(url, "other", "p/w"))) == parts | {"password": "***"}
