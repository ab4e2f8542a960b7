"""Live channels and series: each by its name, and all in the order that the editors gave them."""

from functools import lru_cache
from typing import Annotated
from uuid import UUID

from fastapi import Path, Query
from pydantic import Field

from app.delivery import subjects
from app.delivery.addresses import MOVED
from app.delivery.asking import Ask, Asked
from app.delivery.documents import http_date
from app.delivery.list_keys import look_up
from app.delivery.list_sql import Numbered, Selection
from app.delivery.paging import Paged, page, spelled_out, unchanged
from app.delivery.query_values import MOST_ON_A_PAGE, USUAL_LIMIT, Limit, Name, Truth
from app.delivery.routing import GONE, Given, PublicRouter, QueryModel, failing, refused, unknown
from app.delivery.statements import statement
from app.published.channels import Series, SeriesPage, Stream, StreamPage
from app.published.models import SERIES, STREAMS
from app.web.answers import Answer

streams = PublicRouter("streams")
series = PublicRouter("series")

StreamName = Annotated[
    str, Path(description="Its immutable id, or its slug", examples=["kestrel-one"])
]
SeriesName = Annotated[
    str, Path(description="Its immutable id, or its slug", examples=["harbour-lights"])
]


class ChannelQuery(QueryModel):
    edition: Given[Name] = Field(default=None, description="Code of an edition", examples=["en"])
    limit: Limit = Field(default=USUAL_LIMIT, ge=1, le=MOST_ON_A_PAGE, description="Most on a page")
    cursor: Given[str] = Field(
        default=None, max_length=2000, description="Where to go on: from `next`, never made up"
    )


class StreamQuery(ChannelQuery):
    on_air: Given[Truth] = Field(default=None, description="Whether it is live now")


@streams.get(
    "/streams",
    operation_id="listStreams",
    summary="Live channels",
    response_model=StreamPage,
    responses=failing(),
)
async def list_streams(ask: Asked, query: Annotated[StreamQuery, Query()]) -> Answer:
    """In the order that the editors gave them, in pages."""
    return await _listed(ask, "stream", "/v1/streams", STREAMS, query, on_air=query.on_air)


@streams.get(
    "/streams/{stream}",
    operation_id="readStream",
    summary="One live channel",
    response_model=Stream,
    responses=MOVED | failing(*GONE),
)
async def read_stream(ask: Asked, stream: StreamName) -> Answer:
    """Where to watch it, and whether it is live now. A slug that was given up answers 301."""
    return await subjects.read(ask, "stream", "streams", stream)


@series.get(
    "/series",
    operation_id="listSeries",
    summary="Series",
    response_model=SeriesPage,
    responses=failing(),
)
async def list_series(ask: Asked, query: Annotated[ChannelQuery, Query()]) -> Answer:
    """In the order that the editors gave them, in pages."""
    return await _listed(ask, "series", "/v1/series", SERIES, query)


@series.get(
    "/series/{series}",
    operation_id="readSeries",
    summary="One series",
    response_model=Series,
    responses=MOVED | failing(*GONE),
)
async def read_series(ask: Asked, series: SeriesName) -> Answer:
    """A programme with its seasons. A slug that was given up answers 301."""
    return await subjects.read(ask, "series", "series", series)


async def _listed(
    ask: Ask, kind: str, path: str, key: UUID, query: ChannelQuery, *, on_air: bool | None = None
) -> Answer:
    edition = None
    if query.edition is not None:
        edition = await look_up(ask.reader, "edition", query.edition)
        if edition is None:
            raise refused(unknown("edition"))
    paged = Paged(
        path=path,
        spelled=spelled_out(query),
        key=str(key),
        limit=query.limit,
        cursor=query.cursor,
        meant=(edition and edition[0].decode(),),
    )
    if known := await unchanged(ask, paged, None):
        return known
    values = {"key": paged.key, "kind": kind, "limit": str(paged.limit + 1)}
    if edition is not None:
        values["edition"] = edition[1].decode()
    if paged.cursor is not None:
        sort_key, identity = paged.position(str, UUID)
        values |= {"sort_key": sort_key, "id": str(identity)}
    selection = select(kind, edition is not None, on_air, paged.cursor is not None)
    given = (values[name].encode() for name in selection.parameters)
    return page(await ask.reader.rows(selection.statement, *given), paged, bytes.decode)


@lru_cache(maxsize=64)
def select(kind: str, edition: bool, on_air: bool | None, after: bool) -> Selection:
    """Rows for `page`, along an index of what has a place in an order. Parameters: key, edition,
    sort_key and id (of the last row before), limit."""
    number = Numbered()
    key = number("key", "uuid")
    conditions = [f"d.kind = '{kind}'", "d.status = 200", "d.sort_key IS NOT NULL"]
    if edition:
        conditions.append(f"d.edition = {number('edition', 'text')}")
    if on_air is not None:
        conditions.append(("" if on_air else "NOT ") + """d.meta @> '{"on_air": true}'""")
    if after:
        conditions.append(
            f"(d.sort_key, d.id) > ({number('sort_key', 'text')}, {number('id', 'uuid')})"
        )
    sql = f"""
        SELECT s.seq, {http_date("s.at")}, d.sort_key, d.id, d.card
        FROM published.documents d LEFT JOIN published.stamps s ON s.key = {key}
        WHERE {" AND ".join(conditions)}
        ORDER BY d.sort_key, d.id LIMIT {number("limit", "bigint")}
    """
    return Selection(statement(sql), tuple(number.names))
