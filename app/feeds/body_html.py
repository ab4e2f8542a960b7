"""PURE: the body of an article as one piece of HTML that any reader of feeds can show.

Absolute links alone, no scripts, styles, forms or frames: also of blocks that the desk let through
uncleaned. What cannot be shown (a player, an embed) is a link to where it can.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Set
from html import escape
from typing import Any
from urllib.parse import urljoin

import nh3

from app.feeds.bases import Bases
from app.feeds.texts import legal

Block = Mapping[str, Any]

TAGS = {
    "a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "dd", "del",
    "div", "dl", "dt", "em", "figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "i",
    "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "small",
    "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr",
    "u", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "title"},
    "bdo": {"dir"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "q": {"cite"},
    "blockquote": {"cite"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_ADDRESSES = frozenset({"href", "src", "cite"})
_SCHEME = re.compile("[A-Za-z][A-Za-z0-9+.-]*:")


def body_html(article: Mapping[str, Any], bases: Bases) -> str:
    """Of an article in its form `full`: who paid for it, what leads it, its blocks, then its
    corrections."""
    lead = article["lead"]
    first = _media(lead["kind"], lead[lead["kind"]], article) if lead else ""
    blocks = (block_html(block, article) for block in article["body"])
    paid = _p(paid_for(article))
    above, below = _notes(article, retracted=True), _notes(article, retracted=False)
    html = "\n".join(filter(None, (paid, *above, first, *blocks, *below)))
    if html and article["direction"] == "rtl":
        html = f'<div lang="{escape(article["language"])}" dir="rtl">{html}</div>'
    return cleaned(html, bases, page=article["canonical_url"])


def _notes(article: Mapping[str, Any], *, retracted: bool) -> list[str]:
    """What was wrong with it. Nobody should read on before knowing of a retraction."""
    return [
        f"<p><em>{escape(note['text'])}</em></p>"
        for note in article["corrections"]
        if (note["kind"] == "retraction") is retracted
    ]


def paid_for(article: Mapping[str, Any]) -> str:
    """What readers must be told where somebody paid for it (`Paid content: Varland Grid`)."""
    sponsor = article["sponsor"]
    return f"{sponsor['label']}: {sponsor['name']}" if sponsor else ""


def cleaned(html: str, bases: Bases, *, page: str, tags: Set[str] = TAGS) -> str:
    """HTML without anything that runs or looks for itself, its links absolute. Links to a place
    in the text lead to the `page`; of other elements than `tags` only the text is kept."""

    def keep(tag: str, name: str, value: str) -> str | None:
        return _absolute(value.strip(), bases, page) if name in _ADDRESSES else value

    return nh3.clean(
        legal(html),
        tags=set(tags),
        clean_content_tags={"script", "style", "iframe", "object", "form", "svg", "math"},
        attributes=ATTRIBUTES,
        attribute_filter=keep,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    ).strip()


def _absolute(url: str, bases: Bases, page: str) -> str | None:
    """An address as a reader elsewhere needs it; None for one that leads nowhere."""
    if url.startswith("#"):
        return page + url
    if not url or _SCHEME.match(url):
        return url or None
    if url.startswith("/") and not url.startswith("//"):
        return bases.absolute(url)
    try:
        return urljoin(page, url)
    except ValueError:
        return None


def block_html(block: Block, article: Mapping[str, Any]) -> str:
    """Of one block; not cleaned yet."""
    write = _WRITERS.get(block["type"])
    return write(block, article) if write else _p(block["text"])


def _blocks(blocks: Iterable[Block], article: Mapping[str, Any]) -> str:
    return "\n".join(filter(None, (block_html(block, article) for block in blocks)))


def _p(text: str | None) -> str:
    return f"<p>{escape(text)}</p>" if text else ""


def _words(part: Block) -> str:
    html: str | None = part.get("html")
    return escape(part["text"]) if html is None else html


def _list(block: Block, article: Mapping[str, Any]) -> str:
    return _items(block["items"], ordered=block["ordered"], start=block["start"])


def _items(items: Iterable[Block], *, ordered: bool, start: int | None = None) -> str:
    tag = "ol" if ordered else "ul"
    begin = f' start="{start}"' if ordered and start is not None else ""
    rows = (
        f"<li>{_words(item)}{_items(item['items'], ordered=item['ordered'])}</li>"
        if item["items"]
        else f"<li>{_words(item)}</li>"
        for item in items
    )
    return f"<{tag}{begin}>{''.join(rows)}</{tag}>"


def _quote(block: Block, article: Mapping[str, Any]) -> str:
    source = block.get("source_url")
    cite = f' cite="{escape(source)}"' if source else ""
    by = f"<p>— {escape(block['attribution'])}</p>" if block["attribution"] else ""
    return f"<blockquote{cite}><p>{_words(block)}</p>{by}</blockquote>"


def _image(block: Block, article: Mapping[str, Any]) -> str:
    return _figure(block["image"], href=block["href"])


def _figure(image: Block, *, href: str | None = None) -> str:
    size = "".join(f' {name}="{image[name]}"' for name in ("width", "height") if image[name])
    img = f'<img src="{escape(image["url"])}" alt="{escape(image["alt"] or "")}"{size}>'
    if href:
        img = f'<a href="{escape(href)}">{img}</a>'
    below = " ".join(filter(None, (image["caption"], image["credit"])))
    told = f"<figcaption>{escape(below)}</figcaption>" if below else ""
    return f"<figure>{img}{told}</figure>"


def _gallery(block: Block, article: Mapping[str, Any]) -> str:
    title = f"<h3>{escape(block['title'])}</h3>" if block["title"] else ""
    return title + _p(block["caption"]) + "\n".join(map(_figure, block["images"]))


def _playable(block: Block, article: Mapping[str, Any]) -> str:
    return _media(block["type"], block[block["type"]], article)


def _media(kind: str, media: Block, article: Mapping[str, Any]) -> str:
    """A picture; or of what is to be played its picture, and the way to the page that plays it."""
    if kind == "image":
        return _figure(media)
    name = media["title"] or media["caption"] or article["headline"]
    link = f'<p><a href="{escape(article["canonical_url"])}">▶ {escape(name)}</a></p>'
    return (_figure(media["poster"]) if media["poster"] else "") + link


def _embed(block: Block, article: Mapping[str, Any]) -> str:
    picture = _figure(block["thumbnail"], href=block["url"]) if block["thumbnail"] else ""
    name = block["title"] or block["caption"] or block["text"] or block["url"]
    return f'{picture}<p><a href="{escape(block["url"])}">{escape(name)}</a></p>'


def _table(block: Block, article: Mapping[str, Any]) -> str:
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in block["rows"])
    caption = f"<caption>{escape(block['caption'])}</caption>" if block["caption"] else ""
    return f"<table>{caption}<tbody>{rows}</tbody></table>"


def _cell(cell: Block) -> str:
    tag = "th" if cell["header"] else "td"
    spans = "".join(f' {name}="{cell[name]}"' for name in ("colspan", "rowspan") if cell[name] != 1)
    return f"<{tag}{spans}>{_words(cell)}</{tag}>"


def _factbox(block: Block, article: Mapping[str, Any]) -> str:
    title = f"<h3>{escape(block['title'])}</h3>" if block["title"] else ""
    return f"<blockquote>{title}{_blocks(block['blocks'], article)}</blockquote>"


_WRITERS: dict[str, Callable[[Block, Mapping[str, Any]], str]] = {
    "paragraph": lambda block, article: f"<p>{_words(block)}</p>",
    "heading": lambda block, article: f"<h{block['level']}>{_words(block)}</h{block['level']}>",
    "list": _list,
    "quote": _quote,
    "pullquote": _quote,
    "image": _image,
    "gallery": _gallery,
    "video": _playable,
    "audio": _playable,
    "embed": _embed,
    "table": _table,
    "factbox": _factbox,
    "code": lambda block, article: f"<pre><code>{escape(block['text'])}</code></pre>",
    "divider": lambda block, article: "<hr>",
    "html": lambda block, article: block["html"],
}
