"""What becomes of each kind of element, once all that is in it has been collected."""

import re
from collections.abc import Callable

from app.editing.body import html_media, html_tables, inline, inline_text
from app.editing.body.html_parts import (
    LONGEST_LINE,
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
from app.editing.plain_fields import line

IN_A_BOX = ("paragraph", "heading", "list", "quote", "image")
CAPTIONED = ("image", "gallery", "video", "audio", "embed", "table")


def heading(frame: Frame, notices: Notices) -> list[Part]:
    texts, rest = texts_and_rest(frame.parts)
    level = int(frame.tag[1])
    if not texts:
        return rest
    if level == 1:
        notices.add("changed", "made <h1> a heading of level 2: level 1 is the headline")
    return [{"type": "heading", "level": max(2, level), "html": "<br>".join(texts)}, *rest]


def list_(frame: Frame, notices: Notices) -> list[Part]:
    items: list[Part] = []
    moved: list[Part] = []
    for part in frame.parts:
        if part["type"] == "item":
            item, rest = _item(part)
            items.extend([item] if item["html"] or item["items"] else [])
            moved.extend(rest)
        elif part["type"] == "list" and items:
            _put_into(items[-1], [part])
        else:
            texts, rest = texts_and_rest([part])
            items.extend({"html": text, "items": []} for text in texts)
            moved.extend(rest)
    if not items:
        return moved
    if moved:
        names = ", ".join(sorted({block["type"] for block in moved}))
        notices.add("moved", f"moved out of a list, to after it: {names}")
    start = re.fullmatch(r"-?\d{1,6}", frame.element.get("start") or "")
    return [
        {
            "type": "list",
            "ordered": frame.tag == "ol",
            "start": int(start[0]) if start and frame.tag == "ol" else None,
            "items": items,
        },
        *moved,
    ]


def terms(frame: Frame, notices: Notices) -> list[Part]:
    """A <dl>: each item has its terms in bold, and below them what they mean."""
    items: list[Part] = []
    moved: list[Part] = []
    for part in frame.parts:
        texts, rest = texts_and_rest([part])
        moved.extend(rest)
        html = "<br>".join(texts)
        if not html:
            continue
        is_term = part["type"] == "term"
        if not items or (is_term and items[-1]["defined"]):
            items.append({"html": [], "items": [], "defined": False})
        items[-1]["html"].append(f"<strong>{html}</strong>" if is_term else html)
        items[-1]["defined"] = not is_term
    for item in items:
        del item["defined"]
        item["html"] = "<br>".join(item["html"]).replace("<strong><strong>", "<strong>")
    return [{"type": "list", "ordered": False, "items": items}, *moved] if items else moved


def quote(frame: Frame, notices: Notices) -> list[Part]:
    """A quotation; where it holds other things than text, one before and one after them."""
    if re.search(r" (twitter-tweet|twitter-video|instagram-media|tiktok-embed|text-post-media"
                 r"|bluesky-embed|reddit-embed-bq) ", frame.classes):  # fmt: skip
        return html_media.quoted_post(frame, notices)
    inline.tell_attributes(frame.element, frame.tag, notices, used=("cite",))
    kind = "pullquote" if re.search(r"\bpull-?quote\b", frame.classes) else "quote"
    attributions = of_type(frame.parts, "attribution", "caption")
    others = [part for part in frame.parts if part["type"] not in ("attribution", "caption")]
    found: list[Part] = []
    own: list[Part] = []
    for block in blocks_of(others):
        if block["type"] not in ("paragraph", "heading", "list"):
            found.append(block)
            continue
        html = "<br>".join(texts_and_rest([block])[0])
        if block["type"] == "paragraph" and _is_cite(html) and found:
            attributions.append(block)
        elif own and found[-1] is own[-1]:
            own[-1]["html"].append(html)
        else:
            own.append({"type": kind, "html": [html]})
            found.append(own[-1])
    for block in own:
        block["html"] = "<br><br>".join(block["html"])
    return _attributed(found, attributions, frame, own or of_type(found, kind))


def figure(frame: Frame, notices: Notices) -> list[Part]:
    """Whatever a <figure> holds, with its caption; several pictures are a gallery."""
    captions = of_type(frame.parts, "caption")
    blocks = blocks_of([part for part in frame.parts if part["type"] != "caption"])
    if "wp-block-embed" in frame.classes:
        blocks = [_embed_of(block, frame) for block in blocks]
    if re.search(r"\bpull-?quote\b", frame.classes):
        for block in of_type(blocks, "quote"):
            block["type"] = "pullquote"
            block.pop("source_url", None)
    if len(of_type(blocks, "image")) > 1:
        blocks = _gathered(blocks, notices)
    return _captioned(blocks, captions, notices)


def box(frame: Frame, notices: Notices) -> list[Part]:
    """An <aside> or <details>: a factbox, unless it holds what a factbox cannot."""
    if re.search(r"\bpull-?quote\b", frame.classes):
        return quote(frame, notices)
    texts, rest = texts_and_rest(of_type(frame.parts, "summary"))
    title = line(plain(texts)) or ""
    if len(title) > LONGEST_LINE:
        title, rest = "", [*map(paragraph, texts), *rest]
    blocks = rest + blocks_of([part for part in frame.parts if part["type"] != "summary"])
    if not any(block["type"] in IN_A_BOX for block in blocks) and not title:
        return blocks
    if not all(block["type"] in IN_A_BOX for block in blocks) or not blocks:
        notices.add("changed", f"took apart <{frame.tag}>: a factbox holds text, lists, images")
        heading_ = {"type": "heading", "level": 3, "html": inline.from_text(title)}
        return [heading_, *blocks] if title else blocks
    if not title and blocks[0]["type"] == "heading" and len(blocks) > 1:
        title = line(inline_text.plain(blocks[0]["html"])) or ""
        title, blocks = (title, blocks[1:]) if len(title) <= LONGEST_LINE else ("", blocks)
    return [{"type": "factbox", "title": title or None, "blocks": blocks}]


def code(frame: Frame, notices: Notices) -> list[Part]:
    """A <pre>: code, verbatim; but verse is text."""
    text = "".join(frame.verbatim)
    text = text.removeprefix("\n").rstrip()
    rest = blocks_of(frame.parts)
    if not text.strip():
        return rest
    if "verse" in frame.classes:
        lines = (inline.from_text(verse) for verse in text.strip("\n").split("\n"))
        return [paragraph(re.sub(r"(<br>){3,}", "<br><br>", "<br>".join(lines))), *rest]
    return [{"type": "code", "text": text, "language": _language(frame)}, *rest]


def _item(part: Part) -> tuple[Part, list[Part]]:
    inner = blocks_of(part["parts"])
    texts, rest = texts_and_rest([block for block in inner if block["type"] != "list"])
    item: Part = {"html": "<br>".join(texts), "ordered": False, "items": []}
    _put_into(item, of_type(inner, "list"))
    return item, rest


def _put_into(item: Part, lists: list[Part]) -> None:
    """Give an item the items of the lists in it; they are numbered if the first of them is."""
    for block in lists:
        if not item["items"]:
            item["ordered"] = block["ordered"]
        item["items"].extend(block["items"])


def _is_cite(html: str) -> bool:
    return html.startswith("<cite") and html.find("</cite>") == len(html) - len("</cite>")


def _attributed(
    found: list[Part], attributions: list[Part], frame: Frame, quotes: list[Part]
) -> list[Part]:
    """What a quotation holds, its last quote with who said it, unless it says that already."""
    texts, rest = texts_and_rest(attributions)
    said_by = line(plain(texts)) or ""
    bearer = quotes[-1] if quotes else None
    if bearer is None or bearer.get("attribution") or len(said_by) > LONGEST_LINE:
        return [*found, *map(paragraph, texts), *rest]
    bearer["attribution"] = said_by or None
    if bearer["type"] == "quote" and not bearer.get("source_url"):
        links = re.findall(r'<a href="(https?://[^"]+)"', " ".join(texts))
        stated = html_media.address(frame.element.get("cite"))
        bearer["source_url"] = stated or (links[0].replace("&amp;", "&") if links else None)
    return [*found, *rest]


def _embed_of(block: Part, frame: Frame) -> Part:
    """The embed of a WordPress embed block, which holds nothing but an address."""
    if block["type"] != "paragraph":
        return block
    url = html_media.address(inline_text.plain(block["html"]).strip())
    if url is None:
        return block
    named = re.search(r"is-provider-([a-z0-9-]+)", frame.classes)
    known = html_media.linked(url)
    return known or {"type": "embed", "url": url, "provider": named[1] if named else None}


def _gathered(blocks: list[Part], notices: Notices) -> list[Part]:
    """The pictures among the blocks as one gallery, in the place of the first."""
    images = of_type(blocks, "image")
    linked = [image for image in images if image.pop("href", None)]
    if linked:
        notices.add("removed-link", "removed the links of the pictures of a gallery")
    gallery = {"type": "gallery", "images": [_without_type(image) for image in images]}
    first = next(n for n, block in enumerate(blocks) if block["type"] == "image")
    rest = [block for block in blocks[first:] if block["type"] != "image"]
    return [*blocks[:first], gallery, *rest]


def _captioned(blocks: list[Part], captions: list[Part], notices: Notices) -> list[Part]:
    if not captions:
        return blocks
    credits_ = [part for caption in captions for part in of_type(caption["parts"], "credit")]
    spoken = [part for caption in captions for part in caption["parts"] if part["type"] != "credit"]
    texts, rest = texts_and_rest(spoken)
    credit_texts, more = texts_and_rest(credits_)
    bearer = next((block for block in blocks if block["type"] in CAPTIONED), None)
    quotes = of_type(blocks, "quote", "pullquote")
    if bearer is None and quotes:
        bearer, key = quotes[-1], "attribution"
    else:
        key = "caption"
    said, credit = plain(texts) or "", line(plain(credit_texts)) or ""
    too_long = len(said) + len(credit) > LONGEST_PROSE or len(credit) > LONGEST_LINE
    if key == "attribution":
        too_long = len(said) + len(credit) > LONGEST_LINE
    if bearer is None or bearer.get(key) or too_long:
        return [*blocks, *map(paragraph, texts), *map(paragraph, credit_texts), *rest, *more]
    if any("<a " in text for text in texts + credit_texts):
        notices.add("removed-link", "removed the links of a caption, which is plain text")
    has_credit = bearer["type"] in ("image", "video", "audio")
    bearer[key] = plain(texts if has_credit else texts + credit_texts)
    if has_credit:
        bearer["credit"] = line(plain(credit_texts))
    return [*blocks, *rest, *more]


def _without_type(image: Part) -> Part:
    return {key: value for key, value in image.items() if key != "type"}


def _language(frame: Frame) -> str | None:
    classes = " ".join([frame.classes, *(c.get("class", "") for c in frame.element.iter("code"))])
    found = re.search(r"(?:\blang(?:uage)?-|\bbrush:\s*)([A-Za-z0-9+#._-]{1,40})", classes)
    return found[1].lower() if found else None


FOLDS: dict[str, Callable[[Frame, Notices], list[Part]]] = {
    "heading": heading,
    "list": list_,
    "terms": terms,
    "quote": quote,
    "figure": figure,
    "box": box,
    "code": code,
    "video": html_media.player,
    "audio": html_media.player,
    "table": html_tables.table,
}
"""By kind of frame. A frame of another kind is a part of what surrounds it."""
