"""Roku Search feed, version 1: the catalogue from which Roku finds films and opens them in the app.

https://developer.roku.com/docs/specs/search/search-feed.md: its ids are those of the content feed.
`nextPageUrl` leads on. A series stands on the page that has its newest episode.
"""

from typing import Any

import orjson

from app.feeds.feed import Feed, FeedItem, Film, Programme
from app.feeds.television import (
    Shown,
    best_quality,
    seconds,
    shown,
    summary,
    tile,
    tile_or_none,
)
from app.feeds.texts import cut_line, day, legal, line, rfc3339
from app.published.roku_words import (
    COUNTRIES,
    SEARCH_GENRES,
    UNRATED,
    countries,
    genres,
    language,
    search_rating,
)

VERSION = "1"
TITLE, SHORT, LONG, TAG = 200, 200, 500, 20

_ROLES = ("actor", "anchor", "director", "host", "narrator", "producer", "screenwriter", "voice")

Json = dict[str, Any]


def render(feed: Feed) -> bytes:
    films = shown(feed, "roku_search")
    programmes = {each.id: each for each in feed.programmes}
    episodes: dict[str, list[Shown]] = {}
    for item, film in films:
        if item.instalment and item.instalment.series_id in programmes:
            episodes.setdefault(item.instalment.series_id, []).append((item, film))
    default = language(feed.language)
    page = {
        "version": VERSION,
        **({"defaultLanguage": default} if default else {}),
        "defaultAvailabilityCountries": COUNTRIES,
        "assets": [
            *(_series(programmes[each], found) for each, found in episodes.items()),
            *(_film(item, film) for item, film in films),
        ],
        **({"nextPageUrl": feed.next_url} if feed.next_url else {}),
    }
    return orjson.dumps(page)


def _film(item: FeedItem, film: Film) -> Json:
    assert film.artwork
    instalment = item.instalment
    return {
        "id": legal(film.content_id),
        "type": "episode" if instalment else "shortForm",
        **_told(line(item.title), summary(item), item.language, tile(film.artwork)),
        "releaseDate": day(item.published_at),
        "genres": genres((each.name for each in item.categories), SEARCH_GENRES),
        "tags": _tags(item),
        **_credits(item),
        "advisoryRatings": _ratings(film.rating_system, film.rating),
        "durationInSeconds": seconds(film),
        **(
            {
                "episodeInfo": {
                    "seriesId": instalment.series_id,
                    "seasonNumber": instalment.season or 0,
                    "episodeNumber": instalment.number or 0,
                }
            }
            if instalment
            else {}
        ),
        "content": {"playOptions": [_play(film)]},
    }


def _play(film: Film) -> Json:
    since, until = film.available_from, film.available_until
    option: Json = {
        "license": "free",
        "quality": best_quality(film).lower(),
        "playId": legal(film.content_id),
        **({"availabilityStartTime": rfc3339(since)} if since else {}),
        **({"availabilityEndTime": rfc3339(until)} if until else {}),
    }
    if film.countries or film.excluded_countries:
        told = countries(film.countries, film.excluded_countries)
        option["availabilityInfo"] = {"country": told}
    return option


def _series(programme: Programme, found: list[Shown]) -> Json:
    """`found` are its episodes on this page, the newest first."""
    newest, oldest = found[0][1], found[-1][0]
    assert newest.artwork
    text = line(programme.description) or line(programme.title)
    picture = tile_or_none(programme.artwork) or tile(newest.artwork)
    return {
        "id": programme.id,
        "type": "series",
        **_told(line(programme.title), text, programme.language, picture),
        "releaseDate": day(oldest.published_at),
        "genres": genres(programme.genres, SEARCH_GENRES),
        "advisoryRatings": _ratings(None, None),
    }


def _told(title: str, text: str, spoken: str, picture: str) -> Json:
    """Each of them one line. What is said in a language says so: all three in the same."""
    said = {"languages": [code]} if (code := language(spoken)) else {}
    short = cut_line(text, SHORT)
    longer = {}
    if short != text:
        longer = {"longDescriptions": [{"value": cut_line(text, LONG), **said}]}
    return {
        "titles": [{"value": cut_line(title, TITLE), **said}],
        "shortDescriptions": [{"value": short, **said}],
        **longer,
        "images": [{"type": "main", "url": picture, **said}],
    }


def _ratings(system: str | None, value: str | None) -> list[Json]:
    source, said = search_rating(system, value) or UNRATED
    return [{"source": source, "value": said}]


def _tags(item: FeedItem) -> list[str]:
    """Those that are short enough: half a name finds nothing."""
    names = (line(each.name).lower() for each in item.categories)
    return list(dict.fromkeys(name for name in names if 0 < len(name) <= TAG))


def _credits(item: FeedItem) -> Json:
    """Only what Roku has a word for: reporters are none of these."""
    found = [
        {"name": line(each.name), "role": role}
        for each in item.authors
        if (role := (each.role or "").lower()) in _ROLES
    ]
    return {"credits": found} if found else {}
