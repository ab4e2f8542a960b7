"""The rows of a page of articles, or of their videos: found by a walk, or by a search."""

from datetime import datetime
from uuid import UUID

from app.delivery.asking import Ask
from app.delivery.list_advice import too_broad
from app.delivery.list_keys import Keys
from app.delivery.list_query import ListQuery
from app.delivery.list_sql import Selection, Shape, select
from app.delivery.paging import Paged
from app.delivery.reader import TooSlow
from app.delivery.wire import Row


async def page_rows(
    ask: Ask, query: ListQuery, keys: Keys, paged: Paged, *, films: bool = False
) -> list[Row]:
    """One more than the page has, if there are more. `films`: cards of videos. Raises TooBroad."""
    shape = _shape(query, keys, films=films)
    selection = select(shape)
    values = _values(selection, query, keys, paged)
    if shape.is_walk:
        return await ask.reader.rows(selection.statement, *values)
    try:
        return await ask.reader.search(selection.statement, *values)
    except TooSlow:
        raise too_broad(keys, query, films=films) from None


def _shape(query: ListQuery, keys: Keys, *, films: bool) -> Shape:
    return Shape(
        order=query.order,
        also=len(keys.also),
        without=keys.without is not None,
        edition=keys.edition is not None,
        genres=min(len(query.genres), 2),
        format=query.format is not None,
        language=query.language is not None,
        video=query.has_video,
        since=query.since is not None,
        until=query.until is not None,
        after=query.cursor is not None,
        films=films,
    )


def _values(selection: Selection, query: ListQuery, keys: Keys, paged: Paged) -> list[bytes]:
    """The statement's parameters, as PostgreSQL reads them."""
    genres = query.genres
    values = {
        "key": keys.key,
        **{f"also{index}": key for index, key in enumerate(keys.also)},
        "without": keys.without,
        "edition": keys.edition,
        "genre": f"{{{','.join(genres)}}}" if len(genres) > 1 else query.genre,
        "format": query.format,
        "language": query.language,
        "since": query.since and query.since.isoformat(),
        "until": query.until and query.until.isoformat(),
        "limit": str(query.limit + 1),
    }
    if query.cursor is not None:
        at, identity = paged.position(datetime, UUID)
        values |= {"at": at.isoformat(), "id": str(identity)}
    return [str(values[name]).encode() for name in selection.parameters]
