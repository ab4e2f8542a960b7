"""What a stored block says in plain text: for search, and for clients that do not know its type."""

from collections.abc import Iterable

from app.editing.body import html_tree
from app.editing.body.blocks import Stored
from app.editing.body.inline_text import plain
from app.editing.plain_fields import line


def text_of(block: Stored) -> str:
    """The text of a block; "" for one that says nothing, such as a divider."""
    kind = block["type"]
    if kind in ("paragraph", "heading"):
        return plain(block["html"])
    if kind in ("quote", "pullquote"):
        return _lines(plain(block["html"]), _after_dash(block.get("attribution")))
    if kind == "list":
        return "\n".join(_items(block["items"], ordered=block["ordered"], start=block.get("start")))
    if kind == "table":
        rows = (" | ".join(plain(cell["html"]) for cell in row) for row in block["rows"])
        return _lines(block.get("caption"), *rows)
    if kind == "factbox":
        return _lines(block.get("title"), *map(text_of, block["blocks"]))
    return _text_of_media(block)


def image_text(image: Stored) -> str:
    """The caption of a picture, or else what it shows."""
    return image.get("caption") or image.get("alt") or ""


def _text_of_media(block: Stored) -> str:
    kind = block["type"]
    if kind == "image":
        return image_text(block)
    if kind == "gallery":
        about = (block.get("title"), block.get("caption"))
        return _lines(*about, *map(image_text, block["images"]))
    if kind in ("video", "audio"):
        return _lines(block.get("title"), block.get("caption"))
    if kind == "embed":
        own = _lines(block.get("text") or block.get("title"), block.get("caption"))
        return own or str(block["url"])
    if kind == "html":
        return block.get("text") or _visible(block["html"])
    return str(block.get("text", ""))


def _lines(*texts: str | None) -> str:
    return "\n".join(text for text in texts if text)


def _after_dash(attribution: str | None) -> str | None:
    return f"— {attribution}" if attribution else None


def _items(
    items: Iterable[Stored], *, ordered: bool, start: int | None = None, depth: int = 0
) -> list[str]:
    found = []
    for number, item in enumerate(items, 1 if start is None else start):
        sign = f"{number}." if ordered else "•"
        found.append(f"{'  ' * depth}{sign} {plain(item['html'])}".rstrip())
        found.extend(_items(item["items"], ordered=item["ordered"], depth=depth + 1))
    return found


def _visible(html: str) -> str:
    texts = (event.text for event in html_tree.read(html) if event.kind == "text")
    return line(" ".join(texts)) or ""
