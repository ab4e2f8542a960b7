"""Roku's content feed: what its specification demands, and what apps made from Roku's template do
to a feed that has it not."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

import orjson
import pytest
from hypothesis import given, settings

from app.feeds.feed import Feed
from app.feeds.formats.roku import render
from app.feeds.television import shown
from app.feeds.texts import legal
from tests.feeds.checks.required import required
from tests.feeds.checks.schemas import errors
from tests.feeds.filmed import CHANNEL, PROGRAMME, episode, feed, film, film_feeds

Json = dict[str, Any]

LIMIT = 500_000
"""Bytes. Apps refuse more."""

EVERYTHING = feed(
    film(), episode(1, 2), episode(1, 1), episode(0, 3), programmes=(PROGRAMME,),
    channels=(CHANNEL,),
)  # fmt: skip


def read(told: Feed) -> Json:
    document: Json = orjson.loads(render(told))
    assert errors("roku", document) == []
    return document


def entries(document: Json) -> Iterator[Json]:
    """All that can be played."""
    yield from document.get("shortFormVideos", ())
    for series in document.get("series", ()):
        for season in series["seasons"]:
            yield from season["episodes"]


def listed(document: Json) -> list[Json]:
    """What rows can show."""
    return [*document.get("shortFormVideos", ()), *document.get("series", ())]


def parts(document: Json) -> dict[str, Json]:
    """One of each definition of the schema that demands fields."""
    short, series, live = (document[n][0] for n in ("shortFormVideos", "series", "liveFeeds"))
    season = series["seasons"][0]
    return {
        "": document, "category": document["categories"][0], "playlist": document["playlists"][0],
        "shortFormVideo": short, "series": series, "season": season, "liveFeed": live,
        "episode": season["episodes"][0], "content": short["content"], "live": live["content"],
        "video": short["content"]["videos"][0], "caption": short["content"]["captions"][0],
        "rating": short["rating"],
    }  # fmt: skip


@pytest.mark.parametrize(("part", "field"), required("roku"))
def test_each_field_that_is_required_is_there(part: str, field: str) -> None:
    document = read(EVERYTHING)
    without = deepcopy(document)
    assert parts(document)[part][field] not in (None, "", [], {})
    del parts(without)[part][field]

    assert errors("roku", without), "nobody would have noticed"


def test_each_field_says_what_was_published() -> None:
    document = read(EVERYTHING)
    [short] = document["shortFormVideos"]
    content = short.pop("content")

    text = "Seventeen concrete blocks, and one night. "
    assert short == {
        "id": "waves-1",
        "title": "What nine-metre waves do",
        "shortDescription": text * 4 + "Seventeen concrete blocks, and…",
        "longDescription": (text * 8).strip(),
        "thumbnail": "https://media.example.org/media/p/1/tv.jpg",
        "releaseDate": "2026-11-20",
        "genres": ["news"],
        "tags": ["harbour", "weather"],
        "rating": {"rating": "TVPG", "ratingSource": "USA_PR"},
    }
    assert content == {
        "dateAdded": "2026-11-20T12:00:00+00:00",
        "videos": [
            {"url": "https://cdn.example.org/a/master.m3u8", "quality": "FHD", "videoType": "HLS"},
            {"url": "https://cdn.example.org/a/film.mp4", "quality": "HD", "videoType": "MP4",
             "bitrate": 5200},
        ],
        "duration": 74,
        "captions": [
            {"url": "https://api.example.org/v1/videos/x/en.vtt", "language": "en",
             "captionType": "CLOSED_CAPTION"},
            {"url": "https://api.example.org/v1/videos/x/fr.vtt", "language": "fr",
             "captionType": "SUBTITLE"},
        ],
        "language": "en",
        "validityPeriodStart": "2026-11-20T12:00:00+00:00",
        "validityPeriodEnd": "2027-11-20T12:00:00+00:00",
        "adBreaks": ["00:00:00", "01:02:05"],
    }  # fmt: skip
    assert document["providerName"] == "Courier & Sons"
    assert document["lastUpdated"] == "2026-11-21T09:30:00+00:00"
    assert document["language"] == "en-GB"


def test_episodes_stand_in_their_seasons_and_specials_last() -> None:
    [series] = read(EVERYTHING)["series"]

    assert series["id"] == PROGRAMME.id
    assert series["title"] == "At the edge"
    assert series["shortDescription"] == "Short films from the mole."
    assert series["thumbnail"] == "https://media.example.org/media/s9.jpg"
    assert series["genres"] == ["news", "documentary"]
    assert [
        (
            season["seasonNumber"],
            [(each["episodeNumber"], each["id"]) for each in season["episodes"]],
        )
        for season in series["seasons"]
    ] == [(1, [(1, "s1e1"), (2, "s1e2")]), (0, [(3, "s0e3")])]


def test_what_roku_cannot_play_is_left_out() -> None:
    sources = [{"url": f"https://cdn.example.org/a.{end}", "media_type": kind, "bitrate": rate}
               for end, kind, rate in (
                   ("m3u8", "application/vnd.apple.mpegurl", None), ("mp4", "video/mp4", None),
                   ("webm", "video/webm", 900), ("mpd", "application/dash+xml", None),
                   ("mov", "video/quicktime", 900_000),
               )]  # fmt: skip
    [short] = read(feed(film(sources=sources)))["shortFormVideos"]

    assert [each["videoType"] for each in short["content"]["videos"]] == ["HLS", "DASH", "MOV"]


def test_a_series_has_what_it_needs_from_its_episodes_where_it_says_nothing() -> None:
    bare = replace(PROGRAMME, description=None, artwork=None, genres=())
    older = episode(1, 1, published_at="2025-01-02T23:59:00Z")

    [series] = read(feed(episode(1, 2), older, programmes=(bare,)))["series"]

    assert series["shortDescription"] == "At the edge"
    assert series["thumbnail"] == "https://media.example.org/media/p/1/tv.jpg"
    assert (series["genres"], series["releaseDate"]) == (["news"], "2025-01-02")


def test_an_episode_of_a_series_that_is_not_here_stands_for_itself() -> None:
    document = read(feed(episode(1, 1)))

    assert [each["id"] for each in document["shortFormVideos"]] == ["s1e1"]
    assert document["playlists"] == [{"name": "latest", "itemIds": ["s1e1"]}]


def test_live_channels_are_here_while_they_can_be_played() -> None:
    [live] = read(EVERYTHING)["liveFeeds"]
    assert live == {
        "id": CHANNEL.id,
        "title": "Courier Live",
        "shortDescription": "The harbour by day and by night.",
        "thumbnail": "https://media.example.org/live.jpg",
        "genres": ["news"],
        "tags": ["live"],
        "rating": {"rating": "TVG", "ratingSource": "USA_PR"},
        "content": {
            "dateAdded": "2026-11-20T12:00:00+00:00",
            "videos": [
                {"url": "https://live.example.org/m.m3u8", "quality": "HD", "videoType": "HLS"}
            ],
            "language": "en",
        },
    }
    assert CHANNEL.artwork
    for change in (
        {"on_air": False}, {"encrypted": True}, {"artwork": None}, {"sources": ()},
        {"artwork": replace(CHANNEL.artwork, width=640, height=360)},
    ):  # fmt: skip
        channel = replace(CHANNEL, **change)
        assert "liveFeeds" not in read(feed(film(), channels=(channel,))), change
    known = replace(CHANNEL, external_ids=(("content_id", "live-7"),))
    assert read(feed(channels=(known,)))["liveFeeds"][0]["id"] == "live-7"


def test_rows_lead_to_what_there_is() -> None:
    """What an app shows: the newest of all, each section, each topic."""
    one = film(content_id="one", topics=[])
    sea = {"id": str(PROGRAMME.id), "name": "Sea AND harbour OR mole", "path": "/sea"}
    two = film(content_id="two", section=sea)
    document = read(feed(one, two, episode(1, 1), programmes=(PROGRAMME,)))
    tagged = {
        each["id"]: each["tags"] for n in ("shortFormVideos", "series") for each in document[n]
    }

    rows = [
        (row["name"], document["playlists"][0]["itemIds"])
        if "playlistName" in row
        else (row["name"], [name for name, tags in tagged.items() if row["query"] in tags])
        for row in document["categories"]
    ]

    assert rows == [
        ("Harbour – The Courier", ["one", "two", PROGRAMME.id]),
        ("Harbour", ["one", PROGRAMME.id]),
        ("Sea AND harbour OR mole", ["two"]),
        ("Weather", ["two", PROGRAMME.id]),
    ]


def test_two_sections_of_one_name_are_two_rows() -> None:
    def of(number: int, name: str) -> Any:
        section = {"id": f"0000000{number}-0000-4000-8000-000000000000", "name": name, "path": "/s"}
        return film(content_id=str(number), section=section, topics=[])

    document = read(feed(of(1, "The harbour and the sea"), of(2, "The Harbour and the Sea wall")))

    queries = [row["query"] for row in document["categories"][1:]]
    assert [each["tags"] for each in document["shortFormVideos"]] == [[each] for each in queries]
    assert len(set(queries)) == 2


def test_the_oldest_give_way_where_there_is_no_room_for_all() -> None:
    films = [film(content_id=f"{number:04}", id=f"{number:08}-0000-4000-8000-000000000000")
             for number in range(499)]  # fmt: skip
    oldest = film(section={"id": PROGRAMME.id, "name": "Long ago", "path": "/long-ago"})
    text = render(feed(*films, oldest))
    document = orjson.loads(text)
    kept = [each["id"] for each in document["shortFormVideos"]]

    assert len(text) < LIMIT
    assert kept == [f"{number:04}" for number in range(len(kept))], "the newest, in order"
    assert 100 < len(kept) < 500
    assert render(feed(*films[: len(kept)])) == text
    assert len(text) + 2_000 > LIMIT, "one more would have been too much"
    assert [row["name"] for row in document["categories"][1:]] == ["Harbour", "Weather"]


def test_channels_without_end_leave_room_for_films() -> None:
    channels = tuple(replace(CHANNEL, id=str(n), description="x" * 500) for n in range(1_000))

    document = read(feed(film(), channels=channels))

    assert len(orjson.dumps(document)) < LIMIT
    assert document["shortFormVideos"]
    assert len(document["liveFeeds"]) > 50


@settings(max_examples=25)
@given(told=film_feeds())
def test_whatever_is_published_the_feed_is_right(told: Feed) -> None:
    document = read(told)

    taken = shown(told, "roku_feed")
    assert sorted(each["id"] for each in entries(document)) == sorted(
        legal(film.content_id) for _, film in taken
    )
    ids = {each["id"] for each in listed(document)}
    assert all(each in ids for playlist in document["playlists"] for each in playlist["itemIds"])
    used = {tag for each in listed(document) for tag in each["tags"]}
    assert all(row["query"] in used for row in document["categories"] if "query" in row)
