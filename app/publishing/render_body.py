"""PURE: the stored blocks of a body to the blocks readers get, and what else is made of a body.

Blocks are plain dicts with exactly the keys of `app.published.blocks`, ready for orjson.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, Literal

from app.editing.articles.content import Content
from app.editing.body.block_text import text_of
from app.editing.body.blocks import Stored
from app.publishing import media_shapes
from app.publishing.markers import CITED, marked
from app.publishing.runs import plain_text, runs

WORDS_PER_MINUTE = 230
PREVIEW_BLOCKS = 3
COUNTED = ("paragraph", "heading", "list", "quote", "table", "factbox")

Form = Literal["full", "app"]
Public = dict[str, Any]


def public_blocks(blocks: Sequence[Stored], form: Form) -> list[Public]:
    """The blocks of a `full` document (text as `html`) or of an `app` document (as `runs`)."""
    return [_block(block, form) for block in blocks]


def preview(blocks: Sequence[Stored], count: int) -> list[Stored]:
    """The first `count` blocks, without headings and dividers that would stand at the end."""
    kept = list(blocks[:count])
    while len(kept) < len(blocks) and kept and kept[-1]["type"] in ("heading", "divider"):
        kept.pop()
    return kept


def open_body(content: Content) -> list[dict[str, Any]]:
    """The blocks that anyone may read. Whatever is made of a body for cards and lists is made of
    these, or it would tell what is behind the cut."""
    access = content.access
    if access.level == "free":
        return content.body
    blocks = PREVIEW_BLOCKS if access.preview_blocks is None else access.preview_blocks
    return preview(content.body, blocks)


def first_text(blocks: Sequence[Stored], maximum: int = 300) -> str | None:
    """The first paragraph on one line, cut between words: a summary where nobody wrote one."""
    for block in blocks:
        if block["type"] == "paragraph":
            text = " ".join(plain_text(block["html"]).split())
            return shorten(text, maximum)
    return None


def shorten(text: str, maximum: int) -> str:
    """The text, cut between words to at most `maximum` characters, the ellipsis included."""
    if len(text) <= maximum:
        return text
    head = text[: maximum - 1]
    return head[: head.rfind(" ") if " " in head else None].rstrip(" ,;:–—-") + "…"


def word_count(blocks: Sequence[Stored]) -> int:
    """How many words there are to read in running text, lists, tables and factboxes.

    Captions and pullquotes do not count. Scripts without spaces count by their readers' speed:
    two Chinese or Japanese characters, or five Thai, Lao, Khmer or Burmese ones, are a word.
    """
    text = "\n".join(_read_text(block) for block in blocks if block["type"] in COUNTED)
    dense, text = len(_DENSE.findall(text)), _DENSE.sub(" ", text)
    flowing, text = len(_FLOWING.findall(text)), _FLOWING.sub(" ", text)
    spaced = sum(any(sign.isalnum() for sign in word) for word in _BETWEEN_WORDS.split(text))
    return spaced + (dense + 1) // 2 + (flowing + 4) // 5


def reading_time(words: int) -> int:
    """Minutes at 230 words a minute, at least 1."""
    return max(1, round(words / WORDS_PER_MINUTE))


def lead_image(blocks: Sequence[Stored]) -> Stored | None:
    """The first picture of a body, alone or in a gallery, as it is stored."""
    for block in blocks:
        if block["type"] == "image":
            return block
        if block["type"] == "gallery":
            first: Stored = block["images"][0]
            return first
    return None


def _read_text(block: Stored) -> str:
    """The text of a block without the signs and numbers before list items."""
    if block["type"] == "list":
        return "\n".join(map(_item_text, block["items"]))
    if block["type"] == "factbox":
        inner = [each for each in block["blocks"] if each["type"] in COUNTED]
        return "\n".join([block.get("title", ""), *map(_read_text, inner)])
    return text_of(block)


def _item_text(item: Stored) -> str:
    return "\n".join([plain_text(item["html"]), *map(_item_text, item["items"])])


def _block(block: Stored, form: Form) -> Public:
    shared = {"id": block["id"], "type": block["type"], "text": text_of(block)}
    return {**shared, **_SHAPES[block["type"]](block, form)}


def _inline(holder: Stored, form: Form) -> Public:
    html, spans = holder["html"], holder.get(CITED, ())
    if form == "app":
        return {"html": None, "runs": runs(html, spans)}
    return {"html": marked(html, spans) if spans else html, "runs": None}


def _paragraph(block: Stored, form: Form) -> Public:
    return _inline(block, form)


def _heading(block: Stored, form: Form) -> Public:
    return {**_inline(block, form), "level": block["level"]}


def _list(block: Stored, form: Form) -> Public:
    return {
        "ordered": block["ordered"],
        "start": block.get("start"),
        "items": [_item(item, form) for item in block["items"]],
    }


def _item(item: Stored, form: Form) -> Public:
    return {
        "text": plain_text(item["html"]),
        **_inline(item, form),
        "ordered": item["ordered"],
        "items": [_item(inner, form) for inner in item["items"]],
    }


def _quote(block: Stored, form: Form) -> Public:
    return {**_pullquote(block, form), "source_url": block.get("source_url")}


def _pullquote(block: Stored, form: Form) -> Public:
    return {**_inline(block, form), "attribution": block.get("attribution")}


def _image(block: Stored, _: Form) -> Public:
    return {"image": media_shapes.image(block), "href": block.get("href")}


def _gallery(block: Stored, _: Form) -> Public:
    return {
        "title": block.get("title"),
        "caption": block.get("caption"),
        "images": [media_shapes.image(image) for image in block["images"]],
    }


def _video(block: Stored, _: Form) -> Public:
    return {"video": media_shapes.playable(block)}


def _audio(block: Stored, _: Form) -> Public:
    return {"audio": media_shapes.playable(block)}


def _embed(block: Stored, _: Form) -> Public:
    thumbnail = block.get("thumbnail")
    return {
        "url": block["url"],
        "provider": block.get("provider"),
        "consent": block["consent"],
        "title": block.get("title"),
        "caption": block.get("caption"),
        "html": block.get("html"),
        "thumbnail": media_shapes.image(thumbnail) if thumbnail else None,
    }


def _table(block: Stored, form: Form) -> Public:
    return {
        "caption": block.get("caption"),
        "rows": [[_cell(cell, form) for cell in row] for row in block["rows"]],
    }


def _cell(cell: Stored, form: Form) -> Public:
    return {
        "text": plain_text(cell["html"]),
        **_inline(cell, form),
        "header": cell["header"],
        "colspan": cell["colspan"],
        "rowspan": cell["rowspan"],
    }


def _factbox(block: Stored, form: Form) -> Public:
    return {"title": block.get("title"), "blocks": public_blocks(block["blocks"], form)}


def _code(block: Stored, _: Form) -> Public:
    return {"language": block.get("language")}


def _divider(_: Stored, __: Form) -> Public:
    return {}


def _custom(block: Stored, _: Form) -> Public:
    return {"name": block["name"], "data": block["data"]}


def _raw_html(block: Stored, _: Form) -> Public:
    return {"html": block["html"]}


_DENSE = re.compile("[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_FLOWING = re.compile("[\u0e01-\u0e4e\u0e80-\u0ece\u1000-\u103f\u1780-\u17d3]")
_BETWEEN_WORDS = re.compile(r"[\s/|–—]+")

_SHAPES: dict[str, Callable[[Stored, Form], Public]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "list": _list,
    "quote": _quote,
    "pullquote": _pullquote,
    "image": _image,
    "gallery": _gallery,
    "video": _video,
    "audio": _audio,
    "embed": _embed,
    "table": _table,
    "factbox": _factbox,
    "code": _code,
    "divider": _divider,
    "custom": _custom,
    "html": _raw_html,
}
