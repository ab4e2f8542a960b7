"""Cleans the HTML in stored blocks and leaves out those that turn out to say nothing."""

from dataclasses import dataclass

from app.editing.body import embeds, inline, inline_text
from app.editing.body.blocks import Stored
from app.editing.body.notices import Notice


@dataclass(frozen=True)
class CleanedBlocks:
    blocks: list[Stored]
    warnings: list[Notice]


def clean(blocks: list[Stored], *, pointer: str) -> CleanedBlocks:
    """The blocks, changed in place: their HTML in normal form, and what was left out told."""
    warnings: list[Notice] = []
    kept = [
        block
        for number, block in enumerate(blocks)
        if _clean_block(block, f"{pointer}/{number}", warnings)
    ]
    return CleanedBlocks(kept, warnings)


def _clean_block(block: Stored, pointer: str, warnings: list[Notice]) -> bool:
    """Clean a block in place; whether anything is left of it."""
    kind = block["type"]
    says = True
    if kind in ("paragraph", "heading", "quote", "pullquote"):
        says = _clean_text(block, pointer, warnings)
    elif kind == "list":
        block["items"] = _clean_items(block["items"], f"{pointer}/items", warnings)
        says = bool(block["items"])
    elif kind == "table":
        cells = [_clean_text(cell, f"{pointer}/rows/{row}/{column}", warnings)
                 for row, cells in enumerate(block["rows"])
                 for column, cell in enumerate(cells)]  # fmt: skip
        says = any(cells) or "caption" in block
    elif kind == "factbox":
        inner = clean(block["blocks"], pointer=f"{pointer}/blocks")
        warnings.extend(inner.warnings)
        block["blocks"] = inner.blocks
        says = bool(inner.blocks) or "title" in block
    elif kind == "embed" and "html" in block:
        _clean_embed(block, f"{pointer}/html", warnings)
    if not says:
        warnings.append(
            Notice(pointer=pointer, code="removed-empty", detail=f"removed an empty {kind}")
        )
    return says


def _clean_items(items: list[Stored], pointer: str, warnings: list[Notice]) -> list[Stored]:
    kept = []
    for number, item in enumerate(items):
        says = _clean_text(item, f"{pointer}/{number}", warnings)
        item["items"] = _clean_items(item["items"], f"{pointer}/{number}/items", warnings)
        if says or item["items"]:
            kept.append(item)
        else:
            warnings.append(
                Notice(
                    pointer=f"{pointer}/{number}",
                    code="removed-empty",
                    detail="removed an empty list item",
                )
            )
    return kept


def _clean_text(holder: Stored, pointer: str, warnings: list[Notice]) -> bool:
    cleaned = inline.clean(holder["html"], pointer=f"{pointer}/html")
    holder["html"] = cleaned.html
    warnings.extend(cleaned.warnings)
    return bool(inline_text.plain(cleaned.html).strip())


def _clean_embed(block: Stored, pointer: str, warnings: list[Notice]) -> None:
    cleaned = embeds.cleaned(block.pop("html"))
    if cleaned.html:
        block["html"] = cleaned.html
    if cleaned.lost_script:
        detail = "removed <script>: front ends load the provider's own after consent"
        warnings.append(Notice(pointer=pointer, code="removed-content", detail=detail))
