"""Links to words, and the sentence in which words stand."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.publishing.citing.fragments import context, text_fragment


@pytest.mark.parametrize(
    ("exact", "terms"),
    [
        ("secret", "secret"),
        ("a well-kept secret", "a%20well%2Dkept%20secret"),
        ("yes, no & maybe", "yes%2C%20no%20%26%20maybe"),
        ("100% of “dues”/#1?", "100%25%20of%20%E2%80%9Cdues%E2%80%9D%2F%231%3F"),
        ("بندر", "%D8%A8%D9%86%D8%AF%D8%B1"),
        ("one two three four five six seven eight", "one%20two%20three%20four%20five%20six%20"
                                                    "seven%20eight"),
        ("one two three four five six seven eight nine", "one%20two%20three%20four,six%20seven"
                                                         "%20eight%20nine"),
        # No browser finds one text in two cells or items, or across a line end.
        ("first-rate\nlast", "first%2Drate,last"),
        ("a b c d e f\n\n \nu v w x y z", "a%20b%20c%20d,w%20x%20y%20z"),
        ("\nalone\n", "alone"),
    ],
)  # fmt: skip
def test_terms_are_escaped(exact: str, terms: str) -> None:
    assert text_fragment(exact) == f"#:~:text={terms}"


@given(st.text(min_size=1).filter(lambda text: not text.isspace()))
def test_no_text_can_be_read_as_syntax(exact: str) -> None:
    found = text_fragment(exact).removeprefix("#:~:text=")

    assert re.fullmatch(r"[A-Za-z0-9_.~%]*(,[A-Za-z0-9_.~%]+)?", found)
    first, _, last = map(unquote, found.partition(","))
    words = exact.split()
    assert words[: len(first.split())] == first.split()
    assert words[len(words) - len(last.split()) :] == last.split()


TEXT = "It rained. “It was a secret,” he said. Nobody knew! Now all know"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("rained", "It rained."),
        ("a secret", "“It was a secret,” he said."),
        ("said. Nobody", "“It was a secret,” he said. Nobody knew!"),
        ("all know", "Now all know"),
    ],
)
def test_words_stand_in_their_sentences(words: str, sentence: str) -> None:
    start = TEXT.index(words)

    assert context(TEXT, start, start + len(words)) == sentence


def test_a_sentence_without_end_is_told_by_its_words() -> None:
    text = "word " * 200
    assert context(text, 500, 509) == "word word"

    long = context(text, 0, 900)
    assert len(long) <= 300
    assert long.endswith("word word…")


def test_items_and_cells_end_a_sentence() -> None:
    assert context("one cell\nanother  cell\nthird", 9, 16) == "another cell"
    assert context("آمد. رفت؟ ماند.", 5, 8) == "رفت؟"
