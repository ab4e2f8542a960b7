import time

import pytest

from app.editing.citations.quotations import quotations


def quoted(text: str) -> list[str]:
    return [text[each.start : each.end] for each in quotations(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She said: “It was a secret,” and left.", ["“It was a secret,”"]),
        ('She said: "It was a secret," and left.', ['"It was a secret,"']),
        ("She said: ‘It was a secret’, and left.", ["‘It was a secret’"]),
        ("« C’était\u00a0un secret\u00a0», dit-elle.", ["« C’était\u00a0un secret\u00a0»"]),
        ("„Es war ein Geheimnis“, sagte sie.", ["„Es war ein Geheimnis“"]),
        ("„To była tajemnica”, powiedziała.", ["„To była tajemnica”"]),
        ("»Es war ein Geheimnis«, sagte sie.", ["»Es war ein Geheimnis«"]),
        ("”Det var en hemlighet”, sade hon.", ["”Det var en hemlighet”"]),
        ("‚Es war ein Geheimnis‘, sagte sie.", ["‚Es war ein Geheimnis‘"]),
        ("他说“这是一个秘密”。", ["“这是一个秘密”"]),
        ("她说：「这是一个秘密」。", ["「这是一个秘密」"]),
        ("彼女は『秘密だった』と言った。", ["『秘密だった』"]),
        ("او گفت: «این یک راز بود.» و رفت.", ["«این یک راز بود.»"]),
    ],
)
def test_each_way_of_quoting_is_known(text, found):
    assert quoted(text) == found


def test_two_quotations_are_two():
    text = "“It was,” she said, “a secret.” He said “no”."

    assert quoted(text) == ["“It was,”", "“a secret.”", "“no”"]


@pytest.mark.parametrize(
    "text",
    [
        "“She told me ‘keep it secret’ twice.”",
        "“She told me “keep it secret” twice.”",
        '"She told me “keep it secret” twice."',
        "«Elle m’a dit «garde le secret» deux fois.»",
        "「她说『保守秘密』两次」",
        "„Sie sagte ‚kein Wort‘ zweimal.“",
    ],
)
def test_a_quotation_within_another_one_is_part_of_it(text):
    assert quoted(f"Then: {text} And so on.") == [text]


@pytest.mark.parametrize(
    "text",
    [
        "The officials’ view of the ’90s didn’t change; it’s the council’s.",
        'A 5\'10" man with a 12" pipe and a 3" nail.',
        'A 12"x8"x4" beam.',
        "It is said “",
        'Nothing " here " at all',
        "",
    ],
)
def test_apostrophes_and_inches_quote_nobody(text):
    assert quoted(text) == []


def test_an_apostrophe_does_not_end_a_quotation():
    assert quoted("‘It wasn’t a secret, it’s the council’s,’ she said.") == [
        "‘It wasn’t a secret, it’s the council’s,’"
    ]


def test_a_quotation_left_open_goes_on_to_the_end():
    text = "She wrote: “It was a secret. Nobody was to know."

    [found] = quotations(text)

    assert (text[found.start : found.end], found.words) == (
        "“It was a secret. Nobody was to know.",
        "It was a secret. Nobody was to know.",
    )


def test_a_straight_mark_left_open_is_none():
    assert quoted('She wrote: "It was a secret.') == []


def test_a_stray_mark_does_not_hide_what_follows():
    assert quoted("‘Tis said: “It was a secret,” and “so what”.") == [
        "“It was a secret,”", "“so what”",
    ]  # fmt: skip


@pytest.mark.parametrize("marks", ["“", "‘", '"', "«", "”", "“‘", "「『"])
def test_a_paragraph_of_nothing_but_marks_takes_no_time(marks):
    opened = "".join(f" {mark}a" for mark in marks) * 50_000
    start = time.thread_time()

    quotations(opened)
    quotations(opened + "” " * 50_000)

    assert time.thread_time() - start < 10
