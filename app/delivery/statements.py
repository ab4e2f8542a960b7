"""The SQL of public reads: each statement once, named, so that connections can prepare it.

Parameters go as text, results come in PostgreSQL's binary form: bytea and text need no reading.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Statement:
    name: bytes
    sql: bytes


def statement(sql: str) -> Statement:
    """A statement with `$1` for its first parameter. Parameters are sent as text: cast them."""
    encoded = " ".join(sql.split()).encode()
    return Statement(hashlib.blake2b(encoded, digest_size=12).hexdigest().encode(), encoded)


def number(binary: bytes) -> int:
    """An integer or a boolean (1, 0) as PostgreSQL sends it."""
    return int.from_bytes(binary, "big", signed=True)


def moment(binary: bytes) -> datetime:
    """A timestamptz as PostgreSQL sends it: microseconds since 2000."""
    return _EPOCH + timedelta(microseconds=number(binary))
