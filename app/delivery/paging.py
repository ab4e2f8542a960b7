"""Lists in pages: their one address, where they go on, and their ETag.

The ETag comes from the stamp of the list that is gone along: whatever changes the place of
something in a list, or its row there, touches the stamps of all lists that it is or was in.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple, Self
from urllib.parse import quote
from uuid import UUID

import orjson

from app import cursors
from app.cursors import Value
from app.delivery.asking import Ask
from app.delivery.documents import JSON, http_date, kept
from app.delivery.query_values import USUAL_LIMIT
from app.delivery.reader import Reader
from app.delivery.routing import QueryModel
from app.delivery.statements import moment, number, statement
from app.delivery.wire import Row
from app.published.writes import listing_tag
from app.web import caching
from app.web.answers import Answer, Headers
from app.web.conditional import etag_of, matches

_STAMP = statement(
    f"SELECT s.seq, {http_date('s.at')} FROM published.stamps s WHERE s.key = $1::uuid"
)


class Stamp(NamedTuple):
    """The number and the date of the last change that touched a list, as the database has them."""

    seq: bytes
    at: bytes


@dataclass(frozen=True, kw_only=True)
class Paged:
    """A list as it was asked for.

    `spelled` are its filters in one spelling, `key` is the list to go along, `meant` all ids that
    the names in the address stand for by now. `also_tags` purge it besides the tag of the list.
    """

    path: str
    spelled: str
    key: str
    limit: int
    cursor: str | None = None
    meant: tuple[Any, ...] = ()
    also_tags: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """What a cursor must fit."""
        return f"{self.path}?{self.spelled}"

    @property
    def tags(self) -> tuple[str, ...]:
        return (listing_tag(UUID(self.key)), *self.also_tags)

    def meaning(self, *ids: str | None) -> Self:
        """The same, where names in the address stand for these ids."""
        return replace(self, meant=ids)

    def address(self, cursor: str | None) -> str:
        """The root-relative link to this list, from there on."""
        limit = None if self.limit == USUAL_LIMIT else f"limit={self.limit}"
        place = None if cursor is None else f"cursor={cursor}"
        query = "&".join(filter(None, (self.spelled, limit, place)))
        return f"{self.path}?{query}" if query else self.path

    def position(self, *shape: type[Value]) -> tuple[Any, ...]:
        """Where the page begins: values of these types. Raises Invalid for another's cursor."""
        assert self.cursor is not None
        return cursors.decode(self.cursor, kind=self.kind, shape=shape)

    def moved_to(self, path: str, *shape: type[Value]) -> str:
        """The link to the list at that path, from the same place on."""
        there = replace(self, path=path)
        if self.cursor is None:
            return there.address(None)
        return there.address(cursors.encode(self.position(*shape), kind=there.kind))

    def etag(self, stamp: Stamp) -> bytes:
        # A slug or a path in the address may mean another section by now: the ids say which.
        named = f"{self.address(self.cursor)} {(self.key, *self.meant)}".encode()
        spelled = hashlib.blake2b(named, digest_size=9).hexdigest()
        return f'"{number(stamp.seq):x}-{spelled}"'.encode()

    def headers(self, stamp: Stamp) -> Headers:
        return [
            (b"etag", self.etag(stamp)),
            (b"last-modified", stamp.at),
            *kept(caching.LISTING, self.tags),
        ]


def spelled_out(query: QueryModel) -> str:
    """The filters in one spelling, without the place in the list and the size of its pages."""
    fields = type(query).model_fields
    values = {name: getattr(query, name) for name in fields if name in query.model_fields_set}
    return "&".join(
        f"{name}={quote(_text(value), safe=',:/')}"
        for name, value in values.items()
        if name not in ("limit", "cursor") and value != fields[name].default
    )


async def unchanged(ask: Ask, paged: Paged, known: Stamp | None) -> Answer | None:
    """The 304 for a client that has the page already. `known` is the stamp, where it was read."""
    etags = ask.head.get(b"if-none-match")
    if etags is None:
        return None
    stamp = known or await stamp_of(ask.reader, paged.key)
    if stamp is None or not matches(etags, paged.etag(stamp)):
        return None
    return Answer(304, paged.headers(stamp), b"", paged.tags)


async def stamp_of(reader: Reader, key: str) -> Stamp | None:
    """None for a list that never had anything in it."""
    row = await reader.row(_STAMP, key.encode())
    return Stamp(*row) if row else None


def page(rows: Sequence[Row], paged: Paged, place: Callable[[bytes], Value] = moment) -> Answer:
    """The page made of rows of: seq and date of the stamp, place and id, the bytes of the item.

    There is one row more than the page has room for, if there are more. `place` reads what the
    list is ordered by, before the id.
    """
    shown = rows[: paged.limit]
    following = None
    if len(rows) > len(shown):
        _, _, value, identity, _ = shown[-1]
        cursor = cursors.encode([place(value), UUID(bytes=identity)], kind=paged.kind)
        following = paged.address(cursor)
    items = b",".join([row[-1] for row in shown])
    body = b'{"items":[%b],"next":%b}' % (items, orjson.dumps(following))
    if not shown:
        # Nothing came that could have brought the stamp of the same moment with it.
        etag = (b"etag", etag_of(body).encode())
        headers = [JSON, etag, *kept(caching.LISTING, paged.tags)]
        return Answer(200, headers, body, paged.tags)
    stamp = Stamp(seq=shown[0][0], at=shown[0][1])
    headers = [JSON, *paged.headers(stamp)]
    if following:
        headers.append((b"link", f'<{following}>; rel="next"'.encode()))
    return Answer(200, headers, body, paged.tags, number(stamp.seq))


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return str(value).lower() if isinstance(value, bool) else str(value)
