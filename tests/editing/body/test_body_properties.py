import re

from hypothesis import given
from pydantic import TypeAdapter

from app.editing.body import prepare as body
from app.editing.body.blocks import Block
from tests.editing.body.generated import Markup, bodies, inline_html, markup

BODY: TypeAdapter[list[Block]] = TypeAdapter(body.Body)


@given(markup())
def test_no_text_of_html_is_lost(found: Markup):
    prepared = body.prepare(body_html=found.html)

    assert set(re.findall(r"word\d+word", str(prepared.blocks))) == set(found.words)


@given(bodies)
def test_what_is_stored_is_what_it_would_become(sent):
    first = body.prepare(blocks=BODY.validate_python(sent))
    again = body.prepare(blocks=BODY.validate_python(first.blocks), previous=first.blocks)

    assert again == body.Prepared(first.blocks, [])


@given(markup())
def test_converted_html_is_stored_like_blocks(found: Markup):
    first = body.prepare(body_html=found.html)
    again = body.prepare(blocks=BODY.validate_python(first.blocks), previous=first.blocks)

    assert again == body.Prepared(first.blocks, [])


@given(markup())
def test_the_same_html_again_keeps_all_ids(found: Markup):
    first = body.prepare(body_html=found.html)

    assert body.prepare(body_html=found.html, previous=first.blocks) == first


@given(inline_html)
def test_a_paragraph_is_the_same_as_block_and_as_html(html):
    as_block = body.prepare(blocks=BODY.validate_python([{"type": "paragraph", "html": html}]))
    as_html = body.prepare(body_html=f"<p>{html.replace('<br>', ' ')}</p>")

    said = [re.sub("(<br>)+", " ", block["html"]) for block in as_block.blocks]
    assert [block["html"] for block in as_html.blocks] == said or "<br>" in html
