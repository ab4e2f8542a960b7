"""What articles name and show: sections, people, topics, series, other articles."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from psycopg.rows import class_row
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import pipelined
from app.editing.people.models import Person
from app.editing.sections.models import Section
from app.editing.series.models import Series
from app.editing.topics.models import Topic
from app.publishing.rows import select


@dataclass(frozen=True, kw_only=True)
class Live:
    """What is public of an article at this moment."""

    id: UUID
    etag: str
    version: int
    modified_at: Any
    card: bytes | None
    status: int


@dataclass(frozen=True, kw_only=True)
class NamedRows:
    """By their own ids."""

    sections: dict[UUID, Section]
    people: dict[UUID, Person]
    topics: dict[UUID, Topic]
    series: dict[UUID, Series]
    documents: dict[UUID, Live]

    def cards(self, identities: Iterable[UUID]) -> list[dict[str, Any]]:
        """Of those that are live."""
        live = (self.documents.get(identity) for identity in identities)
        return [orjson.loads(each.card or b"{}") for each in live if each and each.status == 200]


async def load(
    session: AsyncSession,
    *,
    sections: set[UUID],
    people: set[UUID],
    topics: set[UUID],
    series: set[UUID],
    documents: set[UUID],
) -> NamedRows:
    async with pipelined(session) as connection:
        found_sections = await select(connection, Section, _AND_ABOVE, [list(sections)])
        found_people = await select(connection, Person, "id = ANY(%s)", [list(people)])
        found_topics = await select(connection, Topic, "id = ANY(%s)", [list(topics)])
        found_series = await select(connection, Series, "id = ANY(%s)", [list(series)])
        found_documents = connection.cursor(row_factory=class_row(Live))
        await found_documents.execute(
            "SELECT id, etag, version, modified_at, card, status FROM published.documents"
            " WHERE id = ANY(%s)",
            (list(documents),),
        )
        return NamedRows(
            sections={section.id: section for section in await found_sections.fetchall()},
            people={person.id: person for person in await found_people.fetchall()},
            topics={topic.id: topic for topic in await found_topics.fetchall()},
            series={each.id: each for each in await found_series.fetchall()},
            documents={live.id: live for live in await found_documents.fetchall()},
        )


_AND_ABOVE = """id IN (
    WITH RECURSIVE above AS (
        SELECT id, parent_id FROM desk.sections WHERE id = ANY(%s)
        UNION SELECT up.id, up.parent_id FROM desk.sections up JOIN above ON up.id = above.parent_id
    ) SELECT id FROM above)"""
