"""Pictures of the desk's own things that are assets: they must be there, and become public.

It asks the database by itself: the site, whose logo is one, stands below the assets.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.changed import note
from app.editing.pictures import Picture
from app.errors import Fault, Invalid


async def settle(
    session: AsyncSession,
    before: Mapping[str, Any] | None,
    picture: Picture | None,
    *,
    pointer: str,
) -> None:
    """Whoever showed the stored picture `before` shows this one now. Raises Invalid, naming the
    place, where it is none."""
    after = picture.asset_id if picture else None
    known = before.get("asset_id") if before else None
    if after is not None:
        found = (await session.execute(_KIND, {"id": after})).scalar_one_or_none()
        if found != "image":
            fault = Fault("There is no such picture.", pointer=f"{pointer}/asset_id")
            raise Invalid("The picture cannot be used.", faults=[fault])
    begins_or_ends(session, [UUID(known) if known else None], [after])


def begins_or_ends(
    session: AsyncSession, before: Iterable[UUID | None], after: Iterable[UUID | None]
) -> None:
    """Have it looked at whether readers may have the assets that something shows only now, or no
    longer."""
    for identity in set(before) ^ set(after):
        if identity is not None:
            note(session, "asset", identity, again=True)


_KIND = text("SELECT kind FROM desk.assets WHERE id = :id FOR KEY SHARE")
