"""Lines of at most so many code points, in every script."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.editing.citations import graphemes
from app.publishing.citing.lines import shortened

FAMILY = "👩\u200d👩\u200d👧"
SCRIPTS = st.sampled_from(
    ["a", "Z", " ", "-", ",", "é", "e\u0301", "ß", "م", "ق", "\u200c", "ש", "港", "ก", "\u0e33",
     "한", "\u1112\u1161\u11ab", FAMILY, "🇫🇷", "👍🏽", "\u2067", "\u2069", "\u202b", "\u202c",
     "क", "\u094d", "ष", "\u2068", "\u00a0", "1"]
)  # fmt: skip
NAMES = st.one_of(st.text(max_size=90), st.lists(SCRIPTS, max_size=60).map("".join))
OPENING, CLOSING = "\u2066\u2067\u2068\u202a\u202b\u202d\u202e", "\u2069\u202c"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Harbour Gazette", "Harbour Gazette"),
        ("The Northgate Courier", "The Northgate…"),
        ("Former harbour master, Port of Calder", "Former harbour…"),
        ("Former master, Port of Calder", "Former master…"),
        ("twelve more words of it", "twelve more…"),
        ("sixteen signs to the end", "sixteen signs…"),
        ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschif…"),
        ("e\u0301" * 20, "e\u0301" * 7 + "…"),
        (FAMILY * 4, FAMILY * 3 + "…"),
        ("🇫🇷" * 10, "🇫🇷" * 7 + "…"),
        ("روزنامه بندر شمالی شهر", "روزنامه بندر…"),
        ("\u2067روزنامه بندر شمالی\u2069 شهر", "روزنامه بندر…"),
        ("\u2067روزنامه\u2069 بندر شمالی شهر", "\u2067روزنامه\u2069 بندر…"),
        ("unclosed \u202e", "unclosed "),
        ("\u202cclosed", "closed"),
        ("\u2067\u202bا\u2069\u202c", "\u202bا\u202c"),
    ],
)
def test_a_line_is_cut_where_readers_would_cut_it(text: str, line: str) -> None:
    assert shortened(text, 16) == line


@given(NAMES, st.sampled_from([24, 40, 48]))
@example("-" * 60, 24)
@example(" " + "a" * 60, 24)
def test_no_line_is_too_long_or_ends_in_the_midst_of_something(text: str, maximum: int) -> None:
    text = unicodedata.normalize("NFC", text)
    line = shortened(text, maximum)

    assert len(line) <= maximum
    assert sum(line.count(sign) for sign in OPENING) == sum(line.count(sign) for sign in CLOSING)
    if not set(text) & set(OPENING + CLOSING):
        kept = line.removesuffix("…")
        assert line == text or (line.endswith("…") and text.startswith(kept))
        at = len(kept)
        rest = text[at:].lstrip(" ,;:–—-") if line != text else ""
        boundary = len(text) - len(rest)
        assert graphemes.is_boundary(text, at) or graphemes.is_boundary(text, boundary)
        words = text[:maximum].rstrip().find(" ") > 0
        if line != text and words:
            assert text[at : at + 1] in (*" ,;:–—-", ""), "cut between words"
