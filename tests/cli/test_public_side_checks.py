"""`masthead doctor` and the role of the public side."""

from uuid import uuid4

import psycopg
import pytest

from tests.cli.programs import Place


@pytest.fixture
def delivery_url(place: Place) -> str:
    made = place.run("roles", "--create", f"reader_{uuid4().hex[:12]}")
    assert made.returncode == 0, made.stderr
    return made.stdout.strip().partition("=")[2]


def test_the_role_that_roles_makes_is_found_good(place: Place, delivery_url: str) -> None:
    seen = place.run("doctor", MASTHEAD_DELIVERY_DATABASE_URL=delivery_url)

    assert "reads the published documents and nothing else" in seen.stdout
    assert "could not be looked at" not in seen.stdout


def test_a_role_that_can_read_drafts_is_found_bad(place: Place, delivery_url: str) -> None:
    name = psycopg.conninfo.conninfo_to_dict(delivery_url)["user"]
    with psycopg.connect(place.settings["MASTHEAD_DATABASE_URL"]) as owner:
        owner.execute(f"GRANT SELECT ON desk.articles TO {name}".encode())

    seen = place.run("doctor", MASTHEAD_DELIVERY_DATABASE_URL=delivery_url)

    assert seen.returncode == 1
    assert f"{name} can read desk.articles" in seen.stdout
