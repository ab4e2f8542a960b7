"""The list of articles: cards, in pages, filtered.

Its ETag comes from the stamp of the list it goes along: whatever changes an article's place in any
list, or its card, touches the stamps of all lists that it is or was in.
"""

import hashlib
from datetime import datetime
from typing import Annotated, NamedTuple
from uuid import UUID

import orjson
from fastapi import Query

from app import cursors
from app.delivery import list_keys
from app.delivery.asking import Ask, Asked
from app.delivery.documents import JSON, kept
from app.delivery.list_advice import too_broad
from app.delivery.list_keys import Keys, Stamp
from app.delivery.list_query import USUAL_LIMIT, ListQuery, spelled_out
from app.delivery.list_sql import Selection, Shape, select
from app.delivery.reader import TooSlow
from app.delivery.routing import PublicRouter, failing, refused
from app.delivery.statements import moment, number, statement
from app.delivery.wire import Row
from app.errors import Fault, TooBroad
from app.published.document import CardPage
from app.published.models import EVERYTHING
from app.published.writes import listing_tag
from app.web import caching
from app.web.answers import Answer, Headers
from app.web.conditional import etag_of, matches

router = PublicRouter("articles")

_BY_IDS = statement("""
    SELECT d.etag, d.card FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted(id, place)
    JOIN published.documents d ON d.id = wanted.id AND d.kind = 'article' AND d.status = 200
    ORDER BY wanted.place
""")

_BY_EXTERNAL_ID = statement("""
    SELECT d.etag, d.card FROM published.external_ids e
    JOIN published.documents d ON d.id = e.document_id AND d.kind = 'article' AND d.status = 200
    WHERE e.system = $1 AND e.external_id = $2
""")


@router.get(
    "/articles",
    operation_id="listArticles",
    summary="Articles: newest first, filtered, in pages",
    response_model=CardPage,
    responses=failing(TooBroad),
)
async def list_articles(ask: Asked, query: Annotated[ListQuery, Query()]) -> Answer:
    """Cards of live articles; a list has no other form.

    One of `section`, `topic` and `person`, with at most one of `format`, `genre`, `language` and
    `has_video=true`, and a span of time, is quick however many articles there are. What asks for
    more is tried for a moment, and else answered with a 422 `too-broad`.

    `next` leads to the next page. Pages neither repeat nor skip an article that stays where it is
    while others are published. There are no totals.
    """
    if query.ids is not None or query.external is not None:
        return await _picked(ask, query)
    wanted = _Wanted(query, await list_keys.named(ask.reader, query), spelled_out(query))
    if (known := ask.head.get(b"if-none-match")) is not None:
        stamp = wanted.keys.stamp or await list_keys.stamp(ask.reader, wanted.keys.key)
        if stamp and matches(known, wanted.etag(stamp)):
            return Answer(304, wanted.headers(stamp), b"", wanted.tags)
    return _page(await _rows(ask, wanted), wanted)


class _Wanted(NamedTuple):
    """A query, the lists that it names, and its one spelling."""

    query: ListQuery
    keys: Keys
    spelled: str

    @property
    def kind(self) -> str:
        """What a cursor must fit."""
        return f"articles?{self.spelled}"

    @property
    def tags(self) -> tuple[str, ...]:
        return (listing_tag(UUID(self.keys.key)),)

    def address(self, cursor: str | None) -> str:
        """The root-relative link to this list, from there on."""
        limit = None if self.query.limit == USUAL_LIMIT else f"limit={self.query.limit}"
        place = None if cursor is None else f"cursor={cursor}"
        return f"/v1/articles?{'&'.join(filter(None, (self.spelled, limit, place)))}"

    def etag(self, stamp: Stamp) -> bytes:
        # A slug or a path in the address may mean another section by now: the ids say which.
        keys = (self.keys.key, self.keys.also, self.keys.without, self.keys.edition)
        named = f"{self.address(self.query.cursor)} {keys}".encode()
        spelled = hashlib.blake2b(named, digest_size=9).hexdigest()
        return f'"{number(stamp.seq):x}-{spelled}"'.encode()

    def headers(self, stamp: Stamp) -> Headers:
        return [
            (b"etag", self.etag(stamp)),
            (b"last-modified", stamp.at),
            *kept(caching.LISTING, self.tags),
        ]


async def _rows(ask: Ask, wanted: _Wanted) -> list[Row]:
    """One more than the page has, if there are more."""
    shape = _shape(wanted)
    selection = select(shape)
    values = _values(selection, wanted)
    if shape.is_walk:
        return await ask.reader.rows(selection.statement, *values)
    try:
        return await ask.reader.search(selection.statement, *values)
    except TooSlow:
        raise too_broad(wanted.keys, wanted.query) from None


def _page(rows: list[Row], wanted: _Wanted) -> Answer:
    shown = rows[: wanted.query.limit]
    following = None
    if len(rows) > len(shown):
        _, _, time, identity, _ = shown[-1]
        cursor = cursors.encode([moment(time), UUID(bytes=identity)], kind=wanted.kind)
        following = wanted.address(cursor)
    cards = b",".join([row[-1] for row in shown])
    body = b'{"items":[%b],"next":%b}' % (cards, orjson.dumps(following))
    if not shown:
        # Nothing came that could have brought the stamp of the same moment with it.
        etag = (b"etag", etag_of(body).encode())
        return Answer(200, [JSON, etag, *kept(caching.LISTING, wanted.tags)], body, wanted.tags)
    stamp = Stamp(seq=shown[0][0], at=shown[0][1])
    headers = [JSON, *wanted.headers(stamp)]
    if following:
        headers.append((b"link", f'<{following}>; rel="next"'.encode()))
    return Answer(200, headers, body, wanted.tags, number(stamp.seq))


async def _picked(ask: Ask, query: ListQuery) -> Answer:
    """Those with these ids, in their order."""
    name = "ids" if query.ids is not None else "external"
    if others := query.model_fields_set - {name}:
        detail = f"It cannot stand beside {name}."
        raise refused(*(Fault(detail, parameter=other) for other in sorted(others)))
    if query.ids is not None:
        ids = f"{{{','.join(query.wanted_ids)}}}"
        rows = await ask.reader.rows(_BY_IDS, ids.encode())
    else:
        system, _, identity = (query.external or "").partition(":")
        rows = await ask.reader.rows(_BY_EXTERNAL_ID, system.encode(), identity.encode())
    body = b'{"items":[%b],"next":null}' % b",".join(card for _, card in rows)
    etag = etag_of(b" ".join(etag for etag, _ in rows))
    # Every change of an article touches the list of them all: one tag instead of a hundred.
    tags = (listing_tag(EVERYTHING),)
    return Answer(200, [JSON, (b"etag", etag.encode()), *kept(caching.LISTING, tags)], body, tags)


def _shape(wanted: _Wanted) -> Shape:
    query, keys, _ = wanted
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
    )


def _values(selection: Selection, wanted: _Wanted) -> list[bytes]:
    """The statement's parameters, as PostgreSQL reads them."""
    query, keys, _ = wanted
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
        at, identity = cursors.decode(query.cursor, kind=wanted.kind, shape=(datetime, UUID))
        values |= {"at": at.isoformat(), "id": str(identity)}
    return [str(values[name]).encode() for name in selection.parameters]
