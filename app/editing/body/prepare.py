"""The body of an article: what an editor may send, and what of it is stored.

A body comes as blocks, as HTML or as Markdown, and is always stored as blocks (see `blocks`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import orjson
from pydantic import AfterValidator, Field, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from app.editing.body import block_cleaning, block_ids, html_body, markdown_body
from app.editing.body.blocks import Block, Stored, stored
from app.editing.body.notices import Notice, shortened
from app.errors import Fault, Invalid

MOST_BLOCKS = 2_000
MOST_BYTES = 1_000_000
MOST_CHARACTERS = 2_000_000
MOST_MARKDOWN = 200_000


def _bearable(blocks: list[Block]) -> list[Block]:
    """The blocks, if no id is there twice and all of them are not too much."""
    raw = stored(blocks)
    block_ids.check(raw)
    if (size := len(orjson.dumps(raw))) > MOST_BYTES:
        raise PydanticCustomError(
            "too_large",
            "The body is {size} bytes long as JSON; {most} is the most.",
            {"size": size, "most": MOST_BYTES},
        )
    return blocks


Body = Annotated[
    list[Block],
    Field(max_length=MOST_BLOCKS, description="The blocks of the body, in order"),
    AfterValidator(_bearable),
]
"""What an editor sends as `body`."""

BodyHtml = Annotated[
    str,
    Field(
        max_length=MOST_CHARACTERS,
        description="The body as HTML, instead of `body`: it is turned into blocks. Classic and "
        "Gutenberg markup are understood; `warnings` tell what was left out.",
        examples=["<p>The harbour <b>reopened</b>.</p><h2>What changes</h2><p>…</p>"],
    ),
]
BodyMarkdown = Annotated[
    str,
    Field(
        max_length=MOST_MARKDOWN,
        description="The body as Markdown (CommonMark with tables and strikethrough), instead of "
        "`body`. HTML inside is read like `body_html`. At most 200,000 characters; send what is "
        "longer as HTML.",
        examples=["The harbour **reopened**.\n\n## What changes\n\n…"],
    ),
]


@dataclass(frozen=True)
class Prepared:
    """Blocks ready to store, and what is otherwise than it was sent."""

    blocks: list[Stored]
    warnings: list[Notice]


def prepare(
    *,
    blocks: Sequence[Block] | None = None,
    body_html: str | None = None,
    body_markdown: str | None = None,
    previous: Sequence[Stored] = (),
) -> Prepared:
    """One form of a body as blocks to store; with none of them it is empty.

    Text is cleaned, blocks that were in `previous` keep their ids, others get new ones. Raises
    Invalid where HTML or Markdown gives more than a body can hold, or where two forms are given.
    """
    forms = {"body": blocks, "body_html": body_html, "body_markdown": body_markdown}
    given = [name for name, value in forms.items() if value is not None]
    if len(given) > 1:
        detail = "Give the body in one form: as body, body_html or body_markdown."
        raise Invalid(detail, faults=[Fault(detail, pointer=f"/{name}") for name in given])
    if body_html is not None:
        return _converted(html_body.from_html(body_html), "/body_html", previous)
    if body_markdown is not None:
        return _converted(markdown_body.from_markdown(body_markdown), "/body_markdown", previous)
    cleaned = block_cleaning.clean(stored(blocks or ()), pointer="/body")
    return Prepared(block_ids.keep_ids(cleaned.blocks, previous), shortened(cleaned.warnings))


def _converted(
    converted: html_body.Converted, pointer: str, previous: Sequence[Stored]
) -> Prepared:
    blocks = _as_blocks(converted, pointer=pointer)
    return Prepared(block_ids.keep_ids(blocks, previous), converted.warnings)


def _as_blocks(converted: html_body.Converted, *, pointer: str) -> list[Stored]:
    try:
        return stored(_BODY.validate_python(converted.blocks))
    except ValidationError as error:
        faults = [
            Fault(f"{fault['msg']} (In what it becomes, at {_place(fault['loc'])}.)", pointer)
            for fault in error.errors(include_url=False, include_input=False)[:20]
        ]
        raise Invalid("This cannot become a body.", faults=faults) from None


def _place(location: tuple[str | int, ...]) -> str:
    return "/" + "/".join(map(str, location))


_BODY: TypeAdapter[list[Block]] = TypeAdapter(Body)
