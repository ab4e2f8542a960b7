"""Fire TV's JSON, read as the recipes of Amazon's Fire App Builder do."""

from copy import deepcopy
from typing import Any

import orjson
import pytest
from hypothesis import given, settings

from app.feeds.feed import Feed
from app.feeds.formats.fire_tv import render
from app.feeds.television import categories, main_source, shown, summary
from app.feeds.texts import legal, line
from tests.feeds.checks.required import required
from tests.feeds.checks.schemas import errors
from tests.feeds.filmed import feed, film, film_feeds


def read(told: Feed) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = orjson.loads(render(told))
    assert errors("fire_tv", items) == []
    return items


@pytest.mark.parametrize(("_", "field"), required("fire_tv"))
def test_each_field_that_a_recipe_asks_for_is_there(_: str, field: str) -> None:
    items = read(feed(film()))
    assert items[0][field]
    without = deepcopy(items)
    del without[0][field]

    assert errors("fire_tv", without), "nobody would have noticed"


def test_each_field_says_what_was_published() -> None:
    assert read(feed(film())) == [
        {
            "id": "waves-1",
            "title": "What nine-metre waves do",
            "description": ("Seventeen concrete blocks, and one night. " * 8).strip(),
            "duration": "74",
            "thumbURL": "https://media.example.org/media/p/1/tv.jpg",
            "imgURL": "https://media.example.org/media/p/1/tv.jpg",
            "videoURL": "https://cdn.example.org/a/master.m3u8",
            "categories": ["Harbour", "Weather"],
            "channel_id": "urn:uuid:1",
            "captions": [
                "https://api.example.org/v1/videos/x/en.vtt",
                "https://api.example.org/v1/videos/x/fr.vtt",
            ],
        }
    ]
    assert "duration" not in read(feed(film(duration=None)))[0]


def test_rows_find_their_films() -> None:
    """`$..categories[*]` makes the rows, `$[?(@.categories[0] in [row])]` fills them."""
    topic = {"id": film().section.id, "name": "Harbour", "slug": "h", "kind": "place", "path": "/h"}
    items = read(feed(film(content_id="a"), film(content_id="b", topics=[topic])))

    rows = dict.fromkeys(name for each in items for name in each["categories"])
    filled = {row: [each["id"] for each in items if each["categories"][0] == row] for row in rows}

    assert filled["Harbour"] == ["a", "b"]


@settings(max_examples=20)
@given(told=film_feeds())
def test_whatever_is_published_is_told(told: Feed) -> None:
    for item, (about, played) in zip(read(told), shown(told, "fire_tv"), strict=True):
        assert item["id"] == legal(played.content_id)
        assert item["title"] == line(about.title)
        assert item["description"] == summary(about)
        assert item["videoURL"] == main_source(played).url
        assert item["categories"] == categories(about)
