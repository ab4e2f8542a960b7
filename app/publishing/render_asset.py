"""PURE: an asset that readers may have, as its public document."""

from datetime import datetime
from typing import Any

from app.editing.assets.models import Asset
from app.editing.extras import public_extras
from app.editing.publications.models import Publication
from app.published import assets as published
from app.published import media_urls
from app.publishing.citing.shapes import publication_ref
from app.publishing.pictures import Assets, asset_image, asset_playable


def document(
    asset: Asset,
    assets: Assets,
    agency: Publication | None,
    schema: dict[str, Any] | None,
    modified_at: datetime,
) -> published.Asset:
    playable = asset.kind in ("video", "audio")
    return published.Asset.model_validate(
        {
            "id": asset.id,
            "media_kind": asset.kind,
            "title": asset.title,
            "alt": asset.alt,
            "decorative": asset.decorative,
            "caption": asset.caption,
            "credit": asset.credit,
            "creator": asset.creator,
            "agency": publication_ref(agency) if agency else None,
            "captured_at": asset.captured_at,
            "language": asset.language,
            "digital_source_type": asset.digital_source_type,
            "rights": {**asset.rights, "expires_at": asset.expires_at},
            "flags": asset.flags,
            "image": asset_image(asset) if asset.kind == "image" else None,
            "playable": _playable(asset, assets) if playable else None,
            "file": _file(asset) if asset.kind == "document" else None,
            "external_ids": asset.external_ids,
            "extras": public_extras(schema, asset.extras),
            "modified_at": modified_at,
        }
    )


def meta(asset: Asset) -> dict[str, Any]:
    """What whoever serves its files must know of them."""
    return {
        "sha256": asset.sha256,
        "media_type": asset.media_type,
        "size": asset.size,
        "focus": [asset.focal_x, asset.focal_y] if asset.kind == "image" else None,
        "remote_url": asset.remote_url,
    }


def _file(asset: Asset) -> dict[str, Any] | None:
    if asset.sha256 is None or asset.media_type is None:
        return None
    url = media_urls.original(asset.id, asset.sha256, asset.media_type)
    return {"url": url, "media_type": asset.media_type, "size": asset.size}


def _playable(asset: Asset, assets: Assets) -> dict[str, Any]:
    """Without what is said in it: that stands in articles, for those who may read them whole."""
    return asset_playable(asset, assets) | {"transcript": None}
