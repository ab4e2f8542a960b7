"""Errands: what is to be told to servers that are not ours, when, and what came of it.

They are noted in the transaction that deals with a change, and run by jobs: of those to one target
one job at a time. What fails is tried again, ever later; what is asked for meanwhile is told once.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import structlog
from psycopg.rows import class_row
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import driver
from app.dispatch.outcomes import Outcome, next_wait

DELIVERY = "delivery"
"""The kind of those whose target is the id of a delivery."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Due:
    """An errand whose time has come; `failures` are those in a row before."""

    kind: str
    target: str
    subject: str
    seq: int
    failures: int


async def ask(
    session: AsyncSession,
    kind: str,
    wanted: Collection[tuple[str, str]],
    *,
    seq: int,
    delay: float = 0,
    pause: float = 0,
) -> None:
    """Have each `(target, subject)` told of the changes up to `seq`: in `delay` seconds, and no
    sooner than `pause` seconds after the last time. One that fails keeps the time of its next try.
    """
    pairs = sorted(wanted)
    await (await driver(session)).execute(
        _ASK,
        {
            "kind": kind,
            "targets": [target for target, _ in pairs],
            "subjects": [subject for _, subject in pairs],
            "seq": seq,
            "delay": delay,
            "pause": pause,
        },
    )


async def targets_due(session: AsyncSession) -> list[tuple[str, str]]:
    """Where errands are due, as (kind, target)."""
    cursor = await (await driver(session)).execute(
        "SELECT DISTINCT kind, target FROM desk.errands WHERE next_at <= clock_timestamp()"
    )
    return [(kind, target) for kind, target in await cursor.fetchall()]


async def due(session: AsyncSession, kind: str, target: str, *, most: int) -> list[Due]:
    """Those to this target whose time has come, the longest due first."""
    cursor = (await driver(session)).cursor(row_factory=class_row(Due))
    await cursor.execute(
        "SELECT kind, target, subject, seq, attempts AS failures FROM desk.errands"
        " WHERE kind = %s AND target = %s AND next_at <= clock_timestamp()"
        " ORDER BY next_at, subject LIMIT %s",
        (kind, target, most),
    )
    return await cursor.fetchall()


async def record(
    session: AsyncSession,
    errands: Sequence[Due],
    outcome: Outcome,
    *,
    pause: float = 0,
    keep: bool = True,
) -> None:
    """What came of them. Those that were asked for again meanwhile are told again, in `pause`
    seconds. `keep=False` forgets what is done."""
    rows = []
    for errand in sorted(errands, key=_order):
        failures = 0 if outcome.ok else errand.failures + 1
        wait = None if outcome.ok else next_wait(outcome, failures)
        if not outcome.ok and wait is None:
            log.warning(
                "errand_given_up", kind=errand.kind, target=errand.target, subject=errand.subject,
                attempts=failures, reason=outcome.reason,
            )  # fmt: skip
        told = vars(errand) | vars(outcome)
        rows.append(told | {"pause": pause, "failures": failures, "next": wait})
    cursor = (await driver(session)).cursor()
    await cursor.executemany(_RECORD, rows)
    if outcome.ok and not keep:
        await cursor.executemany(_FORGET, rows)


def _order(errand: Due) -> tuple[str, str, str]:
    """As `ask` takes them: two who take the same rows in the same order never wait in a circle."""
    return errand.kind, errand.target, errand.subject


async def sum_up(
    session: AsyncSession, kind: str, target: str, outcome: Outcome, *, seq: int
) -> None:
    """Keep what the last call to this target brought, under no subject."""
    told = vars(outcome) | {"kind": kind, "target": target, "seq": seq}
    await (await driver(session)).execute(_SUM_UP, told)


async def drop(session: AsyncSession, kind: str, target: str) -> None:
    """Forget all that was to be told to this target."""
    await (await driver(session)).execute(
        "DELETE FROM desk.errands WHERE kind = %s AND target = %s", (kind, target)
    )


_ASK = """
INSERT INTO desk.errands AS old (kind, target, subject, seq, next_at, attempts)
SELECT %(kind)s, wanted.target, wanted.subject, %(seq)s,
    clock_timestamp() + make_interval(secs => %(delay)s), 0
FROM unnest(%(targets)s::text[], %(subjects)s::text[]) AS wanted (target, subject)
ON CONFLICT (kind, target, subject) DO UPDATE SET
    seq = greatest(old.seq, excluded.seq),
    attempts = CASE WHEN old.next_at IS NULL THEN 0 ELSE old.attempts END,
    next_at = coalesce(
        old.next_at,
        greatest(excluded.next_at, old.tried_at + make_interval(secs => %(pause)s))
    )
"""

_RECORD = """
UPDATE desk.errands SET tried_at = clock_timestamp(), ok = %(ok)s, status = %(status)s,
    reason = %(reason)s, attempts = %(failures)s,
    next_at = CASE
        WHEN %(next)s::float8 IS NOT NULL
            THEN clock_timestamp() + make_interval(secs => %(next)s)
        WHEN seq > %(seq)s THEN clock_timestamp() + make_interval(secs => %(pause)s)
    END
WHERE kind = %(kind)s AND target = %(target)s AND subject = %(subject)s
"""

_SUM_UP = """
INSERT INTO desk.errands (kind, target, subject, seq, attempts, tried_at, ok, status, reason)
VALUES (%(kind)s, %(target)s, '', %(seq)s, 0, clock_timestamp(), %(ok)s, %(status)s, %(reason)s)
ON CONFLICT (kind, target, subject) DO UPDATE SET seq = excluded.seq,
    tried_at = excluded.tried_at, ok = excluded.ok, status = excluded.status,
    reason = excluded.reason
"""

_FORGET = """
DELETE FROM desk.errands
WHERE kind = %(kind)s AND target = %(target)s AND subject = %(subject)s AND next_at IS NULL
"""
