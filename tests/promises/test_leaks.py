"""What is not published is in no public answer: a canary word stands in every private field."""

import re
from typing import Any

import pytest
from pydantic import SecretStr

from tests import newsroom as newsrooms
from tests.newsroom import Newsroom
from tests.promises.author import CANARY, LIVE, RESTRICTED, Secrets
from tests.promises.canaries import furnish
from tests.promises.crawl import Found, again, crawl, holding
from tests.promises.documents import document

pytestmark = pytest.mark.timeout(300)


async def test_what_is_not_published_is_in_no_public_answer(
    newsroom: Newsroom, role_url: str
) -> None:
    """One newsroom for all four: furnishing it takes as long as crawling it."""
    secrets = await furnish(newsroom)
    found = await _anybody_finds_what_is_published_and_nothing_else(newsroom, secrets)
    await _it_is_answered_alike_with_the_role_of_the_public_side(newsroom, role_url, found)
    await _a_key_for_uncut_text_opens_that_and_nothing_else(newsroom, secrets)
    await _a_draft_is_found_once_it_is_published(newsroom, secrets, found)


async def _anybody_finds_what_is_published_and_nothing_else(
    newsroom: Newsroom, secrets: Secrets
) -> Found:
    found = await crawl(newsroom.reader, secrets)

    assert holding(found, [CANARY, RESTRICTED, *secrets.secret_ids]) == []
    assert _never_answered(document("delivery"), found) == []
    assert len(holding(found, [LIVE])) > 100
    assert {got.status for got in found.values()} == {200, 204, 401, 404, 405, 410, 422, 451}
    return found


async def _it_is_answered_alike_with_the_role_of_the_public_side(
    newsroom: Newsroom, role_url: str, with_all_rights: Found
) -> None:
    async with newsrooms.opened(
        newsroom.url, delivery_database_url=SecretStr(role_url)
    ) as restricted:
        there = {asked: got for asked, got in with_all_rights.items() if got.status == 200}
        with_the_role = await again(restricted.reader, there)

    assert with_the_role == there


async def _a_key_for_uncut_text_opens_that_and_nothing_else(
    newsroom: Newsroom, secrets: Secrets
) -> None:
    async with await newsroom.client("front-end") as front_end:
        found = await crawl(front_end, secrets)

    assert holding(found, [CANARY, *secrets.secret_ids]) == []
    whole = [got for got in found.values() if RESTRICTED.encode() in got.body]
    assert whole
    assert {dict(got.headers)["cache-control"] for got in whole} == {"private, no-store"}


async def _a_draft_is_found_once_it_is_published(
    newsroom: Newsroom, secrets: Secrets, before: Found
) -> None:
    """The crawl finds what can be found: at the addresses at which it found nothing before."""
    assert secrets.draft is not None
    await newsroom.publish(secrets.draft)
    await newsroom.drain()

    shown = re.compile(r"/v1/(articles|people|topics|pages|collections)[/?]|/feeds/latest")
    found = await again(
        newsroom.reader,
        {
            asked: got
            for asked, got in before.items()
            if asked[0] == "GET" and shown.match(asked[1])
        },
    )

    leaks = "\n".join(holding(found, [CANARY]))
    for address in ("articles/", "articles\\?", "people/", "topics/", "pages/", "collections/"):
        assert re.search(f"GET /v1/{address}", leaks), address
    for name in ("rss", "json", "ninjs"):
        assert f"GET /feeds/latest.{name}" in leaks, name
    assert holding(found, [secrets.draft.json()["id"]])


def _never_answered(promised: dict[str, Any], found: Found) -> list[str]:
    """The operations of which no request of the crawl was answered with 200."""
    answered = [asked.partition("?")[0] for (method, asked), got in found.items()
                if method == "GET" and got.status == 200]  # fmt: skip

    def pattern(template: str) -> str:
        return (
            re.sub(r"\{(path|section|place)(:path)?\}", ".+", template)
            .replace("{", "(?P<")
            .replace("}", ">[^/]+)")
        )

    return [
        template for template, offered in promised["paths"].items()
        if "get" in offered
        and not any(re.fullmatch(pattern(template), address) for address in answered)
    ]  # fmt: skip
