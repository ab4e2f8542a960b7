"""uvicorn's HTTP protocol, with limits that its parser has not: how large the head of a request may
grow while it arrives, how long it may take, and how long a client may leave what it is sent.

What is small enough to be kept goes on to `middleware`, which judges it to the byte.
"""

import asyncio
from typing import Any

import structlog
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from app.errors import MastheadError
from app.web import problems, request_head
from app.web.middleware import SECURITY, request_id

PIECE = 16 * 1024
"""The parser is given no more at a time: what it has kept is measured in between."""
LINGER_SECONDS = 2
SENDING_SECONDS = 60
"""So long a client may leave what waits for it. A player that is paused comes back for the rest;
who never takes anything would keep our memory for ever."""

log = structlog.get_logger()


class Protocol(HttpToolsProtocol):
    """One connection."""

    head_seconds: float = request_head.HEAD_SECONDS
    sending_seconds: float = SENDING_SECONDS

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._in_head = False
        self._kept = 0
        """Bytes since the request began or brought a part of its body: the parser keeps them."""
        self._refused = False
        self._deadline: asyncio.TimerHandle | None = None
        self._patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._expect_nothing()
        self._lose_no_patience()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._lose_no_patience()
        self._patience = self.loop.call_later(self.sending_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        self._lose_no_patience()
        super().resume_writing()

    def data_received(self, data: bytes) -> None:
        for start in range(0, len(data), PIECE):
            if self._refused or self.transport.is_closing():
                return
            piece = data[start : start + PIECE]
            super().data_received(piece)
            self._kept += len(piece)
            if self._kept > request_head.LARGEST_KEPT and not self.transport.is_closing():
                self._refuse()
        self._expect_head()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head = True
        self._kept = 0

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._expect_nothing()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        super().on_body(body)
        self._kept = 0

    def _expect_head(self) -> None:
        """The next head has to come in time, unless an answer is being made.

        Between two requests uvicorn's own time-out holds, which any byte ends.
        """
        if self._deadline is None and not self._is_answering() and not self.transport.is_closing():
            self._deadline = self.loop.call_later(self.head_seconds, self.transport.close)

    def _expect_nothing(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _lose_no_patience(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _refuse(self) -> None:
        self._refused = True
        log.warning("head_refused", client=self.client[0] if self.client else None)
        if not self._in_head:
            # Trailers, or what describes a chunk: the handler is told that the client left.
            self.transport.close()
        elif self._is_answering():
            # Answers to the requests before it are due first.
            self.cycle.keep_alive = False
        else:
            too_long = len(self.url) > request_head.LONGEST_ADDRESS
            self._answer(
                request_head.address_too_long() if too_long else request_head.headers_too_large()
            )

    def _answer(self, error: MastheadError) -> None:
        name = request_id(dict(self.headers))
        status, headers, body = problems.as_bytes(error, name.decode())
        fields = [
            *self.server_state.default_headers, *headers, (b"x-request-id", name), *SECURITY,
            (b"connection", b"close"),
        ]  # fmt: skip
        lines = b"".join(b"%b: %b\r\n" % field for field in fields)
        if self.parser.get_method() == b"HEAD":
            body = b""
        self.transport.write(STATUS_LINE[status] + lines + b"\r\n" + body)
        self.transport.write_eof()
        # Closed with unread data, TCP would destroy the answer on its way (RFC 9112 §9.6).
        self._expect_nothing()
        self._deadline = self.loop.call_later(LINGER_SECONDS, self.transport.close)
