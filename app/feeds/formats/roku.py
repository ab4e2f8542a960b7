"""The content feed of Roku apps: what was Direct Publisher's JSON, and is what apps made from
Roku's own template read.

https://developer.roku.com/docs/specs/direct-publisher-feed-specs/json-dp-spec.md (2018-06-13) with
`liveFeeds`, which came later. Apps refuse what has 500 KB or more: the oldest films give way.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import orjson

from app.feeds.feed import Captions, Channel, Feed, FeedItem, Film, Programme, Source
from app.feeds.fitting import fitted
from app.feeds.roku_rows import LIVE, Rows, playlists
from app.feeds.television import (
    channel_id,
    quality,
    seconds,
    shown,
    summary,
    tile,
    tile_or_none,
)
from app.feeds.texts import cut, day, legal, line, offset
from app.published.roku_words import FEED_GENRES, feed_rating, genres

LARGEST = 500_000
"""Bytes: below it, also where a kilobyte has a thousand."""

SHORT, LONG = 200, 500
"""Characters of descriptions."""

_TYPES = {
    "application/vnd.apple.mpegurl": "HLS",
    "application/dash+xml": "DASH",
    "video/mp4": "MP4",
    "video/quicktime": "MOV",
    "video/x-m4v": "M4V",
}
_ADAPTIVE = ("HLS", "DASH")
_CAPTIONS = {"captions": "CLOSED_CAPTION", "subtitles": "SUBTITLE"}

Json = dict[str, Any]


class _Made(NamedTuple):
    """A film as it stands in the feed, and what rows find it by."""

    item: FeedItem
    film: Film
    tags: list[str]
    json: orjson.Fragment


def render(feed: Feed) -> bytes:
    known = {each.id for each in feed.programmes}
    films = [(_alone(item, known), film) for item, film in shown(feed, "roku_feed")]
    rows = Rows.of(item for item, _ in films)
    made = [_made(item, film, rows) for item, film in films]
    live = _live(feed)

    def document(count: int) -> bytes:
        return orjson.dumps(_document(feed, live, made[:count], rows))

    return fitted(document, len(made), LARGEST)


def _document(feed: Feed, live: list[Json], films: Sequence[_Made], rows: Rows) -> Json:
    short: list[orjson.Fragment] = []
    episodes: dict[str, list[_Made]] = {}
    entries: dict[str, list[str]] = {}
    for each in films:
        if each.item.instalment is None:
            short.append(each.json)
            entries[legal(each.film.content_id)] = each.tags
            continue
        series_id = each.item.instalment.series_id
        episodes.setdefault(series_id, []).append(each)
        own = entries.setdefault(series_id, [])
        own.extend(tag for tag in each.tags if tag not in own)
    programmes = {each.id: each for each in feed.programmes}
    series = [_series(programmes[each], found, entries[each]) for each, found in episodes.items()]
    return {
        "providerName": line(feed.publication.publisher),
        "lastUpdated": offset(feed.updated_at),
        "language": feed.language,
        "categories": rows.categories(feed, entries),
        "playlists": playlists(entries),
        **({"shortFormVideos": short} if short or not series else {}),
        **({"series": series} if series else {}),
        **({"liveFeeds": live} if live else {}),
    }


def _made(item: FeedItem, film: Film, rows: Rows) -> _Made:
    tags = rows.tags(item)
    return _Made(item, film, tags, orjson.Fragment(orjson.dumps(_film(item, film, tags))))


def _alone(item: FeedItem, known: set[str]) -> FeedItem:
    """An episode of a series that is not here stands for itself."""
    is_known = item.instalment is None or item.instalment.series_id in known
    return item if is_known else replace(item, instalment=None)


def _film(item: FeedItem, film: Film, tags: list[str]) -> Json:
    """An episode has a number; a short film, tags by which rows find it, and a genre."""
    assert film.artwork
    names = [each.name for each in item.categories]
    own = (
        {"episodeNumber": item.instalment.number or 0}
        if item.instalment
        else {"genres": genres(names, FEED_GENRES), "tags": tags}
    )
    return {
        "id": legal(film.content_id),
        "title": line(item.title),
        **_described(summary(item)),
        "thumbnail": tile(film.artwork),
        "releaseDate": day(item.published_at),
        **own,
        **_rated(film.rating_system, film.rating),
        "content": _content(item, film),
    }


def _content(item: FeedItem, film: Film) -> Json:
    captions = [made for each in film.captions if (made := _caption(each))]
    since, until = film.available_from, film.available_until
    breaks = [_clock(each) for each in film.ad_breaks_ms]
    return {
        "dateAdded": offset(item.published_at),
        "videos": [made for each in film.sources if (made := _video(each))],
        "duration": seconds(film),
        **({"captions": captions} if captions else {}),
        **({"language": film.language} if film.language else {}),
        **({"validityPeriodStart": offset(since)} if since else {}),
        **({"validityPeriodEnd": offset(until)} if until else {}),
        **({"adBreaks": breaks} if breaks else {}),
    }


def _video(source: Source) -> Json | None:
    """None for what Roku does not play, and for a file of which nobody knows the bitrate."""
    kind = _TYPES.get(source.media_type)
    if kind is None or (kind not in _ADAPTIVE and not source.bitrate):
        return None
    rate = {"bitrate": max(1, round(source.bitrate / 1000))} if source.bitrate else {}
    return {"url": source.url, "quality": quality(source), "videoType": kind, **rate}


def _caption(track: Captions) -> Json | None:
    kind = _CAPTIONS.get(track.kind)
    if kind is None:
        return None
    return {"url": track.url, "language": track.language, "captionType": kind}


def _clock(milliseconds: int) -> str:
    whole = milliseconds // 1000
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def _described(text: str) -> Json:
    """A longer description only where it says more."""
    short = cut(text, SHORT)
    return {"shortDescription": short} | (
        {"longDescription": cut(text, LONG)} if short != text else {}
    )


def _rated(system: str | None, value: str | None) -> Json:
    rating = feed_rating(system, value)
    return {"rating": {"rating": rating[1], "ratingSource": rating[0]}} if rating else {}


def _series(programme: Programme, found: Sequence[_Made], tags: list[str]) -> Json:
    """`found` are its episodes, the newest first. It began with the oldest that is here."""
    seasons: dict[int, list[tuple[int, orjson.Fragment]]] = {}
    for each in found:
        assert each.item.instalment
        number = each.item.instalment.season or 0
        seasons.setdefault(number, []).append((each.item.instalment.number or 0, each.json))
    newest, oldest = found[0].film, found[-1].item
    assert newest.artwork
    return {
        "id": programme.id,
        "title": line(programme.title),
        **_described(line(programme.description) or line(programme.title)),
        "thumbnail": tile_or_none(programme.artwork) or tile(newest.artwork),
        "genres": genres(programme.genres, FEED_GENRES),
        "tags": tags,
        "releaseDate": day(oldest.published_at),
        "seasons": [
            {
                "seasonNumber": number,
                "episodes": [made for _, made in sorted(episodes, key=lambda each: each[0])],
            }
            for number, episodes in sorted(seasons.items(), key=_specials_last)
        ],
    }


def _specials_last(season: tuple[int, Any]) -> tuple[bool, int]:
    return season[0] == 0, season[0]


def _live(feed: Feed) -> list[Json]:
    """The channels that are on air, as many as leave room for films."""
    room, found = LARGEST // 4, []
    for channel in feed.channels:
        made = _channel(channel)
        room -= len(orjson.dumps(made))
        if made and room >= 0:
            found.append(made)
    return found


def _channel(channel: Channel) -> Json | None:
    picture = tile_or_none(channel.artwork)
    videos = [made for each in channel.sources if (made := _video(each))]
    if not (channel.on_air and picture and videos) or channel.encrypted:
        return None
    return {
        "id": channel_id(channel),
        "title": line(channel.title),
        **_described(line(channel.description) or line(channel.title)),
        "thumbnail": picture,
        "genres": genres((), FEED_GENRES),
        "tags": [LIVE],
        **_rated(channel.rating_system, channel.rating),
        "content": {
            "dateAdded": offset(channel.modified_at),
            "videos": videos,
            "language": channel.language,
        },
    }
