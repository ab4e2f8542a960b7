"""What the desk writes about what is cited, as readers find it once it is published."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests import newsroom as newsrooms
from tests.delivery.sourced import AUDIT, Sourced, a_sourced_article, made
from tests.newsroom import Newsroom

OWNED = {"text": "Owned by the port", "source_url": "https://port.example/report"}


@pytest.fixture
async def newsroom(site_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url) as opened:
        yield opened


async def merge(newsroom: Newsroom, noun: str, goes: str, stays: str) -> None:
    read = await newsroom.desk.get(f"/desk/{noun}/{goes}")
    answer = await newsroom.desk.post(
        f"/desk/{noun}/{goes}/merge",
        json={"into": stays},
        headers={"If-Match": read.headers["ETag"]},
    )
    assert answer.status_code == 200, answer.text
    await newsroom.drain()


async def cites(newsroom: Newsroom, address: str) -> list[str]:
    page = await newsroom.read(address)
    return [card["id"] for card in page["items"]]


async def test_one_story_is_found_from_all_that_it_cites(newsroom: Newsroom) -> None:
    story = await a_sourced_article(newsroom)
    through_the_report = {story.reported, story.quoted}

    assert set(await cites(newsroom, f"/v1/works/{story.work}/cited-by")) == through_the_report
    assert set(await cites(newsroom, f"/v1/works/cited-by?url={AUDIT}/?utm_medium=x")) == (
        through_the_report
    )
    assert set(await cites(newsroom, "/v1/works/cited-by?doi=10.5555/12345678")) == (
        through_the_report
    )
    assert set(await cites(newsroom, f"/v1/publications/{story.publication}/cited-by")) == (
        through_the_report
    )
    assert await cites(newsroom, f"/v1/speakers/{story.speaker}/statements") == [story.named]
    for parameter, identity in (
        ("cites_work", story.work),
        ("cites_publication", story.publication),
        ("speaker", story.speaker),
    ):
        assert await cites(newsroom, f"/v1/articles?{parameter}={identity}") == [story.article]
    [publication] = (await newsroom.read("/v1/publications"))["items"]
    assert publication["id"] == story.publication


async def test_the_newsroom_style_is_that_of_the_exports(newsroom: Newsroom) -> None:
    story = await a_sourced_article(newsroom)
    exported = await newsroom.reader.get(f"/v1/articles/{story.article}/citations.txt")

    lines = [
        (await newsroom.read(f"/v1/citations/{identity}/formatted"))["text"]
        for identity in await cites(newsroom, f"/v1/articles/{story.article}/citations")
    ]

    assert exported.text == "".join(f"[{n}] {line}\n" for n, line in enumerate(lines, 1))
    assert any("a former official" in line for line in lines)


async def test_of_an_unnamed_source_no_list_and_no_number_is_kept(newsroom: Newsroom) -> None:
    story = await a_sourced_article(newsroom)

    levels = await newsroom.read("/v1/citation-stats?group_by=level")
    single = await newsroom.read(f"/v1/citations/{story.quoted}")

    assert (levels["groups"], levels["other"]) == ([], 3)
    assert single["statement"]["source"]["id"] is None
    assert [hop["speaker_id"] for hop in single["chain"]] == [None, None]


@pytest.mark.parametrize("noun", ["works", "publications", "speakers"])
async def test_what_is_merged_leads_to_what_stays(newsroom: Newsroom, noun: str) -> None:
    story = await a_sourced_article(newsroom)
    goes = {"works": story.work, "publications": story.publication, "speakers": story.speaker}[noun]
    other: dict[str, Any] = {
        "works": {"kind": "newspaper_article", "title": "Audit", "url": "https://example.org/a"},
        "publications": {"kind": "newspaper", "name": "A Courier"},
        "speakers": {"kind": "person", "name": "I. Valdo"},
    }[noun]
    stays = (await made(newsroom, noun, **other))["id"]
    await merge(newsroom, noun, goes, stays)
    verb = "statements" if noun == "speakers" else "cited-by"

    single = await newsroom.reader.get(f"/v1/{noun}/{goes}")
    listed = await newsroom.reader.get(f"/v1/{noun}/{goes}/{verb}")

    assert (single.status_code, single.headers["location"]) == (301, f"/v1/{noun}/{stays}")
    assert (listed.status_code, listed.headers["location"]) == (301, f"/v1/{noun}/{stays}/{verb}")
    assert (await newsroom.read(f"/v1/{noun}/{stays}"))["id"] == stays
    assert await cites(newsroom, f"/v1/{noun}/{stays}/{verb}")
    if noun == "works":
        for name in (f"url={AUDIT}", "url=https://example.org/a", "doi=10.5555/12345678"):
            assert len(await cites(newsroom, f"/v1/works/cited-by?{name}")) == 2
    if noun == "publications":
        listed_names = await newsroom.read("/v1/publications")
        assert [each["name"] for each in listed_names["items"]] == ["A Courier"]


async def test_a_renamed_publication_moves_in_the_list_with_what_is_known_of_it(
    newsroom: Newsroom,
) -> None:
    story = await a_sourced_article(newsroom)
    first = await newsroom.reader.get("/v1/publications")
    read = await newsroom.desk.get(f"/desk/publications/{story.publication}")

    renamed = await newsroom.desk.put(
        f"/desk/publications/{story.publication}",
        json={"name": "Zeta Courier", "kind": "newspaper", "disclosures": [OWNED]},
        headers={"If-Match": read.headers["ETag"]},
    )
    known = {"If-None-Match": first.headers["etag"]}
    later = await newsroom.reader.get("/v1/publications", headers=known)

    assert renamed.status_code == 200, renamed.text
    [publication] = later.json()["items"]
    assert (publication["name"], publication["disclosures"]) == ("Zeta Courier", [OWNED])


async def test_with_the_article_all_of_it_goes(newsroom: Newsroom) -> None:
    story: Sourced = await a_sourced_article(newsroom)
    read = await newsroom.desk.get(f"/desk/articles/{story.article}")

    answer = await newsroom.desk.post(
        f"/desk/articles/{story.article}/withdraw",
        json={"notice": "Not ours."},
        headers={"If-Match": read.headers["ETag"]},
    )
    await newsroom.drain()

    assert answer.status_code == 200, answer.text
    assert await cites(newsroom, "/v1/citations") == []
    await newsroom.read(f"/v1/works/{story.work}/cited-by", 410)
    for address in (f"/v1/citations/{story.quoted}", f"/v1/articles/{story.article}/citations.bib"):
        assert (await newsroom.read(address, 410))["notice"] == "Not ours."
