"""PURE: the components of an article: what stands above its text, its blocks, and its corrections.

Text that follows text is one component. What the format cannot show is a link to the page.
"""

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from app.feeds.bases import Bases
from app.feeds.body_html import block_html, cleaned
from app.feeds.playing import source_for_all
from app.feeds.texts import first_line, line

Json = Mapping[str, Any]
Component = dict[str, Any]

TAGS = frozenset({
    "a", "b", "blockquote", "br", "code", "del", "em", "i", "li", "ol", "p", "pre", "s", "strong",
    "sub", "sup", "ul",
})  # fmt: skip
"""Of HTML that the format shows in a text."""

TABLES = TAGS | {"caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}


def components(article: Json, bases: Bases) -> list[Component]:
    """Those of an article in its form `full`."""
    above = [
        *_sponsor(article),
        _text("heading3", article["kicker"]),
        _text("title", article["headline"]),
        _text("intro", article["standfirst"]),
        _text("byline", article["byline_text"]),
        *_lead(article, bases),
    ]
    below = [
        _html(f"<p><em>{escape(line(each['text']))}</em></p>", article, bases)
        for each in article["corrections"]
    ]
    blocks = (each for block in article["body"] for each in _block(block, article, bases))
    return _joined(filter(None, (*above, *blocks, *below)))


def _joined(found: Iterable[Component]) -> list[Component]:
    parts: list[Component] = []
    for each in found:
        if parts and each["role"] == parts[-1]["role"] == "body":
            parts[-1]["text"] += each["text"]
        else:
            parts.append(each)
    return parts


def _sponsor(article: Json) -> list[Component | None]:
    sponsor = article["sponsor"]
    return [_text("heading4", f"{sponsor['label']}: {sponsor['name']}")] if sponsor else []


def _text(role: str, text: str | None) -> Component | None:
    return {"role": role, "text": line(text)} if line(text) else None


def _html(html: str, article: Json, bases: Bases, tags: frozenset[str] = TAGS) -> Component | None:
    text = cleaned(html, bases, page=article["canonical_url"], tags=tags)
    return {"role": "body", "format": "html", "text": text} if text else None


def _lead(article: Json, bases: Bases) -> list[Component | None]:
    lead = article["lead"]
    if lead is None:
        return []
    shown = lead[lead["kind"]]
    return [_photo(shown, bases)] if lead["kind"] == "image" else _played(shown, article, bases)


def _block(block: Json, article: Json, bases: Bases) -> list[Component | None]:
    write = _WRITERS.get(block["type"])
    if write:
        return write(block, article, bases)
    return [_html(block_html(block, article), article, bases)]


def _heading(block: Json, article: Json, bases: Bases) -> list[Component | None]:
    return [_text(f"heading{block['level']}", block["text"])]


def _pullquote(block: Json, article: Json, bases: Bases) -> list[Component | None]:
    by = f"\n— {line(block['attribution'])}" if block["attribution"] else ""
    words = line(block["text"])
    return [{"role": block["type"], "text": words + by}] if words else []


def _image(block: Json, article: Json, bases: Bases) -> list[Component | None]:
    return [_photo(block["image"], bases)]


def _photo(image: Json, bases: Bases) -> Component:
    return {"role": "photo", **_picture(image, bases)}


def _picture(image: Json, bases: Bases) -> Component:
    caption = line(" ".join(filter(None, (image["caption"], image["credit"]))))
    return _present(
        URL=bases.absolute(image["url"]),
        caption=caption,
        accessibilityCaption=line(image["alt"]),
    )


def _gallery(block: Json, article: Json, bases: Bases) -> list[Component | None]:
    pictures = [_picture(each, bases) for each in block["images"]]
    gallery = {"role": "gallery", "items": pictures} if pictures else None
    return [_text("heading3", block["title"]), gallery, _text("caption", block["caption"])]


def _video(block: Json, article: Json, bases: Bases) -> list[Component | None]:
    return _played(block[block["type"]], article, bases)


def _played(playable: Json, article: Json, bases: Bases) -> list[Component | None]:
    """A film or sound; of one that not everyone can play, or not now, its picture and a link."""
    source, poster = source_for_all(playable), playable["poster"]
    still = bases.absolute(poster["url"]) if poster else None
    caption = first_line(playable["caption"], playable["title"])
    if source is None:
        name = escape(caption or line(article["headline"]))
        link = f'<p><a href="{escape(article["canonical_url"])}">▶ {name}</a></p>'
        return [_photo(poster, bases) if poster else None, _html(link, article, bases)]
    told = {"URL": bases.absolute(source["url"]), "caption": caption}
    if source["media_type"].startswith("audio/"):
        return [{"role": "audio", **_present(**told, imageURL=still)}]
    wide, high = source["width"], source["height"]
    ratio = round(wide / high, 3) if wide and high else None
    return [{"role": "video", **_present(**told, stillURL=still, aspectRatio=ratio)}]


def _table(block: Json, article: Json, bases: Bases) -> list[Component | None]:
    html = cleaned(
        block_html(block, article), bases, page=article["canonical_url"], tags=TABLES
    ).replace("\n", "")
    return [{"role": "htmltable", "html": html}]


def _divider(block: Json, article: Json, bases: Bases) -> list[Component | None]:
    return [{"role": "divider"}]


_WRITERS: dict[str, Callable[[Json, Json, Bases], list[Component | None]]] = {
    "heading": _heading,
    "pullquote": _pullquote,
    "image": _image,
    "gallery": _gallery,
    "video": _video,
    "audio": _video,
    "table": _table,
    "divider": _divider,
}


def _present(**fields: Any) -> Component:
    return {name: value for name, value in fields.items() if value not in (None, "")}
