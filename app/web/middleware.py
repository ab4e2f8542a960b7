"""The outermost layer of every answer, in plain ASGI.

It names each request, refuses what is too large or unreadable before anybody works on it, turns
whatever escapes from inside into a problem, and counts and logs what was answered.
"""

import asyncio
import os
import re
from collections.abc import Sequence

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import clock, metrics, observability
from app.errors import MastheadError
from app.web import problems, request_head
from app.web.refusals import ContentTooLarge, RequestTimeout
from app.web.request_head import Area

CLOSED_BY_CLIENT = 499
"""What logs and metrics say where the client left before the answer (a custom of nginx)."""

SECURITY = [
    # Answers are what they say they are: no browser may guess that some text is a script.
    (b"x-content-type-options", b"nosniff"),
    # Addresses of previews hold a token: no link that is followed may pass it on.
    (b"referrer-policy", b"no-referrer"),
]
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_SECRET_PARAMETER = re.compile(
    r"((?:^|&)[^=&]*(?:token|key|secret|sig|pass|auth|code)[^=&]*=)[^&]*", re.IGNORECASE
)
_LONGEST_LOGGED = 500
_LINGER_SECONDS = 2
_LINGER_BYTES = 8_000_000

log = structlog.get_logger()


def guard(app: ASGIApp, areas: Sequence[Area] = (Area(),)) -> ASGIApp:
    """The application, guarded. The area with the longest prefix decides about a request."""
    ordered = sorted(areas, key=lambda area: -len(area.prefix))

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        exchange = _Exchange(scope, receive, send, request_head.area_of(ordered, scope["path"]))
        try:
            if exchange.refusal:
                await exchange.refuse()
            else:
                await app(scope, exchange.receive, exchange.send)
                exchange.check_answered()
        except Exception as exception:
            await exchange.fail(exception)
        finally:
            exchange.finish()

    return guarded


def request_id(head: request_head.Head) -> bytes:
    """The client's own name for the request where it is a good one, else a new one."""
    given = head.get(b"x-request-id")
    if given is not None and _REQUEST_ID.fullmatch(given):
        return given
    return os.urandom(10).hex().encode()


class _Exchange:
    """One request and its answer, watched from outside."""

    __slots__ = (
        "_receive", "_send", "area", "body_done", "complete", "deadline", "disconnected",
        "due", "head", "id", "received", "refusal", "refused", "scope", "sent", "started", "status",
    )  # fmt: skip

    def __init__(self, scope: Scope, receive: Receive, send: Send, area: Area) -> None:
        self.started = clock.seconds()
        self.scope, self._receive, self._send, self.area = scope, receive, send, area
        self.head, self.refusal = request_head.read(scope, area)
        self.id = request_id(self.head)
        observability.begin_request(self.id.decode())
        self.body_done = not request_head.has_body(self.head)
        self.deadline: float | None = None
        self.received = self.due = self.sent = self.status = 0
        self.complete = self.disconnected = self.refused = False

    async def receive(self) -> Message:
        """What the application gets instead of the server's `receive`: bounded in size and time."""
        if self.refusal:
            raise self.refusal
        message = await (self._receive() if self.body_done else self._receive_part())
        if message["type"] == "http.disconnect" and not self.status:
            self.disconnected = True
        return message

    async def send(self, message: Message) -> None:
        """What the application gets instead of the server's `send`."""
        if self.refused:
            return
        if message["type"] == "http.response.start":
            if self.refusal:
                await self.refuse()
                return
            self.status = message["status"]
            headers = [*message.get("headers", ()), (b"x-request-id", self.id), *SECURITY]
            if self._has_too_much_left() and (b"connection", b"close") not in headers:
                # Nobody will read the rest, and it may have no end.
                headers.append((b"connection", b"close"))
            message = {**message, "headers": headers}
        elif message["type"] == "http.response.body":
            self.sent += len(message.get("body", b""))
            self.complete = not message.get("more_body", False)
        await self._send(message)

    async def refuse(self) -> None:
        """Answer with the refusal, whatever the application may say."""
        assert self.refusal is not None
        refusal, self.refusal = self.refusal, None
        status, headers, body = problems.as_bytes(refusal, self.id.decode())
        if not isinstance(refusal, ContentTooLarge | RequestTimeout):
            await self._answer(status, headers, body)
        else:
            await self._answer(status, [*headers, (b"connection", b"close")], body, linger=True)
        self.refused = True

    async def fail(self, exception: Exception) -> None:
        """Answer for an exception; where the answer has begun it can only be broken off."""
        if self.refusal:
            await self.refuse()
            return
        wire = problems.of_exception(exception, self.scope)
        if not self.status:
            await self._answer(*wire)
        elif not self.complete:
            log.warning("answer_broken_off", reason=type(exception).__name__)

    def check_answered(self) -> None:
        if not self.status and not self.disconnected:
            raise RuntimeError("the application returned without an answer")

    def finish(self) -> None:
        """Count and log it."""
        seconds = clock.seconds() - self.started
        status = CLOSED_BY_CLIENT if self.disconnected else self.status or CLOSED_BY_CLIENT
        method = self.scope["method"]
        metrics.count_request(self.area.side, method, status, seconds)
        if not self.area.log:
            return
        fields = {
            "method": method,
            "path": self.scope["path"][:_LONGEST_LOGGED],
            "status": status,
            "ms": round(seconds * 1000, 2),
            "bytes": 0 if method == "HEAD" else self.sent,
        }
        if query := self.scope["query_string"].decode("latin-1")[:_LONGEST_LOGGED]:
            fields["query"] = _SECRET_PARAMETER.sub(rf"\1{observability.MASK}", query)
        log.info("http_request", **fields)

    async def _receive_part(self) -> Message:
        piece = self.area.body_piece
        if self.deadline is None or (piece is not None and self.received >= self.due):
            self.deadline = asyncio.get_running_loop().time() + self.area.body_seconds
            self.due = self.received + (piece or 0)
        try:
            async with asyncio.timeout_at(self.deadline):
                message = await self._receive()
        except TimeoutError:
            limit = f"{self.area.body_seconds:g} seconds"
            slowest = f" for each {piece:,} bytes" if piece is not None else ""
            raise self._refuse_with(
                RequestTimeout(f"The body may take {limit}{slowest}.")
            ) from None
        self.body_done = not message.get("more_body", False)
        self.received += len(message.get("body", b""))
        if self.received > self.area.body_limit:
            raise self._refuse_with(request_head.too_large(self.area))
        return message

    def _has_too_much_left(self) -> bool:
        if self.body_done:
            return False
        left = int(self.head.get(b"content-length", b"0")) - self.received
        return b"transfer-encoding" in self.head or left > _LINGER_BYTES

    def _refuse_with(self, refusal: MastheadError) -> MastheadError:
        self.refusal = refusal
        return refusal

    async def _answer(
        self,
        status: int,
        headers: list[tuple[bytes, bytes]],
        body: bytes,
        *,
        linger: bool = False,
    ) -> None:
        body = b"" if self.scope["method"] == "HEAD" else body
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body, "more_body": linger})
        if linger:
            await self._linger()
            await self.send({"type": "http.response.body", "body": b""})

    async def _linger(self) -> None:
        """Read on for a moment: closing while a client sends would destroy the answer on its way.

        TCP resets a connection that is closed with unread data (RFC 9112 §9.6).
        """
        if b"expect" in self.head and not self.received:
            return
        drained = 0
        try:
            async with asyncio.timeout(_LINGER_SECONDS):
                while not self.body_done and drained < _LINGER_BYTES:
                    message = await self._receive()
                    self.body_done = not message.get("more_body", False)
                    drained += len(message.get("body", b""))
        except TimeoutError:
            return
