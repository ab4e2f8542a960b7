"""What is not published is in no public answer: a canary word stands in every private field."""

import re
from typing import Any

import pytest
from pydantic import SecretStr

from tests import newsroom as newsrooms
from tests.newsroom import Newsroom
from tests.promises.author import CANARY, LIVE, RESTRICTED, Secrets
from tests.promises.canaries import furnish
from tests.promises.crawl import Found, crawl, holding

pytestmark = pytest.mark.timeout(300)


async def test_what_is_not_published_is_in_no_public_answer(
    newsroom: Newsroom, role_url: str
) -> None:
    """One newsroom for all four: furnishing it takes as long as crawling it."""
    secrets = await furnish(newsroom)
    found = await _anybody_finds_what_is_published_and_nothing_else(newsroom, secrets)
    await _it_is_answered_alike_with_the_role_of_the_public_side(newsroom, secrets, role_url, found)
    await _a_key_for_uncut_text_opens_that_and_nothing_else(newsroom, secrets)
    await _a_draft_is_found_once_it_is_published(newsroom, secrets)


async def _anybody_finds_what_is_published_and_nothing_else(
    newsroom: Newsroom, secrets: Secrets
) -> Found:
    found = await crawl(newsroom.reader, secrets)

    assert holding(found, [CANARY, RESTRICTED, *secrets.secret_ids]) == []
    document = await newsroom.read("/openapi.json")
    assert _never_answered(document, found) == []
    assert len(holding(found, [LIVE])) > 100
    assert {got.status for got in found.values()} == {200, 204, 401, 404, 405, 410, 422, 451}
    return found


async def _it_is_answered_alike_with_the_role_of_the_public_side(
    newsroom: Newsroom, secrets: Secrets, role_url: str, with_all_rights: Found
) -> None:
    async with newsrooms.opened(
        newsroom.url, delivery_database_url=SecretStr(role_url)
    ) as restricted:
        with_the_role = await crawl(restricted.reader, secrets)

    assert with_the_role == with_all_rights


async def _a_key_for_uncut_text_opens_that_and_nothing_else(
    newsroom: Newsroom, secrets: Secrets
) -> None:
    async with await newsroom.client("front-end") as front_end:
        found = await crawl(front_end, secrets)

    assert holding(found, [CANARY, *secrets.secret_ids]) == []
    whole = [got for got in found.values() if RESTRICTED.encode() in got.body]
    assert whole
    assert {dict(got.headers)["cache-control"] for got in whole} == {"private, no-store"}


async def _a_draft_is_found_once_it_is_published(newsroom: Newsroom, secrets: Secrets) -> None:
    assert secrets.draft is not None
    await newsroom.publish(secrets.draft)
    await newsroom.drain()

    found = await crawl(newsroom.reader, secrets)

    leaks = "\n".join(holding(found, [CANARY]))
    for address in ("articles/", "articles\\?", "people/", "topics/", "pages/", "collections/"):
        assert re.search(f"GET /v1/{address}", leaks), address
    assert holding(found, [secrets.draft.json()["id"]])


def _never_answered(document: dict[str, Any], found: Found) -> list[str]:
    """The operations of which no request of the crawl was answered with 200."""
    answered = [asked.partition("?")[0] for (method, asked), got in found.items()
                if method == "GET" and got.status == 200]  # fmt: skip

    def pattern(template: str) -> str:
        return (
            re.sub(r"\{(path|section)(:path)?\}", ".+", template)
            .replace("{", "(?P<")
            .replace("}", ">[^/]+)")
        )

    return [
        template for template, offered in document["paths"].items()
        if "get" in offered
        and not any(re.fullmatch(pattern(template), address) for address in answered)
    ]  # fmt: skip
