import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.editing.citations import graphemes
from app.editing.citations.folding import folded, word_count, worded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“a secret”", '"a secret"'),
        ("« un secret »", '" un secret "'),
        ("„ein Geheimnis“", '"ein Geheimnis"'),
        ("the council’s", "the council's"),
        ("627 days — at last", "627 days - at last"),
        ("well‑kept", "well-kept"),
        ("318\u00a0million\u202fcrowns", "318 million crowns"),
        ("one\ntwo", "one two"),
        ("كتاب علي", "کتاب علی"),
    ],
)
def test_what_keyboards_vary_is_the_same(one, other):
    assert folded(one) == folded(other)


@given(st.text())
def test_folding_keeps_every_position(text):
    assert len(folded(text)) == len(text)


@given(st.text())
def test_folding_again_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


def test_other_letters_stay_other_letters():
    assert folded("Café Müller, 12 % İstanbul") == "Café Müller, 12 % İstanbul"


def test_words_are_told_without_case_and_punctuation():
    assert (
        worded("“It WAS,” she said: a well-kept secret…") == " it was she said a well kept secret "
    )
    assert worded("The council’s") == worded("the councils") == " the councils "
    assert worded("Straße") == worded("STRASSE")
    assert worded("…") == "  "


def test_words_keep_their_marks_and_lose_what_joins_them():
    assert worded("हिन्दी में") == " हिन्दी में "
    assert worded("می‌رود") == worded("میرود")


def test_scripts_without_spaces_give_a_word_for_each_character():
    assert worded("港口重开。") == " 港 口 重 开 "


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It was a well-kept secret", 5),
        ("— … —", 0),
        ("", 0),
        ("港口重新开放", 3),
        ("हिन्दी में है", 3),
    ],
)
def test_words_are_counted(text, count):
    assert word_count(text) == count


@given(st.lists(st.sampled_from(["a", "é", "e\u0331", "👩🏽‍🚒", "👍🏿", "नि", "❤\ufe0f", "7"])))
def test_characters_end_where_readers_see_them_end(clusters):
    text = "".join(clusters)
    ends = {0}
    for cluster in clusters:
        ends.add(max(ends) + len(cluster))

    assert {at for at in range(len(text) + 1) if graphemes.is_boundary(text, at)} == ends


@pytest.mark.parametrize(
    "cluster",
    ["त्र", "ทำ", "\u1112\u1161\u11ab", "🏴\U000e0067\U000e0062\U000e007f", "می\u200c"[1:]],
)
def test_no_position_within_a_character_is_a_boundary(cluster):
    text = f"x{cluster}x"

    assert not any(graphemes.is_boundary(text, at) for at in range(2, len(cluster) + 1))
    assert graphemes.is_boundary(text, 1) and graphemes.is_boundary(text, len(cluster) + 1)


def test_flags_are_pairs():
    text = "🇫🇷🇩🇪🇪🇸"

    assert [at for at in range(7) if graphemes.is_boundary(text, at)] == [0, 2, 4, 6]


def test_the_nearest_boundary_is_found_on_either_side():
    text = "a👩🏽‍🚒b"

    assert graphemes.before(text, 3) == 1
    assert graphemes.after(text, 3) == 5
    assert graphemes.before(text, 5) == graphemes.after(text, 5) == 5


def test_a_character_without_end_is_cut():
    text = "e" + "\u0331" * 10_000

    assert graphemes.before(text, 5_000) == graphemes.after(text, 5_000) == 5_000


def test_folding_a_text_in_normal_form_leaves_it_so():
    text = "Ines Valdó — “naïve”"

    assert unicodedata.is_normalized("NFC", folded(text))
