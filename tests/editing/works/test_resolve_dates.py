"""Days as pages write them."""

import pytest

from app.editing.works.pages.dates import edtf


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-20", "2026-11-20"),
        ("2026-11-20T23:59:59-08:00", "2026-11-20"),
        ("2026-11-20 10:00", "2026-11-20"),
        ("2026/11/2", "2026-11-02"),
        ("2026.11.20", "2026-11-20"),
        ("20261120", "2026-11-20"),
        ("20261120T100000Z", "2026-11-20"),
        ("2026-11", "2026-11"),
        ("2026", "2026"),
        ("20 November 2026", "2026-11-20"),
        ("Fri, 20 Nov 2026 10:00:00 GMT", "2026-11-20"),
        ("November 20, 2026", "2026-11-20"),
        ("Nov. 3rd, 2026, at noon", "2026-11-03"),
        ("Published 1st September 2026", "2026-09-01"),
        ("3/4/2026", None),
        ("2026-13-01", None),
        ("2026-02-30", None),
        ("31 Movember 2026", None),
        ("0000-01-01", None),
        ("9999", None),
        ("yesterday", None),
        ("1767225600", None),
        ("٢٠٢٦-١١-٢٠", None),
        ("", None),
    ],
)
def test_days(text: str, expected: str | None) -> None:
    assert edtf(text) == expected
