"""Feeds of films for tests: one in which everything is told, and any that there may be.

A film begins as the JSON of a public video, as `app.feeds` gets it.
"""

from dataclasses import replace
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from app.feeds import items
from app.feeds.feed import Channel, Feed, FeedItem, Image, Programme, Publication, Source
from app.published.video import Video
from tests.feeds.awkward import BASES, LANGUAGES, maybe, moments, texts, titles, urls, very_long
from tests.feeds.samples import channels, feeds, programmes

NOON = "2026-11-20T12:00:00+00:00"
SECTION = {"id": str(UUID(int=10)), "name": "Harbour", "path": "/harbour"}
SERIES = {"id": str(UUID(int=1)), "slug": "edge", "title": "At the edge", "path": "/series/edge"}
PICTURE: dict[str, Any] = {
    "url": "/media/p/1/w1280.jpg", "alt": "A gate", "width": 1600, "height": 900,
    "crops": {"16x9": "/media/p/1/16x9-1280-50x50.jpg", "tv-1280": "/media/p/1/tv.jpg",
              "2x3": "/media/p/1/2x3-800-50x50.jpg"},
}  # fmt: skip
HLS = {"url": "https://cdn.example.org/a/master.m3u8", "height": 1080,
       "media_type": "application/vnd.apple.mpegurl"}  # fmt: skip
MP4 = {"url": "https://cdn.example.org/a/film.mp4", "media_type": "video/mp4", "width": 1280,
       "height": 720, "bitrate": 5_200_499, "size": 9_000_001}  # fmt: skip

TOLD: dict[str, Any] = {
    "id": str(UUID(int=100)), "edition": "en", "language": "en-GB", "direction": "ltr",
    "title": "What nine-metre waves do", "title_short": "Waves", "kicker": "Storm",
    "summary": "Seventeen concrete blocks, and one night. " * 8,
    "path": "/v/waves", "canonical_url": "https://www.example.org/v/waves",
    "section": SECTION, "genre": "news", "series": None, "episode": None,
    "published_at": "2026-11-20T12:00:00Z", "updated_at": "2026-11-21T09:30:00Z",
    "first_published_at": "2026-11-20T12:00:00Z", "duration": 73.6,
    "artwork": {name: PICTURE[name] for name in ("url", "width", "height")}
    | {"crops": {"16x9": PICTURE["crops"]["16x9"]}},
    "image": PICTURE, "sources": [HLS, MP4],
    "captions": [
        {"kind": "captions", "language": "en", "label": "English", "url": "/v1/videos/x/en.vtt"},
        {"kind": "subtitles", "language": "fr", "label": "Français", "url": "/v1/videos/x/fr.vtt"},
        {"kind": "descriptions", "language": "en", "label": "Described", "url": "/v1/d.vtt"},
    ],
    "rating": {"system": "USA_TV", "value": "PG"}, "content_id": "waves-1",
    "media_type": "shortFormVideo", "qr": {"url": "https://www.example.org/v", "text": "e"},
    "access": {"level": "free"}, "flags": {}, "rights": {}, "links": {"article": "/v1/a"},
    "available_from": "2026-11-20T12:00:00Z", "available_until": "2027-11-20T12:00:00Z",
    "version": 1, "spoken_language": "en",
    "bylines": [{"name": "Ada Lindle", "role": "Narrator"}, {"name": "Bo Fen", "role": "reporter"}],
    "topics": [{"id": str(UUID(int=11)), "name": "Weather", "slug": "weather", "kind": "subject",
                "path": "/topics/weather"}],
    "ad_breaks": [{"at_ms": 0}, {"at_ms": 3_725_900}],
}  # fmt: skip


def video(**changes: Any) -> dict[str, Any]:
    """The JSON of a public video in which everything is told, but for these changes."""
    return Video.model_validate(TOLD | changes).model_dump(mode="json")


def film(**changes: Any) -> FeedItem:
    made = video(**changes)
    return items.filmed(made, made, BASES)


def episode(season: int, number: int, **changes: Any) -> FeedItem:
    """An instalment of the one series; its ids are made of its numbers."""
    own = {
        "id": str(UUID(int=season * 1000 + number)),
        "content_id": f"s{season}e{number}",
        "media_type": "episode",
        "series": SERIES,
        "episode": {"season": season, "number": number},
    }
    return film(**(own | changes))


PROGRAMME = Programme(
    id=str(SERIES["id"]), title="At the edge", description="Short films from the mole.",
    url="https://www.example.org/series/edge", language="en", genres=("Documentary",),
    artwork=items.image(PICTURE | {"url": "/media/s.jpg", "crops": {"16x9": "/media/s9.jpg"}},
                        BASES),
)  # fmt: skip
CHANNEL = Channel(
    id=str(UUID(int=50)), title="Courier Live", description="The harbour by day and by night.",
    url="https://www.example.org/live", language="en", on_air=True,
    sources=(Source(url="https://live.example.org/m.m3u8",
                    media_type="application/vnd.apple.mpegurl"),),
    artwork=Image(url="https://media.example.org/live.jpg", width=1280, height=720),
    rating_system="USA_TV", rating="G", modified_at=film().published_at,
)  # fmt: skip


def feed(*shown: FeedItem, **fields: Any) -> Feed:
    """The newest first, as `shown`."""
    told: dict[str, Any] = {
        "id": "urn:uuid:1", "title": "Harbour – The Courier", "language": "en-GB",
        "url": "https://api.example.org/feeds/latest.roku", "home_url": "https://www.example.org/",
        "publication": Publication(name="The Courier", publisher="Courier & Sons",
                                   url="https://www.example.org/"),
        "updated_at": film().updated_at, "items": shown,
    }  # fmt: skip
    return Feed(**(told | fields))


def awkward(**given: st.SearchStrategy[Any]) -> st.SearchStrategy[FeedItem]:
    """Any film that the desk would let through; those that TV platforms refuse, too."""
    known = {name: st.just(value) for name, value in TOLD.items()}
    told = {
        "id": st.uuids(version=4).map(str),
        "content_id": st.uuids(version=4).map(str) | titles(),
        "title": titles(),
        "summary": maybe(texts() | very_long()),
        "language": st.sampled_from((*LANGUAGES, "eo", "nb-NO")),
        "duration": maybe(st.floats(0.001, 10**6)),
        "sources": st.lists(_sources(), max_size=3),
        "captions": st.lists(_captions(), max_size=2),
        "artwork": maybe(_pictures()),
        "image": st.none(),
        "rating": maybe(_ratings()),
        "availability": st.sampled_from(["later", "now", "now", "now", "over", "new"]),
        "available_from": maybe(moments().map(_written)),
        "available_until": maybe(moments().map(_written)),
        "geo": st.sampled_from([None, {"allow": ["GB", "NO"]}, {"deny": ["US"]},
                                {"allow": ["NO"]}]),
        "token_required": st.sampled_from([False, False, False, True]),
        "access": st.sampled_from([{"level": "free"}, {"level": "free"}, {"level": "registered"}]),
        "published_at": moments().map(_written),
        "updated_at": moments().map(_written),
        "section": _refs(SECTION),
        "topics": st.lists(_refs(TOLD["topics"][0]), max_size=3),
        "bylines": st.lists(_bylines(), max_size=2),
    }  # fmt: skip
    alone = st.fixed_dictionaries(known | told | given)
    return (alone | st.tuples(alone, _instalments()).map(_both)).map(lambda each: film(**each))


def film_feeds(**given: st.SearchStrategy[Any]) -> st.SearchStrategy[Feed]:
    """With the programmes of all episodes, with none, or with others."""
    of_them = programmes().map(lambda each: replace(each, id=str(SERIES["id"])))
    fields = {
        "programmes": st.lists(of_them, max_size=1).map(tuple),
        "channels": st.lists(channels(), max_size=2).map(tuple),
    }
    return feeds(awkward(**given), **fields)


def _both(parts: tuple[dict[str, Any], dict[str, Any]]) -> dict[str, Any]:
    return parts[0] | parts[1]


def _instalments() -> st.SearchStrategy[dict[str, Any]]:
    numbers = st.fixed_dictionaries({"season": st.integers(0, 3), "number": st.integers(1, 9)})
    fixed = {"series": SERIES, "media_type": "episode"}
    return numbers.map(lambda each: {"episode": each, **fixed})


def _sources() -> st.SearchStrategy[dict[str, Any]]:
    kinds = ["application/vnd.apple.mpegurl", "application/dash+xml", "video/mp4", "video/webm"]
    return st.fixed_dictionaries(
        {
            "url": urls(base="https://cdn.example.org"),
            "media_type": st.sampled_from(kinds),
            "height": maybe(st.integers(1, 4320)),
            "bitrate": maybe(st.integers(1, 10**9)),
            "quality": maybe(st.sampled_from(["SD", "HD", "FHD", "UHD"])),
        }
    )


def _captions() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["captions", "subtitles", "descriptions", "new"]),
            "language": st.sampled_from(LANGUAGES),
            "label": titles(),
            "url": st.just("/v1/videos/x/captions/en.vtt"),
        }
    )


def _pictures() -> st.SearchStrategy[dict[str, Any]]:
    sizes = st.sampled_from([(1600, 900), (1280, 720), (4000, 3000), (640, 360), (None, None)])
    crops = st.sampled_from([{}, {"16x9": "/media/x/16x9-1280-50x50.jpg"}])
    return st.tuples(urls(base="https://media.example.org"), sizes, crops).map(
        lambda each: {"url": each[0], "width": each[1][0], "height": each[1][1], "crops": each[2]}
    )


def _ratings() -> st.SearchStrategy[dict[str, Any]]:
    systems = ["USA_TV", "MPAA", "BBFC", "FSK", "RTC", "ACB", "NICAM"]
    values = ["G", "PG", "TV-14", "PG-13", "12A", "12", "B-15", "MA15+", "AL", "C8"]
    return st.fixed_dictionaries(
        {"system": st.sampled_from(systems), "value": st.sampled_from(values)}
    )


def _refs(like: Any) -> st.SearchStrategy[dict[str, Any]]:
    names = titles() | st.sampled_from(["Sport", "Weather AND sea", "Business", "Arts"])
    return st.tuples(st.uuids(version=4).map(str), names).map(
        lambda each: {**like, "id": each[0], "name": each[1]}
    )


def _bylines() -> st.SearchStrategy[dict[str, Any]]:
    roles = st.sampled_from([None, "reporter", "Host", "narrator"])
    return st.fixed_dictionaries({"name": titles(), "role": roles})


def _written(moment: Any) -> str:
    return str(moment.isoformat())
