"""When links are looked at, and when they are called broken."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.editing.works.links.schedule import JITTER, Outcome, Past, outcome
from app.editing.works.links.verdicts import FAILURES, Verdict
from app.published.citation_words import LINK_VERDICTS

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def after(
    days: float, verdict: Verdict, *, failures: int = 0, failing_days: float | None = None,
    broken: bool = False, chance: float = 0.0, wait: int | None = None,
) -> Outcome:  # fmt: skip
    """What comes of a check of a link that was first looked at so many days ago."""
    since = None if failing_days is None else NOW - failing_days * DAY
    past = Past(failures, since, broken, NOW - days * DAY)
    return outcome(past, verdict, now=NOW, chance=chance, wait=wait)


@pytest.mark.parametrize(
    ("age", "pause"), [(0, 1), (0.9, 1), (1, 7), (7.9, 7), (8, 30), (37.9, 30), (38, 90), (900, 90)]
)
def test_a_day_a_week_a_month_and_then_each_quarter(age: float, pause: float) -> None:
    assert after(age, "ok").next_check_at == NOW + pause * DAY
    assert after(age, "blocked").next_check_at == NOW + pause * DAY
    assert after(age, "drifted").next_check_at == NOW + pause * DAY


def test_the_first_look_of_all() -> None:
    found = outcome(Past(), "ok", now=NOW, chance=0)

    assert found == Outcome(failures=0, broken=False, next_check_at=NOW + DAY)


def test_jitter_only_adds() -> None:
    assert after(900, "ok", chance=1).next_check_at == NOW + 90 * DAY * (1 + JITTER)


@pytest.mark.parametrize("verdict", sorted(FAILURES))
def test_it_is_broken_after_three_failures_in_at_least_a_week(verdict: Verdict) -> None:
    assert not after(50, verdict).broken
    assert not after(50, verdict, failures=1, failing_days=30).broken
    assert not after(50, verdict, failures=2, failing_days=6.9).broken
    assert after(50, verdict, failures=2, failing_days=7).broken
    assert after(50, verdict, failures=40, failing_days=7.1).broken
    assert after(50, verdict, failures=2, failing_days=7).failures == 3


def test_three_failures_at_their_own_pace_are_enough() -> None:
    """From the first failure the schedule itself comes to the verdict at the third."""
    moment, past = NOW, Past(first_checked_at=NOW - 50 * DAY)
    for _ in range(3):
        found = outcome(past, "not_found", now=moment, chance=0)
        past = Past(
            found.failures, past.failing_since or moment, found.broken, past.first_checked_at
        )
        moment = found.next_check_at

    assert past.broken
    assert moment - NOW == 14 * DAY


@pytest.mark.parametrize(
    "verdict", ["ok", "moved_permanently", "redirected", "paywalled", "drifted"]
)
def test_one_sign_of_life_makes_it_whole(verdict: Verdict) -> None:
    found = after(50, verdict, failures=9, failing_days=40, broken=True)

    assert (found.failures, found.broken) == (0, False)


@pytest.mark.parametrize("verdict", ["blocked", "skipped"])
@pytest.mark.parametrize("broken", [True, False])
def test_to_be_turned_away_decides_nothing(verdict: Verdict, broken: bool) -> None:
    found = after(50, verdict, failures=2, failing_days=40, broken=broken)

    assert (found.failures, found.broken) == (2, broken)


def test_a_failing_link_is_tried_again_sooner_and_a_broken_one_each_week() -> None:
    assert after(900, "gone").next_check_at == NOW + 3.5 * DAY
    assert after(900, "gone", failures=2, failing_days=7).next_check_at == NOW + 7 * DAY
    assert after(900, "blocked", failures=3, failing_days=9, broken=True).next_check_at == (
        NOW + 7 * DAY
    )


def test_a_server_that_wants_to_be_left_alone_is() -> None:
    assert after(0, "blocked", wait=60).next_check_at == NOW + DAY
    assert after(0, "blocked", wait=3 * 86_400).next_check_at == NOW + 3 * DAY


@given(
    verdicts=st.lists(st.sampled_from(LINK_VERDICTS), max_size=30),
    chance=st.floats(0, 1),
)
def test_whatever_comes_it_is_looked_at_again_within_a_quarter(
    verdicts: list[Verdict], chance: float
) -> None:
    moment, past = NOW, Past()
    for verdict in verdicts:
        found = outcome(past, verdict, now=moment, chance=chance)
        since = (past.failing_since or moment) if found.failures else None
        past = Past(found.failures, since, found.broken, past.first_checked_at or moment)

        assert DAY <= found.next_check_at - moment <= 99.01 * DAY
        assert not found.broken or found.failures >= 3
        moment = found.next_check_at
