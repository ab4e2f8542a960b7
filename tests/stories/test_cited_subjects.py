"""Works, publications and speakers: public while live articles cite them, as the desk has them."""

import asyncio
from typing import Any

import httpx
import psycopg
import pytest

from app.publishing.refresh import CHUNK
from tests.citing import WORDS, article, draft, naming, work
from tests.delivery.sourced import made
from tests.newsroom import Newsroom
from tests.stories.test_follow_up_crossing import nobody_else_writes, until_waiting


def quoting(speaker_id: str) -> dict[str, Any]:
    """A citation of what this speaker said to us."""
    statement = {
        "form": "paraphrase", "text": "It is so.", "channel": "interview", "speaker_id": speaker_id,
    }  # fmt: skip
    return {"type": "paraphrase", "anchors": [{"exact": WORDS}], "statement": statement}


async def a(newsroom: Newsroom, noun: str, name: str, kind: str, **fields: Any) -> str:
    """The id of a new publication or speaker."""
    return str((await made(newsroom, noun, name=name, kind=kind, **fields))["id"])


async def replace(newsroom: Newsroom, address: str, **fields: Any) -> None:
    read = await newsroom.desk.get(address)
    headers = {"If-Match": read.headers["ETag"]}
    answer = await newsroom.desk.put(address, json=fields, headers=headers)
    assert answer.status_code == 200, answer.text
    await newsroom.drain()


async def merge(newsroom: Newsroom, address: str, into: str) -> None:
    read = await newsroom.desk.get(address)
    headers = {"If-Match": read.headers["ETag"]}
    answer = await newsroom.desk.post(f"{address}/merge", json={"into": into}, headers=headers)
    assert answer.status_code == 200, answer.text
    await newsroom.drain()


async def withdraw(newsroom: Newsroom, live: httpx.Response) -> None:
    address = f"/desk/articles/{live.json()['id']}"
    read = await newsroom.desk.get(address)
    headers = {"If-Match": read.headers["ETag"]}
    answer = await newsroom.desk.post(f"{address}/withdraw", json={"status": 451}, headers=headers)
    assert answer.status_code == 200, answer.text


async def status(newsroom: Newsroom, address: str) -> int:
    return (await newsroom.reader.get(address)).status_code


async def test_a_work_shows_who_issued_it_under_the_present_name(newsroom: Newsroom) -> None:
    wire, paper = [await a(newsroom, "publications", name, "newspaper") for name in ("Wire", "Day")]
    audit = await work(newsroom, publication_id=paper, agency_id=wire)
    await article(newsroom, "A", naming(audit))
    await newsroom.drain()

    await replace(newsroom, f"/desk/publications/{paper}", name="Evening", kind="newspaper")
    await replace(newsroom, f"/desk/publications/{wire}", name="Cable", kind="news_agency")

    shown = await newsroom.read(f"/v1/works/{audit}")
    assert shown["publication"]["name"] == "Evening"
    assert shown["csl"]["author"] == [{"literal": "Cable"}]


async def test_a_publication_shows_the_present_name_of_what_it_is_part_of(
    newsroom: Newsroom,
) -> None:
    group = await a(newsroom, "publications", "Group", "company")
    paper = await a(newsroom, "publications", "Day", "newspaper", parent_id=group)
    await article(newsroom, "A", naming(await work(newsroom, publication_id=paper)))
    await newsroom.drain()

    await replace(newsroom, f"/desk/publications/{group}", name="Holding", kind="company")

    shown = await newsroom.read(f"/v1/publications/{paper}")
    assert shown["parent"]["name"] == "Holding"
    assert await status(newsroom, f"/v1/publications/{group}") == 404


async def test_a_speaker_shows_the_present_names_of_organisations(newsroom: Newsroom) -> None:
    port, other = [await a(newsroom, "speakers", name, "organisation") for name in ("Port", "City")]
    master = {"title": "Master", "organisation_id": port}
    speaker = await a(newsroom, "speakers", "Ines Valdo", "person", roles=[master])
    await article(newsroom, "A", quoting(speaker))
    await newsroom.drain()

    await replace(newsroom, f"/desk/speakers/{port}", name="New Port", kind="organisation")
    assert (await newsroom.read(f"/v1/speakers/{speaker}"))["roles"] == ["Master, New Port"]
    await merge(newsroom, f"/desk/speakers/{port}", other)
    assert (await newsroom.read(f"/v1/speakers/{speaker}"))["roles"] == ["Master, City"]


async def test_a_work_names_the_publication_into_which_its_own_was_merged(
    newsroom: Newsroom,
) -> None:
    goes, stays = [await a(newsroom, "publications", "Day", "newspaper") for _ in range(2)]
    audit = await work(newsroom, publication_id=goes)
    another = await work(newsroom, "Another", publication_id=stays)
    await article(newsroom, "A", naming(audit))
    await article(newsroom, "B", naming(another))
    await newsroom.drain()

    await merge(newsroom, f"/desk/publications/{goes}", stays)

    assert (await newsroom.read(f"/v1/works/{audit}"))["publication"]["id"] == stays


async def test_all_works_of_a_publication_follow_it_in_chunks(newsroom: Newsroom) -> None:
    paper = await a(newsroom, "publications", "Day", "newspaper")
    works = [await work(newsroom, f"Report {n}", publication_id=paper) for n in range(CHUNK + 1)]
    for first in range(0, len(works), 50):
        cited = [naming(each) for each in works[first : first + 50]]
        await article(newsroom, f"From {first}", *cited)
    await newsroom.drain()

    await replace(newsroom, f"/desk/publications/{paper}", name="Evening", kind="newspaper")

    names = [(await newsroom.read(f"/v1/works/{each}"))["publication"]["name"] for each in works]
    assert names == ["Evening"] * len(works)


async def test_what_articles_show_of_a_speaker_and_the_speaker_does_not(
    newsroom: Newsroom,
) -> None:
    speaker = await a(newsroom, "speakers", "Ines Valdo", "person")
    live = await article(newsroom, "A", quoting(speaker))
    await newsroom.drain()
    address = f"/v1/articles/{live.json()['id']}"

    await replace(
        newsroom, f"/desk/speakers/{speaker}", name="Ines Valdo", kind="person",
        csl_name={"family": "Valdo", "given": "Ines"},
    )  # fmt: skip
    [item] = await newsroom.read(f"{address}/citations.csl.json")
    assert item["author"] == [{"family": "Valdo", "given": "Ines"}]

    await replace(
        newsroom, f"/desk/speakers/{speaker}", name="Ines Valdo", kind="person",
        names={"en": "Agnes Valdo"},
    )  # fmt: skip
    [citation] = (await newsroom.read(address))["citations"]
    assert citation["statement"]["source"]["label"] == "Agnes Valdo"


async def test_an_agency_that_turned_out_to_be_another_one_of_its_name(newsroom: Newsroom) -> None:
    goes, stays = [await a(newsroom, "publications", "Wire", "news_agency") for _ in range(2)]
    live = await article(newsroom, "A", naming(await work(newsroom, agency_id=goes)))
    await newsroom.drain()

    await merge(newsroom, f"/desk/publications/{goes}", stays)

    for agency in (goes, stays):
        cards = (await newsroom.read(f"/v1/articles?cites_publication={agency}"))["items"]
        assert [card["id"] for card in cards] == [live.json()["id"]]
    assert await status(newsroom, f"/v1/publications/{goes}") == 301


async def test_what_no_live_article_cites_any_more_is_gone(newsroom: Newsroom) -> None:
    paper = await a(newsroom, "publications", "Day", "newspaper")
    audit = await work(newsroom, publication_id=paper)
    speaker = await a(newsroom, "speakers", "Ines Valdo", "person")
    first = await article(newsroom, "First", naming(audit), quoting(speaker))
    second = await article(newsroom, "Second", naming(audit), quoting(speaker))
    await newsroom.drain()
    addresses = [f"/v1/works/{audit}", f"/v1/publications/{paper}", f"/v1/speakers/{speaker}",
                 f"/v1/works/{audit}/cited-by"]  # fmt: skip
    listed = await newsroom.reader.get("/v1/publications")

    await withdraw(newsroom, first)
    await newsroom.drain()
    assert {await status(newsroom, each) for each in addresses} == {200}
    await withdraw(newsroom, second)
    await newsroom.drain()

    assert {await status(newsroom, each) for each in addresses} == {410}
    again = await newsroom.reader.get(
        "/v1/publications", headers={"If-None-Match": listed.headers["ETag"]}
    )
    assert again.status_code == 200
    assert again.json()["items"] == []

    await newsroom.publish(await newsroom.desk.get(f"/desk/articles/{first.json()['id']}"))
    await newsroom.drain()
    assert {await status(newsroom, each) for each in addresses} == {200}
    assert len((await newsroom.read("/v1/publications"))["items"]) == 1


async def test_a_new_version_can_be_the_last_that_cited_something(newsroom: Newsroom) -> None:
    audit = await work(newsroom)
    live = await article(newsroom, "A", naming(audit))
    await newsroom.drain()
    read = await newsroom.desk.get(f"/desk/articles/{live.json()['id']}")

    await newsroom.publish(await newsroom.save(read, citations=[]))
    await newsroom.drain()

    assert await status(newsroom, f"/v1/works/{audit}") == 410


async def test_what_was_merged_leads_on_while_the_other_is_cited(newsroom: Newsroom) -> None:
    goes, stays = await work(newsroom), await work(newsroom, "The same audit")
    live = await article(newsroom, "A", naming(goes))
    await newsroom.drain()
    await merge(newsroom, f"/desk/works/{goes}", stays)
    read = await newsroom.desk.get(f"/desk/articles/{live.json()['id']}")

    await newsroom.publish(await newsroom.save(read, citations=[naming(stays)]))
    await newsroom.drain()
    assert await status(newsroom, f"/v1/works/{goes}") == 301

    await withdraw(newsroom, live)
    await newsroom.drain()
    assert {await status(newsroom, f"/v1/works/{each}") for each in (goes, stays)} == {410}

    await newsroom.publish(await newsroom.desk.get(f"/desk/articles/{live.json()['id']}"))
    await newsroom.drain()
    assert await status(newsroom, f"/v1/works/{goes}") == 301


async def test_a_work_that_becomes_internal_leaves_nothing_behind(newsroom: Newsroom) -> None:
    audit = await work(newsroom)
    live = await article(newsroom, "A", naming(audit))
    await newsroom.drain()
    read = await newsroom.desk.get(f"/desk/articles/{live.json()['id']}")
    await newsroom.publish(await newsroom.save(read, citations=[]))

    await replace(
        newsroom, f"/desk/works/{audit}", kind="report", title="Secret audit", visibility="internal"
    )

    answer = await newsroom.reader.get(f"/v1/works/{audit}")
    assert answer.status_code == 410
    assert "audit" not in answer.text
    with psycopg.connect(newsroom.url) as connection:
        [(left,)] = connection.execute(
            "SELECT count(*) FROM published.documents WHERE kind = 'work'"
            ' AND ("full" IS NOT NULL OR card IS NOT NULL)'
        ).fetchall()
    assert left == 0


@pytest.mark.parametrize("taken_first", [True, False])
async def test_it_is_cited_again_while_it_is_taken_away(
    newsroom: Newsroom, taken_first: bool
) -> None:
    audit = await work(newsroom)
    last = await article(newsroom, "Last", naming(audit))
    await newsroom.drain()
    waiting = await draft(newsroom, "Crossing", naming(audit))
    await withdraw(newsroom, last)

    async with nobody_else_writes(newsroom):
        steps = [newsroom.publish(waiting), newsroom.drain()]
        running: list[asyncio.Task[Any]] = []
        for step in reversed(steps) if taken_first else steps:
            running.append(asyncio.create_task(step))
            await until_waiting(newsroom, len(running))
    await asyncio.gather(*running)
    await newsroom.drain()

    assert await status(newsroom, f"/v1/works/{audit}") == 200
    assert len((await newsroom.read(f"/v1/works/{audit}/cited-by"))["items"]) == 1
