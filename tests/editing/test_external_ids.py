"""Ids of other systems: each belongs to one thing of its kind."""

import asyncio

from tests.editing.requests import create, pointers, replace
from tests.newsroom import Newsroom

OWN = {"system": "wordpress", "id": "1787"}


async def test_a_thing_is_found_by_its_id_in_another_system(newsroom: Newsroom) -> None:
    made = await create(newsroom, "people", name="Juno Tarrowby", external_ids=[OWN])
    await create(newsroom, "people", name="Ines Callowhill")

    answer = await newsroom.desk.get("/desk/people?external=wordpress:1787")

    assert [person["id"] for person in answer.json()["items"]] == [made.json()["id"]]
    assert (await newsroom.desk.get("/desk/people?external=wordpress:17")).json()["items"] == []
    for wrong in ("1787", "wp:", f"wp:{'a' * 301}", f"wp:{'a' * 350}", "Wp:1"):
        refused = await newsroom.desk.get(f"/desk/people?external={wrong}")
        assert refused.status_code == 422, wrong
    longest = await newsroom.desk.get(f"/desk/people?external={'w' * 60}:{'a' * 300}")
    assert longest.status_code == 200


async def test_two_people_cannot_have_one_id_but_a_person_and_a_topic_can(
    newsroom: Newsroom,
) -> None:
    first = await create(newsroom, "people", name="Juno Tarrowby", external_ids=[OWN])
    await create(newsroom, "topics", name="Juno Tarrowby", external_ids=[OWN])

    other = {"system": "wordpress", "id": "9"}
    answer = await newsroom.desk.post(
        "/desk/people", json={"name": "Somebody", "external_ids": [other, OWN]}
    )
    assert answer.status_code == 409
    assert pointers(answer) == ["/external_ids/1"]

    kept = await replace(newsroom, "people", first, name="Juno", external_ids=[OWN])
    assert kept.status_code == 200


async def test_of_ten_who_want_one_id_at_once_one_gets_it(newsroom: Newsroom) -> None:
    answers = await asyncio.gather(
        *(
            newsroom.desk.post("/desk/topics", json={"name": f"Topic {n}", "external_ids": [OWN]})
            for n in range(10)
        )
    )

    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 9


async def test_the_same_id_twice_in_one_thing_is_refused(newsroom: Newsroom) -> None:
    answer = await newsroom.desk.post(
        "/desk/topics", json={"name": "Harbour", "external_ids": [OWN, OWN]}
    )

    assert answer.status_code == 422
    assert pointers(answer) == ["/external_ids"]
