"""Dates as far as they are known."""

from datetime import date

import pytest
from pydantic import TypeAdapter, ValidationError

from app.editing import edtf


@pytest.mark.parametrize(
    ("text", "first", "last", "parts"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31), [[2026]]),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), [[2024, 2]]),
        ("2026-11-20", date(2026, 11, 20), date(2026, 11, 20), [[2026, 11, 20]]),
        ("2025/2026-11", date(2025, 1, 1), date(2026, 11, 30), [[2025], [2026, 11]]),
        ("2026-11/..", date(2026, 11, 1), None, [[2026, 11]]),
        ("../2026", None, date(2026, 12, 31), [[2026]]),
        ("0001", date(1, 1, 1), date(1, 12, 31), [[1]]),
    ],
)
def test_a_date_has_its_bounds(
    text: str, first: date | None, last: date | None, parts: list[list[int]]
) -> None:
    assert edtf.bounds(text) == (first, last)
    assert edtf.date_parts(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "", "/", "..", "../..", "26", "0000", "2026-1", "2026-13", "2026-02-30", "2026-11-20T10:00",
        "2026/2025", "2026/", "/2026", "2026/2027/2028", "٢٠٢٦", "2026-11-20 ", "2026?",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="Must be a date"):
        TypeAdapter(edtf.Edtf).validate_python(text)
