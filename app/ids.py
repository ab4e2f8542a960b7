"""Identifiers.

Every id that can ever appear in public is random: a time inside an id would tell when a draft
was begun. Rows that never leave the desk use time-ordered ids, which keep indexes compact.
"""

import os
import time
from uuid import UUID, uuid4


def public() -> UUID:
    """A random id (UUIDv4)."""
    return uuid4()


def internal() -> UUID:
    """A time-ordered id (UUIDv7, RFC 9562 §5.7) for rows the public never sees."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | int.from_bytes(os.urandom(10), "big")
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return UUID(int=value)
