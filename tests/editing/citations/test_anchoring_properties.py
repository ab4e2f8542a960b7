"""Whatever is edited around them, words are found where they are, or not for certain."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from app.editing.citations.values import Anchor
from tests.editing.citations.written import settled, written

NAMES = ("Ines Valdo", "Linden", "the council", "a former official", "said")
SENTENCES = (
    "Ines Valdo said the mole was cracked.",
    "Linden said the council knew, and a former official said so too.",
    "“It was a well-kept secret,” a former official said of the council.",
    "The council denied that Ines Valdo had ever written to Linden.",
    "Linden said no.",
    "Nothing was done.",
    "«Nobody asked us», said Linden.",
)
WORDS = (
    "harbour",
    "mole",
    "👩🏽‍🚒",
    "café",
    "de",
    "la",
    "e\u0331t",
    "a",
    "—",
    "“so”",
    "خبر",
    "港口",
)

repeating = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5).map(" ".join)
varied = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
new_words = st.lists(st.sampled_from([*SENTENCES, *WORDS]), max_size=3).map(" ".join)


@dataclass(frozen=True)
class Edit:
    """Paragraphs before and after an edit, and where certain words are in the one at `place`."""

    before: list[str]
    after: list[str]
    words: str
    place: int
    start: int
    new_start: int


@st.composite
def edits(draw: st.DrawFn, texts: st.SearchStrategy[str], words: st.SearchStrategy[str]) -> Edit:
    """One stretch of text is replaced: before the words, after them, or in other paragraphs."""
    quote = draw(words)
    head, tail = draw(texts), draw(texts)
    others = draw(st.lists(texts, max_size=3))
    place = draw(st.integers(0, len(others)))
    where = draw(st.sampled_from(["before", "after", "elsewhere"]))
    new_head = _replaced(draw, head) if where == "before" else head
    new_tail = _replaced(draw, tail) if where == "after" else tail
    new_others = [_replaced(draw, each) for each in others] if where == "elsewhere" else others
    before, after = (
        [*paragraphs[:place], f"{left} {quote} {right}".strip(), *paragraphs[place:]]
        for paragraphs, left, right in ((others, head, tail), (new_others, new_head, new_tail))
    )
    return Edit(before, after, quote, place, len(head) + 1, len(new_head) + bool(new_head))


def _replaced(draw: st.DrawFn, text: str) -> str:
    words = text.split(" ")
    first = draw(st.integers(0, len(words)))
    last = draw(st.integers(first, len(words)))
    return " ".join([*words[:first], *draw(new_words).split(), *words[last:]])


def found(edit: Edit) -> tuple[Anchor, Anchor]:
    """The anchor before and after the edit."""
    sent = Anchor(exact=edit.words, block_id=f"b{edit.place}", start=edit.start)
    anchor = settled(sent, written(*edit.before))
    assert (anchor.state, anchor.start) == ("anchored", edit.start)
    return anchor, settled(anchor, written(*edit.after))


@given(edits(repeating, st.sampled_from([*NAMES, *SENTENCES])))
def test_no_edit_draws_an_anchor_to_the_same_words_elsewhere(edit: Edit):
    anchor, again = found(edit)

    is_there = (again.block_id, again.start) == (f"b{edit.place}", edit.new_start)
    looks_the_same = (again.prefix, again.suffix) == (anchor.prefix, anchor.suffix)
    assert again.state != "anchored" or is_there or looks_the_same


@given(edits(varied, st.sampled_from(SENTENCES)))
def test_words_that_are_there_once_are_found_there(edit: Edit):
    _, again = found(edit)

    is_there = (again.block_id, again.start) == (f"b{edit.place}", edit.new_start)
    count = sum(text.count(edit.words) for text in edit.after)
    assert is_there or count > 1
    assert again.state == "anchored" or len(edit.words) < 40 or count > 1


@given(edits(st.one_of(repeating, varied), st.sampled_from([*NAMES, *SENTENCES])))
def test_saving_again_changes_nothing(edit: Edit):
    _, again = found(edit)

    assert settled(again, written(*edit.after)) == again
