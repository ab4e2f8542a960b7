import pytest
from pydantic import TypeAdapter

from app.editing.body import prepare as body
from app.editing.body.blocks import Block
from app.errors import Invalid
from tests.editing.body.inert import assert_inert
from tests.editing.body.payloads import ATTACKS

BODY: TypeAdapter[list[Block]] = TypeAdapter(body.Body)


def prepared(*blocks: dict, previous: list[dict] | None = None) -> body.Prepared:
    return body.prepare(blocks=BODY.validate_python(list(blocks)), previous=previous or [])


def test_blocks_are_cleaned_and_named():
    found = prepared(
        {"type": "paragraph", "html": "<p>a <b>b</b></p><script>x</script>"},
        {"type": "list", "id": "mine", "items": [{"html": "<i>c</i>", "items": [{"html": " "}]}]},
        {"type": "table", "rows": [[{"text": "<d>", "header": True}, {"html": "<x>e</x>"}]]},
        {"type": "factbox", "title": "T", "blocks": [{"type": "paragraph", "html": "<img>f"}]},
    )

    paragraph, list_, table, box = found.blocks
    assert paragraph == {"id": paragraph["id"], "type": "paragraph", "html": "a <strong>b</strong>"}
    assert list_ == {
        "id": "mine", "type": "list", "ordered": False,
        "items": [{"html": "<em>c</em>", "ordered": False, "items": []}],
    }  # fmt: skip
    assert [cell["html"] for cell in table["rows"][0]] == ["&lt;d&gt;", "e"]
    assert box["blocks"][0]["html"] == "f"
    assert len({paragraph["id"], table["id"], box["id"], box["blocks"][0]["id"], "mine"}) == 5
    assert [(warning.pointer, warning.detail) for warning in found.warnings] == [
        ("/body/0/html", "removed <p>, its text stays"),
        ("/body/0/html", "removed <script>"),
        ("/body/1/items/0/items/0", "removed an empty list item"),
        ("/body/2/rows/0/1/html", "removed <x>, its text stays"),
        ("/body/3/blocks/0/html", "removed <img>: pictures are blocks of their own"),
    ]


def test_blocks_that_say_nothing_are_left_out():
    found = prepared(
        {"type": "paragraph", "html": "<br>&nbsp;"},
        {"type": "heading", "text": " "},
        {"type": "list", "items": [{"text": ""}]},
        {"type": "table", "rows": [[{}, {"html": "<b></b>"}]]},
        {"type": "factbox", "blocks": [{"type": "paragraph", "text": ""}]},
        {"type": "divider"},
    )

    assert [block["type"] for block in found.blocks] == ["divider"]
    assert [warning.pointer for warning in found.warnings if warning.code == "removed-empty"] == [
        "/body/0", "/body/1", "/body/2/items/0", "/body/2", "/body/3", "/body/4/blocks/0", "/body/4"
    ]  # fmt: skip


def test_html_of_embeds_loses_its_scripts():
    found = prepared(
        {"type": "embed", "url": "https://x.com/a/status/1",
         "html": "<blockquote class=twitter-tweet>a</blockquote><script src=/x></script>"}
    )  # fmt: skip

    assert found.blocks[0]["html"] == '<blockquote class="twitter-tweet">a</blockquote>'
    assert [warning.pointer for warning in found.warnings] == ["/body/0/html"]


def test_raw_html_stays_raw():
    raw = "<div onclick=x><script>y</script>"

    assert prepared({"type": "html", "html": raw}).blocks[0]["html"] == raw


def test_html_and_markdown_make_the_same_body():
    as_html = body.prepare(
        body_html="<h2>T</h2><p>a <strong>b</strong></p><ul><li>c</li></ul><blockquote><p>d</p>"
        "</blockquote><hr><p><a href='https://example.org/x'>e</a></p>"
    )
    as_markdown = body.prepare(
        body_markdown="## T\n\na **b**\n\n- c\n\n> d\n\n---\n\n[e](https://example.org/x)",
        previous=as_html.blocks,
    )

    assert as_markdown == as_html


def test_there_is_one_form_or_none():
    assert body.prepare() == body.Prepared([], [])
    with pytest.raises(Invalid) as refused:
        body.prepare(body_html="a", body_markdown="b")
    assert [fault.pointer for fault in refused.value.faults] == ["/body_html", "/body_markdown"]


def test_html_that_is_too_much_is_refused():
    with pytest.raises(Invalid) as refused:
        body.prepare(body_html="<p>x</p>" * 2_001)
    assert [fault.pointer for fault in refused.value.faults] == ["/body_html"]

    with pytest.raises(Invalid) as refused:
        body.prepare(body_markdown=("word " * 10_000 + "\n\n") * 21)
    assert refused.value.faults[0].pointer == "/body_markdown"
    assert "bytes" in refused.value.faults[0].detail


def test_html_lists_nest_no_deeper_than_blocks_may():
    found = body.prepare(body_html="".join(f"<ul><li>w{n}" for n in range(20)))

    assert BODY.validate_python(found.blocks)
    assert all(f"w{n}" in str(found.blocks) for n in range(20))


def test_warnings_name_the_field_that_was_sent():
    html = "<p>a</p><script>x</script>"

    for found in (body.prepare(body_html=html), body.prepare(body_markdown=html)):
        assert [warning.detail for warning in found.warnings] == ["removed <script>"]
    assert body.prepare(body_html=html).warnings[0].pointer == "/body_html"
    assert body.prepare(body_markdown=html).warnings[0].pointer == "/body_markdown"


def test_warnings_are_at_most_a_hundred_and_one():
    found = prepared(*[{"type": "paragraph", "html": f"<x{n}>a"} for n in range(150)])

    assert [warning.detail for warning in found.warnings[100:]] == ["50 more changes"]


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_survives_in_any_block(attack):
    found = prepared(
        {"type": "heading", "html": attack},
        {"type": "quote", "html": attack, "attribution": attack[:1000]},
        {"type": "list", "items": [{"html": attack}]},
        {"type": "table", "rows": [[{"html": attack}]]},
        {"type": "factbox", "blocks": [{"type": "paragraph", "html": attack}]},
    )

    for block in found.blocks:
        holders = [block, *block.get("items", []), *block.get("blocks", [])]
        holders += [cell for row in block.get("rows", []) for cell in row]
        for holder in holders:
            assert_inert(holder.get("html", ""))
