"""Answers `/media`: files of assets that are in public, whole or in parts, and nothing else.

A plain ASGI layer: what it sends may be larger than memory, and is read as fast as the client takes
it. Nothing of it can be run in a browser, whatever is in it: no type that browsers run is served,
none may be guessed (`nosniff`), and what is opened by itself is in a sandbox.
"""

from collections.abc import AsyncIterator
from email.utils import format_datetime
from typing import NamedTuple, Self

import structlog
from starlette.types import ASGIApp, Receive, Scope, Send

from app.delivery import media_documents, media_ranges, media_sending
from app.delivery.documents import missing
from app.delivery.media_documents import Document
from app.delivery.media_files import File, Kept
from app.delivery.media_making import Wanted
from app.delivery.media_ranges import Span
from app.delivery.media_renditions import Renditions
from app.delivery.reader import Reader
from app.errors import Unavailable
from app.published import media_urls
from app.published.media_urls import Address
from app.storage import keys
from app.storage.faults import NotThere, StorageFault
from app.storage.stored import Storage
from app.web import caching, conditional, problems
from app.web.answers import Head, Headers
from app.web.middleware import guard
from app.web.refusals import MethodNotAllowed
from app.web.request_head import Area

METHODS = "GET, HEAD, OPTIONS"

_ALWAYS = [
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"Accept-Ranges, Content-Length, Content-Range, ETag, Retry-After, X-Request-Id",
    ),
    (b"cross-origin-resource-policy", b"cross-origin"),
    (b"content-security-policy", b"default-src 'none'; sandbox"),
]
_PREFLIGHT = [
    (b"access-control-allow-methods", METHODS.encode()),
    (b"access-control-allow-headers", b"If-None-Match, If-Range, Range, X-Request-Id"),
    (b"access-control-max-age", b"86400"),
    (b"allow", METHODS.encode()),
    (b"cache-control", caching.STATIC.header),
]
_FROM_A_CDN = b"cdn-loop"
"""The request header by which CDNs know that they lead to themselves (RFC 8586)."""
_DOWNLOADED = frozenset({"application/pdf"})
"""Never opened in the browser: its reader of PDF runs scripts, and does not work in a sandbox."""

log = structlog.get_logger()


class Files:
    """Where the bytes come from, within `async with`. `suffixes` are those of renditions that one
    can have."""

    def __init__(self, storage: Storage, renditions: Renditions, suffixes: frozenset[str]) -> None:
        self._storage = storage
        self._renditions = renditions
        self._suffixes = suffixes

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._renditions.close()

    def address(self, path: str) -> Address:
        """What a path asks for. Raises NotFound for what is no address of a file."""
        address = media_urls.read(path)
        if address is None or (address.name and address.suffix not in self._suffixes):
            raise missing("There is nothing at this address.")
        return address

    async def find(self, address: Address, document: Document) -> File:
        if address.name:
            return await self._renditions.file(Wanted(document.sha256, address))
        return Kept(self._storage, await self._storage.find(keys.original(document.sha256)))


class Reply(NamedTuple):
    status: int
    headers: Headers
    size: int = 0
    body: AsyncIterator[bytes] | None = None


class Media:
    """`app` gets all that is not `/media`. With `cdn`, the base URL of one, clients are sent there,
    and only the CDN gets bytes."""

    def __init__(
        self, app: ASGIApp, reader: Reader, files: Files, area: Area, *, cdn: str | None = None
    ) -> None:
        self._app = app
        self._reader = reader
        self._files = files
        self._cdn = cdn.rstrip("/") if cdn else None
        self._always = [*_ALWAYS, (b"vary", b"CDN-Loop")] if cdn else _ALWAYS
        self._guarded = guard(self._answer, (area,))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        ours = scope["type"] == "http" and scope["path"].startswith("/media/")
        await (self._guarded if ours else self._app)(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            status, headers, size, body = await self._reply(scope)
            # Before the head is sent a failure can still be told.
            first = await anext(body) if body else b""
        except Exception as exception:
            status, headers, first = problems.of_exception(_explained(exception, scope), scope)
            body = None
        headers = [*headers, *self._always]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        if body is None:
            first = b"" if scope["method"] == "HEAD" else first
            await send({"type": "http.response.body", "body": first})
        else:
            await media_sending.pass_on(first, size, body, receive, send)

    async def _reply(self, scope: Scope) -> Reply:
        head: Head = dict(scope["headers"])
        address, method = self._files.address(scope["path"]), scope["method"]
        if method == "OPTIONS":
            return Reply(204, _PREFLIGHT)
        if method not in ("GET", "HEAD"):
            error = MethodNotAllowed("Here one can only read.")
            error.headers = {"Allow": METHODS}
            raise error
        if self._cdn and _FROM_A_CDN not in head:
            return _elsewhere(f"{self._cdn}{address.path}")
        document = await media_documents.find(self._reader, address)
        if conditional.matches(head.get(b"if-none-match", b""), document.etag):
            return Reply(304, [(b"etag", document.etag), *document.headers])
        file = await self._files.find(address, document)
        headers = [*document.headers, *_described(document, file)]
        if method == "HEAD":
            return Reply(200, [*headers, (b"content-length", b"%d" % file.size)])
        return _content(file, media_ranges.asked_for(head, document.etag, file.size), headers)


def _content(file: File, span: Span | None, headers: Headers) -> Reply:
    first, last = span or (0, file.size - 1)
    size = last - first + 1
    headers = [*headers, (b"content-length", b"%d" % size)]
    if span:
        headers.append((b"content-range", b"bytes %d-%d/%d" % (first, last, file.size)))
    return Reply(206 if span else 200, headers, size, file.pieces(first, last) if size else None)


def _described(document: Document, file: File) -> Headers:
    headers = [
        (b"content-type", document.media_type.encode()),
        (b"etag", document.etag),
        (b"last-modified", format_datetime(file.modified, usegmt=True).encode()),
        (b"accept-ranges", b"bytes"),
    ]
    if document.media_type in _DOWNLOADED:
        headers.append((b"content-disposition", b"attachment"))
    return headers


def _elsewhere(url: str) -> Reply:
    """Temporarily: with 308 browsers would go there even when the setting no longer says so."""
    policy = (b"cache-control", caching.REDIRECT.header)
    return Reply(307, [(b"location", url.encode()), policy, (b"content-length", b"0")])


def _explained(exception: Exception, scope: Scope) -> Exception:
    """What went wrong with the storage, to clients; where it is our matter the log has the rest."""
    if not isinstance(exception, StorageFault):
        return exception
    log.error("file_not_readable", path=scope["path"], reason=str(exception))
    if isinstance(exception, NotThere):
        return missing()
    return Unavailable("The file cannot be read at the moment.")
