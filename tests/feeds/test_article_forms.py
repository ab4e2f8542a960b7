"""An article as JSON-LD and in Apple News Format: read by others, field by field."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import given, settings

from app.feeds.apple_news import article as apple_news
from app.feeds.json_ld import graph
from tests import newsroom as newsrooms
from tests.delivery.sourced import a_sourced_article
from tests.feeds import documents
from tests.feeds.checks import apple_news as apple
from tests.feeds.checks import json_ld
from tests.newsroom import Newsroom

SITE = documents.site()

Json = dict[str, Any]


@settings(max_examples=25)
@given(article=documents.articles())
def test_a_page_holds_all_that_is_said_of_its_article(article: Json) -> None:
    json_ld.check(article, SITE, graph.render(article, SITE, {}))


@settings(max_examples=25)
@given(article=documents.articles())
def test_apple_gets_what_it_can_show(article: Json) -> None:
    apple.check(article, SITE, apple_news.render(article, SITE, {}))


@pytest.fixture
async def newsroom(site_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url) as opened:
        yield opened


@pytest.mark.parametrize("end", ["jsonld", "anf"])
async def test_it_is_the_same_until_something_changes(newsroom: Newsroom, end: str) -> None:
    live = await newsroom.published("Fog at sea")
    address = f"/v1/articles/{live.json()['id']}.{end}"
    first = await newsroom.reader.get(address)
    known = {"If-None-Match": first.headers["ETag"]}
    assert (await newsroom.reader.get(address, headers=known)).status_code == 304
    assert (await newsroom.reader.head(address)).headers["ETag"] == first.headers["ETag"]

    await newsroom.publish(await newsroom.save(live, headline="Fog lifts"))

    second = await newsroom.reader.get(address, headers=known)
    assert (second.status_code, "Fog lifts" in second.text) == (200, True)

    site = (await newsroom.desk.get("/desk/site")).json()
    told = {name: site[name] for name in ("publisher", "addresses", "history")}
    told |= {"name": "Another name", "publisher": {"name": "Another publisher"}}
    changed = await newsroom.desk.put("/desk/site", json=told, headers={"If-Match": "*"})
    assert changed.status_code == 200, changed.text

    known = {"If-None-Match": second.headers["ETag"]}
    assert (await newsroom.reader.get(address, headers=known)).status_code == 200


@pytest.mark.parametrize("end", ["jsonld", "anf"])
async def test_of_a_restricted_article_there_is_what_anyone_may_read(
    newsroom: Newsroom, end: str
) -> None:
    access = {"level": "subscriber", "preview_blocks": 1}
    live = await newsroom.published(access=access, body_markdown="Open.\n\nLocked words.")

    answer = await newsroom.reader.get(f"/v1/articles/{live.json()['id']}.{end}")

    assert answer.status_code == 200
    assert "Locked" not in answer.text


@pytest.mark.parametrize("end", ["jsonld", "anf"])
async def test_what_is_gone_is_gone_in_every_form(newsroom: Newsroom, end: str) -> None:
    live = await newsroom.published()
    identity = live.json()["id"]
    gone = await newsroom.desk.post(
        f"/desk/articles/{identity}/withdraw",
        json={"notice": "It was wrong."},
        headers={"If-Match": live.headers["ETag"]},
    )
    assert gone.status_code == 200, gone.text

    answer = await newsroom.reader.get(f"/v1/articles/{identity}.{end}")

    assert (answer.status_code, answer.json()["notice"]) == (410, "It was wrong.")
    for name in ("nothing", "00000000-0000-0000-0000-000000000000"):
        assert (await newsroom.reader.get(f"/v1/articles/{name}.{end}")).status_code == 404


async def test_it_says_what_the_article_cites_and_quotes(newsroom: Newsroom) -> None:
    sourced = await a_sourced_article(newsroom)
    exported = await newsroom.read(f"/v1/articles/{sourced.article}/citations.jsonld")

    answer = await newsroom.reader.get(f"/v1/articles/{sourced.article}.jsonld")

    article = json_ld.embedded(answer.content)["article"]
    assert article["citation"] == exported["citation"]
    assert article["hasPart"] == exported["hasPart"]
    assert article["isBasedOn"] == exported["isBasedOn"]
    assert {each["@type"] for each in article["hasPart"]} == {"Quotation"}
