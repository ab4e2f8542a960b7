"""What cites a work or a publication, and what somebody said: lists of citations."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.delivery import citation_lists
from app.delivery.addresses import MOVED, moved
from app.delivery.asking import Ask, Asked
from app.delivery.citation_query import CitedByQuery
from app.delivery.cited import PublicationId, SpeakerId, WorkId
from app.delivery.documents import gone, http_date, is_id, is_live, missing
from app.delivery.paging import Paged, spelled_out
from app.delivery.routing import GONE, PublicRouter, failing
from app.delivery.statements import statement
from app.errors import TooBroad
from app.published.citation_pages import CitationPage
from app.web.answers import Answer

router = PublicRouter("citations")

_SUBJECT = statement(f"""
    SELECT d.status, d.meta->>'notice', array_to_string(d.tags, ' '), d.meta->>'moved_to',
        s.seq, {http_date("s.at")}
    FROM published.documents d LEFT JOIN published.stamps s ON s.key = d.id
    WHERE d.id = $1::uuid AND d.kind = $2
""")


@router.get(
    "/works/{work_id}/cited-by",
    operation_id="listWorkCitations",
    summary="What cites a work",
    response_model=CitationPage,
    responses=MOVED | failing(*GONE, TooBroad),
)
async def list_work_citations(
    ask: Asked, work_id: WorkId, query: Annotated[CitedByQuery, Query()]
) -> Answer:
    """Citations of this work, the newest first: in itself, or somewhere on the way to it."""
    return await cited_by(ask, "work", work_id, query)


@router.get(
    "/publications/{publication_id}/cited-by",
    operation_id="listPublicationCitations",
    summary="What cites a publication",
    response_model=CitationPage,
    responses=MOVED | failing(*GONE, TooBroad),
)
async def list_publication_citations(
    ask: Asked, publication_id: PublicationId, query: Annotated[CitedByQuery, Query()]
) -> Answer:
    """Citations of what this publication issued, and of what came through it; the newest first."""
    return await cited_by(ask, "publication", publication_id, query)


@router.get(
    "/speakers/{speaker_id}/statements",
    operation_id="listSpeakerStatements",
    summary="What somebody said",
    response_model=CitationPage,
    responses=MOVED | failing(*GONE, TooBroad),
)
async def list_speaker_statements(
    ask: Asked, speaker_id: SpeakerId, query: Annotated[CitedByQuery, Query()]
) -> Answer:
    """What this speaker is quoted with, and what came through them; the newest first.

    Only what they said by name: nothing that was said without a name is tied to anybody.
    """
    return await cited_by(ask, "speaker", speaker_id, query)


_VERBS = {"work": "cited-by", "publication": "cited-by", "speaker": "statements"}


async def cited_by(ask: Ask, kind: str, identity: str, query: CitedByQuery) -> Answer:
    """A page of the citations of this work, publication or speaker."""
    row = None
    if is_id(identity):
        row = await ask.reader.row(_SUBJECT, identity.encode(), kind.encode())
    if row is None:
        raise missing()
    status, notice, tags, moved_to, *stamp = row
    if not is_live(status):
        raise gone(status, notice, tags)
    paged = Paged(
        path=path_of(kind, identity),
        spelled=spelled_out(query),
        key=identity,
        limit=query.limit,
        cursor=query.cursor,
        # Once it is merged the list is elsewhere.
        also_tags=tuple(tags.decode().split()),
    )
    if moved_to is not None:
        there = path_of(kind, moved_to.decode())
        return moved(paged.moved_to(there, datetime, UUID), paged.also_tags)
    return await citation_lists.answer(ask, paged, query, citation_lists.stamp_in(tuple(stamp)))


def path_of(kind: str, identity: str) -> str:
    return f"/v1/{kind}s/{identity}/{_VERBS[kind]}"
