"""PURE: where an article uses assets: shows them, plays them, or links to their files."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from app.editing.articles.content import Content
from app.editing.assets.checks import Use
from app.published import media_urls

_LINKED = re.compile(rf'href="/media/({media_urls.ID})/[0-9a-f]{{12}}/original\.')


def uses(content: Content) -> list[Use]:
    """In the order in which readers come upon them."""
    found: list[Use] = []
    if content.lead:
        for kind in ("image", "video", "audio"):
            if part := getattr(content.lead, kind):
                found += _in_media(part.model_dump(), kind, f"/lead/{kind}")
    if content.image:
        found += _in_media(content.image.model_dump(), "image", "/image")
    return [*found, *_in_blocks(content.body, "/body")]


def _in_blocks(blocks: list[dict[str, Any]], pointer: str) -> Iterator[Use]:
    for index, block in enumerate(blocks):
        at, kind = f"{pointer}/{index}", block["type"]
        for linked in _LINKED.findall(" ".join(_links(block))):
            yield Use(at, UUID(linked), None)
        if kind in ("image", "video", "audio"):
            yield from _in_media(block, kind, at)
        elif kind == "gallery":
            for place, image in enumerate(block["images"]):
                yield from _in_media(image, "image", f"{at}/images/{place}")
        elif kind == "embed" and block.get("thumbnail"):
            yield from _in_media(block["thumbnail"], "image", f"{at}/thumbnail")
        elif kind == "factbox":
            yield from _in_blocks(block["blocks"], f"{at}/blocks")


def _links(block: dict[str, Any]) -> Iterator[str]:
    """All HTML that may hold links in a block, in its items and cells too, but not in the blocks
    within it."""
    for name, value in block.items():
        if name == "html":
            yield value
        elif name == "href":
            yield f'href="{value}"'
        elif name in ("items", "rows"):
            for each in value:
                for part in each if isinstance(each, list) else [each]:
                    yield from _links(part)


def _in_media(media: dict[str, Any], kind: str, at: str) -> Iterator[Use]:
    if identity := media.get("asset_id"):
        yield Use(f"{at}/asset_id", UUID(str(identity)), kind)
    if ours := media_urls.read(media.get("url") or ""):
        yield Use(f"{at}/url", ours.asset, None)
    for place, source in enumerate(media.get("sources") or ()):
        if ours := media_urls.read(source["url"]):
            yield Use(f"{at}/sources/{place}/url", ours.asset, None)
    if poster := media.get("poster"):
        yield from _in_media(poster, "image", f"{at}/poster")
