"""Documents that are rendered and wait for the end of the transaction to be written.

They are written together, last, by `press.settle`, because writing takes the lock of the change
log; whatever is slow has happened before.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.published.writes import Put, Remove

_KEY = "pending"


@dataclass(frozen=True, kw_only=True)
class Pending:
    """`seen` is the head of the change log when what the document embeds was read.

    `names` are the people and topics in it, by kind and id; `told` what was known to have happened
    to the works that it cites; `translations` the articles that tell the same story;
    `card_changed` says whether articles that embed this one's card must be made again; `feeds` are
    the saved feeds that were asked whether it belongs into them, each with the state of its query.
    """

    write: Put | Remove
    seen: int
    subjects: frozenset[UUID] = frozenset()
    names: frozenset[tuple[str, UUID]] = frozenset()
    told: frozenset[UUID] = frozenset()
    translations: frozenset[UUID] = frozenset()
    card_changed: bool = False
    feeds: frozenset[tuple[UUID, int]] = frozenset()


def add(session: AsyncSession, pending: Pending) -> None:
    session.info.setdefault(_KEY, {})[pending.write.id] = pending


def take(session: AsyncSession) -> list[Pending]:
    return list(session.info.pop(_KEY, {}).values())
