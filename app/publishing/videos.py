"""PURE: the public video of an article, from what was rendered of it."""

from typing import Any
from urllib.parse import urlsplit

import orjson

from app.editing.assets.models import Asset
from app.published.tv_targets import TARGETS, is_in
from app.published.video import Video, VideoCard
from app.published.writes import Filmed, Track
from app.publishing import attributing, captioning
from app.publishing.films import Film, is_locked, public_film
from app.publishing.pictures import asset_sources
from app.publishing.snapshot import Snapshot

CONTENT_ID = "content_id"
"""The system of the external id by which the catalogues of TV platforms know a video already."""

_ADAPTIVE = ("application/vnd.apple.mpegurl", "application/dash+xml")
_CROPS = ("16x9", "2x3")
_SAME = (
    "id", "edition", "language", "direction", "kicker", "summary", "path", "canonical_url",
    "section", "genre", "published_at", "updated_at", "flags", "version", "first_published_at",
    "byline_text", "bylines", "topics", "external_ids", "rights",
)  # fmt: skip
_OF_THE_FILM = (
    "asset_id", "duration", "token_required", "captions", "rating", "advisories", "available_from",
    "available_until", "availability", "geo", "caption", "credit", "audio_languages", "chapters",
    "thumbnails", "drm", "ad_breaks", "digital_source_type", "syndication",
)  # fmt: skip


def video(
    snapshot: Snapshot, fields: dict[str, Any], shown: list[dict[str, Any]]
) -> tuple[Filmed | None, list[Track]]:
    """The video and its tracks. `fields` are those of the document, `shown` the citations in what
    anyone may read."""
    content = snapshot.content
    tracks = captioning.tracks(snapshot.lead, content, snapshot.captions)
    film = public_film(snapshot.lead, content)
    if film is None:
        return None, tracks
    cues = attributing.tracks(film, shown, content)
    made = _fields(film, snapshot, fields, shown, timed=bool(cues))
    filmed = Filmed(
        card=VideoCard.model_validate(made).model_dump_json().encode(),
        full=Video.model_validate(made).model_dump_json().encode(),
        private=_private(film, snapshot),
        locked=is_locked(film.shape, content),
        targets=tuple(target for target in TARGETS if is_in(made, target)),
    )
    return filmed, [*tracks, *cues]


def in_order(sources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """HLS, DASH, then files: the best first, and in the desk's order where none is known to be."""

    def rank(source: dict[str, Any]) -> tuple[int, int, int]:
        kind = source["media_type"]
        place = _ADAPTIVE.index(kind) if kind in _ADAPTIVE else len(_ADAPTIVE)
        return place, -(source["height"] or 0), -(source["bitrate"] or 0)

    return sorted(sources, key=rank)


def _fields(
    film: Film,
    snapshot: Snapshot,
    fields: dict[str, Any],
    shown: list[dict[str, Any]],
    *,
    timed: bool,
) -> dict[str, Any]:
    shape, address = film.shape, f"/v1/videos/{fields['id']}"
    restricted = snapshot.content.access.level != "free"
    image = shape["poster"] or fields["image"]
    return {
        **{name: fields[name] for name in _SAME},
        **{name: shape[name] for name in _OF_THE_FILM},
        "title": fields["headline"],
        "title_short": fields["headline_short"],
        "series": fields["series"],
        "episode": fields["episode"],
        "artwork": artwork(image),
        "image": image,
        "sources": in_order(shape["sources"]),
        "content_id": _content_id(fields),
        "media_type": "episode" if fields["episode"] else "shortFormVideo",
        "qr": {
            "url": fields["canonical_url"],
            "text": urlsplit(fields["canonical_url"]).netloc.removeprefix("www."),
        },
        "attributions": attributing.lines(film, shown, snapshot.content),
        "access": {**fields["access"], "cut": restricted},
        "spoken_language": shape["language"],
        "transcript": None if restricted else shape["transcript"],
        "links": {
            "article": f"/v1/articles/{fields['id']}",
            "playback": f"{address}/playback" if shape["token_required"] else None,
            "attributions_vtt": f"{address}/{attributing.VTT}" if timed else None,
            "attributions_json": f"{address}/{attributing.JSON}" if timed else None,
        },
    }


def artwork(image: dict[str, Any] | None) -> dict[str, Any] | None:
    """The picture as cards for screens have it."""
    if image is None:
        return None
    told = ("url", "alt", "width", "height", "placeholder", "dominant_colour", "syndication")
    crops = {name: image["crops"][name] for name in _CROPS if name in image["crops"]}
    return {name: image[name] for name in told} | {"crops": crops}


def _content_id(fields: dict[str, Any]) -> str:
    """Deep links that viewers kept, and play positions, outlive a move from another system."""
    known = [each["id"] for each in fields["external_ids"] if each["system"] == CONTENT_ID]
    return known[0] if known else str(fields["id"])


def _private(film: Film, snapshot: Snapshot) -> bytes | None:
    """What tokens are made for, where the CDN wants some."""
    if not film.shape["token_required"] or film.asset_id is None:
        return None
    asset: Asset = snapshot.assets[film.asset_id]
    token = (asset.playback or {})["token"]
    told = {
        "sources": in_order(asset_sources(asset, snapshot.assets)),
        "key": token["key"],
        "minutes": token["minutes"],
        "available_from": film.shape["available_from"],
        "available_until": film.shape["available_until"],
    }
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS)
