"""What can go wrong, as the domain sees it.

    MastheadError
      Moved               it was merged into another, which has taken its place (308)
      NotFound            it is not there, or not for this caller (the two look the same)
      Gone                it was there and was taken away (410), or had to be (451)
      Invalid             the request is well formed but a value in it is wrong; names each value
        TooBroad          a list that cannot be answered quickly; says how to narrow it
      Conflict            the request does not fit the present state
      Stale               somebody else changed it since it was read (412)
      PreconditionMissing a write that could overwrite somebody's work came without If-Match (428)
      Unauthenticated     nobody, or a key that is not valid
      Forbidden           somebody, but without the right
      QuotaExceeded       somebody who has had today what was agreed (429)
      Unavailable         the database, or what keeps files, cannot be reached; the same request
                          may succeed later
      OutOfRoom           there is no room left for files

`app.web.problems` turns each into an RFC 9457 problem document; nothing here knows HTTP beyond
the status code that stands for the kind of failure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class Fault:
    """One wrong value: where it is (a JSON Pointer into the body, a parameter, a header), why."""

    detail: str
    pointer: str | None = None
    parameter: str | None = None
    header: str | None = None


class MastheadError(Exception):
    """A fault of the server. Report it with the `request_id`; the log has the cause under it."""

    status: ClassVar[int] = 500
    type: ClassVar[str] = "internal"
    """Stable and documented: clients may switch on it."""
    title: ClassVar[str] = "Something went wrong on our side"
    retry_after: int | None = None
    """Seconds after which the same request may succeed, where that is known."""
    headers: Mapping[str, str] = MappingProxyType({})
    """What the answer must tell beside its body, as `Allow` with a 405."""
    members: Mapping[str, str | None] = MappingProxyType({})
    """What its body tells besides the usual (RFC 9457 §3.2), as `notice` with a 410."""

    def __init__(self, detail: str, *, faults: list[Fault] | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.faults = faults or []


class Moved(MastheadError):
    """It was merged into another. Send the same request to `Location`, and remember that id."""

    status = 308
    type = "moved"
    title = "It was merged into another"

    def __init__(self, detail: str, *, old: UUID | None = None, new: UUID | None = None) -> None:
        super().__init__(detail)
        self.old, self.new = old, new


class NotFound(MastheadError):
    """It is not there, or not for this caller: the two look the same on purpose."""

    status = 404
    type = "not-found"
    title = "Not found"


class Gone(MastheadError):
    """It was there and was taken away for good. Remove it from your copies."""

    status = 410
    type = "gone"
    title = "Gone"


class LegallyUnavailable(Gone):
    """It had to be taken away (RFC 7725). Remove it from your copies."""

    status = 451
    type = "unavailable-for-legal-reasons"
    title = "Unavailable for legal reasons"


class Invalid(MastheadError):
    """The request can be read, but values in it are wrong; `errors` names each of them."""

    status = 422
    type = "invalid"
    title = "The request has values that cannot be accepted"


class TooBroad(Invalid):
    """Narrow the list: name a section, a topic or a span of time."""

    type = "too-broad"
    title = "This combination of filters cannot be answered quickly"


class Conflict(MastheadError):
    """The request does not fit what is there now; `detail` says what stands in the way."""

    status = 409
    type = "conflict"
    title = "The request does not fit the present state"


class Stale(MastheadError):
    """Somebody changed it after you read it. Read it again, merge, send the new ETag."""

    status = 412
    type = "stale"
    title = "It was changed since you read it"


class PreconditionMissing(MastheadError):
    """Send the ETag you last read in `If-Match`, so that nobody else's work is overwritten."""

    status = 428
    type = "precondition-required"
    title = "This write needs If-Match"


class Unauthenticated(MastheadError):
    """Send a valid API key as `Authorization: Bearer mh_…`."""

    status = 401
    type = "unauthenticated"
    title = "A valid API key is needed"


class Forbidden(MastheadError):
    """The key is valid but lacks the right; `detail` names the scope that is needed."""

    status = 403
    type = "forbidden"
    title = "This key may not do that"


class QuotaExceeded(MastheadError):
    """A partner has had as many answers today as were agreed. `Retry-After` has the seconds until
    midnight (UTC)."""

    status = 429
    type = "quota-exceeded"
    title = "The quota of today is used up"


class Unavailable(MastheadError):
    """The database, or what keeps the files, cannot answer. Send it again, a write with the same
    `Idempotency-Key`."""

    status = 503
    type = "unavailable"
    title = "The service cannot answer now"
    retry_after = 5


class OutOfRoom(MastheadError):
    """The disk or the quota for files is full. Nothing was stored, and nothing else was changed."""

    status = 507
    type = "out-of-room"
    title = "There is no room left for files"
