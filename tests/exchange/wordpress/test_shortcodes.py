import time

import pytest

from app.exchange.wordpress.shortcodes import Shortcode, split, unknown

NAMES = {"gallery", "caption", "audio", "embed"}


def found(text: str) -> list[object]:
    """The shortcodes as (name, attributes, values, content), and the text between them."""
    return [
        part if isinstance(part, str) else (part.name, part.attributes, part.values, part.content)
        for part in split(text, NAMES)
        if part
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a [gallery] b", ["a ", ("gallery", {}, (), None), " b"]),
        ('[gallery ids="1,2" columns=3]', [("gallery", {"ids": "1,2", "columns": "3"}, (), None)]),
        ("[gallery ids=”1,2″]", [("gallery", {"ids": "1,2"}, (), None)]),
        ("[audio http://x.example/a.mp3]", [("audio", {}, ("http://x.example/a.mp3",), None)]),
        ("[embed=http://x.example/?a=1]", [("embed", {}, ("http://x.example/?a=1",), None)]),
        ('[audio src="a"/][audio src="b"][/audio]',
         [("audio", {"src": "a"}, (), None), ("audio", {"src": "b"}, (), "")]),
        ("[embed]x[/embed][embed]y[/embed]",
         [("embed", {}, (), "x"), ("embed", {}, (), "y")]),
        ("[caption]a[caption]b[/caption]",
         [("caption", {}, (), None), "a", ("caption", {}, (), "b")]),
        ('[caption caption="it\'s [here]"]x[/caption]',
         [("caption", {"caption": "it's [here]"}, (), "x")]),
        ("[caption caption=Don't]x[/caption]", [("caption", {"caption": "Don't"}, (), "x")]),
        ("[GALLERY]", [("gallery", {}, (), None)]),
    ],
)  # fmt: skip
def test_a_shortcode_is_found_with_all_that_it_says(text, parts):
    assert found(text) == parts


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("[sic] and [galleries] and [1]", "[sic] and [galleries] and [1]"),
        ("[[gallery ids=1]] shows it", "[gallery ids=1] shows it"),
        ('<img alt="[gallery]">', '<img alt="[gallery]">'),
        ("<!-- [gallery] -->", "<!-- [gallery] -->"),
        ("[gallery ids=1", "[gallery ids=1"),
        ("1 < 2 [sic]", "1 < 2 [sic]"),
    ],
)
def test_other_brackets_are_text(text, left):
    assert "".join(part for part in split(text, NAMES) if isinstance(part, str)) == left
    assert not any(isinstance(part, Shortcode) for part in split(text, NAMES))


@pytest.mark.parametrize(
    "piece", ["<!--", "<a", "[gallery ", "[caption]", '[gallery "', "[gallery '\"", "[a b=c "]
)
def test_time_is_linear_in_the_length(piece):
    text = piece * (600_000 // len(piece)) + "[/caption]"

    began = time.process_time()
    for _ in split(text, NAMES):
        pass
    unknown(text)

    assert time.process_time() - began < 8


def test_what_looks_like_a_shortcode_is_told_from_words_in_brackets():
    text = """He said [sic] it was [quite dark]. [[escaped]] [2]

[toc]

<p>[contact-form]</p>
Here [map zoom="3"], and [tip]in the text[/tip]; but [not this]."""

    assert unknown(text) == {"toc", "contact-form", "map", "tip"}
