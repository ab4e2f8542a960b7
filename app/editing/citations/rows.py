"""Repeating the citations of an article's newest revision in rows."""

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from psycopg.errors import UniqueViolation
from psycopg.types.json import Jsonb
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app import ids
from app.database import pipelined
from app.editing import merging
from app.editing.citations.models import CitationRow
from app.editing.citations.values import Citation, Descriptor
from app.errors import Conflict
from app.published.cited_models import Citation as PublicCitation

Part = TypeVar("Part", bound=BaseModel)

_NAMING = ("work_id", "publication_id", "speaker_id")


async def own_ids(
    session: AsyncSession, article_id: UUID | None, citations: Sequence[Citation]
) -> list[Citation]:
    """The citations, with new ids where another article has theirs, or has had it in public: they
    were copied from it."""
    wanted = [citation.id for citation in citations]
    taken: set[UUID] = set()
    for table in (CitationRow, PublicCitation):
        query = select(table.id).where(
            table.id.in_(wanted), table.article_id.is_distinct_from(article_id)
        )
        taken |= set((await session.execute(query)).scalars())
    new = {identity: ids.public() for identity in taken}
    if not new:
        return list(citations)
    return [
        citation.model_copy(
            update={
                "id": new.get(citation.id, citation.id),
                "via_citation_id": new.get(citation.via_citation_id, citation.via_citation_id)
                if citation.via_citation_id
                else None,
            }
        )
        for citation in citations
    ]


async def repeat(session: AsyncSession, article_id: UUID, citations: Sequence[Citation]) -> None:
    """Replace the article's rows by these, which name what was merged by the id that it has now.

    Raises Conflict where somebody else has used the id of one of them at the same moment.
    """
    citations = await _led_on(session, citations)
    try:
        await _replace(session, article_id, citations)
    except UniqueViolation as error:
        if error.diag.constraint_name != "uq_citations_id":
            raise
        raise Conflict(
            "Another article was given the id of one of these citations at the same moment. Send "
            "it again: then it gets a new one."
        ) from error


async def _replace(session: AsyncSession, article_id: UUID, citations: Sequence[Citation]) -> None:
    async with pipelined(session) as connection:
        await connection.execute("DELETE FROM desk.citations WHERE article_id = %s", (article_id,))
        if not citations:
            return
        cursor = connection.cursor()
        await cursor.executemany(
            "INSERT INTO desk.citations"
            " (article_id, id, ordinal, type, work_id, has_statement, via_id, visibility)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (article_id, each.id, ordinal, each.type, each.work_id, each.statement is not None,
                 each.via_citation_id, each.visibility)
                for ordinal, each in enumerate(citations)
            ],
        )  # fmt: skip
        if statements := _statements(citations):
            await cursor.executemany(_STATEMENT, statements)
        if hops := _hops(citations):
            await cursor.executemany(_HOP, hops)
        if anchors := _anchors(citations):
            await cursor.executemany(_ANCHOR, anchors)


async def _led_on(session: AsyncSession, citations: Sequence[Citation]) -> Sequence[Citation]:
    named = {
        identity
        for citation in citations
        for part in (citation, citation.statement, *citation.chain)
        for name in _NAMING
        if (identity := getattr(part, name, None))
    }
    led = await merging.resolve_ids(session, named)
    if not led:
        return citations

    def on(part: Part) -> Part:
        new = {name: led[old] for name in _NAMING if (old := getattr(part, name, None)) in led}
        return part.model_copy(update=new)

    return [
        on(citation).model_copy(
            update={
                "statement": on(citation.statement) if citation.statement else None,
                "chain": [on(hop) for hop in citation.chain],
            }
        )
        for citation in citations
    ]


_STATEMENT = """
INSERT INTO desk.statements
    (citation_id, form, text, speaker_id, descriptor, channel, attribution_level)
VALUES (%s, %s, %s, %s, %s, %s, %s)
"""

_HOP = """
INSERT INTO desk.citation_hops
    (citation_id, depth, relation, publication_id, work_id, speaker_id, descriptor)
VALUES (%s, %s, %s, %s, %s, %s, %s)
"""

_ANCHOR = """
INSERT INTO desk.anchors (citation_id, position, target, block_id, start, "end", state)
VALUES (%s, %s, %s, %s, %s, %s, %s)
"""


def _statements(citations: Sequence[Citation]) -> list[tuple[Any, ...]]:
    return [
        (
            citation.id,
            statement.form,
            statement.text,
            statement.speaker_id,
            _json(statement.unnamed),
            statement.channel,
            statement.attribution_level,
        )
        for citation in citations
        if (statement := citation.statement)
    ]


def _hops(citations: Sequence[Citation]) -> list[tuple[Any, ...]]:
    return [
        (
            citation.id,
            depth,
            hop.relation,
            hop.publication_id,
            hop.work_id,
            hop.speaker_id,
            _json(hop.unnamed),
        )
        for citation in citations
        for depth, hop in enumerate(citation.chain)
    ]


def _anchors(citations: Sequence[Citation]) -> list[tuple[Any, ...]]:
    return [
        (
            citation.id,
            position,
            anchor.target,
            anchor.block_id,
            anchor.start,
            anchor.end,
            anchor.state,
        )
        for citation in citations
        for position, anchor in enumerate(citation.anchors)
    ]


def _json(unnamed: Descriptor | None) -> Jsonb | None:
    return Jsonb(unnamed.model_dump(mode="json")) if unnamed else None
