"""What every public GET gives: an answer that can be kept, and the choice of what to send of it.

Making an answer never looks at the conditions of a request; `choose` never looks at a database. So
whatever lane serves it, from memory or just made, a client gets the same.

If-Modified-Since is not looked at (RFC 9110 §13.1.3 leaves that open): its dates tell seconds, and
two changes can share one. Every answer that can be asked for again has a strong ETag.
"""

from datetime import datetime
from typing import NamedTuple

from app.web import conditional

Headers = list[tuple[bytes, bytes]]
Head = dict[bytes, bytes]
"""The request's header fields by lower-case name."""

_NOT_IN_304 = frozenset({b"content-type", b"content-length", b"link"})


class Answer(NamedTuple):
    """`tags` name what it was made from, `seq` the change of the log that it shows (0: unknown).

    `headers` are lower-case and have no Content-Length. `expires_at` is None for what stays right
    until a change with one of its tags.
    """

    status: int
    headers: Headers
    body: bytes
    tags: tuple[str, ...] = ()
    seq: int = 0
    expires_at: datetime | None = None


def choose(answer: Answer, method: str, head: Head) -> tuple[int, Headers, bytes]:
    """Status, headers and body for this request: 304 where the client has it, no body for HEAD."""
    if answer.status == 304:
        return 304, answer.headers, b""
    etags = head.get(b"if-none-match")
    if etags is not None and answer.status == 200 and _is_one_of(etags, answer.headers):
        kept = [field for field in answer.headers if field[0] not in _NOT_IN_304]
        return 304, kept, b""
    body = answer.body
    headers = [*answer.headers, (b"content-length", b"%d" % len(body))]
    return answer.status, headers, b"" if method == "HEAD" else body


def _is_one_of(etags: bytes, headers: Headers) -> bool:
    etag = dict(headers).get(b"etag")
    return etag is not None and conditional.matches(etags, etag)
