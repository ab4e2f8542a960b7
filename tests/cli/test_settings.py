"""`masthead settings`."""

from app.cli.settings import masked
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


def test_only_passwords_are_masked():
    assert masked(URL) == (
        "postgresql://desk:***@db.example:5433/news?sslmode=require&sslpassword=***"
    )
    assert masked("postgresql:///news?host=/run/pg") == "postgresql:///run/pg/news"
