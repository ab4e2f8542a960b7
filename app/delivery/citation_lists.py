"""Lists of citations: of all, or of what cites one thing. Cards, newest first, in pages."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.delivery import list_keys
from app.delivery.asking import Ask, Asked
from app.delivery.citation_query import KINDS, CitationQuery, CitedByQuery
from app.delivery.citation_sql import Shape, select
from app.delivery.list_sql import Selection
from app.delivery.paging import Paged, Stamp, page, spelled_out, unchanged
from app.delivery.reader import TooSlow
from app.delivery.routing import PublicRouter, failing, refused, unknown
from app.delivery.wire import Row
from app.errors import Fault, TooBroad
from app.published.citation_pages import CitationPage
from app.published.models import EVERYTHING
from app.web.answers import Answer

router = PublicRouter("citations")


@router.get(
    "/citations",
    operation_id="listCitations",
    summary="Citations: newest first, filtered, in pages",
    response_model=CitationPage,
    responses=failing(TooBroad),
)
async def list_citations(ask: Asked, query: Annotated[CitationQuery, Query()]) -> Answer:
    """Everything that live articles cite, with the article and the sentence in which it stands.

    `publication` with at most one of `type`, `level` and `channel`, and a span of time, is quick
    however many citations there are. What asks for more is tried for a moment, and else answered
    with a 422 `too-broad`.
    """
    key, stamp = str(EVERYTHING), None
    if query.publication is not None:
        row = await list_keys.look_up(ask.reader, "publication", query.publication)
        if row is None:
            raise refused(unknown("publication"))
        key, stamp = row[0].decode(), stamp_in(row[2:])
    paged = Paged(
        path="/v1/citations",
        spelled=spelled_out(query),
        key=key,
        limit=query.limit,
        cursor=query.cursor,
    )
    return await answer(ask, paged, query, stamp)


async def answer(ask: Ask, paged: Paged, query: CitedByQuery, stamp: Stamp | None) -> Answer:
    """A page of the list. `stamp` is the list's, where it was read with the list's name."""
    section = await _section(ask, query)
    paged = paged.meaning(section)
    if known := await unchanged(ask, paged, stamp):
        return known
    return page(await _rows(ask, paged, query, section), paged)


def stamp_in(columns: Row) -> Stamp | None:
    """The stamp made of its number and date, which are null where a list never had anything."""
    seq, at = columns
    return Stamp(seq, at) if seq is not None else None


async def _section(ask: Ask, query: CitedByQuery) -> str | None:
    """The id of the section that the query names."""
    if query.section is None:
        return None
    row = await list_keys.look_up(ask.reader, "section", query.section)
    if row is None:
        raise refused(unknown("section"))
    identity: str = row[0].decode()
    return identity


async def _rows(ask: Ask, paged: Paged, query: CitedByQuery, section: str | None) -> list[Row]:
    """One more than the page has, if there are more."""
    shape = Shape(
        type=query.type is not None,
        level=query.level is not None,
        channel=query.channel is not None,
        since=query.since is not None,
        until=query.until is not None,
        section=section is not None,
        after=query.cursor is not None,
    )
    selection = select(shape)
    values = _values(selection, paged, query, section)
    if shape.is_walk:
        return await ask.reader.rows(selection.statement, *values)
    try:
        return await ask.reader.search(selection.statement, *values)
    except TooSlow:
        raise _too_broad(query) from None


def _values(
    selection: Selection, paged: Paged, query: CitedByQuery, section: str | None
) -> list[bytes]:
    """The statement's parameters, as PostgreSQL reads them."""
    values = {
        "key": paged.key,
        "type": query.type,
        "level": query.level,
        "channel": query.channel,
        "since": query.since and query.since.isoformat(),
        "until": query.until and query.until.isoformat(),
        "section": section,
        "limit": str(query.limit + 1),
    }
    if query.cursor is not None:
        at, identity = paged.position(datetime, UUID)
        values |= {"at": at.isoformat(), "id": str(identity)}
    return [str(values[name]).encode() for name in selection.parameters]


def _too_broad(query: CitedByQuery) -> TooBroad:
    """The refusal, naming each parameter that one could do without."""
    given = [name for name in KINDS if getattr(query, name) is not None]
    faults = []
    if len(given) > 1:
        advice = "Ask for one of type, level and channel."
        faults += [Fault(advice, parameter=name) for name in given]
    if query.section is not None:
        advice = "Leave it out, or ask for a shorter span of time."
        faults.append(Fault(advice, parameter="section"))
    return TooBroad(
        "This combination of filters is too broad to be answered quickly. Narrow it.",
        faults=faults,
    )
