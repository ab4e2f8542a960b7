"""What an edit changes for readers, noted while it happens.

The desk does not know the press. It notes what was touched; whoever owns the transaction has the
press render it before the same commit (`Database.before_commit`).
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

_KEY = "changed"


@dataclass(frozen=True)
class Changed:
    """`kind`: site, edition, section, person, topic, collection, stream, series, feed, work,
    publication or speaker. Also schedule, with the id of its stream; tv, with that of its edition;
    and extras, with that of the site: the outlet's own fields are public, or not, in another way
    now, wherever they are.

    `again`: nobody edited it, but its document may have to be another one.
    """

    kind: str
    id: UUID
    deleted: bool = False
    again: bool = False


def note(
    session: AsyncSession,
    kind: str,
    subject_id: UUID,
    *,
    deleted: bool = False,
    again: bool = False,
) -> None:
    noted = session.info.setdefault(_KEY, {})
    if not (again and (kind, subject_id) in noted):
        noted[kind, subject_id] = Changed(kind, subject_id, deleted, again)


def take(session: AsyncSession) -> list[Changed]:
    """What was noted since the last time, in the order in which it was first noted."""
    return list(session.info.pop(_KEY, {}).values())
