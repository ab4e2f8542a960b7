"""Which articles tell the same story, and who may say so."""

import asyncio
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.editing.requests import create, pointers
from tests.newsroom import Newsroom

PREFIXES = {"en": "", "fr": "/fr", "fa": "/fa", "de": "/de"}


@pytest.fixture
async def newsroom(newsroom: Newsroom) -> Newsroom:
    """With editions and, in each, a section by the code of its edition."""
    newsroom.sections["en"] = await newsroom.section("News")
    for code in ("fr", "fa", "de"):
        await create(newsroom, "editions", code=code, name=code, language=code,
                     path_prefix=PREFIXES[code])  # fmt: skip
        section = await create(newsroom, "sections", edition=code, name="News")
        newsroom.sections[code] = section.json()["id"]
    return newsroom


async def _story(newsroom: Newsroom, code: str, of: str | None = None) -> str:
    fields: dict[str, Any] = {"translation_of": of} if of else {}
    made = await newsroom.article(code, section_id=newsroom.sections[code], **fields)
    return str(made.json()["id"])


async def _save(newsroom: Newsroom, article_id: str, **changes: Any) -> httpx.Response:
    now = await newsroom.desk.get(f"/desk/articles/{article_id}")
    return await newsroom.desk.put(
        f"/desk/articles/{article_id}",
        json=now.json()["content"] | changes,
        headers={"If-Match": now.headers["ETag"]},
    )


async def _linked(newsroom: Newsroom, article_id: str) -> list[str]:
    now = await newsroom.desk.get(f"/desk/articles/{article_id}")
    return sorted(now.json()["translations"])


async def test_stories_that_are_linked_to_others_bring_them_along(newsroom: Newsroom) -> None:
    english = await _story(newsroom, "en")
    french = await _story(newsroom, "fr", english)
    persian = await _story(newsroom, "fa")
    german = await _story(newsroom, "de", persian)

    saved = await _save(newsroom, english, translation_of=persian)

    assert saved.status_code == 200
    everyone = {english, french, persian, german}
    for each in everyone:
        assert await _linked(newsroom, each) == sorted(everyone - {each})
    again = await _save(newsroom, english, translation_of=persian)
    assert again.headers["ETag"] == saved.headers["ETag"]


async def test_a_story_has_one_article_in_each_edition(newsroom: Newsroom) -> None:
    english = await _story(newsroom, "en")
    french = await _story(newsroom, "fr", english)
    twin = await _story(newsroom, "en")

    saved = await _save(newsroom, twin, translation_of=french)
    made = await newsroom.desk.post(
        "/desk/articles",
        json={"headline": "x", "section_id": newsroom.sections["en"], "translation_of": french},
    )

    for refused in (saved, made):
        assert (refused.status_code, pointers(refused)) == (409, ["/translation_of"])
        assert english in refused.json()["errors"][0]["detail"]
    assert await _linked(newsroom, french) == [english]


async def test_null_takes_a_story_out_and_what_is_left_out_stays(newsroom: Newsroom) -> None:
    english = await _story(newsroom, "en")
    french = await _story(newsroom, "fr", english)
    persian = await _story(newsroom, "fa", english)

    await _save(newsroom, english, headline="Another one")
    assert await _linked(newsroom, english) == sorted([french, persian])

    before = await newsroom.desk.get(f"/desk/articles/{english}")
    apart = await _save(newsroom, english, translation_of=None)
    assert apart.headers["ETag"] != before.headers["ETag"]
    assert await _linked(newsroom, english) == []
    assert await _linked(newsroom, french) == [persian]
    again = await _save(newsroom, english, translation_of=None)
    assert again.headers["ETag"] == apart.headers["ETag"]


async def test_readers_have_the_story_apart_once_it_is_published_again(newsroom: Newsroom) -> None:
    english = await newsroom.published("One", section_id=newsroom.sections["en"])
    french = await newsroom.published(
        "Un", section_id=newsroom.sections["fr"], translation_of=english.json()["id"]
    )
    await newsroom.drain()

    await newsroom.publish(await _save(newsroom, english.json()["id"], translation_of=None))
    await newsroom.drain()

    for each in (english, french):
        assert (await newsroom.read(f"/v1/articles/{each.json()['id']}"))["alternates"] == []


async def test_two_who_link_two_stories_to_each_other_do_not_lock_each_other_out(
    newsroom: Newsroom,
) -> None:
    for _ in range(6):
        one, other = await _story(newsroom, "en"), await _story(newsroom, "fr")

        answers = await asyncio.gather(
            _save(newsroom, one, translation_of=other), _save(newsroom, other, translation_of=one)
        )

        assert [answer.status_code for answer in answers] == [200, 200]
        assert await _linked(newsroom, one) == [other]


async def test_of_those_who_link_one_story_at_once_nobody_is_lost(newsroom: Newsroom) -> None:
    english, french, persian, german = [await _story(newsroom, code) for code in PREFIXES]

    answers = await asyncio.gather(
        _save(newsroom, english, translation_of=french),
        _save(newsroom, persian, translation_of=french),
        _save(newsroom, german, translation_of=persian),
    )

    assert [answer.status_code for answer in answers] == [200] * 3
    assert await _linked(newsroom, german) == sorted([english, french, persian])


async def test_a_restricted_key_links_only_what_it_may_change(newsroom: Newsroom) -> None:
    own, theirs = await _story(newsroom, "en"), await _story(newsroom, "fr")

    section = UUID(newsroom.sections["en"])
    async with await newsroom.client("editor", section_ids=[section]) as desk:
        now = await desk.get(f"/desk/articles/{own}")
        refused = await desk.put(
            f"/desk/articles/{own}",
            json=now.json()["content"] | {"translation_of": theirs},
            headers={"If-Match": now.headers["ETag"]},
        )

    assert refused.status_code == 403
    assert await _linked(newsroom, theirs) == []
