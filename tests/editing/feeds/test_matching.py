"""What a saved feed asks for."""

from typing import Any
from uuid import UUID

import pytest

from app.editing.feeds.matching import Facts, matches
from app.editing.feeds.schemas import FeedQuery

A, B, C = (UUID(int=number) for number in (1, 2, 3))
FACTS: dict[str, Any] = {
    "keys": frozenset({A, B}),
    "edition": "en",
    "language": "en-GB",
    "format": "video",
    "genre": "news",
    "has_video": True,
    "may_be_syndicated": True,
}


def asked(query: dict[str, Any], **facts: Any) -> bool:
    return matches(FeedQuery.model_validate(query), Facts(**FACTS | facts))


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"section_ids": [A]},
        {"section_ids": [C, B]},
        {"section_ids": [A], "topic_ids": [B]},
        {"editions": ["fr", "en"]},
        {"languages": ["en"]},
        {"languages": ["fa", "en-GB"]},
        {"genres": ["analysis", "news"], "formats": ["video"]},
        {"has_video": True},
        {"syndication": True},
    ],
)
def test_what_meets_all_fields_is_in_it(query: dict[str, Any]) -> None:
    assert asked(query)


@pytest.mark.parametrize(
    "query",
    [
        {"section_ids": [C]},
        {"topic_ids": [A], "person_ids": [C]},
        {"series_ids": [C], "section_ids": [A]},
        {"editions": ["fr"]},
        {"languages": ["fa"]},
        {"languages": ["en-US"]},
        {"genres": ["analysis"]},
        {"formats": ["text"]},
        {"has_video": False},
        {"genres": ["news"], "has_video": False},
    ],
)
def test_what_fails_in_one_field_is_not(query: dict[str, Any]) -> None:
    assert not asked(query)


def test_a_language_is_not_another_that_begins_alike() -> None:
    assert not asked({"languages": ["en"]}, language="enm")


def test_only_a_feed_for_partners_minds_who_may_show_it() -> None:
    assert asked({}, may_be_syndicated=False)
    assert not asked({"syndication": True}, may_be_syndicated=False)
