"""What was rendered once is kept for the next who asks: once for each change, not for each request.

It is right as long as the state is the one that it was made from; whoever asks has just read that.
"""

import asyncio
import gzip
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from app.web.answers import Answer, Head, Headers
from app.web.conditional import etag_of, matches
from app.web.negotiation import takes_gzip


class Product(NamedTuple):
    """What rendering gives: the state that it shows, its bytes, and the headers that go with it."""

    state: str
    body: bytes
    headers: Headers


Make = Callable[[], Awaitable[Product]]

TRIES = 3
"""How often something is rendered anew because it was changed meanwhile."""

WORTH_COMPRESSING = 500
"""Bytes."""

LEVEL = 5
"""Of compression: a quarter cheaper than the next one, and half a percent larger."""

PART_OF_MANY = 4
"""One in so many bytes is for what there are very many of."""

AROUND = 1_000
"""Bytes that everything takes that is kept, however short it is: its name, its headers."""


class Made(NamedTuple):
    """A product, and its bytes compressed: b"" where that is not worth while."""

    state: str
    body: bytes
    headers: Headers
    gzipped: bytes


class Rendered:
    """At most so many bytes of it: what was not asked for longest is forgotten first."""

    def __init__(self, most: int) -> None:
        of_many = most // PART_OF_MANY
        self._few, self._many = _Shelf(most - of_many), _Shelf(of_many)
        self._making: dict[tuple[str, str], asyncio.Task[Made]] = {}

    async def get(self, name: str, state: str, make: Make, *, one_of_many: bool = False) -> Made:
        """What is called `name`, in this state or a newer one. Several who ask for the same at the
        same time wait for one that makes it.

        `one_of_many`: there is one of each article, or more than anybody could count, such as
        pages that begin anywhere. However many are asked for, feeds are not forgotten for them.
        """
        shelf = self._many if one_of_many else self._few
        if known := shelf.find(name, state):
            return known
        making = self._making.get((name, state))
        if making is None:
            making = asyncio.create_task(_made(shelf, name, make))
            self._making[name, state] = making
            making.add_done_callback(lambda _: self._making.pop((name, state), None))
        # Whoever hangs up does not take it from the others.
        return await asyncio.shield(making)


class _Shelf:
    """Room for so many bytes."""

    def __init__(self, most: int) -> None:
        self._most = self._room = most
        self._kept: OrderedDict[str, Made] = OrderedDict()

    def find(self, name: str, state: str) -> Made | None:
        known = self._kept.get(name)
        if known is None or known.state != state:
            return None
        self._kept.move_to_end(name)
        return known

    def put(self, name: str, made: Made) -> None:
        self._forget(name)
        if _size(made) > self._most:
            return  # All others would be forgotten for it, and then it itself.
        self._kept[name] = made
        self._room -= _size(made)
        while self._room < 0:
            self._forget(next(iter(self._kept)))

    def _forget(self, name: str) -> None:
        if old := self._kept.pop(name, None):
            self._room += _size(old)


async def _made(shelf: _Shelf, name: str, make: Make) -> Made:
    product = await make()
    made = Made(*product, await asyncio.to_thread(_compressed, product.body))
    shelf.put(name, made)
    return made


def etag(name: str, state: str) -> bytes:
    """Of what is called `name`, in this state, sent as it is."""
    return etag_of(f"{name} {state}".encode()).encode()


def unchanged(head: Head, etag: bytes, headers: Headers, tags: tuple[str, ...]) -> Answer | None:
    """The 304 for a client that has it, compressed or not. `*` names nothing: whether there is
    anything is seen when it is made."""
    known = head.get(b"if-none-match")
    if known is None or known.strip() == b"*":
        return None
    for each in (etag, _compressed_etag(etag)):
        if matches(known, each):
            return Answer(304, [(b"etag", each), *headers, _VARY], b"", tags)
    return None


def answer(head: Head, made: Made, etag: bytes, headers: Headers, tags: tuple[str, ...]) -> Answer:
    """It with these headers and its own, compressed for those who take that."""
    headers = [*headers, *made.headers, _VARY]
    if made.gzipped and takes_gzip(head.get(b"accept-encoding")):
        headers = [(b"etag", _compressed_etag(etag)), (b"content-encoding", b"gzip"), *headers]
        return Answer(200, headers, made.gzipped, tags)
    return Answer(200, [(b"etag", etag), *headers], made.body, tags)


_VARY = (b"vary", b"Accept-Encoding")


def _compressed_etag(etag: bytes) -> bytes:
    """Other bytes need another strong ETag (RFC 9110 §8.8.3.3)."""
    return etag[:-1] + b'-gz"'


def _compressed(body: bytes) -> bytes:
    if len(body) < WORTH_COMPRESSING:
        return b""
    return gzip.compress(body, compresslevel=LEVEL, mtime=0)


def _size(made: Made) -> int:
    return len(made.body) + len(made.gzipped) + AROUND
