import pytest

from app.publishing.bibliography.dates import csl_date, edtf


@pytest.mark.parametrize(
    "date", ["2026", "2026-11", "2026-11-20", "2026-11-20/2026-11-22", "2026-11/2027", "0001-01-01"]
)
def test_dates_come_back_as_they_were(date):
    assert edtf(csl_date(date)) == date


@pytest.mark.parametrize(
    ("parts", "date"),
    [
        ([["2026", "11", "20"]], "2026-11-20"),
        ([[2026, "", None]], "2026"),
        ([[2026, 13]], None),
        ([["MMXXVI"]], None),
        ([[2027], [2026]], None),
        ([[]], None),
        ([2026], None),
        ([], None),
        ("2026", None),
        (None, None),
    ],
)
def test_what_makes_no_date_is_none(parts, date):
    assert edtf({"date-parts": parts}) == date
    assert edtf(None) is edtf({"raw": "2026"}) is None
