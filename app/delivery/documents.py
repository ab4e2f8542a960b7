"""One published document as an answer: its bytes as they are, or why they are gone."""

import re
from collections.abc import Iterable
from typing import Literal

from app.delivery.wire import Row
from app.errors import Gone, LegallyUnavailable, MastheadError, NotFound
from app.web import caching
from app.web.answers import Answer, Headers
from app.web.caching import Policy

View = Literal["card", "full", "app"]
"""The fixed forms of a document."""

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_PUBLIC_FORMS = {
    "card": 'coalesce(d.card, d."full")',
    "full": 'd."full"',
    "app": 'coalesce(d.app, d."full")',
}
_WHOLE_FORMS = _PUBLIC_FORMS | {
    "full": 'coalesce(d.whole_full, d."full")',
    "app": 'coalesce(d.whole_app, d.app, d."full")',
}
_ETAG_ENDS = {"card": b"-card", "full": b"", "app": b"-app"}

JSON = (b"content-type", b"application/json")

_LIVE, _UNLAWFUL, _TRUE = (200).to_bytes(2, "big"), (451).to_bytes(2, "big"), b"\x01"
_WHOLE = [(b"cache-control", caching.PRIVATE.cache_control.encode()), (b"vary", b"Authorization")]


def http_date(column: str) -> str:
    """SQL for a timestamp as HTTP writes it (RFC 9110 §5.6.7)."""
    return f"to_char({column} AT TIME ZONE 'UTC', 'Dy, DD Mon YYYY HH24:MI:SS \"GMT\"')"


def columns(view: View = "full", *, whole: bool = False) -> str:
    """SQL for what `answer_for` needs of a document `d`. `whole`: uncut, where access cut it."""
    form = (_WHOLE_FORMS if whole else _PUBLIC_FORMS)[view]
    differs = "d.whole_full IS NOT NULL" if whole and view != "card" else "false"
    return (
        f"d.status, d.seq, d.etag, {http_date('d.modified_at')}, array_to_string(d.tags, ' '), "
        f"CASE WHEN d.status <> 200 THEN d.meta->>'notice' END, {differs}, {form}"
    )


def answer_for(row: Row | None, view: View = "full") -> Answer:
    """The answer made of a row of `columns`. Raises NotFound without one, Gone where it is gone."""
    if row is None:
        raise missing()
    status, seq, etag, modified, tags, notice, whole, body = row
    if not is_live(status):
        raise gone(status, notice, tags)
    end = _ETAG_ENDS[view]
    if whole == _TRUE:
        headers = [JSON, (b"etag", b'"%b-whole%b"' % (etag, end)), *_WHOLE]
    else:
        headers = [
            JSON,
            (b"etag", b'"%b%b"' % (etag, end)),
            (b"last-modified", modified),
            *_kept(caching.DOCUMENT, tags),
        ]
    return Answer(200, headers, body, tuple(tags.decode().split()), int.from_bytes(seq, "big"))


def kept(policy: Policy, tags: Iterable[str]) -> Headers:
    """How long caches may keep it, and the tags that purge it."""
    return _kept(policy, " ".join(tags).encode())


def missing(detail: str = "There is no such thing, or not in public.") -> NotFound:
    """Never there, not yet there, or hidden: nobody can tell which."""
    error = NotFound(detail)
    error.headers = {"Cache-Control": caching.MISSING.cache_control}
    return error


def gone(status: bytes, notice: bytes | None, tags: bytes) -> MastheadError:
    """It was taken away: what to tell, for a status as the database has it (410 or 451)."""
    kind = LegallyUnavailable if status == _UNLAWFUL else Gone
    error = kind("It was published once and has been taken away.")
    error.headers = {name.decode(): value.decode() for name, value in _kept(caching.GONE, tags)}
    error.members = {"notice": notice.decode() if notice is not None else None}
    return error


def is_live(status: bytes) -> bool:
    return status == _LIVE


def is_id(text: str) -> bool:
    """Whether this is an id as documents write it: a UUID in lower case."""
    return _ID.fullmatch(text) is not None


def _kept(policy: Policy, tags: bytes) -> Headers:
    return [
        (b"cache-control", policy.header),
        (b"surrogate-key", tags),
        (b"cache-tag", tags.replace(b" ", b",")),
        (b"xkey", tags),
    ]
