"""Assets in the form in which the desk shows them."""

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.assets import queries
from app.editing.assets.models import Asset
from app.editing.assets.schemas import AssetSummary, AssetView
from app.editing.expectation import edit_etag
from app.published import media_urls

PATH = "/desk/assets"
PREVIEW = "w640"


def summary(asset: Asset) -> AssetSummary:
    return AssetSummary.model_validate(_fields(asset))


async def view(session: AsyncSession, response: Response, asset: Asset) -> AssetView:
    """The whole asset; the answer gets its ETag."""
    response.headers["ETag"] = edit_etag(asset.edit)
    expires = asset.expires_at.isoformat() if asset.expires_at else None
    return AssetView.model_validate(
        {
            **_fields(asset),
            "rights": {**asset.rights, "expires_at": expires},
            "focus": {"x": asset.focal_x / 100, "y": asset.focal_y / 100},
            "duplicates": await queries.duplicates(session, asset),
            "used_in": await queries.used_in(session, asset.id),
        }
    )


def _fields(asset: Asset) -> dict[str, object]:
    columns = {column.key: getattr(asset, column.key) for column in Asset.__table__.columns}
    shown = asset.kind == "image" and asset.state == "ready" and asset.sha256
    preview = f"{PATH}/{asset.id}/renditions/{PREVIEW}.jpg" if shown else asset.remote_url
    return columns | {
        "preview_url": preview if asset.kind == "image" else None,
        "file_url": _file_url(asset),
    }


def _file_url(asset: Asset) -> str | None:
    if asset.kind == "image" or asset.sha256 is None or asset.media_type is None:
        return None
    return media_urls.original(asset.id, asset.sha256, asset.media_type)
