"""`masthead rerender`."""

import signal
from collections.abc import Sequence

import psycopg
import pytest

from app.publishing.refresh import CHUNK
from tests import newsroom as newsrooms
from tests.cli.programs import Place, until


@pytest.fixture
async def articles(place: Place) -> list[str]:
    """The ids of three live articles, in their order."""
    async with newsrooms.opened(place.settings["MASTHEAD_DATABASE_URL"]) as newsroom:
        made = [await newsroom.published(f"Fog, day {day}") for day in (1, 2, 3)]
        await newsroom.drain()
    return sorted(answer.json()["id"] for answer in made)


def spoil(place: Place, articles: Sequence[str]) -> None:
    """Put bytes in their place that were not made from what is at the desk."""
    with psycopg.connect(place.settings["MASTHEAD_DATABASE_URL"]) as connection:
        connection.execute(
            "UPDATE published.documents SET etag = 'old', \"full\" = 'old'"
            " WHERE id = ANY(%s::uuid[])",
            [list(articles)],
        )


def spoilt(place: Place) -> list[str]:
    with psycopg.connect(place.settings["MASTHEAD_DATABASE_URL"]) as connection:
        found = connection.execute(
            "SELECT id::text FROM published.documents WHERE \"full\" = 'old' ORDER BY id"
        )
        return [identity for (identity,) in found]


def test_all_that_is_live_is_made_again_and_only_that(place: Place, articles: list[str]):
    assert "differently: 0." in place.run("rerender", "--all").stdout
    spoil(place, articles[:2])

    done = place.run("rerender", "--all")

    assert done.returncode == 0
    assert "differently: 2." in done.stdout
    assert spoilt(place) == []
    assert list((place.directory / "var").iterdir()) == []


def test_some_can_be_named(place: Place, articles: list[str]):
    spoil(place, articles)

    done = place.run("rerender", articles[1])

    assert "differently: 1 of 1." in done.stdout
    assert spoilt(place) == [articles[0], articles[2]]


@pytest.fixture
async def many(place: Place) -> list[str]:
    """The ids of one article more than a chunk holds, in their order."""
    async with newsrooms.opened(place.settings["MASTHEAD_DATABASE_URL"]) as newsroom:
        made = [await newsroom.published(f"Fog, hour {hour}") for hour in range(CHUNK + 1)]
        await newsroom.drain()
    return sorted(answer.json()["id"] for answer in made)


def test_broken_off_it_goes_on_where_it_was(place: Place, many: list[str]):
    spoil(place, many)
    with psycopg.connect(place.settings["MASTHEAD_DATABASE_URL"]) as connection:
        connection.execute("SELECT FROM desk.articles WHERE id = %s FOR UPDATE", [many[-1]])
        first = place.start("rerender", "--all")
        until(lambda: spoilt(place) == many[-1:], about=first)
        first.kill()
    spoil(place, many[:1])  # to see that this one is not looked at again

    second = place.run("rerender", "--all")

    assert f"stopped, after {CHUNK} " in second.stderr
    assert spoilt(place) == many[:1]
    assert "differently: 1." in place.run("rerender", "--all").stdout
    assert spoilt(place) == []


@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_a_command_in_good_order(
    place: Place, articles: list[str], how: signal.Signals, code: int
):
    spoil(place, articles)
    with psycopg.connect(place.settings["MASTHEAD_DATABASE_URL"]) as connection:
        connection.execute("SELECT FROM desk.articles FOR UPDATE")
        running = place.start("rerender", "--all")
        until(lambda: waits_for_a_lock(connection), about=running)

        assert running.end(how) == code

    assert "Traceback" not in running.said
    assert spoilt(place) == articles


def waits_for_a_lock(connection: psycopg.Connection) -> bool:
    connection.execute("SELECT pg_stat_clear_snapshot()")
    found = connection.execute(
        "SELECT FROM pg_stat_activity WHERE datname = current_database()"
        " AND wait_event_type = 'Lock'"
    )
    return found.fetchone() is not None
