"""Quoted words against what was said, and words that speak of many."""

import pytest

from app.editing.citations.misquotes import says
from app.editing.citations.plurals import PLURALS, plural_in

SAID = "It was a well-kept secret that the mole was cracked, and they knew it."


@pytest.mark.parametrize(
    "printed",
    [
        f"“{SAID}”",
        SAID.upper(),
        "“It was a well-kept secret,” she said, “that the mole was cracked, and they knew it.”",
        "It was a well-kept secret,” she said, “that the mole was cracked, and they knew it.",
        '"It was a well‑kept secret," she said, "that the mole was cracked — and they knew it"',
        "‘It was a well-kept secret,’ she said, ‘that the mole was cracked, and they knew it.’",
        "« It was a well-kept secret », she said, « that the mole was cracked, and they knew it »",
        "“It was a well-kept secret … and they knew it.”",
        "“It was a well-kept secret […] and they knew it.”",
        "“It was a well-kept secret that [the harbour wall] was cracked, and they knew it.”",
        "“[It] was a well-kept secret,” she said ... “and they knew it.”",
        "In short: “It was a well-kept secret that the mole was cracked, and they knew it.”",
    ],
)
def test_what_was_said_is_recognised(printed):
    assert says([printed], SAID)


@pytest.mark.parametrize(
    "printed",
    [
        "“It was a badly kept secret that the mole was cracked, and they knew it.”",
        "“It was a well-kept secret that the mole was cracked.”",
        "“It was a well-kept secret … and he knew it.”",
        "“They knew it … it was a well-kept secret.”",
        "“It was not a well-kept secret that the mole was cracked, and they knew it.”",
        "“It was a well-kept secrets that the mole was cracked, and they knew it.”",
        "… it …",
        "",
    ],
)
def test_other_words_are_not(printed):
    assert not says([printed], SAID)


def test_what_was_said_may_be_shortened_too():
    said = "It was a well-kept secret […] and they [the council] knew it."

    assert says([f"“{SAID}”"], "It was a well-kept secret […] and they knew it.")
    assert says(["“It was a well-kept secret and they, all of them, knew it.”"], said)
    assert not says(["“It was a well-kept secret and they denied it.”"], said)


def test_a_statement_may_be_printed_in_pieces():
    assert says(["“It was a well-kept secret”", "“they knew it”"], SAID)
    assert not says(["“It was a well-kept secret”", "“they denied it”"], SAID)


def test_of_a_partial_quote_only_what_is_in_marks_counts():
    said = "that it was “a well-kept secret” on the quay"

    assert says(["calling it “a well-kept secret”"], said, in_part=True)
    assert not says(["calling it “a well-kept secret”"], said)
    assert not says(["calling it “no secret”"], said, in_part=True)


def test_scripts_without_spaces_are_compared_too():
    assert says(["他说：「防波堤早已开裂」，然后离开"], "防波堤早已开裂")
    assert not says(["他说：「防波堤从未开裂」，然后离开"], "防波堤早已开裂")


def test_persian_with_and_without_joiners_is_the_same():
    assert says(["«این راز به‌خوبی پنهان مانده بود»"], "این راز بهخوبی پنهان مانده بود")


@pytest.mark.parametrize(
    ("text", "plural"),
    [
        ("officials said", "officials"),
        ("according to People Familiar with the audit", "people familiar"),
        ("selon des sources proches du dossier", "sources"),
        ("hieß es aus Regierungskreisen", "regierungskreisen"),
        ("dijeron funcionarios del puerto", "funcionarios"),
        ("منابع آگاه گفتند", "منابع"),
        ("مقامهای پیشین", None),
        ("a former official said", None),
        ("one of the officials said", None),
        ("l’une des sources", None),
        ("einer der Diplomaten", None),
        ("یکی از مقامات", None),
        ("the resources of the port", None),
    ],
)
def test_words_that_speak_of_many_are_known(text, plural):
    assert plural_in(text) == plural


def test_there_are_words_for_each_language():
    assert set(PLURALS) == {"en", "fr", "de", "es", "fa"}
    assert all(plural_in(word) for words in PLURALS.values() for word in words)
