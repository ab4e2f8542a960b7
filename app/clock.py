"""Durations and timestamps of this process.

What decides about publishing, embargo, expiry and key validity is the primary database's
`transaction_timestamp()`, never this clock: two servers never agree on the time.
"""

import time
from datetime import UTC, datetime


def now() -> datetime:
    """This machine's time, aware, UTC: for logs and file names."""
    return datetime.now(UTC)


def seconds() -> float:
    """A clock that only goes forward, for measuring how long something took."""
    return time.perf_counter()
