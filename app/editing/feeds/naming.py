"""What a saved feed asks for by name must be there, and stay there: a feed of one topic would be
one of everything once the topic was gone."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.feeds.schemas import FeedQuery
from app.editing.people.models import Person
from app.editing.sections.models import Section
from app.editing.series.models import Series
from app.editing.site.models import Edition
from app.editing.topics.models import Topic
from app.errors import Fault, Invalid

_NAMED: dict[str, Any] = {
    "section_ids": Section,
    "topic_ids": Topic,
    "person_ids": Person,
    "series_ids": Series,
}


async def require(session: AsyncSession, query: FeedQuery) -> None:
    """Raise Invalid with each thing that is not there. The others cannot be deleted until the
    commit, nor later while the feed names them (`app.editing.usage`)."""
    faults = await _unknown(session, "editions", Edition.code, query.editions or [])
    for field, model in _NAMED.items():
        faults += await _unknown(session, field, model.id, getattr(query, field))
    if faults:
        raise Invalid("The query names what is not there.", faults=faults)


async def _unknown(
    session: AsyncSession, field: str, column: Any, wanted: Sequence[str | UUID]
) -> list[Fault]:
    if not wanted:
        return []
    query = select(column).where(column.in_(wanted)).order_by(column)
    rows = await session.execute(query.with_for_update(read=True, key_share=True))
    known = set(rows.scalars())
    noun = field.removesuffix("_ids").removesuffix("s") if field != "series_ids" else "series"
    return [
        Fault(f"There is no such {noun}.", pointer=f"/query/{field}/{index}")
        for index, each in enumerate(wanted)
        if each not in known
    ]
