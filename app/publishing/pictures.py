"""PURE: pictures and what can be played, from the desk's form to the one public shape of each.

What stands in an article goes before what its asset says. An asset that readers may not have leaves
nothing behind: no empty frame, and no address.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from app.editing.assets.models import Asset
from app.imaging.renditions import WIDTHS
from app.published import media_urls
from app.publishing import media_shapes as shapes

Assets = Mapping[UUID, Asset]
Stored = Mapping[str, Any]

NO_ASSETS: Assets = {}
_TOLD_IN_PLACE = ("title", "caption", "credit", "duration", "transcript")

MAIN = "w1280"
"""What `url` is, for clients that take only one."""

_ADAPTIVE = ("application/vnd.apple.mpegurl", "application/dash+xml")
_NAMED_CROPS = {
    "16x9": "16x9-1280",
    "4x3": "4x3-1200",
    "1x1": "1x1-800",
    "2x3": "2x3-800",
    "tv-1920": "16x9-1920",
    "tv-1280": "16x9-1280",
    "tv-800": "16x9-800",
}


def image_shape(image: Stored | None, assets: Assets = NO_ASSETS) -> dict[str, Any] | None:
    """`image` is a picture as the desk stores one, alone or inside a block, or as this made it.

    None where its asset is none that readers may have.
    """
    if image is None:
        return None
    if image.get("url"):
        return shapes.image(image)
    asset = assets.get(_id(image["asset_id"]))
    if asset is None or not asset.is_public or asset.kind != "image":
        return None
    told = {name: image[name] for name in ("alt", "caption", "credit") if image.get(name)}
    says_something = {"decorative": False} if "alt" in told else {}
    return asset_image(asset) | told | says_something


def asset_image(asset: Asset) -> dict[str, Any]:
    """The picture that an asset is. The caller has seen that readers may have it."""
    shape = shapes.IMAGE | {
        "asset_id": asset.id,
        "url": asset.remote_url,
        "alt": asset.alt or "",
        "decorative": asset.decorative,
        "caption": asset.caption,
        "credit": asset.credit,
        "width": asset.width,
        "height": asset.height,
        "placeholder": asset.placeholder,
        "dominant_colour": asset.dominant_colour,
        "digital_source_type": asset.digital_source_type,
        "syndication": asset.rights.get("syndication"),
    }
    if asset.sha256 is None:
        return shape
    return shape | {
        "url": _rendition(asset, MAIN, "jpg"),
        "crops": {name: _rendition(asset, made, "jpg") for name, made in _NAMED_CROPS.items()},
        "srcset": list(_srcset(asset)),
    }


def playable_shape(
    media: Stored | None, kind: str, assets: Assets = NO_ASSETS
) -> dict[str, Any] | None:
    """As `image_shape`, of what can be played; `kind` is video or audio."""
    if media is None:
        return None
    poster = image_shape(media.get("poster"), assets)
    if not media.get("asset_id"):
        return shapes.playable({**media, "poster": poster})
    asset = assets.get(_id(media["asset_id"]))
    if asset is None or not asset.is_public or asset.kind != kind:
        return None
    if not asset_sources(asset, assets):
        return None
    told = {name: media[name] for name in _TOLD_IN_PLACE if media.get(name) is not None}
    return asset_playable(asset, assets) | told | ({"poster": poster} if poster else {})


def asset_playable(asset: Asset, assets: Assets) -> dict[str, Any]:
    """What an asset is to play. The caller has seen that readers may have it."""
    playback = asset.playback or {}
    told = ("audio_languages", "chapters", "thumbnails", "transcript", "rating", "advisories",
            "available_from", "available_until", "geo", "drm", "ad_breaks")  # fmt: skip
    poster = assets.get(asset.poster_id) if asset.poster_id else None
    token = playback.get("token")
    return (
        shapes.PLAYABLE
        | {name: playback[name] for name in told if playback.get(name) is not None}
        | {
            "asset_id": asset.id,
            "title": asset.title,
            "caption": asset.caption,
            "credit": asset.credit,
            "language": asset.language,
            "duration": asset.duration_ms / 1000 if asset.duration_ms is not None else None,
            "sources": [] if token else asset_sources(asset, assets),
            "token_required": bool(token),
            "availability": asset.availability,
            "poster": asset_image(poster) if poster and poster.is_public else None,
            "digital_source_type": asset.digital_source_type,
            "syndication": asset.rights.get("syndication"),
        }
    )


def asset_sources(asset: Asset, assets: Assets) -> list[dict[str, Any]]:
    """All forms in which an asset can be played: adaptive ones first, then as the desk has them."""
    sources = [_file(asset, {})] if asset.sha256 else []
    for source in (asset.playback or {}).get("sources", ()):
        if source.get("url"):
            sources.append(shapes.SOURCE | {name: source.get(name) for name in shapes.SOURCE})
            continue
        other = assets.get(_id(source["asset_id"]))
        if other is not None and other.is_public and other.sha256:
            sources.append(_file(other, source))
    return sorted(sources, key=lambda each: each["media_type"] not in _ADAPTIVE)


def media_shape(
    lead: Mapping[str, Any] | None, title: str, assets: Assets = NO_ASSETS
) -> dict[str, Any] | None:
    """What stands above the text. A playable thing without a title has the article's."""
    if lead is None:
        return None
    shape: dict[str, Any] | None
    if image := lead.get("image"):
        shape = image_shape(image, assets)
        return {"kind": "image", "image": shape} if shape else None
    kind = "video" if lead.get("video") else "audio"
    shape = playable_shape(lead.get(kind), kind, assets)
    return {"kind": kind, kind: shape | {"title": shape["title"] or title}} if shape else None


def wanted(assets: Iterable[Asset]) -> set[UUID]:
    """The other assets that these need: their posters, and the files that they are played from."""
    found: set[UUID] = set()
    for asset in assets:
        if asset.poster_id:
            found.add(asset.poster_id)
        sources = (asset.playback or {}).get("sources", ())
        found |= {_id(source["asset_id"]) for source in sources if source.get("asset_id")}
    return found


def _file(asset: Asset, told: Stored) -> dict[str, Any]:
    assert asset.sha256 is not None
    assert asset.media_type is not None
    own = {
        "url": media_urls.original(asset.id, asset.sha256, asset.media_type),
        "media_type": asset.media_type,
        "width": asset.width,
        "height": asset.height,
        "size": asset.size,
    }
    return (
        shapes.SOURCE
        | own
        | {name: told[name] for name in shapes.SOURCE if told.get(name) is not None}
    )


def _srcset(asset: Asset) -> Iterable[dict[str, Any]]:
    assert asset.width is not None
    full = next((width for width in WIDTHS if width >= asset.width), WIDTHS[-1])
    for suffix in ("webp", "jpg"):
        for width in WIDTHS:
            if width <= full:
                yield {
                    "url": _rendition(asset, f"w{width}", suffix),
                    "width": min(width, asset.width),
                    "media_type": media_urls.SUFFIXES[suffix],
                }


def _rendition(asset: Asset, name: str, suffix: media_urls.Suffix) -> str:
    assert asset.sha256 is not None
    focus = (asset.focal_x, asset.focal_y)
    return media_urls.rendition(asset.id, asset.sha256, name, suffix, focus)


def _id(identity: object) -> UUID:
    return identity if isinstance(identity, UUID) else UUID(str(identity))
