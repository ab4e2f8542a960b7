"""`masthead rerender`."""

import signal
from collections.abc import Sequence

import psycopg
import pytest

from app.publishing.refresh import CHUNK
from tests import newsroom as newsrooms
from tests.cli.programs import Place, until
from tests.delivery.sourced import Sourced, a_sourced_article


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


@pytest.fixture
async def sourced(place: Place) -> Sourced:
    async with newsrooms.opened(place.settings["MASTHEAD_DATABASE_URL"]) as newsroom:
        made = await a_sourced_article(newsroom)
        await newsroom.drain()
    return made


def test_what_is_cited_is_made_again_too(place: Place, sourced: Sourced):
    spoil(place, [sourced.work, sourced.publication, sourced.speaker])

    assert "differently: 0." in place.run("rerender", "--all").stdout
    assert spoilt(place) == []


@pytest.mark.parametrize(
    "spoiling",
    [
        "UPDATE published.exports SET etag = 'old', body = 'old' WHERE name = 'ris'",
        "UPDATE published.citations SET etag = 'old', \"full\" = 'old' WHERE ordinal = 1",
        "DELETE FROM published.exports WHERE name = 'ris'",
        "DELETE FROM published.listings WHERE key IN (SELECT id FROM desk.works)",
    ],
)
def test_it_makes_good_what_is_public_besides_the_document(
    place: Place, sourced: Sourced, spoiling: str
):
    with psycopg.connect(place.settings["MASTHEAD_DATABASE_URL"]) as connection:
        assert connection.execute(spoiling.encode()).rowcount == 1

    assert "differently: 1." in place.run("rerender", "--all").stdout

    assert "differently: 0." in place.run("rerender", "--all").stdout
    with psycopg.connect(place.settings["MASTHEAD_DATABASE_URL"]) as connection:
        left = connection.execute(
            "SELECT FROM published.exports WHERE body = 'old'"
            " UNION ALL SELECT FROM published.citations WHERE \"full\" = 'old'"
        ).fetchall()
    assert left == []


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


def fail(place: Place, task: str) -> None:
    """Leave a job of this task behind that has just been given up."""
    with psycopg.connect(
        place.settings["MASTHEAD_DATABASE_URL"], options="-c search_path=jobs"
    ) as connection:
        connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status)"
            " VALUES (%s, %s, 'doing')",
            [task, task],
        )
        connection.execute(
            "UPDATE procrastinate_jobs SET status = 'failed' WHERE task_name = %s", [task]
        )


def failed(place: Place) -> set[str]:
    with psycopg.connect(place.settings["MASTHEAD_DATABASE_URL"]) as connection:
        found = connection.execute(
            "SELECT task_name FROM jobs.procrastinate_jobs WHERE status = 'failed'"
        )
        return {task for (task,) in found}


def test_it_does_the_work_of_refreshes_that_failed(place: Place, articles: list[str]):
    for task in ("refresh_articles", "refresh_dependents", "recheck"):
        fail(place, f"publishing.{task}")
    fail(place, "another")

    place.run("rerender", articles[0])
    assert len(failed(place)) == 4

    assert "failed jobs, which are forgotten now: 3." in place.run("rerender", "--all").stderr
    assert failed(place) == {"another"}


def test_it_has_follow_ups_tried_again_that_failed(place: Place, articles: list[str]):
    for task in ("follow_up", "take_over"):
        fail(place, f"publishing.{task}")

    said = place.run("rerender", "--all").stderr

    assert "which the worker tries again now: 2." in said
    assert failed(place) == set()
    with psycopg.connect(place.settings["MASTHEAD_DATABASE_URL"]) as connection:
        left = connection.execute("SELECT status::text FROM jobs.procrastinate_jobs").fetchall()
    assert left == [("todo",), ("todo",)]


def test_what_failed_after_it_began_is_not_forgotten(place: Place, many: list[str]):
    fail(place, "publishing.recheck")
    with psycopg.connect(place.settings["MASTHEAD_DATABASE_URL"]) as connection:
        connection.execute("SELECT FROM desk.articles WHERE id = %s FOR UPDATE", [many[-1]])
        first = place.start("rerender", "--all")
        until(lambda: list((place.directory / "var").glob("rerender-*.json")), about=first)
        first.kill()
    fail(place, "publishing.refresh_articles")

    place.run("rerender", "--all")
    assert failed(place) == {"publishing.refresh_articles"}

    place.run("rerender", "--all")
    assert failed(place) == set()


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
