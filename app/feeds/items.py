"""PURE: the JSON of an article and of its video to an item of feeds."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from app.feeds.bases import Bases
from app.feeds.body_html import body_html, paid_for
from app.feeds.feed import (
    Author,
    Captions,
    Category,
    Cited,
    Correction,
    FeedItem,
    Film,
    Image,
    Instalment,
    Source,
)
from app.feeds.pictures import size_of
from app.feeds.playing import is_on

Json = Mapping[str, Any]

EARLIER_ID = "feed_id"
"""The system of the external id by which an article was known in the feeds of an older system."""


def uid(identity: str, external_ids: Iterable[tuple[str, str]]) -> str:
    """What feeds call an article for good."""
    earlier = next((name for system, name in external_ids if system == EARLIER_ID), None)
    return earlier or f"urn:uuid:{identity}"


def item(article: Json, video: Json | None, bases: Bases, *, full_text: bool) -> FeedItem:
    """`article` in its form `full`, `video` where it has one. What may not be played now is left
    out: few formats could say from when on, or until when."""
    ids = tuple((each["system"], each["id"]) for each in article["external_ids"])
    audio = (article["lead"] or {}).get("audio")
    syndication = article["syndicated_from"] or {}
    return FeedItem(
        id=article["id"],
        uid=uid(article["id"], ids),
        url=article["seo"]["canonical_url"] or article["canonical_url"],
        version=article["version"],
        title=article["headline"],
        title_short=article["headline_short"],
        kicker=article["kicker"],
        summary=article["summary"],
        standfirst=article["standfirst"],
        html=body_html(article, bases) if full_text else None,
        text=_text(article["body"]) if full_text else None,
        edition=article["edition"],
        language=article["language"],
        direction=article["direction"],
        format=article["format"],
        genre=article["genre"],
        byline=article["byline_text"],
        dateline=article["dateline"],
        authors=tuple(_author(each, bases) for each in article["bylines"]),
        section=_section(article["section"], bases),
        sections=tuple(_section(each, bases) for each in article["sections"]),
        topics=tuple(_topic(each, bases) for each in article["topics"]),
        image=image(article["image"], bases),
        film=film(video, bases) if video and is_on(video) else None,
        sound=_sound(audio, article, bases) if audio and is_on(audio) else None,
        instalment=_instalment(article, bases),
        access=article["access"]["level"],
        cut=article["access"]["cut"],
        licence=article["rights"]["license"],
        tdm=article["rights"]["tdm"],
        sponsor=paid_for(article) or None,
        graphic=article["flags"]["graphic"],
        sensitive=article["flags"]["sensitive"],
        ai_assisted=article["flags"]["ai_assisted"],
        syndicated_from=syndication.get("name"),
        syndicated_url=syndication.get("url"),
        corrections=tuple(_correction(each) for each in article["corrections"]),
        citations=tuple(_cited(each) for each in article["citations"]),
        external_ids=ids,
        first_published_at=_moment(article["first_published_at"]),
        published_at=_moment(article["published_at"]),
        updated_at=_moment(article["updated_at"]),
        word_count=article["word_count"],
        reading_time=article["reading_time"],
    )


def filmed(video: Json, playable: Json | None, bases: Bases) -> FeedItem:
    """A film by itself: what feeds for television show. `playable` is the video, as far as it may
    be passed on."""
    ids = tuple((each["system"], each["id"]) for each in video["external_ids"])
    section = _section(video["section"], bases)
    shown = film(playable, bases) if playable else None
    return FeedItem(
        id=video["id"],
        uid=uid(video["id"], ids),
        url=video["canonical_url"],
        version=video["version"],
        title=video["title"],
        title_short=video["title_short"],
        kicker=video["kicker"],
        summary=video["summary"],
        edition=video["edition"],
        language=video["language"],
        direction=video["direction"],
        format="video",
        genre=video["genre"],
        byline=video["byline_text"],
        authors=tuple(_author(each, bases) for each in video["bylines"]),
        section=section,
        sections=(section,),
        topics=tuple(_topic(each, bases) for each in video["topics"]),
        image=shown.artwork if shown else None,
        film=shown,
        instalment=_instalment(video, bases),
        access=video["access"]["level"],
        cut=video["access"]["cut"],
        licence=video["rights"]["license"],
        tdm=video["rights"]["tdm"],
        graphic=video["flags"]["graphic"],
        sensitive=video["flags"]["sensitive"],
        ai_assisted=video["flags"]["ai_assisted"],
        external_ids=ids,
        first_published_at=_moment(video["first_published_at"]),
        published_at=_moment(video["published_at"]),
        updated_at=_moment(video["updated_at"]),
    )


def image(shape: Json | None, bases: Bases) -> Image | None:
    """Of a picture as documents have it."""
    if shape is None:
        return None
    width, height = size_of(shape)
    forms = [each for each in shape.get("srcset", ()) if each["media_type"] == "image/jpeg"]
    return Image(
        url=bases.absolute(shape["url"]),
        media_type="image/jpeg" if shape.get("crops") else None,
        width=width,
        height=height,
        alt=shape["alt"],
        caption=shape.get("caption"),
        credit=shape.get("credit"),
        digital_source_type=shape.get("digital_source_type"),
        crops={name: bases.absolute(url) for name, url in shape["crops"].items()},
        widest=bases.absolute(max(forms, key=lambda form: form["width"])["url"]) if forms else None,
    )


def sources(shapes: Iterable[Json], bases: Bases) -> tuple[Source, ...]:
    return tuple(Source(**{**each, "url": bases.absolute(each["url"])}) for each in shapes)


def film(video: Json, bases: Bases) -> Film:
    """Of the JSON of a public video."""
    return Film(
        content_id=video["content_id"],
        media_type=video["media_type"],
        title=video["title"],
        artwork=image(video["image"] or video["artwork"], bases),
        language=video["spoken_language"] or video["language"],
        video=video,
        **_played(video, bases),
    )


def _sound(audio: Json, article: Json, bases: Bases) -> Film:
    return Film(
        content_id=article["id"],
        title=audio["title"] or article["headline"],
        artwork=image(audio["poster"] or article["image"], bases),
        language=audio["language"] or article["language"],
        **_played(audio, bases),
    )


def _played(playable: Json, bases: Bases) -> dict[str, Any]:
    rating, geo = playable["rating"] or {}, playable["geo"] or {}
    thumbnails = playable["thumbnails"]
    return {
        "sources": sources(playable["sources"], bases),
        "captions": tuple(
            Captions(**{**each, "url": bases.absolute(each["url"])})
            for each in playable["captions"]
        ),
        "duration": playable["duration"],
        "rating_system": rating.get("system"),
        "rating": rating.get("value"),
        "advisories": tuple(playable["advisories"]),
        "available_from": _maybe_moment(playable["available_from"]),
        "available_until": _maybe_moment(playable["available_until"]),
        "countries": tuple(geo.get("allow", ())),
        "excluded_countries": tuple(geo.get("deny", ())),
        "ad_breaks_ms": tuple(each["at_ms"] for each in playable["ad_breaks"]),
        "transcript": playable["transcript"],
        "thumbnails_url": bases.absolute(thumbnails["url"]) if thumbnails else None,
    }


def _author(byline: Json, bases: Bases) -> Author:
    person = byline["person"]
    return Author(
        name=byline["name"],
        role=byline["role"],
        url=bases.absolute(person["path"]) if person else None,
        id=person["id"] if person else None,
    )


def _section(ref: Json, bases: Bases) -> Category:
    return Category(
        id=ref["id"], name=ref["name"], scheme="section", url=bases.absolute(ref["path"])
    )


def _topic(ref: Json, bases: Bases) -> Category:
    return Category(
        id=ref["id"], name=ref["name"], scheme=ref["kind"], url=bases.absolute(ref["path"])
    )


def _instalment(article: Json, bases: Bases) -> Instalment | None:
    series, episode = article["series"], article["episode"]
    if series is None or episode is None:
        return None
    return Instalment(
        series_id=series["id"],
        series_title=series["title"],
        series_url=bases.absolute(series["path"]),
        season=episode["season"],
        number=episode["number"],
    )


def _correction(note: Json) -> Correction:
    return Correction(kind=note["kind"], text=note["text"], at=_moment(note["at"]))


def _cited(citation: Json) -> Cited:
    work = citation["work"]
    text = citation["attribution_text"] or citation["display"]["line1"]
    return Cited(text=text, url=work["link"]["url"] if work else None)


def _text(blocks: Iterable[Json]) -> str:
    return "\n\n".join(filter(None, (block["text"] for block in blocks)))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _maybe_moment(text: str | None) -> datetime | None:
    return _moment(text) if text else None
