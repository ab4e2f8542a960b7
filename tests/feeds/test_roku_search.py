"""The Roku Search feed: every field that Roku's documents demand, in the words that it knows."""

from copy import deepcopy
from dataclasses import replace
from typing import Any

import orjson
import pytest
from hypothesis import given, settings

from app.feeds.feed import Feed
from app.feeds.formats.roku_search import render
from app.feeds.television import shown
from app.feeds.texts import legal
from tests.feeds.checks.required import required
from tests.feeds.checks.schemas import errors
from tests.feeds.filmed import PROGRAMME, episode, feed, film, film_feeds

Json = dict[str, Any]

EVERYTHING = feed(
    film(geo={"allow": ["GB", "NO"], "deny": []}), episode(1, 2), programmes=(PROGRAMME,)
)


def read(told: Feed) -> Json:
    page: Json = orjson.loads(render(told))
    assert errors("roku_search", page) == []
    return page


def parts(page: Json) -> dict[str, Json]:
    """One of each definition of the schema that demands fields."""
    series, short, episode = page["assets"]
    return {
        "": page, "series": series, "shortForm": short, "episode": episode,
        "title": short["titles"][0], "short": short["shortDescriptions"][0],
        "long": short["longDescriptions"][0], "image": short["images"][0],
        "credit": short["credits"][0], "episodeInfo": episode["episodeInfo"],
        "content": short["content"], "playOption": short["content"]["playOptions"][0],
        "advisoryRating": short["advisoryRatings"][0],
    }  # fmt: skip


@pytest.mark.parametrize(("part", "field"), required("roku_search"))
def test_each_field_that_is_required_is_there(part: str, field: str) -> None:
    page = read(EVERYTHING)
    without = deepcopy(page)
    assert parts(page)[part][field] not in (None, "", [], {})
    del parts(without)[part][field]

    assert errors("roku_search", without), "nobody would have noticed"


def test_each_field_says_what_was_published() -> None:
    page = read(EVERYTHING)
    _, short, _ = page["assets"]

    text = "Seventeen concrete blocks, and one night. "
    said = {"languages": ["en-gb"]}
    assert short == {
        "id": "waves-1",
        "type": "shortForm",
        "titles": [{"value": "What nine-metre waves do", **said}],
        "shortDescriptions": [{"value": text * 4 + "Seventeen concrete blocks, and…", **said}],
        "longDescriptions": [{"value": (text * 8).strip(), **said}],
        "images": [{"type": "main", "url": "https://media.example.org/media/p/1/tv.jpg", **said}],
        "releaseDate": "2026-11-20",
        "genres": ["news", "weather"],
        "tags": ["harbour", "weather"],
        "credits": [{"name": "Ada Lindle", "role": "narrator"}],
        "advisoryRatings": [{"source": "USA_PR", "value": "TVPG"}],
        "durationInSeconds": 74,
        "content": {
            "playOptions": [
                {
                    "license": "free",
                    "quality": "fhd",
                    "playId": "waves-1",
                    "availabilityStartTime": "2026-11-20T12:00:00Z",
                    "availabilityEndTime": "2027-11-20T12:00:00Z",
                    "availabilityInfo": {"country": ["gb"]},
                }
            ]
        },
    }
    assert (page["version"], page["defaultLanguage"]) == ("1", "en-gb")
    assert "us" in page["defaultAvailabilityCountries"]
    assert "nextPageUrl" not in page
    more = read(feed(next_url="https://api.example.org/feeds/latest.roku-search?cursor=x"))
    assert more["nextPageUrl"] == "https://api.example.org/feeds/latest.roku-search?cursor=x"


def test_an_episode_names_its_series_also_where_that_is_on_another_page() -> None:
    series, short = read(feed(episode(2, 7), programmes=(PROGRAMME,)))["assets"]
    [alone] = read(feed(episode(2, 7)))["assets"]

    assert (series["id"], series["type"]) == (PROGRAMME.id, "series")
    assert series["titles"][0]["value"] == "At the edge"
    assert series["shortDescriptions"][0]["value"] == "Short films from the mole."
    assert series["images"][0]["url"] == "https://media.example.org/media/s9.jpg"
    assert series["genres"] == ["news", "documentary"]
    assert short == alone
    assert short["type"] == "episode"
    assert short["episodeInfo"] == {
        "seriesId": PROGRAMME.id, "seasonNumber": 2, "episodeNumber": 7,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rating", "told"),
    [
        (None, ("USA_PR", "NR")),
        ({"system": "USA_TV", "value": "TV-14"}, ("USA_PR", "TV14")),
        ({"system": "MPAA", "value": "PG-13"}, ("MPAA", "PG13")),
        ({"system": "FSK", "value": "12"}, ("FSK", "12")),
        ({"system": "ACB", "value": "MA15+"}, ("ACB", "MA 15+")),
        ({"system": "NICAM", "value": "12"}, ("USA_PR", "NR")),
        ({"system": "USA_TV", "value": "AL"}, ("USA_PR", "NR")),
    ],
)
def test_a_rating_that_roku_does_not_know_is_none(
    rating: dict[str, str] | None, told: tuple[str, str]
) -> None:
    [asset] = read(feed(film(rating=rating)))["assets"]

    assert asset["advisoryRatings"] == [{"source": told[0], "value": told[1]}]


@pytest.mark.parametrize(
    ("code", "told"),
    [("pt-BR", "pt-br"), ("en-NG", "en"), ("zh-Hans-CN", "zh-cn"), ("nb", "no"), ("eo", None)],
)
def test_a_language_is_told_as_roku_calls_it(code: str, told: str | None) -> None:
    assets = read(feed(film(language=code)))["assets"]

    assert [each["titles"][0]["languages"] for each in assets] == ([[told]] if told else [])


def test_what_may_be_seen_elsewhere_alone_is_not_here() -> None:
    assert read(feed(film(geo={"allow": ["NO"], "deny": []})))["assets"] == []
    [asset] = read(feed(film(geo={"allow": [], "deny": ["US", "NO"]})))["assets"]

    [option] = asset["content"]["playOptions"]
    assert "us" not in option["availabilityInfo"]["country"]
    assert "mx" in option["availabilityInfo"]["country"]


def test_titles_and_names_that_are_too_long_are_cut_or_left_out() -> None:
    topic = {"id": PROGRAMME.id, "name": "More than twenty characters", "slug": "x",
             "kind": "subject", "path": "/x"}  # fmt: skip
    [asset] = read(feed(film(title="Waves " * 60, topics=[topic], summary="Short.")))["assets"]

    assert asset["titles"][0]["value"] == "Waves " * 32 + "Waves…"
    assert asset["tags"] == ["harbour"]
    assert "longDescriptions" not in asset
    assert read(feed(film(content_id="x" * 51)))["assets"] == []


@settings(max_examples=25)
@given(told=film_feeds())
def test_whatever_is_published_the_feed_is_right(told: Feed) -> None:
    page = read(told)

    ids = [each["id"] for each in page["assets"]]
    assert len(ids) == len(set(ids))
    films = [each for each in page["assets"] if each["type"] != "series"]
    assert [each["content"]["playOptions"][0]["playId"] for each in films] == [
        legal(film.content_id) for _, film in shown(told, "roku_search")
    ]


def test_a_film_without_bounds_says_none() -> None:
    open_ended = film(available_from=None, available_until=None, bylines=[])
    [asset] = read(feed(open_ended, language="eo"))["assets"]

    [option] = asset["content"]["playOptions"]
    assert option.keys() == {"license", "quality", "playId"}
    assert "credits" not in asset
    assert "defaultLanguage" not in read(replace(feed(), language="eo"))
