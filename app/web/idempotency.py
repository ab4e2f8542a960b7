"""Answers kept by `Idempotency-Key`, so that a retried write has one effect.

The answer is stored in the transaction of its effect: both are there, or neither. Only successes
are stored; a request that failed may be sent again under the same key.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from cryptography.fernet import Fernet
from fastapi import Request, Response
from psycopg.errors import LockNotAvailable
from psycopg.types.json import Jsonb
from sqlalchemy import func, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, driver, pipelined
from app.errors import Conflict, Fault, Invalid

KEPT_HOURS = 72
WAIT_SECONDS = 5
_FORM = re.compile(r"[\x21-\x7e]{1,255}")


class IdempotencyConflict(Conflict):
    """A request with this `Idempotency-Key` is running. Wait for its answer, or ask again."""

    type = "idempotency-conflict"
    title = "The same request is being carried out right now"


class IdempotencyMismatch(Invalid):
    """The `Idempotency-Key` came with another request before. A new request needs a new key."""

    type = "idempotency-mismatch"
    title = "This Idempotency-Key was used for another request"


class IdempotentAnswer(Base):
    __tablename__ = "idempotent_answers"
    __table_args__ = ({"schema": "desk"},)

    key: Mapped[bytes] = mapped_column(primary_key=True)
    fingerprint: Mapped[bytes]
    status: Mapped[int]
    headers: Mapped[dict[str, str]]
    body: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(
        server_default=func.transaction_timestamp(), index=True
    )


@dataclass(frozen=True)
class Retryable:
    """A request that may come again: whose it is and which, and what exactly it asks.

    `seal` cannot be had from what is stored, only from the request: an answer may show a new API
    key, which must not lie open in the database and its backups.
    """

    key: bytes
    fingerprint: bytes
    seal: Fernet


def read(request: Request, body: bytes) -> Retryable | None:
    """What the request says about being repeated; None without the header."""
    sent = request.headers.get("idempotency-key")
    if sent is None:
        return None
    if not _FORM.fullmatch(sent):
        fault = Fault("1 to 255 visible ASCII characters.", header="Idempotency-Key")
        raise Invalid("The Idempotency-Key cannot be used.", faults=[fault])
    caller = request.headers.get("authorization", "")
    precondition = request.headers.get("if-match", "")
    target = f"{request.method} {request.url.path}?{request.url.query}"
    return Retryable(
        key=_digest(caller.encode(), sent.encode()),
        fingerprint=_digest(target.encode(), precondition.encode(), body),
        seal=Fernet(base64.urlsafe_b64encode(_digest(b"seal", caller.encode(), sent.encode()))),
    )


async def stored_answer(session: AsyncSession, retryable: Retryable) -> Response | None:
    """The answer of the first time. Waits a moment for a twin that is still running.

    Raises IdempotencyConflict when the twin takes longer, IdempotencyMismatch when the key was
    used for something else.
    """
    number = int.from_bytes(retryable.key[:8], "big", signed=True)
    try:
        async with pipelined(session) as connection:
            await connection.execute(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'")
            await connection.execute("SELECT pg_advisory_xact_lock(%s)", (number,))
            await connection.execute("SET LOCAL lock_timeout = DEFAULT")
            # A statement of its own: it sees what the twin has committed while we waited.
            found = await connection.execute(
                "SELECT fingerprint, status, headers, body FROM desk.idempotent_answers"
                " WHERE key = %s"
                " AND created_at > transaction_timestamp() - make_interval(hours => %s)",
                (retryable.key, KEPT_HOURS),
            )
            stored = await found.fetchone()
    except LockNotAvailable as error:
        raise IdempotencyConflict("Wait for its answer, then send it again.") from error
    if stored is None:
        return None
    fingerprint, status, headers, body = stored
    if fingerprint != retryable.fingerprint:
        raise IdempotencyMismatch("Use a new key for a new request.")
    headers |= {"Idempotent-Replayed": "true"}
    content = retryable.seal.decrypt(body)
    return Response(content=content, status_code=status, headers=headers)


async def store(session: AsyncSession, retryable: Retryable, response: Response) -> None:
    """Keep the answer, in the transaction of its effect."""
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    connection = await driver(session)
    await connection.execute(
        "INSERT INTO desk.idempotent_answers (key, fingerprint, status, headers, body)"
        " VALUES (%(key)s, %(fingerprint)s, %(status)s, %(headers)s, %(body)s)"
        " ON CONFLICT (key) DO UPDATE SET fingerprint = excluded.fingerprint,"
        "   status = excluded.status, headers = excluded.headers, body = excluded.body,"
        "   created_at = excluded.created_at",
        {
            "key": retryable.key,
            "fingerprint": retryable.fingerprint,
            "status": response.status_code,
            "headers": Jsonb(headers),
            "body": retryable.seal.encrypt(bytes(response.body)),
        },
    )


async def forget_old(session: AsyncSession) -> int:
    """Delete what no retry can use any more. Returns how many."""
    deleted = await session.execute(
        text(
            "DELETE FROM desk.idempotent_answers"
            " WHERE created_at < transaction_timestamp() - make_interval(hours => :hours)"
            " RETURNING 1"
        ),
        {"hours": KEPT_HOURS},
    )
    return len(deleted.all())


def _digest(*parts: bytes) -> bytes:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()
