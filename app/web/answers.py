"""What every public GET gives: an answer that can be kept, and the choice of what to send of it.

Making an answer never looks at the conditions of a request; `choose` never looks at a database. So
whatever lane serves it, from memory or just made, a client gets the same.
"""

from datetime import datetime
from email.utils import parsedate_to_datetime
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
    conditional_request = b"if-none-match" in head or b"if-modified-since" in head
    if conditional_request and answer.status == 200 and _has_it_already(answer.headers, head):
        kept = [field for field in answer.headers if field[0] not in _NOT_IN_304]
        return 304, kept, b""
    body = answer.body
    headers = [*answer.headers, (b"content-length", b"%d" % len(body))]
    return answer.status, headers, b"" if method == "HEAD" else body


def _has_it_already(headers: Headers, head: Head) -> bool:
    """RFC 9110 §13.2.2: If-Modified-Since counts only where there is no If-None-Match."""
    fields = dict(headers)
    if (etags := head.get(b"if-none-match")) is not None:
        return b"etag" in fields and conditional.matches(etags, fields[b"etag"])
    modified = fields.get(b"last-modified")
    if modified is None:
        return False
    since = head[b"if-modified-since"]
    return since == modified or conditional.not_modified_since(
        since, parsedate_to_datetime(modified.decode())
    )
