"""The pictures of what is not an article: of people, of the publisher."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from app.editing.assets.models import Asset
from app.publishing import assets
from app.publishing.sheet import Sheet


async def load(sheet: Sheet, pictures: Iterable[Mapping[str, Any] | None]) -> dict[UUID, Asset]:
    """The assets of these pictures, which the documents to come on the sheet show."""
    wanted = {UUID(each["asset_id"]) for each in pictures if each and each.get("asset_id")}
    found = await assets.load(sheet.session, wanted)
    sheet.pictured |= found.keys()
    return found
