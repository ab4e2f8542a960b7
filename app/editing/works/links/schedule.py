"""When a link is looked at again, and when it is called broken. PURE: all time is given.

Pages disappear early or late: a new link is looked at after a day, a week, a month, and then each
quarter. One that fails is tried again sooner, and is broken after three failures in at least seven
days; as soon as it works again it is whole. Where no server at all has answered for as long, our
own line is down, and nothing is broken.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.editing.works.links.verdicts import FAILURES, UNDECIDED, Verdict

LADDER = (timedelta(days=1), timedelta(days=7), timedelta(days=30))
QUARTER = timedelta(days=90)
AFTER_FAILURE = timedelta(days=3, hours=12)
WHILE_BROKEN = timedelta(days=7)
JITTER = 0.1
"""At most so much of the time is added, so that what was published together is not asked for
together."""

FEWEST_FAILURES = 3
FAILING_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Past:
    """What is known of a link before a check: its failures in a row, the first of them, whether it
    is called broken, and when it was looked at for the first time."""

    failures: int = 0
    failing_since: datetime | None = None
    broken: bool = False
    first_checked_at: datetime | None = None


@dataclass(frozen=True)
class Outcome:
    failures: int
    broken: bool
    next_check_at: datetime


def outcome(
    past: Past,
    verdict: Verdict,
    *,
    now: datetime,
    chance: float,
    wait: int | None = None,
    online: bool = True,
) -> Outcome:
    """What a check changes. `chance` is anything from 0 to 1; `wait` are the seconds for which the
    server wants to be left alone; `online`: since it fails, some server has answered us."""
    failures, broken = past.failures, past.broken
    if verdict in FAILURES:
        failures += 1
        since = past.failing_since or now
        lasting = failures >= FEWEST_FAILURES and now - since >= FAILING_FOR
        broken = broken or (lasting and online)
    elif verdict not in UNDECIDED:
        failures, broken = 0, False
    pause = _pause(past, now, failing=verdict in FAILURES, broken=broken) * (1 + JITTER * chance)
    return Outcome(failures, broken, now + max(pause, timedelta(seconds=wait or 0)))


def _pause(past: Past, now: datetime, *, failing: bool, broken: bool) -> timedelta:
    if broken:
        return WHILE_BROKEN
    if failing:
        return AFTER_FAILURE
    age = now - (past.first_checked_at or now)
    return next((step for step, end in zip(LADDER, _ends(LADDER), strict=True) if age < end),
                QUARTER)  # fmt: skip


def _ends(steps: Sequence[timedelta]) -> list[timedelta]:
    """The age at which each step is over: a day, eight days, 38 days."""
    return [sum(steps[: index + 1], timedelta()) for index in range(len(steps))]
