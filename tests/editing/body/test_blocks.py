from typing import Any

import pytest
from hypothesis import given
from pydantic import TypeAdapter, ValidationError

from app.editing.body import prepare as body
from app.editing.body.block_text import text_of
from app.editing.body.blocks import Block, stored, uses_raw_html
from app.web.pointers import pointer_of
from tests.editing.body.generated import bodies

BODY: TypeAdapter[list[Block]] = TypeAdapter(body.Body)
WORDS = {"type": "paragraph", "text": "words"}


def faults(sent: Any) -> list[tuple[str, str]]:
    """Where and how a body is refused."""
    with pytest.raises(ValidationError) as caught:
        BODY.validate_python(sent)
    return [
        (pointer_of(error["loc"], sent, found=error["input"]), error["type"])
        for error in caught.value.errors()
    ]


@given(bodies)
def test_bodies_of_all_kinds_are_taken(sent):
    blocks = BODY.validate_python(sent)

    assert [block["type"] for block in stored(blocks)] == [block["type"] for block in sent]
    assert None not in [value for block in stored(blocks) for value in block.values()]


@pytest.mark.parametrize(
    ("block", "pointer", "kind"),
    [
        ({"type": "paragraph"}, "/0", "one_form"),
        ({"type": "paragraph", "text": "a", "html": "a"}, "/0", "one_form"),
        ({"type": "paragraph", "html": 5}, "/0/html", "string_type"),
        ({"type": "paragraph", "text": "a", "colour": "red"}, "/0/colour", "extra_forbidden"),
        ({"type": "paragraph", "text": "a", "id": "a b"}, "/0/id", "string_pattern_mismatch"),
        ({"type": "paragraph", "text": "a" * 200_001}, "/0/text", "string_too_long"),
        ({"type": "heading", "text": "a", "level": 1}, "/0/level", "greater_than_equal"),
        ({"type": "heading", "text": "a", "level": "2"}, "/0/level", "int_type"),
        ({"type": "tune", "text": "a"}, "/0", "union_tag_invalid"),
        ({"text": "a"}, "/0", "union_tag_not_found"),
        ({"type": "list", "items": []}, "/0/items", "too_short"),
        ({"type": "list", "items": [{"text": "a", "items": [{}]}]}, "/0/items/0/items/0",
         "one_form"),
        ({"type": "image", "url": "javascript:alert(1)"}, "/0/url", "url"),
        ({"type": "image", "url": "mailto:a@example.org"}, "/0/url", "url"),
        ({"type": "image", "url": "/a", "href": "data:text/html,x"}, "/0/href", "url"),
        ({"type": "image", "url": "/a", "width": 0}, "/0/width", "greater_than_equal"),
        ({"type": "quote", "text": "a", "source_url": "/x"}, "/0/source_url", "url"),
        ({"type": "gallery", "images": [{"url": "/a"}, {"url": "b"}]}, "/0/images/1/url", "url"),
        ({"type": "video", "sources": [{"url": "/v"}]}, "/0/sources/0", "media_type"),
        ({"type": "video", "sources": []}, "/0", "one_place"),
        ({"type": "audio", "sources": [{"url": "/a.mp3"}], "duration": float("nan")},
         "/0/duration", "finite_number"),
        ({"type": "embed", "url": "/x"}, "/0/url", "url"),
        ({"type": "embed", "url": "https://a.example", "consent": "no"}, "/0/consent",
         "literal_error"),
        ({"type": "table", "rows": [[{"colspan": 0}]]}, "/0/rows/0/0/colspan",
         "greater_than_equal"),
        ({"type": "factbox", "blocks": [{"type": "factbox"}]}, "/0/blocks/0",
         "union_tag_invalid"),
        ({"type": "custom", "name": "Tide Table"}, "/0/name", "string_pattern_mismatch"),
        ({"type": "code", "text": "x", "language": "<b>"}, "/0/language",
         "string_pattern_mismatch"),
        ({"type": "html", "html": ""}, "/0/html", "string_too_short"),
        (7, "/0", "model_attributes_type"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_where_it_stands(block, pointer, kind):
    assert faults([block]) == [(pointer, kind)]


def test_an_id_may_be_there_once():
    box = {"type": "factbox", "blocks": [{**WORDS, "id": "a"}]}

    assert faults([{**WORDS, "id": "b"}, {**WORDS, "id": "b"}]) == [("/1/id", "duplicate_id")]
    assert faults([{**WORDS, "id": "a"}, box]) == [("/1/blocks/0/id", "duplicate_id")]


def test_lists_nest_eight_deep():
    def nested(depth: int) -> list[dict[str, Any]]:
        return [{"text": "a", "items": nested(depth - 1) if depth > 1 else []}]

    BODY.validate_python([{"type": "list", "items": nested(8)}])
    assert faults([{"type": "list", "items": nested(9)}]) == [("/0/items", "depth")]


def test_a_body_has_its_limits():
    assert faults([WORDS] * 2_001) == [("", "too_long")]
    assert faults([{"type": "paragraph", "text": "é" * 100_000}] * 6) == [("", "too_large")]
    assert BODY.validate_python([WORDS] * 2_000)


def test_what_is_stored_is_tidy():
    [image, video, embed] = stored(BODY.validate_python([
        {"type": "image", "url": " HTTPS://Example.ORG/a b.jpg", "alt": " a\n b ", "caption": "",
         "credit": "\x00x"},
        {"type": "video", "sources": [{"url": "/v.M3U8?x=1"}], "caption": "a \n\n\n\n b"},
        {"type": "embed", "url": "https://www.youtube.com/watch?v=x"},
    ]))  # fmt: skip

    assert image == {
        "type": "image", "url": "https://example.org/a%20b.jpg", "alt": "a b", "credit": "x"
    }  # fmt: skip
    assert video["sources"] == [
        {"url": "/v.M3U8?x=1", "media_type": "application/vnd.apple.mpegurl"}
    ]
    assert video["caption"] == "a\n\nb"
    assert (embed["provider"], embed["consent"]) == ("youtube", "third-party")


def test_the_data_of_a_custom_block_stays_as_it_is():
    data = {"type": "custom", "null": None, "list": [None, {"a": None}], "number": 1.5}

    [block] = stored(BODY.validate_python([{"type": "custom", "name": "x", "data": data}]))

    assert block["data"] == data


def test_raw_html_needs_a_scope_only_where_it_is_new():
    sent = BODY.validate_python([WORDS, {"type": "html", "html": "<x>"}])

    assert uses_raw_html(sent)
    assert not uses_raw_html(sent[:1])
    assert not uses_raw_html(sent, [{"type": "html", "html": "<x>", "id": "a"}])
    assert uses_raw_html(sent, [{"type": "html", "html": "<y>", "id": "a"}])


@pytest.mark.parametrize(
    ("block", "text"),
    [
        ({"type": "paragraph", "html": "a<br>b &amp; <q>c</q>"}, "a\nb & “c”"),
        ({"type": "quote", "text": "a", "attribution": "Who"}, "a\n— Who"),
        ({"type": "list", "ordered": True, "start": 3,
          "items": [{"text": "a", "items": [{"text": "b"}]}, {"text": "c"}]},
         "3. a\n  • b\n4. c"),
        ({"type": "table", "caption": "T", "rows": [[{"text": "a"}, {}], [{"text": "b"}]]},
         "T\na | \nb"),
        ({"type": "factbox", "title": "T", "blocks": [{"type": "paragraph", "text": "a"}]},
         "T\na"),
        ({"type": "image", "url": "/x", "alt": "A", "caption": "C"}, "C"),
        ({"type": "image", "url": "/x", "alt": "A"}, "A"),
        ({"type": "gallery", "title": "T", "images": [{"url": "/x", "alt": "A"}]}, "T\nA"),
        ({"type": "video", "sources": [{"url": "/x.mp4"}], "title": "T", "caption": "C"}, "T\nC"),
        ({"type": "embed", "url": "https://a.example/x"}, "https://a.example/x"),
        ({"type": "embed", "url": "https://a.example/x", "text": "W", "caption": "C"}, "W\nC"),
        ({"type": "code", "text": "a\n  b"}, "a\n  b"),
        ({"type": "divider"}, ""),
        ({"type": "custom", "name": "x", "text": "W"}, "W"),
        ({"type": "custom", "name": "x"}, ""),
        ({"type": "html", "html": "<p>a</p><script>b</script>c"}, "a c"),
        ({"type": "html", "html": "<p>a</p>", "text": "W"}, "W"),
    ],
)  # fmt: skip
def test_every_block_says_something_in_plain_text(block, text):
    [prepared] = body.prepare(blocks=BODY.validate_python([block])).blocks

    assert text_of(prepared) == text
