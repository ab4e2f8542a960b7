from collections.abc import Iterator
from typing import Any

from app.editing.articles.content import Content
from app.editing.body.inline_text import plain
from app.editing.citations.block_texts import (
    SEPARATOR,
    body_parts,
    caption_parts,
    everywhere,
    places,
)
from app.publishing.render_body import public_blocks
from tests.editing.citations.written import written

LIST = {
    "type": "list",
    "items": [
        {"html": "Ferries <em>first</em>", "ordered": False, "items": [
            {"html": "then trawlers", "ordered": False, "items": []},
        ]},
        {"html": "Yachts last", "ordered": False, "items": []},
    ],
}  # fmt: skip
TABLE = {
    "type": "table",
    "caption": "What it cost",
    "rows": [
        [{"html": "Mole", "header": True}, {"html": "210 <sub>m</sub>"}],
        [{"html": ""}, {"html": "318"}],
    ],
}
GALLERY = {
    "type": "gallery",
    "caption": "The mole",
    "images": [
        {"url": "/a.jpg", "caption": "in 2019"},
        {"url": "/b.jpg"},
        {"url": "/c.jpg", "caption": "in 2026"},
    ],
}


def texts(content: Content, target: str = "body") -> dict[str | None, str]:
    return {place.block_id: place.text for place in places(content) if place.target == target}


def test_a_paragraph_is_what_its_html_says():
    content = written("A <q>caf&eacute;</q> &amp;<br>bar".replace("&eacute;", "é"))

    assert texts(content) == {"b0": "A “café” &\nbar"}


def test_a_list_is_its_items_in_reading_order():
    assert texts(written(LIST)) == {"b0": "Ferries first\nthen trawlers\nYachts last"}


def test_a_table_is_its_cells_row_by_row_and_has_a_caption():
    content = written(TABLE)

    assert texts(content) == {"b0": "Mole\n210 m\n\n318"}
    assert texts(content, "caption") == {"b0": "What it cost"}


def test_each_part_says_where_it_stands():
    for block in written(LIST, TABLE).body:
        parts = body_parts(block)
        text = SEPARATOR.join(part.text for part in parts)

        assert all(text.startswith(part.text, part.start) for part in parts)
        assert [plain(part.holder["html"]) for part in parts] == [part.text for part in parts]


def test_captions_of_a_gallery_are_one_text():
    content = written(GALLERY)
    parts = caption_parts(content.body[0])

    assert texts(content, "caption") == {"b0": "The mole\nin 2019\nin 2026"}
    assert [(part.start, part.holder["caption"]) for part in parts] == [
        (0, "The mole"), (9, "in 2019"), (17, "in 2026"),
    ]  # fmt: skip


def test_blocks_in_a_factbox_stand_for_themselves():
    box = {
        "type": "factbox",
        "title": "The mole",
        "blocks": [{"id": "in1", "type": "paragraph", "html": "Built in 1904"}],
    }
    content = written("Before", box)

    assert texts(content) == {"b0": "Before", "in1": "Built in 1904"}
    assert [pointer for pointer, _ in everywhere(content.body)] == [
        "/body/0", "/body/1", "/body/1/blocks/0",
    ]  # fmt: skip


def test_code_and_raw_html_have_no_words_to_point_at():
    content = written(
        {"type": "code", "text": "print('harbour')"},
        {"type": "html", "html": "<p>harbour</p>"},
        {"type": "divider"},
    )

    assert texts(content) == {}


def test_headline_standfirst_and_the_leads_caption_are_places():
    lead = {"image": {"url": "/a.jpg", "caption": "The mole in 2026"}}
    content = written("Body", standfirst="After 627 days", lead=lead)

    assert [(place.target, place.block_id, place.text) for place in places(content)] == [
        ("headline", None, "The harbour reopens"),
        ("standfirst", None, "After 627 days"),
        ("caption", None, "The mole in 2026"),
        ("body", "b0", "Body"),
    ]


def test_parts_are_in_the_order_in_which_readers_get_them():
    content = written(LIST, TABLE, "Text")

    def shown(block: dict[str, Any]) -> Iterator[str]:
        if "items" in block:
            for item in block["items"]:
                yield item["text"]
                yield from shown(item)
        elif "rows" in block:
            yield from (cell["text"] for row in block["rows"] for cell in row)
        else:
            yield block["text"]

    for stored, public in zip(content.body, public_blocks(content.body, "app"), strict=True):
        assert [part.text for part in body_parts(stored)] == list(shown(public))
