"""What happened to works in this transaction, and what of ours rests on them must learn.

Noted while it is recorded, as in `app.editing.changed`; whoever owns the transaction has it
followed up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.works.models import WorkEvent

_KEY = "to_follow"
_OWN = "own_works"


@dataclass(frozen=True)
class ToFollow:
    """`work_ids` are the ids under which articles name the work that it happened to.

    `origin_id` is the event that it all began with.
    """

    event_id: UUID
    origin_id: UUID
    work_ids: tuple[UUID, ...]
    is_reinstatement: bool


def note(session: AsyncSession, event: WorkEvent, work_ids: Iterable[UUID]) -> None:
    session.info.setdefault(_KEY, []).append(
        ToFollow(
            event_id=event.id,
            origin_id=event.origin_id or event.id,
            work_ids=tuple(sorted(work_ids)),
            is_reinstatement=event.kind == "reinstatement",
        )
    )


def note_own(session: AsyncSession, work_id: UUID) -> None:
    """A work stands for one of our own articles now: what that rests on may be in doubt already."""
    session.info.setdefault(_OWN, {})[work_id] = None


def take(session: AsyncSession) -> list[ToFollow]:
    """What was noted since the last time."""
    found: list[ToFollow] = session.info.pop(_KEY, [])
    return found


def take_own(session: AsyncSession) -> list[UUID]:
    return list(session.info.pop(_OWN, {}))
