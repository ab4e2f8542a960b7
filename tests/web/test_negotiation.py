"""Which media type a client prefers."""

import pytest

from app.web.negotiation import preferred

OFFERED = ("application/json", "application/x-bibtex", "text/html", "text/plain")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "application/json"),
        (b"", "application/json"),
        (b"*/*", "application/json"),
        (b"text/html", "text/html"),
        (b"TEXT/HTML", "text/html"),
        (b"text/*", "text/html"),
        (b"text/html;charset=utf-8", "text/html"),
        (b"text/html;level=1;q=0.5, text/plain;q=0.6", "text/plain"),
        (b"text/html ; q=0.5 , text/plain ; q=0.6", "text/plain"),
        (b"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        (b"application/x-bibtex, */*;q=0.1", "application/x-bibtex"),
        (b"*/*, application/json;q=0", "application/x-bibtex"),
        (b"text/*;q=0.9, text/html;q=0.1", "text/plain"),
        (b"text/plain, application/json", "application/json"),
        (b"text/plain;q=1.000, application/json;q=0.999", "text/plain"),
        (b"image/png", None),
        (b"application/json;q=0", None),
        (b"text/plain;q=0.0", None),
        (b"*/html, text/plain", "text/plain"),
        (b"nonsense", "application/json"),
        (b"text/html;q=2", "text/html"),
        (b"\xff\xfe, text/plain", "text/plain"),
        (b",,text/plain,,", "text/plain"),
    ],
)
def test_the_best_of_what_is_offered_is_chosen(accept: bytes | None, chosen: str | None) -> None:
    assert preferred(accept, OFFERED) == chosen


def test_a_very_long_header_is_read_quickly() -> None:
    accept = b"text/plain;q=0.5," + b"a/b;" * 8000

    assert preferred(accept, OFFERED) == "text/plain"
