"""What the command says: help, versions, refusals without tracebacks."""

from importlib import metadata

import pytest

from tests.cli.programs import Place


def test_help_and_version(bare: Place):
    helped = bare.run("--help")
    assert helped.returncode == 0
    assert "serve" in helped.stdout
    assert "Exit codes" in helped.stdout
    assert bare.run("serve", "--help").returncode == 0
    assert bare.run("--version").stdout.strip() == metadata.version("masthead")


@pytest.mark.parametrize(
    "words",
    [["keys", "create", "--role", "nope", "--name", "x"], ["openapi", "nope"]],
)
def test_a_wrong_choice_is_told_in_our_words(bare: Place, words: list[str]):
    refused = bare.run(*words)

    assert refused.returncode == 2
    assert ": 'nope' is not one of '" in refused.stderr
    assert "Value error" not in refused.stderr


@pytest.mark.parametrize("address", ["api.example.org", "ftp://api.example.org", ""])
def test_a_public_address_that_is_none_is_named_with_the_way_out(bare: Place, address: str):
    refused = bare.run("settings", MASTHEAD_PUBLIC_URL=address)

    assert refused.returncode == 2
    assert refused.stderr.startswith("MASTHEAD_PUBLIC_URL must")
    assert "https://" in refused.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["serve", "--port", "70000"], "--port"),
        (["serve", "--side", "left"], "--side"),
        (["nothing"], "nothing"),
        (["keys", "create", "--name", "x"], "--role"),
        (["keys", "create", "--role", "king", "--name", "x"], "--role"),
        (["keys", "create", "--role", "admin", "--name", "x", "--expires", "soon"], "90d"),
        (["rerender"], "--all"),
        (["roles"], "--create"),
        (["roles", "--create", "no; DROP"], "name"),
    ],
)
def test_what_cannot_be_done_as_asked_is_refused(bare: Place, words: list[str], said: str):
    refused = bare.run(*words)

    assert refused.returncode == 2
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr


def test_every_wrong_setting_is_named(bare: Place):
    refused = bare.run(
        "settings",
        MASTHEAD_PORT="many",
        MASTHEAD_GRACEFUL_SECONDS="-1",
        MASTHEAD_LOG_FORMAT="xml",
    )

    assert refused.returncode == 2
    for name in ("MASTHEAD_PORT", "MASTHEAD_GRACEFUL_SECONDS", "MASTHEAD_LOG_FORMAT"):
        assert name in refused.stderr
    assert "Traceback" not in refused.stderr


def test_an_address_that_cannot_be_read_is_refused_without_showing_it(bare: Place):
    refused = bare.run("settings", MASTHEAD_DATABASE_URL="postgresql://me:s3c/ret?@host:x/db")

    assert refused.returncode == 2
    assert "percent-encoded" in refused.stderr
    assert "s3c" not in refused.stderr + refused.stdout


@pytest.mark.parametrize("words", [["keys", "list"], ["migrate"], ["rerender", "--all"]])
def test_a_database_that_does_not_answer_is_told_in_a_line(bare: Place, words: list[str]):
    failed = bare.run(*words, MASTHEAD_DATABASE_URL="postgresql://me:s3cret@127.0.0.1:1/none")

    assert failed.returncode == 1
    assert "does not answer" in failed.stderr
    assert "MASTHEAD_DATABASE_URL" in failed.stderr
    assert "s3cret" not in failed.stderr
    assert "Traceback" not in failed.stderr
