"""Uncut documents, for keys with the scope `content:full`.

The desk copies the digests of such keys to the published side, so that readers are let in without
a look at the desk. A request without `Authorization` costs nothing here.
"""

from typing import Any

from fastapi import Security
from fastapi.security import HTTPBearer

from app import tokens
from app.delivery.asking import Ask
from app.delivery.statements import statement
from app.errors import Unauthenticated

OPENED_BY_KEY: dict[str, Any] = {
    "dependencies": [
        Security(
            HTTPBearer(
                scheme_name="readerKey",
                description="A key with the scope `content:full`, for uncut documents",
                auto_error=False,
            )
        )
    ],
    "openapi_extra": {"security": [{}]},
}
"""For a route: documents that a key may be brought, and need not."""

_KEY = statement(
    "SELECT digest FROM published.reader_keys"
    " WHERE prefix = $1 AND (expires_at IS NULL OR expires_at > transaction_timestamp())"
)


async def may_read_whole(ask: Ask) -> bool:
    """Whether the key that the reader brings opens uncut documents: True, or Unauthenticated.

    Who believes to have access is not given the cut form in silence.
    """
    header = ask.head[b"authorization"].decode("latin-1")
    token = tokens.parse(tokens.bearer(header) or "")
    row = await ask.reader.row(_KEY, token.prefix.encode()) if token else None
    if token is None or row is None or not token.proves(row[0]):
        raise Unauthenticated("This key does not open uncut documents, or does so no longer.")
    return True
