"""One at a time for each file: who takes it up, and who forgets it."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_HOLD = text("SELECT pg_advisory_xact_lock(hashtextextended(:sha256, 4))")


async def hold(session: AsyncSession, sha256: str) -> None:
    """Until the commit nobody else takes up this file, or forgets it."""
    await session.execute(_HOLD, {"sha256": sha256})
