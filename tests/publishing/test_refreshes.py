"""Passes over all that embeds a subject."""

from collections.abc import AsyncIterator

import psycopg
import pytest

from app.publishing import tasks
from app.publishing.refresh import CHUNK
from tests import newsroom as newsrooms
from tests.newsroom import Newsroom


@pytest.fixture
async def newsroom(site_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url) as opened:
        yield opened


async def rename(newsroom: Newsroom, section: str, name: str) -> None:
    address = f"/desk/sections/{section}"
    read = await newsroom.desk.get(address)
    headers = {"If-Match": read.headers["ETag"]}
    answer = await newsroom.desk.put(address, json={"name": name}, headers=headers)
    assert answer.status_code == 200, answer.text


def passes(newsroom: Newsroom, section: str) -> list[str | None]:
    """Where each of the jobs that wait goes on in the dependents of the section."""
    with psycopg.connect(newsroom.url) as connection:
        rows = connection.execute(
            "SELECT args->>'after' FROM jobs.procrastinate_jobs WHERE status = 'todo'"
            " AND task_name = %s AND args->>'subject_id' = %s ORDER BY id",
            [tasks.refresh_dependents.name, section],
        )
        return [after for (after,) in rows]


async def shown(newsroom: Newsroom, article: str) -> str:
    name: str = (await newsroom.read(f"/v1/articles/{article}"))["sections"][0]["name"]
    return name


async def test_a_second_edit_of_a_subject_needs_no_second_pass_while_the_first_waits(
    newsroom: Newsroom,
) -> None:
    section = await newsroom.section("News")
    live = await newsroom.published()
    await newsroom.drain()

    await rename(newsroom, section, "Newest")
    await rename(newsroom, section, "Latest")

    assert passes(newsroom, section) == [None]
    await newsroom.drain()
    assert await shown(newsroom, live.json()["id"]) == "Latest"
    await rename(newsroom, section, "Last")
    assert passes(newsroom, section) == [None]


async def test_an_edit_during_a_pass_begins_another_at_the_first_article(
    newsroom: Newsroom,
) -> None:
    section = await newsroom.section("News")
    made = [await newsroom.published(f"Fog, hour {hour}") for hour in range(CHUNK + 1)]
    articles = sorted(answer.json()["id"] for answer in made)
    await newsroom.drain()
    await rename(newsroom, section, "Newest")
    await newsroom.drain()
    await tasks.refresh_dependents.run(newsroom.database, kind="section", subject_id=section)
    assert passes(newsroom, section) == [articles[CHUNK - 1]]

    await rename(newsroom, section, "Latest")

    assert passes(newsroom, section) == [articles[CHUNK - 1], None]
    await newsroom.drain()
    for article in (articles[0], articles[-1]):
        assert await shown(newsroom, article) == "Latest"
