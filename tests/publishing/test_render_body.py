from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from app.editing.body import prepare as body
from app.editing.body.blocks import Block as DeskBlock
from app.published.blocks import Block
from app.publishing import render_body
from app.publishing.render_body import Form, public_blocks
from app.publishing.runs import plain_text
from tests.editing.body.generated import bodies

BODY: TypeAdapter[list[DeskBlock]] = TypeAdapter(body.Body)
PUBLIC: TypeAdapter[list[Block]] = TypeAdapter(list[Block])
FORMS: list[Form] = ["full", "app"]


def stored(*blocks: Any) -> list[dict[str, Any]]:
    return body.prepare(blocks=BODY.validate_python(list(blocks))).blocks


def paragraph(text: str) -> dict[str, Any]:
    return {"type": "paragraph", "text": text}


def read(blocks: list[dict[str, Any]], form: Form) -> Any:
    """Blocks as they arrive at a client."""
    return orjson.loads(orjson.dumps(public_blocks(blocks, form)))


@given(bodies, st.sampled_from(FORMS))
def test_every_body_is_rendered_in_the_public_shape_with_all_its_keys(sent, form):
    rendered = read(stored(*sent), form)

    assert PUBLIC.dump_python(PUBLIC.validate_python(rendered), mode="json") == rendered


@given(bodies)
def test_both_forms_say_the_same(sent):
    blocks = stored(*sent)

    for full, app in zip(read(blocks, "full"), read(blocks, "app"), strict=True):
        assert [full[key] for key in ("id", "type", "text")] == [
            app[key] for key in ("id", "type", "text")
        ]
        if "runs" in app:
            assert full["runs"] is None
            assert app["html"] is None
            assert "".join(run["text"] for run in app["runs"]) == plain_text(full["html"])


def test_a_paragraph():
    [block] = stored({"type": "paragraph", "id": "a", "html": "a <b>b</b>"})

    assert public_blocks([block], "full") == [
        {"id": "a", "type": "paragraph", "text": "a b", "html": "a <strong>b</strong>",
         "runs": None}
    ]  # fmt: skip
    [app] = public_blocks([block], "app")
    assert app["html"] is None
    assert [(run["text"], run["marks"]) for run in app["runs"]] == [("a ", []), ("b", ["strong"])]


def test_a_list_and_a_table_have_both_forms_in_every_item_and_cell():
    blocks = stored(
        {
            "type": "list",
            "items": [{"text": "a", "ordered": True, "items": [{"html": "<i>b</i>"}]}],
        },
        {"type": "table", "rows": [[{"html": "<i>c</i>", "header": True}]]},
    )

    list_, table = public_blocks(blocks, "app")
    assert list_["items"][0]["ordered"] is True
    assert list_["items"][0]["items"][0]["runs"][0]["marks"] == ["em"]
    assert table["rows"][0][0]["runs"][0]["text"] == "c"
    list_, table = public_blocks(blocks, "full")
    assert list_["items"][0]["items"][0]["html"] == "<em>b</em>"
    assert table["rows"][0][0] | {"html": "<em>c</em>", "runs": None} == table["rows"][0][0]


def test_a_preview_is_cut_after_so_many_blocks():
    heading = {"type": "heading", "text": "h"}
    blocks = stored(paragraph("a"), heading, {"type": "divider"}, paragraph("b"), heading)

    def kinds(count: int) -> list[str]:
        return [block["type"] for block in render_body.preview(blocks, count)]

    assert kinds(0) == []
    assert kinds(1) == kinds(2) == kinds(3) == ["paragraph"]
    assert kinds(4) == ["paragraph", "heading", "divider", "paragraph"]
    assert kinds(5) == kinds(9) == [block["type"] for block in blocks]


def test_the_first_text_is_a_summary():
    blocks = stored(
        {"type": "heading", "text": "h"}, {"type": "paragraph", "html": "a <b>b</b><br>c"}
    )

    assert render_body.first_text(blocks) == "a b c"
    assert render_body.first_text(stored(paragraph("one two, three")), 10) == "one two…"
    assert render_body.first_text(stored(paragraph("x" * 20)), 10) == "x" * 9 + "…"
    assert render_body.first_text(stored({"type": "divider"})) is None


def test_the_lead_image_is_the_first_picture():
    gallery = {"type": "gallery", "images": [{"url": "/g1.jpg"}, {"url": "/g2.jpg"}]}
    image = {"type": "image", "url": "/i.jpg", "alt": "A"}

    found = [render_body.lead_image(stored(paragraph("a"), *pictures))
             for pictures in ([image, gallery], [gallery, image], [])]  # fmt: skip

    assert [image and image["url"] for image in found] == ["/i.jpg", "/g1.jpg", None]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("One, two — three/four & 5.5 don't-know…", 6),
        ("بندر باز می\u200cشود", 3),
        ("हिन्दी में शीर्षक", 3),
        ("港口重新开放", 3),
        ("港口 reopens 开放", 3),
        ("カモメと船", 3),
        ("ท่าเรือเปิดอีกครั้ง", 4),
        ("항구가 다시 열렸다", 3),
    ],
)
def test_words_are_counted_in_any_script(text, words):
    assert render_body.word_count(stored(paragraph(text))) == words


def test_only_what_is_read_in_the_text_counts():
    blocks = stored(
        {"type": "heading", "text": "one two"},
        {
            "type": "list",
            "ordered": False,
            "items": [{"text": "three", "items": [{"text": "four"}]}],
        },
        {"type": "table", "rows": [[{"text": "five"}, {"text": "six"}, {}]]},
        {
            "type": "factbox",
            "title": "seven",
            "blocks": [paragraph("eight"), {"type": "image", "url": "/x", "alt": "not this"}],
        },
        {"type": "quote", "text": "nine ten"},
        {"type": "pullquote", "text": "not again"},
        {"type": "image", "url": "/x", "caption": "not this"},
        {"type": "code", "text": "not this"},
    )

    assert render_body.word_count(blocks) == 10


def test_reading_time_is_in_minutes():
    assert [render_body.reading_time(words) for words in (0, 100, 230, 344, 346, 2300)] == [
        1, 1, 1, 1, 2, 10
    ]  # fmt: skip
