"""Which words carry which citations, and in which order these are numbered."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.editing.citations.block_texts import places
from app.editing.citations.values import Citation
from app.publishing.markers import cut, in_order, mark, marked
from app.publishing.render_body import public_blocks
from tests.editing.citations.written import anchored, cited, written

FAMILY = "👩\u200d👩\u200d👧"
LIST = {
    "type": "list",
    "items": [
        {"html": "one <strong>two</strong>", "items": [{"html": "three &amp; four"}]},
        {"html": "five"},
    ],
}
TABLE = {"type": "table", "rows": [[{"html": "cell a"}, {"html": ""}], [{"html": "cell <b>d</b>"}]]}
IMAGE = {"type": "image", "url": "https://media.example/a.jpg", "alt": "A", "caption": "The mole"}
SPAN = re.compile(r'<span data-citations="([^"]+)">(.*?)</span>')


def carrying(citations: list[Citation], block: Any, *names: str) -> list[tuple[str, str]]:
    """The marked words of a block with the letters of their citations; in both forms the same."""
    letters = {str(each.id): name for each, name in zip(citations, names, strict=True)}
    html = "\n".join(_found(public_blocks([block], "full"), "html"))
    in_html = [
        ("".join(letters[identity] for identity in ids.split()), words)
        for ids, words in SPAN.findall(html)
    ]
    in_runs = [
        ("".join(letters[str(identity)] for identity in run["citation_ids"]), run["text"])
        for run in _found(public_blocks([block], "app"), "runs")
        if run["citation_ids"]
    ]
    assert [(who, unescape(words)) for who, words in in_html] == in_runs
    return in_html


def _found(value: Any, field: str) -> Iterator[Any]:
    """What stands in this field, however deep, in the order of the text."""
    if isinstance(value, dict):
        own = value.get(field) or []
        yield from [own] if isinstance(own, str) else own
        value = [each for key, each in value.items() if key != field]
    if isinstance(value, list):
        for each in value:
            yield from _found(each, field)


def made(
    content: Any, *words: str | tuple[str, ...], target: str = "body"
) -> tuple[list[Citation], list[Any]]:
    """For each of these a citation at these words, and the blocks with all of them."""
    citations = [
        cited(*(anchored(content, each, target=target)
                for each in ([word] if isinstance(word, str) else word)))
        for word in words
    ]  # fmt: skip
    return citations, mark(content.body, citations)


def test_numbers_follow_the_first_place_in_the_text() -> None:
    content = written(
        "First words, other words.", LIST, IMAGE, TABLE, "Last words.", headline="The secret",
        standfirst="What it costs",
        lead={"image": {"url": "https://media.example/b.jpg", "alt": "B",
                                         "caption": "At dawn"}},
    )  # fmt: skip

    def at(words: str, target: str = "body") -> Citation:
        return cited(anchored(content, words, target=target))

    in_text = [
        at("secret", "headline"), at("costs", "standfirst"), at("dawn", "caption"),
        at("First"), at("other"), at("two"), at("four"), at("five"), at("mole", "caption"),
        at("cell a"), at("cell d"), at("Last"),
    ]  # fmt: skip
    twice = cited(anchored(content, "Last words"), anchored(content, "words, other"))
    nowhere, lost = cited(), cited(anchored(content, "First").model_copy(
        update={"state": "orphaned"}))  # fmt: skip
    expected = [*in_text[:4], twice, *in_text[4:], nowhere, lost]

    found = in_order([nowhere, lost, *reversed(in_text), twice], places(content))

    assert [each.id for each in found] == [each.id for each in expected]


def test_at_the_same_place_they_come_as_the_editor_has_them() -> None:
    content = written("Some words.")
    citations = [cited(anchored(content, "Some")) for _ in range(12)]

    found = in_order(citations, places(content))

    assert [each.id for each in found] == [each.id for each in citations]


def test_words_are_marked_through_all_that_stands_in_them() -> None:
    content = written(
        "Rain &amp; “<em>snow</em>” &lt;fell&gt; <a href='https://a.example'>here</a>."
    )
    citations, [block] = made(content, "& “snow” <", "fell> here")

    assert carrying(citations, block, "a", "b") == [
        ("a", "&amp; “"), ("a", "snow"), ("a", "” &lt;"), ("b", "fell&gt; "), ("b", "here"),
    ]  # fmt: skip
    [plain] = public_blocks([block], "full")
    assert SPAN.sub(r"\2", plain["html"]) == content.body[0]["html"]


def test_those_that_overlap_share_the_words_between() -> None:
    content = written("one two three four five")
    citations, [block] = made(content, "one two three", "two three four", "three", "three")

    assert carrying(citations, block, *"abcd") == [
        ("a", "one "), ("ab", "two "), ("abcd", "three"), ("b", " four")
    ]  # fmt: skip


def test_two_places_of_one_are_told_once_where_they_overlap() -> None:
    content = written("one two three")
    citations, [block] = made(content, ("one two", "two three"))

    assert carrying(citations, block, "a") == [("a", "one two three")]


def test_positions_are_code_points() -> None:
    content = written(f"<em>Café {FAMILY}</em> e\u0320\u0301 🇫🇷: secret")
    citations, [block] = made(content, FAMILY, "secret", "🇫🇷")

    assert carrying(citations, block, *"abc") == [("a", FAMILY), ("c", "🇫🇷"), ("b", "secret")]


def test_items_and_cells_are_marked() -> None:
    content = written(LIST, TABLE)
    citations, [items, cells] = made(
        content, "two\nthree", "& four", "five", "cell a", "cell d", "a\n\ncell"
    )

    assert carrying(citations, items, *"abcdef") == [
        ("a", "two"), ("a", "three"), ("b", "&amp; four"), ("c", "five")
    ]  # fmt: skip
    assert carrying(citations, cells, *"abcdef") == [
        ("d", "cell "), ("df", "a"), ("ef", "cell"), ("e", " "), ("e", "d")
    ]  # fmt: skip


def test_blocks_in_factboxes_are_marked_and_captions_stay_text() -> None:
    inner = {"id": "in", "type": "paragraph", "html": "Opened in 1911."}
    content = written({"type": "factbox", "blocks": [inner]}, IMAGE)
    citations, [box, _] = made(content, "1911")
    caption, [_, image] = made(content, "mole", target="caption")

    assert carrying(citations, box, "a") == [("a", "1911")]
    assert public_blocks([image], "full") == public_blocks([content.body[1]], "full")
    assert caption[0].anchors[0].block_id == "b1"


def test_the_stored_text_stays_as_it_is() -> None:
    content = written("one two")
    before = str(content.body)

    citations, blocks = made(content, "two")

    assert str(content.body) == before != str(blocks)
    assert mark(content.body, []) == content.body
    lost = citations[0].model_copy(
        update={"anchors": [citations[0].anchors[0].model_copy(update={"state": "orphaned"})]}
    )
    assert mark(content.body, [lost]) == content.body


@given(st.data())
def test_whatever_the_places_the_text_is_the_same(data: st.DataObject) -> None:
    text = data.draw(st.text(st.sampled_from("ab <&>\u0301👍\u200dש"), min_size=1, max_size=30))
    ids = [cited().id for _ in range(3)]
    spans = [
        (*sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2))), identity)
        for identity in ids
    ]

    parts = list(cut(text, 0, spans))

    assert "".join(part for part, _ in parts) == text
    at = 0
    for part, carried in parts:
        assert part
        for place in range(at, at + len(part)):
            assert set(carried) == {who for start, end, who in spans if start <= place < end}
        at += len(part)


def test_marked_html_cannot_be_broken_out_of() -> None:
    identity = cited().id

    assert marked("a &lt;b&gt; c", [(2, 5, identity)]) == (
        f'a <span data-citations="{identity}">&lt;b&gt;</span> c'
    )
