import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.editing.body.markdown_body import from_markdown
from tests.editing.body.inert import assert_inert
from tests.editing.body.payloads import ATTACKS
from tests.editing.body.test_html_body import assert_harmless, bare, paragraphs


def blocks(text: str) -> list[dict]:
    return bare(from_markdown(text).blocks)


def test_markdown_is_blocks():
    text = (
        '## Title\n\na **b** *c* `d` ~~e~~\\\nf\ng [h](https://example.org/x "T")\n\n'
        "3. one\n   - two\n4. three\n\n"
        "> said\n\n---\n\n"
        "```python\nx < 1\n```\n\n"
        "| a | b |\n|---|--:|\n| 1 | *2* |\n"
    )

    assert blocks(text) == [
        {"type": "heading", "level": 2, "html": "Title"},
        *paragraphs(
            "a <strong>b</strong> <em>c</em> <code>d</code> <s>e</s><br>f g "
            '<a href="https://example.org/x" title="T">h</a>'
        ),
        {"type": "list", "ordered": True, "start": 3, "items": [
            {"html": "one", "ordered": False, "items": [{"html": "two"}]}, {"html": "three"},
        ]} | {"items": [
            {"html": "one", "ordered": False, "items": [{"html": "two", "ordered": False}]},
            {"html": "three", "ordered": False},
        ]},
        {"type": "quote", "html": "said"},
        {"type": "divider"},
        {"type": "code", "text": "x < 1", "language": "python"},
        {"type": "table", "rows": [
            [{"html": html, "header": header, "colspan": 1, "rowspan": 1} for html in row]
            for row, header in ((("a", "b"), True), (("1", "<em>2</em>"), False))
        ]},
    ]  # fmt: skip


def test_cells_beyond_the_columns_follow_the_table():
    [table, beyond] = blocks("> | a | b |\n> |---|---|\n> | c | d | *e* | f |\n> g\n")[:2]

    assert [[cell.get("html") for cell in row] for row in table["rows"]] == [
        ["a", "b"], ["c", "d"], ["g", None]
    ]  # fmt: skip
    assert beyond == {"type": "quote", "html": "<em>e</em> | f"}


def test_the_title_of_a_picture_is_its_caption():
    assert blocks('![A "ship"](/s.jpg "The *ship* & <crew>")\n\nwords ![B](/t.jpg) go on') == [
        {"type": "image", "url": "/s.jpg", "alt": 'A "ship"', "caption": "The *ship* & <crew>"},
        *paragraphs("words go on"),
        {"type": "image", "url": "/t.jpg", "alt": "B"},
    ]


def test_html_in_markdown_is_read_too():
    text = (
        "a <abbr title='T'>b</abbr>\n\n<aside>\n\n### C\n\nd\n\n</aside>\n\n<iframe src=x></iframe>"
    )

    assert blocks(text) == [
        *paragraphs('a <abbr title="T">b</abbr>'),
        {"type": "factbox", "title": "C", "blocks": paragraphs("d")},
    ]
    assert [notice.pointer for notice in from_markdown(text).warnings] == ["/body_markdown"] * 2


@pytest.mark.parametrize(
    "text",
    [">" * 10_000 + "word", "- " * 5_000 + "word", "> - " * 300 + "word", "*" * 5_000 + "word",
     "\n".join("  " * depth + "- x" for depth in range(300)) + " word", "[" * 3_000 + "word"],
)  # fmt: skip
def test_no_depth_brings_it_down(text):
    begun = time.perf_counter()

    assert str(from_markdown(text).blocks).count("word") == 1
    assert time.perf_counter() - begun < 5  # milliseconds on an idle core


@given(
    st.lists(
        st.sampled_from(
            [
                "w",
                "w ",
                "\n",
                "\n\n",
                "> ",
                "- ",
                "1. ",
                "# ",
                "*",
                "**",
                "`z`",
                "~~z~~",
                "    ",
                "```\n",
                "|",
                "\n|-|-|\n",
                "<b>",
                "<div>",
                "</div>",
                "\\",
                "  \n",
                "!",
                "&amp;",
                "---\n",
            ]
        ),
        max_size=40,
    )
)
def test_no_text_is_lost(parts):  # fmt: skip
    words: list[str] = []
    for number, part in enumerate(parts):
        if part.startswith("w"):
            words.append(f"word{number}word")
            parts[number] = part.replace("w", words[-1])

    found = re.findall(r"word\d+word", str(from_markdown("".join(parts)).blocks))

    assert sorted(found) == sorted(words)


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_survives(attack):
    assert_harmless(from_markdown(attack).blocks)
    assert_harmless(from_markdown(f"# a {attack}\n\n- {attack}\n\n| a |\n|-|\n| {attack} |").blocks)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x"])
def test_links_are_checked(address):
    [paragraph] = blocks(f"[words]({address}) <{address}> ![picture]({address})")

    assert_inert(paragraph["html"])
    assert "href" not in paragraph["html"]
