"""`masthead serve` with nothing set: the embedded database comes and goes with it."""

import psutil

from app.embedded import locks
from app.embedded.place import find
from tests.cli.programs import Place, Running, alive, answers, until


def runs(place: Place) -> bool:
    """Whether the embedded database of this place is running."""
    return not locks.is_free(find(place.directory / "var" / "postgres").running)


def database(server: Running) -> list[psutil.Process]:
    return [one for one in server.family() if "postgres" in one.name()]


def test_it_serves_from_an_empty_directory_and_takes_everything_with_it(bare: Place):
    server = bare.serve()
    family = server.family()

    assert answers(server.url)
    assert server.get("/v1/site").json()["addresses"][0]["api"] == server.url
    assert server.event("listening")["embedded_database"] is True
    assert database(server)
    assert server.end() == 0
    assert alive(family) == []
    assert not runs(bare)


def test_nothing_is_left_when_the_parent_is_killed_and_the_next_start_has_all(bare: Place):
    server = bare.serve("--workers", "2")
    site = server.get("/v1/site").json()["id"]
    family = server.family()

    server.kill()

    until(lambda: not alive(family), 20)
    assert not runs(bare)
    assert bare.serve().get("/v1/site").json()["id"] == site


def test_commands_use_the_database_of_a_running_server_and_leave_it_running(bare: Place):
    server = bare.serve()

    key = bare.run("keys", "create", "--role", "admin", "--name", "beside").stdout.strip()

    me = server.get("/desk/me", headers={"Authorization": f"Bearer {key}"})
    assert me.json()["name"] == "beside"
    assert runs(bare)


def test_a_command_alone_starts_the_database_and_stops_it(bare: Place):
    made = bare.run("keys", "create", "--role", "reader", "--name", "alone")

    assert made.returncode == 0
    assert made.stdout.startswith("mh_")
    assert not runs(bare)


def test_production_refuses_it(bare: Place):
    refused = bare.run("serve", "--port", "0", MASTHEAD_ENVIRONMENT="production")

    assert refused.returncode == 2
    assert "MASTHEAD_DATABASE_URL" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (bare.directory / "var").exists()
