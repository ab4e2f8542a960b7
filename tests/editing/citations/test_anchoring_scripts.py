"""Positions count code points, in every script, and never split what readers see as one."""

import pytest

from app.editing.citations import graphemes
from app.editing.citations.values import Anchor
from tests.editing.citations.written import anchored, pointed_at, settled, written

PERSIAN = (
    "بندر کالدر روز شنبه بازگشایی شد. یک مقام پیشین گفت: «این راز به‌خوبی پنهان مانده بود که "
    "موج‌شکن ترک خورده است.» شورای شهر آن را رد کرد."
)
CHINESE = (
    "卡尔德港于周六重新开放。一位前官员说：「防波堤早已开裂是一个保守得很好的秘密」。议会予以否认。"
)
HEBREW = (
    "הנמל נפתח מחדש ביום שבת. פקיד לשעבר אמר: „זה היה סוד שמור היטב שהמזח סדוק”. המועצה הכחישה."
)


def test_positions_are_code_points():
    content = written("Café 🚢👩🏽‍🚒 said e\u0331t so.")

    anchor = settled(Anchor(exact="said"), content)

    assert (anchor.start, anchor.end) == (11, 15)
    assert anchor.prefix == "Café 🚢👩🏽‍🚒 "


def test_what_is_sent_may_be_composed_otherwise():
    content = written("The Café de la Jetée closed.")

    anchor = settled(Anchor(exact="Cafe\u0301 de la Jete\u0301e"), content)

    assert (anchor.state, anchor.exact) == ("anchored", "Café de la Jetée")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("An 👩🏽‍🚒 came.", "👩"),
        ("An 👩🏽‍🚒 came.", "🚒"),
        ("🇫🇷🇩🇪 won", "🇷🇩"),
        ("ke\u0331t", "ke"),
        ("त्र", "त"),
    ],
)
def test_a_part_of_a_character_is_nowhere(text, part):
    pointed_out = Anchor(exact=part, block_id="b0", start=text.index(part))

    assert settled(Anchor(exact=part), written(text)).state == "orphaned"
    assert settled(pointed_out, written(text)).state == "orphaned"


def test_context_does_not_begin_or_end_within_a_character():
    family = "👩‍👩‍👧‍👦"
    content = written(f"{family * 6} the quay {family * 6}")

    anchor = settled(Anchor(exact="the quay"), content)

    assert anchor.prefix.startswith("👩") and anchor.suffix.endswith("👦")
    assert len(anchor.prefix) <= 32 and len(anchor.suffix) <= 32
    assert anchor.prefix.rstrip().replace(family, "") == ""


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("👩🏽‍🚒", "👩🏽‍🏭"),
        ("👩🏽‍🚒", "👩"),
        ("👩🏽‍🚒", "👨🏿‍🚒"),
        ("🇫🇷", "🇩🇷"),
        ("o\u0331", "o\u0332"),
    ],
)  # fmt: skip
def test_the_edge_of_an_edited_quote_is_not_within_a_character(was, now):
    for words in ("{} nobody here had ever asked", "nobody here had ever asked {}"):
        before = written(f"Then he said: {words.format(was)}. And that was all.")
        after = written(f"Then he said: {words.format(now)}. And that was all.")

        again = settled(anchored(before, words.format(was)), after)

        assert pointed_at(again, after) == words.format(now)


@pytest.mark.parametrize(
    ("text", "quote", "change"),
    [
        (PERSIAN, "«این راز به‌خوبی پنهان مانده بود که موج‌شکن ترک خورده است.»", ("موج‌شکن", "اسکله")),
        (CHINESE, "「防波堤早已开裂是一个保守得很好的秘密」", ("早已", "早就")),
        (HEBREW, "„זה היה סוד שמור היטב שהמזח סדוק”", ("היטב", "מאוד")),
    ],
)
def test_every_script_is_found_again(text, quote, change):
    before = written(text)
    anchor = anchored(before, quote)
    elsewhere = written("New.", f"{text[:6]}{text}")
    edited = written(text.replace(*change))

    moved, mended = settled(anchor, elsewhere), settled(anchor, edited)

    assert (moved.state, pointed_at(moved, elsewhere)) == ("anchored", quote)
    assert pointed_at(mended, edited) == quote.replace(*change)
    assert mended.state == "anchored"


def test_persian_written_on_an_arabic_keyboard_is_found():
    content = written(PERSIAN)
    arabic = "یک مقام پیشین".replace("ی", "ي").replace("ک", "ك")

    anchor = settled(Anchor(exact=arabic), content)

    assert (anchor.state, anchor.exact) == ("anchored", "یک مقام پیشین")


def test_words_in_scripts_without_spaces_begin_and_end_anywhere():
    content = written(CHINESE)
    anchor = anchored(content, "前官员")
    after = written("记者报道。" + CHINESE)

    assert pointed_at(settled(anchor, after), after) == "前官员"
    assert graphemes.is_boundary(CHINESE, 1)
