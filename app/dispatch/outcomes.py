"""What came of telling somebody something, and when it is worth another try."""

from dataclasses import dataclass

from app.observability import printable
from app.outbound.page import Page, Refused, Unreachable
from app.outbound.politeness import asked_to_wait

ATTEMPTS = 9
"""After 10, 20, 40… seconds: given up after three quarters of an hour."""

FIRST_WAIT = 10

LONGEST_REASON = 300

_MAY_PASS = frozenset({408, 409, 423, 425, 429})
"""Refusals that may be none later, as every fault of the server's own."""


@dataclass(frozen=True)
class Outcome:
    """`wait` are the seconds that the server asked us to wait."""

    ok: bool
    status: int | None = None
    reason: str | None = None
    may_pass: bool = False
    wait: int = 0


def failed(
    reason: str, *, status: int | None = None, may_pass: bool = False, wait: int = 0
) -> Outcome:
    """Of what did not work. The reason may be in the other server's words: of these some are kept,
    and nothing that a database or a log could not take."""
    said = printable(reason[:LONGEST_REASON])
    return Outcome(ok=False, status=status, reason=said, may_pass=may_pass, wait=wait)


def of_page(page: Page) -> Outcome:
    """Of an answer. Redirects are not followed: what was to be told would have to be told anew."""
    if 200 <= page.status < 300:
        return Outcome(ok=True, status=page.status)
    may_pass = page.status >= 500 or page.status in _MAY_PASS
    wait = (asked_to_wait(page) or 0) if may_pass else 0
    return failed(_reason(page), status=page.status, may_pass=may_pass, wait=wait)


def of_failure(error: Refused | Unreachable) -> Outcome:
    """Of a call that brought no answer. What is refused by us stays refused."""
    return failed(str(error), may_pass=isinstance(error, Unreachable))


def next_wait(outcome: Outcome, failures: int) -> int | None:
    """Seconds until the next try, after so many failures in a row; None: it is given up."""
    if not outcome.may_pass or failures >= ATTEMPTS:
        return None
    return max(FIRST_WAIT << (failures - 1), outcome.wait)


def _reason(page: Page) -> str:
    if 300 <= page.status < 400:
        return f"It answered {page.status}: give the address that it redirects to."
    said = page.body[:200].decode("utf-8", "replace").strip()
    plain = page.media_type in ("text/plain", "application/json", "application/problem+json")
    return f"It answered {page.status}: {said}" if said and plain else f"It answered {page.status}."
