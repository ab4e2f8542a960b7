"""The query parameters of the desk's list of articles."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app import cursors
from app.editing.articles.content import Genre
from app.editing.articles.queries import Filter
from app.editing.site.models import Edition
from app.errors import Fault, Invalid
from app.identity.actor import Actor
from app.web.moments import Moment

CURSOR = "desk-articles"
HIGHEST = 2**31 - 1

Number = Annotated[int, Path(ge=1, le=HIGHEST)]
"""Of a revision or a version."""


class ArticleQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    edition: str | None = Field(default=None, max_length=35)
    stage: Literal["draft", "review", "ready"] | None = None
    live: bool | None = None
    section: UUID | None = Field(default=None, description="With all sections below it")
    person: UUID | None = None
    topic: UUID | None = None
    genre: Genre | None = None
    q: str | None = Field(
        default=None,
        max_length=200,
        description="Words in the headline or text, as in a web search",
    )
    changed_since: Moment | None = None
    limit: int = Field(default=50, ge=1, le=100)
    cursor: str | None = Field(default=None, max_length=500)


async def narrowed(session: AsyncSession, actor: Actor, query: ArticleQuery) -> Filter:
    return Filter(
        edition_id=await _edition(session, query.edition),
        stage=query.stage,
        live=query.live,
        section_id=query.section,
        person_id=query.person,
        topic_id=query.topic,
        genre=query.genre,
        text=query.q,
        changed_since=query.changed_since,
        primary_sections=actor.sections,
    )


def after(cursor: str | None) -> tuple[datetime, UUID] | None:
    if cursor is None:
        return None
    moment, identity = cursors.decode(cursor, kind=CURSOR, shape=(datetime, UUID))
    return moment, identity


def cursor_after(moment: datetime, identity: UUID) -> str:
    return cursors.encode((moment, identity), kind=CURSOR)


async def _edition(session: AsyncSession, code: str | None) -> UUID | None:
    if code is None:
        return None
    found = await session.execute(select(Edition.id).where(Edition.code == code))
    edition_id: UUID | None = found.scalar_one_or_none()
    if edition_id is None:
        fault = Fault("There is no such edition.", parameter="edition")
        raise Invalid("The edition is not known.", faults=[fault])
    return edition_id
