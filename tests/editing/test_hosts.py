"""Hosts, and the domains that they are in."""

import pytest

from app.editing import hosts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("News.Example.ORG", "news.example.org"),
        ("www.example.org.", "example.org"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("a_b.example", "a_b.example"),
        ("localhost", None),
        ("www.example", None),
        ("127.0.0.1", None),
        ("0x7f.1", None),
        ("[::1]", None),
        ("example.org:8080", None),
        ("example.org/news", None),
        ("https://example.org", None),
        ("user@example.org", None),
        ("-a.example", None),
        ("a..example", None),
        ("a b.example", None),
        ("", None),
    ],
)
def test_a_host_has_one_form(text: str, expected: str | None) -> None:
    assert hosts.normal(text) == expected


def test_the_nearest_domain_comes_first() -> None:
    assert hosts.with_parents("a.b.example.org") == [
        "a.b.example.org",
        "b.example.org",
        "example.org",
    ]
    assert hosts.with_parents("example.org") == ["example.org"]
