"""The list of articles: cards, in pages, filtered.

Its ETag comes from the stamp of the list it goes along: whatever changes an article's place in any
list, or its card, touches the stamps of all lists that it is or was in.
"""

import hashlib
from datetime import datetime
from typing import Annotated
from uuid import UUID

import orjson
from fastapi import Query

from app import cursors
from app.delivery import list_keys
from app.delivery.asking import Ask, Asked
from app.delivery.documents import JSON, kept
from app.delivery.list_keys import Keys, Stamp
from app.delivery.list_query import ListQuery, spelled_out
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
    keys = await list_keys.named(ask.reader, query)
    if (known := ask.head.get(b"if-none-match")) is not None:
        stamp = keys.stamp or await list_keys.stamp(ask.reader, keys.key)
        if stamp and matches(known, _etag(stamp.seq, query)):
            return Answer(304, _headers(stamp, keys, query), b"", _tags(keys.key))
    return _page(await _rows(ask, keys, query), keys, query)


async def _rows(ask: Ask, keys: Keys, query: ListQuery) -> list[Row]:
    """One more than the page has, if there are more."""
    shape = _shape(keys, query)
    selection = select(shape)
    values = _values(selection, keys, query)
    if shape.is_walk:
        return await ask.reader.rows(selection.statement, *values)
    try:
        return await ask.reader.search(selection.statement, *values)
    except TooSlow:
        raise _too_broad(query) from None


def _page(rows: list[Row], keys: Keys, query: ListQuery) -> Answer:
    shown = rows[: query.limit]
    following = None
    if len(rows) > query.limit:
        _, _, time, identity, _ = shown[-1]
        cursor = cursors.encode([moment(time), UUID(bytes=identity)], kind=_kind(query))
        after = query.model_copy(update={"cursor": cursor})
        following = f"/v1/articles?{spelled_out(after)}"
    body = b'{"items":[%b],"next":%b}' % (
        b",".join(card for *_, card in shown), orjson.dumps(following),
    )  # fmt: skip
    if not shown:
        # Nothing came that could have brought the stamp of the same moment with it.
        headers = [JSON, (b"etag", etag_of(body).encode()), *_kept(keys.key)]
        return Answer(200, headers, body, _tags(keys.key))
    stamp = Stamp(seq=shown[0][0], at=shown[0][1])
    headers = [JSON, *_headers(stamp, keys, query)]
    if following:
        headers.append((b"link", f'<{following}>; rel="next"'.encode()))
    return Answer(200, headers, body, _tags(keys.key), number(stamp.seq))


async def _picked(ask: Ask, query: ListQuery) -> Answer:
    """Those with these ids, in their order."""
    name = "ids" if query.ids is not None else "external"
    if others := query.model_fields_set - {name}:
        detail = f"It cannot stand beside {name}."
        raise refused(*(Fault(detail, parameter=other) for other in sorted(others)))
    if query.ids is not None:
        wanted = f"{{{','.join(query.wanted_ids)}}}"
        rows = await ask.reader.rows(_BY_IDS, wanted.encode())
    else:
        system, _, identity = (query.external or "").partition(":")
        rows = await ask.reader.rows(_BY_EXTERNAL_ID, system.encode(), identity.encode())
    body = b'{"items":[%b],"next":null}' % b",".join(card for _, card in rows)
    etag = etag_of(b" ".join(etag for etag, _ in rows))
    # Every change of an article touches the list of them all: one tag instead of a hundred.
    headers = [JSON, (b"etag", etag.encode()), *_kept(str(EVERYTHING))]
    return Answer(200, headers, body, _tags(str(EVERYTHING)))


def _shape(keys: Keys, query: ListQuery) -> Shape:
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


def _values(selection: Selection, keys: Keys, query: ListQuery) -> list[bytes]:
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
        at, identity = cursors.decode(query.cursor, kind=_kind(query), shape=_POSITION)
        values |= {"at": at.isoformat(), "id": str(identity)}
    return [str(values[name]).encode() for name in selection.parameters]


_POSITION = (datetime, UUID)


def _kind(query: ListQuery) -> str:
    """What a cursor must fit: the query without its place and the size of its pages."""
    anywhere = query.model_copy(update={"cursor": None, "limit": 20})
    return f"articles?{spelled_out(anywhere)}"


def _etag(seq: bytes, query: ListQuery) -> bytes:
    spelled = hashlib.blake2b(spelled_out(query).encode(), digest_size=9).hexdigest()
    return f'"{number(seq):x}-{spelled}"'.encode()


def _headers(stamp: Stamp, keys: Keys, query: ListQuery) -> Headers:
    return [
        (b"etag", _etag(stamp.seq, query)),
        (b"last-modified", stamp.at),
        *_kept(keys.key),
    ]


def _kept(key: str) -> Headers:
    return kept(caching.LISTING, _tags(key))


def _tags(key: str) -> tuple[str, ...]:
    return (listing_tag(UUID(key)),)


def _too_broad(query: ListQuery) -> TooBroad:
    advice = {
        "edition": "Leave it out, or ask for the edition's articles without person and topic.",
        "section": "Ask for one of section, topic and person.",
        "topic": "Ask for one of section, topic and person.",
        "person": "Ask for one of section, topic and person.",
        "not_topic": "Leave it out, and skip the articles with this topic yourself.",
        "format": "Ask for one of format, genre, language and has_video.",
        "genre": "Ask for one of format, genre, language and has_video.",
        "language": "Ask for one of format, genre, language and has_video.",
        "has_video": "Ask for has_video=true alone.",
        "since": "With order=updated leave it out.",
        "until": "With order=updated leave it out.",
    }
    named = [name for name in advice if getattr(query, name) is not None]
    return TooBroad(
        "This combination of filters is too broad to be answered quickly. Narrow it.",
        faults=[Fault(advice[name], parameter=name) for name in named],
    )
