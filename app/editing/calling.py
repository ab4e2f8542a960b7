"""Calls of the desk to servers that are not ours: whether there are any, and as whom.

The setting comes with the session, as other settings of the process do (`Database(info=…)`).
"""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.site import queries
from app.errors import Conflict
from app.outbound.fetching import Fetch, fetch
from app.settings import Settings

_KEY = "fetch"


class OutboundOff(Conflict):
    """This server makes no calls to others (`MASTHEAD_OUTBOUND`). A page can still be read: send
    its `html`."""

    type = "outbound-off"
    title = "Calls to other servers are switched off"


def session_info(settings: Settings, fetch: Fetch = fetch) -> dict[str, Any]:
    """What the database's sessions are told of it."""
    return {_KEY: fetch if settings.outbound else None}


def is_on(session: AsyncSession) -> bool:
    return session.info.get(_KEY) is not None


def fetcher(session: AsyncSession) -> Fetch:
    """Raises OutboundOff where nobody may be called. Never call while a transaction is open."""
    found: Fetch | None = session.info.get(_KEY)
    if found is None:
        raise OutboundOff("MASTHEAD_OUTBOUND is off here.")
    return found


async def agent(session: AsyncSession) -> str:
    """How we name ourselves: the program, and where to find whoever runs it."""
    site = await queries.site(session)
    bases = [each["web"] for each in site.addresses if each["kind"] == "canonical"]
    return f"Masthead (+{bases[0]}/)" if bases else "Masthead"
