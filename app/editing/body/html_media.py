"""Pictures, players and frames found in HTML, as parts."""

import re

from lxml import etree

from app.editing import media_types, urls
from app.editing.body import embeds, inline, inline_text
from app.editing.body.html_parts import (
    LONGEST_LINE,
    LONGEST_PROSE,
    Frame,
    Part,
    blocks_of,
    of_type,
)
from app.editing.body.html_tree import Element
from app.editing.body.notices import Notices
from app.editing.plain_fields import line

LAZY = ("data-src", "data-lazy-src", "data-original")
"""Where pages that load pictures late keep the address; `src` has a placeholder then."""

LONGEST_FALLBACK = 300
LONGEST_POST = 50_000

SETS = ("srcset", "data-srcset", "data-lazy-srcset")


def image(element: Element, notices: Notices, *, href: str | None) -> Part | None:
    """An <img>, linked where it stands in a link; None where there is nothing to show."""
    width, height = (_pixels(element.get(name)) for name in ("width", "height"))
    alt = _line(element, "alt", notices) or ""
    if width == height == 1:
        notices.add("removed-media", "removed a tracking pixel")
        return None
    url = _first_usable(element, notices, sets=True)
    if url is None:
        notices.add("removed-media", f"removed an image without a usable address: {alt[:80]}")
        return None
    inline.tell_attributes(element, "img", notices, used=_IMAGE_ATTRIBUTES)
    return {
        "type": "image",
        "url": url,
        "alt": alt or None,
        "width": width,
        "height": height,
        "href": href,
    }


def background(element: Element) -> Part | None:
    """The picture behind the text of a cover of early Gutenberg."""
    found = re.search(r"background-image:\s*url\(['\"]?([^'\")]+)", element.get("style", ""))
    if found is None or "wp-block-cover" not in element.get("class", ""):
        return None
    try:
        return {"type": "image", "url": urls.media_url(inline.found_url(found[1]))}
    except urls.Refused:
        return None


def is_emoji(element: Element) -> bool:
    """Whether an image stands for a character that its `alt` has."""
    return bool(element.get("alt")) and bool(
        re.search(r"\b(emoji|wp-smiley|smiley)\b", element.get("class", ""))
    )


def frame(element: Element, tag: str, notices: Notices) -> Part | None:
    """An <iframe> or <embed>: what it shows, as an embed."""
    source = _first_usable(element, notices, sets=False)
    if source is None or source.startswith("/"):
        notices.add("removed-media", f"removed <{tag}> without a usable address")
        return None
    if tag != "iframe" and embeds.provider(source) is None:
        notices.add("removed-media", f"removed <{tag}> of {source[:100]}")
        return None
    cleaned = embeds.cleaned(f"<iframe{_frame_attributes(element, source)}></iframe>")
    return {
        "type": "embed",
        "url": _page(source),
        "title": _line(element, "title", notices),
        "html": cleaned.html,
    }


def quoted_post(frame_: Frame, notices: Notices) -> list[Part]:
    """A social network's <blockquote>, which its script would turn into the post."""
    blocks = blocks_of(frame_.parts)
    written = etree.tostring(frame_.element, encoding="unicode", method="html", with_tail=False)
    html = (embeds.cleaned(str(written)).html or "") if len(written) <= LONGEST_POST else ""
    address = _post_address(frame_.element, html)
    if address is None or not html or len(html) > LONGEST_POST:
        return blocks
    notices.add("changed", f"turned a quoted post of {embeds.provider(address)} into an embed")
    text = "\n\n".join(
        inline_text.plain(block["html"]) for block in of_type(blocks, "paragraph", "heading")
    )
    if len(text) > LONGEST_PROSE:
        return blocks
    return [{"type": "embed", "url": address, "text": text or None, "html": html}]


def address(url: str | None) -> str | None:
    """The stored form of an absolute address, None if it is none."""
    try:
        return urls.web_url(inline.found_url(url or ""))
    except urls.Refused:
        return None


def linked(url: str) -> Part | None:
    """An embed of what stood as an address on a line of its own, if we know the provider."""
    stored = address(url)
    return {"type": "embed", "url": stored} if stored and embeds.provider(stored) else None


def source(element: Element, notices: Notices) -> Part:
    """A <source> of a player; `media` is empty where it cannot be played."""
    url = _first_usable(element, notices, sets=False)
    stated = (element.get("type") or "").split(";")[0].strip().lower()
    media = []
    if url and (media_type := _media_type(stated) or media_types.playable(url)):
        media = [{"url": url, "media_type": media_type}]
    return {"type": "source", "parts": [], "media": media}


def player(frame_: Frame, notices: Notices) -> list[Part]:
    """A <video> or <audio> with its sources, without what browsers that lack it would show."""
    own = source(frame_.element, notices)["media"] if frame_.element.get("src") else []
    sources = own + [media for part in of_type(frame_.parts, "source") for media in part["media"]]
    if not sources:
        notices.add("removed-media", f"removed <{frame_.tag}> without a usable source")
        return blocks_of(frame_.parts)
    inline.tell_attributes(frame_.element, frame_.tag, notices, used=_PLAYER_ATTRIBUTES)
    return [
        {
            "type": frame_.kind,
            "sources": list({media["url"]: media for media in sources}.values()),
            "poster": _poster(frame_.element),
            "title": _line(frame_.element, "title", notices),
        },
        *_beyond_fallback(frame_, notices),
    ]


def _beyond_fallback(frame_: Frame, notices: Notices) -> list[Part]:
    """What stands inside a player. If it is long, the end tag was forgotten and it is the story."""
    blocks = blocks_of(frame_.parts)
    length = sum(len(block.get("html") or "") for block in blocks)
    if length > LONGEST_FALLBACK:
        notices.add("moved", f"moved out of <{frame_.tag}>, to after it: {len(blocks)} blocks")
        return blocks
    if blocks:
        notices.add("removed-content", f"removed what stood inside <{frame_.tag}> for old browsers")
    return []


def _first_usable(element: Element, notices: Notices, *, sets: bool) -> str | None:
    lazy = [element.get(name) for name in LAZY]
    given = [element.get("src")]
    if sets:
        lists = [element.get(name) for name in SETS]
        given += [found.split()[0] for found in lists if found and found.strip()]
    for url in (*lazy, *given):
        if not url:
            continue
        try:
            return urls.media_url(inline.found_url(url).replace(" ", "%20"))
        except urls.Refused as refused:
            shown = "data:…" if url.startswith("data:") else url[:100]
            notices.add("removed-link", f"removed address {shown}: {refused}")
    return None


def _line(element: Element, name: str, notices: Notices) -> str | None:
    """An attribute as a line of text, cut where it is longer than a line can be."""
    text = line(element.get(name)) or ""
    if len(text) > LONGEST_LINE:
        notices.add("changed", f"cut {name}, longer than {LONGEST_LINE} characters")
        text = text[: LONGEST_LINE - 1] + "…"
    return text or None


def _pixels(value: str | None) -> int | None:
    found = re.fullmatch(r"\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*", value or "")
    return int(found[1]) or None if found else None


def _media_type(stated: str) -> str | None:
    return stated if re.fullmatch(r"(video|audio|application)/[a-z0-9.+-]{1,60}", stated) else None


def _poster(element: Element) -> Part | None:
    try:
        return {"url": urls.media_url(inline.found_url(element.get("poster") or ""))}
    except urls.Refused:
        return None


def _frame_attributes(element: Element, source_url: str) -> str:
    kept = {"src": source_url}
    for name in ("width", "height", "title", "allow", "allowfullscreen"):
        if (value := element.get(name)) is not None:
            kept[name] = value
    return "".join(
        f' {name}="{value.replace("&", "&amp;").replace(chr(34), "&quot;")}"'
        for name, value in kept.items()
    )


def _page(source_url: str) -> str:
    return address(embeds.page_url(source_url)) or source_url


def _post_address(element: Element, html: str) -> str | None:
    """The address of a post: what the element says, or the last link in it, which is its date."""
    stated = [element.get(name) for name in _POST_ATTRIBUTES]
    links = re.findall(r'href="([^"]+)"', html)
    for url in (*stated, *reversed(links)):
        if url and (part := linked(url.replace("&amp;", "&"))):
            return str(part["url"])
    return None


_POST_ATTRIBUTES = ("cite", "data-instgrm-permalink", "data-text-post-permalink")
_IMAGE_ATTRIBUTES = (
    "src", "alt", "width", "height", "srcset", "sizes", "loading", "decoding", "fetchpriority",
    *LAZY, *SETS,
)  # fmt: skip
_PLAYER_ATTRIBUTES = (
    "src", "poster", "title", "controls", "preload", "width", "height", "playsinline",
)  # fmt: skip
