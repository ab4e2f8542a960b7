"""Names that others have, too: slugs with numbers, also when many come at once."""

import asyncio

from tests.editing.requests import create, pointers
from tests.newsroom import Newsroom


async def test_a_slug_made_from_the_name_gets_a_number_where_it_is_taken(
    newsroom: Newsroom,
) -> None:
    made = [await create(newsroom, "people", name="Juno Tarrowby") for _ in range(3)]

    assert [one.json()["slug"] for one in made] == [
        "juno-tarrowby", "juno-tarrowby-2", "juno-tarrowby-3",
    ]  # fmt: skip


async def test_a_slug_that_was_sent_is_refused_where_it_is_taken_and_another_proposed(
    newsroom: Newsroom,
) -> None:
    await create(newsroom, "topics", name="Harbour")

    answer = await newsroom.desk.post("/desk/topics", json={"name": "Port", "slug": "harbour"})

    assert answer.status_code == 409
    assert pointers(answer) == ["/slug"]
    assert "harbour-2 is free" in answer.json()["detail"]


async def test_twelve_of_one_name_at_once_get_twelve_slugs(newsroom: Newsroom) -> None:
    answers = await asyncio.gather(
        *(newsroom.desk.post("/desk/people", json={"name": "Ines Callowhill"}) for _ in range(12))
    )

    assert [answer.status_code for answer in answers] == [201] * 12
    slugs = {answer.json()["slug"] for answer in answers}
    assert slugs == {"ines-callowhill"} | {f"ines-callowhill-{n}" for n in range(2, 13)}


async def test_a_persian_name_keeps_its_script_in_the_slug(newsroom: Newsroom) -> None:
    made = await create(newsroom, "topics", name="بندر کِسترِل")

    assert made.json()["slug"]
    assert not made.json()["slug"].isascii()
