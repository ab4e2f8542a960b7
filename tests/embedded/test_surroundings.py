"""It works wherever it is put: without a locale, deep down, beside other PostgreSQLs."""

import os
from pathlib import Path

import pytest

from app.embedded.place import Place
from tests.embedded.conftest import ROOT, Users, is_running


def environment(**changes: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC", "LAN"))}
    return kept | changes


@pytest.mark.parametrize(
    "surroundings",
    [
        pytest.param(environment(), marks=pytest.mark.prove),
        pytest.param(environment(LANG="xx_YY.UTF-8"), marks=pytest.mark.prove),
        environment(LC_ALL="xx_YY.UTF-8", LANGUAGE="xx"),
        environment(LC_ALL="POSIX"),
        environment(LOCPATH="/nonexistent"),
    ],
    ids=["none", "LANG missing", "LC_ALL missing", "POSIX", "no locales at all"],
)
def test_any_locale_gives_the_same_database(users: Users, home: Path, surroundings: dict[str, str]):
    user = users(home, environment=surroundings).started()

    assert user.ask(
        "SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding) FROM pg_database"
        " WHERE datname = 'masthead'"
    ) == [["b", "C.UTF-8", "UTF8"]]
    assert user.ask("SELECT lower('ÉCOLE'), 'é' ~ '\\w', 'Z' < 'a'") == [["école", True, True]]
    words = user.ask("SELECT tsvector_to_array(to_tsvector('simple', '“school” «Été» سلام، دنیا'))")
    assert set(words[0][0]) == {"school", "été", "سلام", "دنیا"}
    assert user.ask("SHOW timezone") == [["UTC"]]


def test_settings_of_other_postgresqls_are_not_followed(users: Users, home: Path):
    elsewhere = environment(PGPORT="6543", PGDATA="/nonexistent", PGUSER="x", PGDATABASE="x")

    assert users(home, environment=elsewhere).started().ask("SELECT 1") == [[1]]


ODD = ["a b", "a,b", "a$HOME", "a'b\"c", "100% été", "a;b\\c"]


@pytest.mark.parametrize(
    "name",
    ["d" * 120, " ".join(ODD), *(pytest.param(each, marks=pytest.mark.prove) for each in ODD)],
)
def test_a_directory_of_any_name_will_do(users: Users, home: Path, name: str):
    directory = home / name
    directory.mkdir()

    first, second = users(directory).started(), users(directory).started()
    sockets = Place(directory).socket.resolve()

    assert first.ask("SELECT 1") == second.ask("SELECT 1") == [[1]]
    assert sockets.stat().st_mode & 0o777 == 0o700
    assert not sockets.is_relative_to(home)
    assert second.leave() is False
    assert first.leave() is True
    assert not sockets.exists()


def test_after_a_reboot_that_emptied_tmp_it_starts_again(users: Users, home: Path):
    directory = home / ("d" * 120)
    directory.mkdir()
    users(directory).started().leave()
    Place(directory).socket.symlink_to("/tmp/masthead-gone")

    assert users(directory).started().ask("SELECT 1") == [[1]]


def test_nothing_but_the_socket_leads_to_it_and_others_cannot_open_that(users: Users, home: Path):
    user = users(home).started()

    assert user.ask("SHOW listen_addresses") == [[""]]
    assert user.ask("SHOW fsync") == [["on"]]
    assert Place(home).socket.stat().st_mode & 0o777 == 0o700
    assert Place(home).data.stat().st_mode & 0o777 == 0o700
    assert Place(home).log.stat().st_mode & 0o077 == 0


def test_settings_are_those_of_who_starts_it(users: Users, home: Path):
    first = users(home, "--setting", "max_connections", "20").started()
    second = users(home).started()

    assert second.ask("SHOW max_connections") == [["20"]]
    assert first.leave() is False
    assert second.leave() is True
    assert users(home).started().ask("SHOW max_connections") == [["200"]]


@pytest.mark.skipif(not Path("/proc").exists(), reason="needs Linux's /proc")
def test_no_secret_of_ours_is_handed_to_the_server(users: Users, home: Path):
    users(home, environment=environment(MASTHEAD_SECRET="hush", HARMLESS="yes")).started()

    pid = int((Place(home).data / "postmaster.pid").read_text().split()[0])
    handed_on = Path(f"/proc/{pid}/environ").read_bytes()
    assert b"HARMLESS=yes" in handed_on
    assert b"hush" not in handed_on
    assert is_running(Place(home))
    assert Path(f"/proc/{pid}").stat().st_uid != 0 or not ROOT
