"""Where sections and editions live: their paths are claimed when the desk gives them."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.errors import Conflict
from app.published import paths


async def settle(session: AsyncSession, homes: Mapping[UUID, str]) -> None:
    """Let each of these live at its path; where it lived before, it leaves a redirect.

    Raises Conflict where something else lives. Paths are taken in their order, so that two who
    settle at once never wait for each other.
    """
    left = [
        (path, False, document_id)
        for path, document_id in await paths.homes(session, list(homes))
        if path != homes[document_id]
    ]
    taken = [(path, True, document_id) for document_id, path in homes.items()]
    for path, arrives, document_id in sorted(left + taken):
        if not arrives:
            await paths.leave(session, path, document_id)
        elif not await paths.claim(session, path, document_id, force=True):
            raise Conflict(f"Something else lives at {path} already.")
