"""Language tags and directions."""

import pytest

from app.editing.languages import direction_of, normal


@pytest.mark.parametrize(
    ("sent", "usual"),
    [
        ("en", "en"),
        ("EN-gb", "en-GB"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("de-ch-1901", "de-CH-1901"),
        ("zh-yue", "zh-yue"),
    ],
)
def test_a_tag_gets_its_usual_case(sent: str, usual: str) -> None:
    assert normal(sent) == usual


@pytest.mark.parametrize("tag", ["", "e", "en-", "en_GB", "english", "12", "x-own", "en-GB ", "é"])
def test_what_is_no_tag_is_told(tag: str) -> None:
    assert normal(tag) is None


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        ("fa", "rtl"),
        ("ar-EG", "rtl"),
        ("he", "rtl"),
        ("ckb-IQ", "rtl"),
        ("pa-Arab", "rtl"),
        ("pa", "ltr"),
        ("az-Latn", "ltr"),
        ("ks-Deva", "ltr"),
        ("fr", "ltr"),
    ],
)
def test_the_script_decides_the_direction_and_else_the_language(tag: str, direction: str) -> None:
    assert direction_of(tag) == direction
