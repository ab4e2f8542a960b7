"""What the head of a request must be before anything looks at the rest.

httptools, the parser, refuses broken framing but has no limits and accepts a missing or a double
Host (measured), so both are checked here. A head that does not end, `protocol` cuts off.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from starlette.types import Scope

from app.errors import Fault, MastheadError
from app.web.refusals import (
    AddressTooLong,
    BadRequest,
    ContentTooLarge,
    HeadersTooLarge,
    UnsupportedMedia,
)

LARGEST_HEADERS = 32 * 1024
LONGEST_ADDRESS = 8 * 1024
LARGEST_KEPT = 2 * (LARGEST_HEADERS + LONGEST_ADDRESS)
"""What is kept of a head that goes on and on: more than one within the limits has on the wire,
where there are separators, too."""
HEAD_SECONDS = 15
"""So long may a head take."""

JSON = frozenset({b"application/json"})

_SINGLE = (
    b"host",
    b"x-request-id",
    b"content-length",
    b"content-type",
    b"content-encoding",
    b"transfer-encoding",
    b"authorization",
    b"if-match",
    b"idempotency-key",
)
"""Fields that decide something: with two of one kind, two readers could decide differently."""

_HOST = re.compile(rb"(?:[A-Za-z0-9._-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
_HOSTS_REMEMBERED = 100
_good_hosts: set[bytes | None] = set()

_UTF8 = re.compile(rb'\s*charset\s*=\s*"?utf-8"?\s*', re.IGNORECASE)


@dataclass(frozen=True)
class Area:
    """A part of the address space and what requests there may bring.

    `prefix` is "" for everything or a path without its last slash; `side` names the area in
    metrics; `media` None accepts every content type; `log`: one event for each request.

    A body may take `body_seconds`, or so long for each `body_piece` bytes where that is given: then
    it may be as large as it likes, and only has to go on.
    """

    prefix: str = ""
    side: str = "delivery"
    body_limit: int = 5_000_000
    body_seconds: float = 60
    body_piece: int | None = None
    media: frozenset[bytes] | None = JSON
    log: bool = True

    def covers(self, path: str) -> bool:
        return path.startswith(self.prefix) and path[len(self.prefix) :][:1] in ("", "/")


Head = dict[bytes, bytes]
"""The header fields by name, names in lower case (ASGI)."""


def area_of(areas: Sequence[Area], path: str) -> Area:
    """The first area that covers the path; they come with the longest prefix first."""
    for area in areas:
        if not area.prefix or area.covers(path):
            return area
    return Area()


def read(scope: Scope, area: Area) -> tuple[Head, MastheadError | None]:
    """The fields by name (of doubled ones the last), and why the request is refused (or None)."""
    headers = scope["headers"]
    head: Head = dict(headers)
    if sum(map(len, chain.from_iterable(headers))) > LARGEST_HEADERS:
        return head, headers_too_large()
    if len(scope["path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
        return head, address_too_long()
    if "\0" in scope["path"]:
        return head, BadRequest("No address holds U+0000.")
    if len(head) != len(headers) and (doubled := _doubled(headers)):
        return head, _bad_header(doubled, "It may be given only once.")
    host = head.get(b"host")
    if host not in _good_hosts and (refusal := _check_host(host, scope["http_version"])):
        return head, refusal
    return head, _check_body(head, area) if has_body(head) else None


def has_body(head: Head) -> bool:
    return b"transfer-encoding" in head or head.get(b"content-length", b"0") != b"0"


def _doubled(headers: Iterable[tuple[bytes, bytes]]) -> bytes | None:
    times = Counter(name for name, _ in headers)
    return next((name for name in _SINGLE if times[name] > 1), None)


def _check_host(host: bytes | None, http_version: str) -> MastheadError | None:
    if host is None:
        # HTTP/1.0 knows no Host, and health checks of some balancers still speak it.
        missing = http_version != "1.0"
        return _bad_header(b"host", "It is required.") if missing else None
    if not _HOST.fullmatch(host):
        return _bad_header(b"host", "It is not a host name, with or without a port.")
    if len(_good_hosts) < _HOSTS_REMEMBERED:
        _good_hosts.add(host)
    return None


def _check_body(head: Head, area: Area) -> MastheadError | None:
    length = head.get(b"content-length", b"0")
    if not length.isdigit():
        return _bad_header(b"content-length", "It is not a number.")
    if len(length) > 15 or int(length) > area.body_limit:
        return too_large(area)
    if head.get(b"content-encoding", b"identity").lower() != b"identity":
        return _unsupported(
            "Send the body without Content-Encoding.", "Accept-Encoding", "identity"
        )
    if area.media is None:
        return None
    media, _, parameters = head.get(b"content-type", b"").partition(b";")
    if media.strip().lower() in area.media and (not parameters or _UTF8.fullmatch(parameters)):
        return None
    accepted = b", ".join(sorted(area.media)).decode()
    return _unsupported(f"Send {accepted}, in UTF-8.", "Accept", accepted)


def headers_too_large() -> HeadersTooLarge:
    return HeadersTooLarge(f"They may have {LARGEST_HEADERS:,} bytes together.")


def address_too_long() -> AddressTooLong:
    return AddressTooLong(f"It may have {LONGEST_ADDRESS:,} bytes.")


def too_large(area: Area) -> ContentTooLarge:
    return ContentTooLarge(f"At most {area.body_limit:,} bytes are accepted here.")


def _unsupported(detail: str, header: str, accepted: str) -> UnsupportedMedia:
    error = UnsupportedMedia(detail)
    error.headers = {header: accepted}  # RFC 9110 §15.5.16
    return error


def _bad_header(name: bytes, detail: str) -> BadRequest:
    header = name.decode().title()
    return BadRequest(f"The header {header} is wrong.", faults=[Fault(detail, header=header)])
