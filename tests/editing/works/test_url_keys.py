"""Two spellings of an address have one key, two addresses have two."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.published.url_keys import LONGEST, key

PAGE = "https://courier.example/2026/harbour?id=7&part=2"


@pytest.mark.parametrize(
    "spelling",
    [
        "http://courier.example/2026/harbour?id=7&part=2",
        "https://www.courier.example/2026/harbour?id=7&part=2",
        "https://m.courier.example/2026/harbour?id=7&part=2",
        "https://mobile.courier.example/2026/harbour?id=7&part=2",
        "https://www.m.courier.example/2026/harbour?id=7&part=2",
        "https://amp.courier.example/2026/harbour/amp/?id=7&part=2",
        "https://COURIER.example:443/2026/harbour?id=7&part=2",
        "http://courier.example:80/2026/harbour/?id=7&part=2",
        "https://courier.example./2026/harbour?id=7&part=2",
        "https://courier.example/2026/harbour?part=2&id=7",
        "https://courier.example/2026/harbour?id=7&part=2#comments",
        "https://courier.example/2026/harbour?id=7&part=2#:~:text=a%20secret",
        "https://courier.example/2026/harbour?utm_source=a&id=7&utm_Campaign=b&part=2",
        "https://courier.example/2026/harbour?id=7&part=2&fbclid=a&gclid=b&amp=1&outputType=amp",
        "https://courier.example/2026/h%61rbour?id=%37&part=2",
        "https://courier.example/2026/./x/../harbour?id=7&&part=2",
        "\thttps://courier.example/2026/harbour?id=7&part=2 ",
    ],
)
def test_another_spelling_has_the_same_key(spelling: str) -> None:
    assert key(spelling) == key(PAGE) == "courier.example/2026/harbour?id=7&part=2"


@pytest.mark.parametrize(
    "other",
    [
        "https://news.courier.example/2026/harbour?id=7&part=2",
        "https://courier.example:8443/2026/harbour?id=7&part=2",
        "https://courier.example/2026/Harbour?id=7&part=2",
        "https://courier.example/2026%2Fharbour?id=7&part=2",
        "https://courier.example/2026/harbour?id=8&part=2",
        "https://courier.example/2026/harbour?id=7",
        "https://courier.example/2026/harbour?id=7&part=2&id=7",
        "https://courier.example/2026/harbour?id=7&part=2&page",
        "https://courier.example/2026/harbour?id=7&part=2#!/comments",
        "https://courier.example/2026/harbour/amplifiers?id=7&part=2",
    ],
)
def test_another_page_has_another_key(other: str) -> None:
    assert key(other) != key(PAGE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://a.example/?q=a+b", "https://a.example?q=a%20b"),
        ("https://a.example/#!/x", "https://a.example#!/x"),
        ("https://a.example/%ff", "https://a.example/%FF/"),
    ],
)
def test_letters_are_compared_and_not_how_they_are_encoded(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://m.example/", "https://www.example/"),
        ("https://a.example/?a=%2B", "https://a.example/?a=+"),
        ("https://a.example/%FE", "https://a.example/%FF"),
        ("https://a.example/?a", "https://a.example/?a="),
    ],
)
def test_what_only_looks_alike_stays_apart(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_long_addresses_have_short_keys_of_their_own() -> None:
    one, other = (f"https://a.example/{'x' * 3_000}{end}" for end in "ab")

    assert key(one) != key(other)
    assert max(len(key(one)), len(key(other))) < LONGEST + 100


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_key_is_plain_and_the_key_of_itself(path: str, query: str) -> None:
    try:
        made = key(f"https://a.example/{path}?{query}")
    except ValueError:
        return
    assert made.isascii() and made.isprintable() and " " not in made
    assert key(f"https://{made}") == made


def test_ten_thousand_slashes_take_no_time() -> None:
    began = time.process_time()

    key("https://a.example" + "/" * 4_000 + "x" + "/" * 4_000)

    assert time.process_time() - began < 0.1
