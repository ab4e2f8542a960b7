"""The Dockerfile and compose.yaml, as far as that goes without Docker."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import psycopg
import pytest
import yaml  # type: ignore[import-untyped]

from app import migrate
from app.settings import Settings, variable
from tests import cluster
from tests.cli import container
from tests.cli.container import PROJECT, stages
from tests.cli.programs import Place, free_port, until

KNOWN = {variable(name) for name in Settings.model_fields}


def test_every_copied_file_is_there_and_let_through():
    let_through = (PROJECT / ".dockerignore").read_text().split()
    sources = [
        source
        for rest in stages()[0].all("COPY")
        for source in rest.split()[:-1]
    ]  # fmt: skip

    assert len(sources) > 5
    for source in sources:
        assert (PROJECT / source).exists()
        assert f"!{source}" in let_through
    assert let_through[0] == "*"
    assert not [name for name in let_through[1:] if fnmatch("!.env", name) or "var" in name]


def test_it_names_no_registry_and_runs_as_nobody_special():
    last = stages()[-1]

    for stage in stages():
        assert re.fullmatch(r"python:[\d.]+-slim( AS \w+)?", stage.base)
    assert last.all("USER") == ["masthead"]
    assert last.steps.index(container.Step("USER", "masthead")) > 0


def test_its_environment_is_made_of_settings_that_can_be_used():
    environment = stages()[-1].environment()
    ours = {name: value for name, value in environment.items() if name.startswith("MASTHEAD_")}

    assert set(ours) <= KNOWN
    values = {name.removeprefix("MASTHEAD_").lower(): value for name, value in ours.items()}
    settings = Settings(_env_file=None, database_url="postgresql://x@y/z", **values)  # type: ignore[arg-type]
    assert settings.environment == "production"
    with pytest.raises(ValueError, match="MASTHEAD_DATABASE_URL"):
        Settings(_env_file=None, **values)  # type: ignore[arg-type]


def is_healthy(place: Place, **settings: str) -> bool:
    program, *words = stages()[-1].healthcheck()
    assert program == "python"
    environment = place.environment(settings)
    checked = subprocess.run(
        [sys.executable, *words], cwd=place.directory, env=environment, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    assert "Traceback" not in checked.stderr
    return checked.returncode == 0


@pytest.mark.parametrize(
    ("words", "event"),
    [
        (("serve", "--port", "0", "--no-worker"), "listening"),
        (("serve", "--port", "0", "--side", "delivery"), "listening"),
        (("worker",), "jobs_started"),
    ],
)
def test_its_health_check_knows_whatever_runs_in_it(
    place: Place, words: tuple[str, ...], event: str
):
    ops = {"MASTHEAD_OPS_ADDRESS": f"0.0.0.0:{free_port()}"}
    assert not is_healthy(place, **ops)

    place.start(*words, **ops).event(event)

    assert is_healthy(place, **ops)


def test_it_is_about_the_processes_and_not_the_database(place: Place):
    ops = {"MASTHEAD_OPS_ADDRESS": f"0.0.0.0:{free_port()}"}
    server = place.serve(**ops)
    with psycopg.connect(place.settings["MASTHEAD_DATABASE_URL"], autocommit=True) as connection:
        connection.execute("DELETE FROM published.alembic_version")
    assert is_healthy(place, **ops)

    def is_ill_without_worker() -> bool:
        for worker in server.worker():
            worker.kill()
        return not is_healthy(place, **ops)

    until(is_ill_without_worker, about=server)
    until(lambda: is_healthy(place, **ops), about=server)


def test_without_an_ops_address_it_asks_the_public_port(place: Place):
    port = {"MASTHEAD_PORT": str(free_port())}
    assert not is_healthy(place, **port)

    place.start("serve", "--no-worker", **port).event("listening")

    assert is_healthy(place, **port)


def test_compose_migrates_before_it_serves_and_sets_only_what_there_is():
    composed = yaml.safe_load((PROJECT / "compose.yaml").read_text())["services"]
    ours = {name: one for name, one in composed.items() if one.get("image") == "masthead"}

    assert set(ours) == {"migrate", "masthead"}
    for one in ours.values():
        assert set(one["environment"]) <= KNOWN
    needs = composed["masthead"]["depends_on"]
    assert needs == {"migrate": {"condition": "service_completed_successfully"}}
    assert composed["masthead"]["ports"] == ["127.0.0.1:8000:8000"]


@pytest.fixture
def root() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="masthead-image-", dir=cluster.disk_folder()) as made:
        Path(made).chmod(0o755)
        yield Path(made)


@pytest.mark.prove
@pytest.mark.timeout(1200)
def test_its_steps_make_a_program_that_serves(root: Path, empty_database_url: str):
    container.build(root)

    last = stages()[-1]
    port = free_port()
    environment = {
        name: container.moved(value, root).replace("$PATH", "/usr/bin:/bin")
        for name, value in last.environment().items()
    } | {
        "MASTHEAD_DATABASE_URL": empty_database_url,
        "MASTHEAD_PORT": str(port),
        "MASTHEAD_OPS_ADDRESS": "off",
    }
    work = root / "srv" / "masthead"

    def masthead(*words: str) -> subprocess.Popen[bytes]:
        program = root / "opt" / "masthead" / "bin" / "masthead"
        return subprocess.Popen([program, *words], cwd=work, env=environment)

    assert masthead("serve").wait(60) == 2
    assert masthead("migrate").wait(60) == 0
    assert migrate.standing(empty_database_url).fit is migrate.Fit.CURRENT
    server = masthead("serve")
    try:
        check = [f"{root}/opt/masthead/bin/python", *last.healthcheck()[1:]]
        until(lambda: subprocess.run(check, env=environment, check=False).returncode == 0, 60)
        with psycopg.connect(empty_database_url) as connection:
            assert connection.execute("SELECT FROM desk.site").fetchone() is not None
    finally:
        server.terminate()
        assert server.wait(60) == 0
