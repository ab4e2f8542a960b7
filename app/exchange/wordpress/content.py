"""The content of a post, as classic WordPress or its block editor wrote it, to body blocks.

What readers of the old site saw as text is in the blocks; `notes` say what is not, and why.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from app.editing.body import html_body, inline, inline_text
from app.editing.body.notices import Notice
from app.exchange.wordpress import footnotes, media, shortcodes
from app.exchange.wordpress.library import Library
from app.exchange.wordpress.media import Setting
from app.exchange.wordpress.records import Attachment, Post

Block = dict[str, Any]

DEEPEST_PATTERN = 3
MOST_CHARACTERS = 4_000_000
"""Of the reusable blocks in a post, however they stand in each other; more stay away."""


@dataclass(frozen=True)
class Text:
    """`shortcodes` are the names of those nobody here knows: they stay in the text as they are."""

    blocks: list[Block]
    notes: list[str]
    shortcodes: list[str]


def text_of(post: Post, library: Library, patterns: Mapping[str, str]) -> Text:
    """The body of a post. `patterns` are the reusable blocks of its site, by id."""
    setting = Setting(post.id, library)
    html = _Patterns(patterns, setting, room=MOST_CHARACTERS).put_into(post.content)
    html = _with_footnotes(html, post.meta.get("footnotes", ""))
    in_blocks = "<!-- wp:" in post.content
    html = html.replace("</a><a ", "</a> <a ") if in_blocks else media.own_lines(html)
    html = media.expanded(html, setting)
    found = html_body.from_html(html, pointer="", line_breaks=not in_blocks)
    _complete(found.blocks, library)
    names = sorted(shortcodes.unknown(re.sub(r"<[^<>]*>", " ", html)))
    notes = list(dict.fromkeys(setting.notes))
    return Text(found.blocks, [*notes, *_told(found.warnings)], names)


def plain(html: str) -> str:
    """What a title or excerpt says, without its markup."""
    return inline_text.plain(inline.clean(html).html).strip()


def picture(one: Attachment) -> Block:
    """A file of the library as an image."""
    return {
        "url": one.url,
        "alt": one.alt or None,
        "caption": plain(one.caption) or None,
        "credit": one.credit or None,
        "width": one.width,
        "height": one.height,
    }


@dataclass
class _Patterns:
    """The reusable blocks of a site, for one post: `room` is what it may still take of them."""

    texts: Mapping[str, str]
    setting: Setting
    room: int

    def put_into(self, html: str, *, depth: int = 0) -> str:
        """`html` with the reusable blocks that it refers to."""
        return _PATTERN_BLOCK.sub(lambda found: self._text(found["id"], depth), html)

    def _text(self, identity: str, depth: int) -> str:
        text = self.texts.get(identity)
        if text is None:
            self.setting.notes.append(f"the reusable block {identity} is not in this file")
        elif depth == DEEPEST_PATTERN:
            self.setting.notes.append(f"reusable blocks that stand too deep stay away: {identity}")
        elif len(text) > self.room:
            self.setting.notes.append(
                f"reusable blocks beyond the size of a body stay away: {identity}"
            )
        else:
            self.room -= len(text)
            return self.put_into(text, depth=depth + 1)
        return ""


def _with_footnotes(html: str, written: str) -> str:
    """`html` with its footnotes, which the block editor keeps beside the text, as a list."""
    if not written or not footnotes.BLOCK.search(html):
        return html
    try:
        notes = orjson.loads(written)
        items = "".join(f"<li>{note['content']}</li>" for note in notes)
    except (orjson.JSONDecodeError, TypeError, KeyError):
        return html
    return footnotes.BLOCK.sub(lambda _: f"<ol>{items}</ol>", html, count=1)


def _told(notices: Iterable[Notice]) -> Iterator[str]:
    """What a reader would miss, in a few lines."""
    filled_in: list[str] = []
    for notice in notices:
        if dynamic := re.match(r"removed WordPress block (\S+):", notice.detail):
            filled_in.append(dynamic[1])
        elif notice.code not in _NOT_WORTH_A_WORD:
            yield notice.detail
    if filled_in:
        yield f"blocks that WordPress fills in by itself stay away: {', '.join(filled_in)}"


def _complete(blocks: Iterable[Block], library: Library) -> None:
    """Give pictures what only the library knows of them."""
    for block in blocks:
        _complete(block.get("blocks", ()), library)
        pictures = [block] if block["type"] == "image" else block.get("images", ())
        for image in pictures:
            known = library.at(image["url"])
            if known is None:
                continue
            image["alt"] = image.get("alt") or known.alt or None
            image["credit"] = image.get("credit") or known.credit or None
            if image["url"] == known.url:
                image["width"] = image.get("width") or known.width
                image["height"] = image.get("height") or known.height


_PATTERN_BLOCK = re.compile(r'<!-- wp:block \{"ref":(?P<id>\d{1,20})[^<>]{0,2000}\} /-->')
_NOT_WORTH_A_WORD = frozenset({"removed-attribute", "removed-comment"})
