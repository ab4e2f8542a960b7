"""What earlier imports of media have brought here, for articles that come in once more."""

from collections.abc import Mapping
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.articles.schemas import ArticleSave
from app.editing.assets.models import Asset
from app.exchange.media import places
from app.exchange.media.places import File, Hosts, candidates

Known = Mapping[tuple[str, str], UUID]
"""Assets by their kind and the name of their file."""


async def load(session: AsyncSession) -> Known:
    """All that are ready; of several of one file the oldest."""
    rows = await session.execute(
        select(Asset.kind, Asset.imported_from, Asset.id)
        .where(Asset.imported_from.is_not(None), Asset.state == "ready")
        .order_by(Asset.created_at.desc(), Asset.id.desc())
    )
    return {(kind, name): asset_id for kind, name, asset_id in rows if name}


def put_in(save: ArticleSave, known: Known) -> ArticleSave:
    """With the assets of the files that it shows by addresses, as far as they are known."""
    if not known:
        return save
    content = save.model_dump(mode="json", exclude_unset=True)
    assets = {
        place.file: asset_id
        for place in places.shown(content)
        if (asset_id := _asset(place.file, known))
    }
    hosts = Hosts(*{urlsplit(url).netloc for file in assets for url in file.urls})
    changed = places.put_in(content, assets, hosts)
    return save if changed is None else ArticleSave.model_validate(changed)


def _asset(file: File, known: Known) -> UUID | None:
    names = candidates(file.urls[0]) if len(file.urls) == 1 else [file.name]
    return next((known[file.kind, name] for name in names if (file.kind, name) in known), None)
