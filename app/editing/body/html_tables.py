"""Tables found in HTML: those of data stay tables, those that lay out a page are taken apart."""

import re

from app.editing.body.html_parts import (
    LONGEST_PROSE,
    Frame,
    Part,
    blocks_of,
    of_type,
    paragraph,
    plain,
    texts_and_rest,
)
from app.editing.body.notices import Notices


def table(frame: Frame, notices: Notices) -> list[Part]:
    """A table; what its cells cannot hold follows it, and text outside of cells goes before it."""
    rows = of_type(frame.parts, "row")
    if loose := of_type(frame.parts, "cell"):
        rows.append({"type": "row", "parts": loose})
    cells = [cell for row in rows for cell in of_type(row["parts"], "cell")]
    if not cells or _is_layout(frame, rows, cells):
        return blocks_of(frame.parts)
    moved: list[Part] = []
    stored = [[_cell(cell, moved) for cell in of_type(row["parts"], "cell")] for row in rows]
    stored = [row for row in stored if row]
    if not any(cell["html"] for row in stored for cell in row):
        return [*blocks_of(frame.parts)]
    captions, rest = texts_and_rest(of_type(frame.parts, "caption"))
    caption = plain(captions)
    if caption and len(caption) > LONGEST_PROSE:
        caption, rest = None, [*map(paragraph, captions), *rest]
    if moved:
        names = ", ".join(sorted({block["type"] for block in moved}))
        notices.add("moved", f"moved out of a table, to after it: {names}")
    return [
        *_outside(frame, rows),
        {"type": "table", "caption": caption, "rows": stored},
        *moved,
        *rest,
    ]


def _is_layout(frame: Frame, rows: list[Part], cells: list[Part]) -> bool:
    """Whether a table lays out a page: one cell, one row with more than text, tables inside."""
    if len(cells) == 1 or frame.element.get("role") in ("presentation", "none"):
        return True
    held = [blocks_of(cell["parts"]) for cell in cells]
    more_than_text = any(of_type(blocks, "heading", "image", "list", "quote") for blocks in held)
    return (len(rows) == 1 and more_than_text) or any(
        of_type(blocks, "table", "factbox", "gallery") for blocks in held
    )


def _cell(part: Part, moved: list[Part]) -> Part:
    texts, rest = texts_and_rest(part["parts"])
    moved.extend(rest)
    return {
        "html": "<br>".join(texts),
        "header": part["header"],
        "colspan": _span(part["colspan"], 1_000),
        "rowspan": _span(part["rowspan"], 65_534),
    }


def _span(written: str | None, most: int) -> int:
    found = re.match(r"\s*(\d{1,6})", written or "")
    return min(max(int(found[1]), 1), most) if found else 1


def _outside(frame: Frame, rows: list[Part]) -> list[Part]:
    """Text that stands in a table or row but in no cell: browsers show it above the table."""
    stray = [part for part in frame.parts if part["type"] not in ("row", "caption", "cell")]
    stray += [part for row in rows for part in row["parts"] if part["type"] != "cell"]
    texts, rest = texts_and_rest(stray)
    return [*map(paragraph, texts), *rest]
