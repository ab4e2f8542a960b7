"""What readers are told of a work that was corrected or retracted."""

import pytest

from app.publishing.citing.notices import notice, notices
from tests.publishing.citing.sample import event


def test_the_newest_that_matters_is_told() -> None:
    news = [
        event("update", severity="minor", summary="A typo."),
        event("correction", severity="material", summary="A name.", notice_url=None,
              occurred_on=None),
        event("retraction"),
    ]  # fmt: skip

    assert notice(news) == {
        "type": "correction", "severity": "material", "summary": "A name.", "url": None,
        "occurred_on": None,
    }  # fmt: skip
    assert [each["type"] for each in notices(news)] == ["correction", "retraction"]


@pytest.mark.parametrize("severity", ["minor", "material"])
def test_nothing_is_left_of_what_was_before_a_reinstatement(severity: str) -> None:
    before = [event("reinstatement", severity=severity), event("retraction")]

    assert notice(before) is None
    assert [each["type"] for each in notices([event("concern"), *before])] == ["concern"]


def test_of_nothing_nothing_is_told() -> None:
    assert (notice([]), notices([event(severity="minor")])) == (None, [])
