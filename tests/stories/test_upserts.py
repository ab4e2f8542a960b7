"""Another system writes articles by the ids that it knows them by."""

import asyncio
from urllib.parse import quote

import pytest

from tests.newsroom import Newsroom

ADDRESS = "/desk/articles/by-external/wordpress/1787"


async def test_an_article_comes_once_however_often_it_is_sent(newsroom: Newsroom) -> None:
    sent = {"section_id": await newsroom.section("News"), "headline": "Fog at sea"}

    first = await newsroom.desk.put(ADDRESS, json=sent)
    again = await newsroom.desk.put(ADDRESS, json=sent)

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert again.headers["ETag"] == first.headers["ETag"]


async def test_the_ids_of_other_systems_stay_where_an_upsert_names_none(
    newsroom: Newsroom,
) -> None:
    sent = {"section_id": await newsroom.section("News"), "headline": "Fog at sea"}
    own, other = {"system": "wordpress", "id": "1787"}, {"system": "print", "id": "A-7"}
    await newsroom.desk.put(ADDRESS, json=sent | {"external_ids": [other]})

    saved = await newsroom.desk.put(ADDRESS, json=sent | {"headline": "Fog in the harbour"})
    cleared = await newsroom.desk.put(ADDRESS, json=sent | {"external_ids": []})

    assert saved.json()["external_ids"] == [other, own]
    assert cleared.json()["external_ids"] == [own]


async def test_an_upsert_does_not_overwrite_what_was_written_at_the_desk(
    newsroom: Newsroom,
) -> None:
    sent = {"section_id": await newsroom.section("News"), "headline": "Fog at sea"}
    created = await newsroom.desk.put(ADDRESS, json=sent)
    edited = await newsroom.save(created, headline="Fog, and no ferries")

    refused = await newsroom.desk.put(ADDRESS, json=sent)
    asked = await newsroom.desk.put(
        ADDRESS, json=sent, headers={"If-Match": edited.headers["ETag"]}
    )

    assert refused.status_code == 428
    assert asked.status_code == 200 and asked.json()["headline"] == "Fog at sea"


@pytest.mark.parametrize("address", ["/2019/03/a-storm", "https://old.example.org/a?b=1", "1787/"])
async def test_an_id_may_hold_any_sign(newsroom: Newsroom, address: str) -> None:
    sent = {"section_id": await newsroom.section("News"), "headline": "Fog at sea"}
    place = f"/desk/articles/by-external/wordpress/{quote(address, safe='')}"

    made = await newsroom.desk.put(place, json=sent)
    found = await newsroom.desk.get(place)

    assert made.status_code == 201
    assert made.json()["external_ids"] == [{"system": "wordpress", "id": address}]
    assert found.json()["id"] == made.json()["id"]


async def test_of_those_who_send_a_new_one_at_once_one_creates_it(newsroom: Newsroom) -> None:
    sent = {"section_id": await newsroom.section("News"), "headline": "Fog at sea"}

    answers = await asyncio.gather(*(newsroom.desk.put(ADDRESS, json=sent) for _ in range(4)))

    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len({answer.json()["id"] for answer in answers}) == 1


@pytest.mark.parametrize("etag", ["*", '"1"'])
async def test_if_match_asks_for_an_article_that_is_there(newsroom: Newsroom, etag: str) -> None:
    sent = {"section_id": await newsroom.section("News"), "headline": "Fog at sea"}

    refused = await newsroom.desk.put(ADDRESS, json=sent, headers={"If-Match": etag})

    assert refused.status_code == 412
    assert (await newsroom.desk.get(ADDRESS)).status_code == 404
