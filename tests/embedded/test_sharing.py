"""Who starts, who joins, who stops."""

import json
import os
import signal
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from app import embedded
from app.embedded.place import Place
from tests.embedded.conftest import Users, as_everybody, is_running, postmaster, until


@as_everybody
def test_two_processes_see_each_others_data_and_the_last_one_out_stops_it(users: Users, home: Path):
    first = users(home).started()
    first.ask("CREATE TABLE story AS SELECT 'one' AS headline")
    second = users(home).started()

    assert second.url == first.url
    assert second.ask("SELECT headline FROM story") == [["one"]]
    assert first.leave() is False
    assert second.ask("SELECT headline FROM story") == [["one"]]
    assert second.leave() is True

    assert not is_running(Place(home))
    assert "database system is shut down" in Place(home).log.read_text()
    third = users(home).started()
    assert third.ask("SELECT headline FROM story") == [["one"]]


def test_a_process_that_is_asked_to_end_leaves(users: Users, home: Path):
    first = users(home).started()
    second = users(home).started()

    first.end(signal.SIGTERM)
    assert is_running(Place(home))
    second.end(signal.SIGTERM)
    assert not is_running(Place(home))


@as_everybody
def test_after_a_killed_process_the_next_one_joins_and_stops_it(users: Users, home: Path):
    killed = users(home).started()
    killed.ask("CREATE TABLE story AS SELECT 'one' AS headline")
    server = postmaster(Place(home))

    killed.end(signal.SIGKILL)
    assert is_running(Place(home))
    following = users(home).started()

    assert postmaster(Place(home)) == server
    assert following.ask("SELECT headline FROM story") == [["one"]]
    assert following.leave() is True


def test_processes_racing_for_the_first_start_share_one_server(users: Users, home: Path):
    for attempt in range(3):
        directory = home / str(attempt)
        directory.mkdir()
        racing = [users(directory, "--setting", "fsync", "off") for _ in range(3)]

        racing[0].started().ask("CREATE TABLE story AS SELECT 'one' AS headline")
        for user in racing[1:]:
            assert user.started().ask("SELECT headline FROM story") == [["one"]]

        assert [user.leave() for user in racing] == [False, False, True]
        assert list(directory.glob("making-*")) == []


def test_starting_while_the_last_one_leaves_never_finds_a_dead_server(users: Users, home: Path):
    users(home).started().leave()

    for _ in range(5):
        leaving, coming = users(home).started(), users(home)
        assert leaving.process.stdin
        leaving.process.stdin.close()
        assert coming.started().ask("SELECT 1") == [[1]]
        leaving.process.wait()
        assert coming.leave() is True


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs Linux's /proc")
def test_the_server_inherits_no_file_but_its_own_lock(users: Users, home: Path):
    users(home).started()

    kept = Path(f"/proc/{postmaster(Place(home))}/fd")
    files = [os.readlink(file) for file in kept.iterdir()]
    assert str(Place(home).running) in files
    assert str(Place(home).users) not in files
    assert str(Place(home).starting) not in files
    assert os.getsid(postmaster(Place(home))) == postmaster(Place(home))


def test_ctrl_c_reaches_the_users_only_and_loses_nothing_acknowledged(users: Users, home: Path):
    writer = users(home).started()
    writer.ask("CREATE TABLE story (number int GENERATED ALWAYS AS IDENTITY)")
    bystander = users(home).started()
    server = postmaster(Place(home))
    assert writer.process.stdin
    writer.process.stdin.write("INSERT INTO story DEFAULT VALUES RETURNING number\n" * 300)
    writer.process.stdin.flush()
    acknowledged = [writer.read()[0] for _ in range(20)]

    os.killpg(writer.process.pid, signal.SIGINT)
    output, _ = writer.process.communicate()
    acknowledged += [json.loads(line)[0] for line in output.splitlines() if "]]" in line]

    assert len(acknowledged) < 300
    assert writer.process.returncode == -signal.SIGINT
    kept = bystander.ask("SELECT number FROM story ORDER BY number")
    assert kept[: len(acknowledged)] == acknowledged
    assert postmaster(Place(home)) == server
    os.killpg(bystander.process.pid, signal.SIGINT)
    bystander.process.wait()
    assert not is_running(Place(home))
    assert "database system is shut down" in Place(home).log.read_text()
    assert users(home).started().ask("SELECT number FROM story ORDER BY number") == kept


async def test_the_url_serves_psycopg_and_sqlalchemy(home: Path):
    with embedded.start(home) as server:
        with psycopg.connect(server.url) as connection:
            assert connection.execute("SELECT current_database()").fetchone() == ("masthead",)
        engine = create_async_engine(server.url)
        async with engine.connect() as session:
            found = await session.execute(text("SELECT current_user"))
            assert found.scalar_one() == "masthead"
        await engine.dispose()


def test_leaving_twice_is_leaving_once(home: Path):
    first, second = embedded.start(home), embedded.start(home)

    assert first.leave() is False
    assert first.leave() is False
    assert is_running(Place(home))
    assert second.leave() is True


def test_a_server_whose_directory_was_removed_can_be_left(home: Path):
    server = embedded.start(home / "var")
    place = Place(home / "var")
    pid = postmaster(place)
    (home / "var").rename(home / "gone")

    assert server.leave() is False

    os.kill(pid, signal.SIGINT)
    until(lambda: not is_running(Place(home / "gone")))
