"""What must hold between an asset and whatever names it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.assets.models import Asset
from app.errors import Fault


@dataclass(frozen=True)
class Use:
    """`pointer` is its place; `kind` is what the asset has to be, where that matters."""

    pointer: str
    asset_id: UUID
    kind: str | None


async def faults(session: AsyncSession, uses: Iterable[Use]) -> list[Fault]:
    """Each use of what is not there, or is something else.

    The others are held until the commit: what is named cannot be deleted in the meantime.
    """
    named = list(uses)
    wanted = {use.asset_id for use in named}
    if not wanted:
        return []
    query = select(Asset.id, Asset.kind).where(Asset.id.in_(wanted)).order_by(Asset.id)
    rows = await session.execute(query.with_for_update(read=True, key_share=True))
    kinds = {row.id: row.kind for row in rows}
    return [
        Fault(reason, pointer=use.pointer)
        for use in named
        if (reason := _reason(kinds.get(use.asset_id), use.kind))
    ]


def _reason(found: str | None, wanted: str | None) -> str | None:
    if found is None:
        return "There is no such asset."
    if wanted in (found, None):
        return None
    return f"This asset is of the kind {found}; here one of the kind {wanted} is needed."
