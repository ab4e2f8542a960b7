"""PURE: an article's content with its assets put in, but for those that readers may not have."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.editing.articles.content import Content
from app.editing.articles.media import uses
from app.editing.assets.models import Asset
from app.errors import Fault
from app.publishing import render_body
from app.publishing.pictures import (
    Assets,
    asset_sources,
    image_shape,
    media_shape,
    playable_shape,
)

Block = dict[str, Any]

PLAYED = ("video", "audio")


@dataclass(frozen=True, kw_only=True)
class Depicted:
    """`content` has the pictures of its body in their public shape; `lead` and `image` are shapes.

    `faults` names what is left out, and why: it stands in the way of publishing.
    """

    content: Content
    lead: dict[str, Any] | None
    image: dict[str, Any] | None
    faults: list[Fault] = field(default_factory=list)


def depict(content: Content, assets: Assets) -> Depicted:
    lead = content.lead.model_dump() if content.lead else None
    image = content.image.model_dump() if content.image else None
    used = uses(content)
    return Depicted(
        content=content.model_copy(update=_body(content, assets)) if used else content,
        lead=media_shape(lead, content.headline, assets),
        image=image_shape(image, assets),
        faults=[
            Fault(reason, pointer=use.pointer)
            for use in used
            if (reason := unfit(assets.get(use.asset_id), assets, played=use.kind in PLAYED))
        ],
    )


def unfit(asset: Asset | None, assets: Assets, *, played: bool) -> str | None:
    """Why readers may not have it now. `assets` has the files from which it is to be `played`."""
    if asset is None:
        return "There is no such asset."
    if asset.expired_at is not None:
        return f"The rights of this asset expired on {asset.expired_at:%Y-%m-%d %H:%M} UTC."
    if asset.state == "waiting":
        return "This asset is not ready yet: it is being fetched or read. Try again in a moment."
    if asset.state == "failed":
        return f"This asset cannot be used. {asset.failure}"
    if played and not asset_sources(asset, assets):
        return "There is nothing in this asset that can be played now: see its `playback.sources`."
    return None


def _body(content: Content, assets: Assets) -> dict[str, Any]:
    body = _blocks(content.body, assets)
    if content.access.level == "free" or len(body) == len(content.body):
        return {"body": body}
    # What is left out before the cut brings nothing before it that was behind.
    before_the_cut = _blocks(render_body.open_body(content), assets)
    access = content.access.model_copy(update={"preview_blocks": len(before_the_cut)})
    return {"body": body, "access": access}


def _blocks(blocks: Sequence[Block], assets: Assets) -> list[Block]:
    return [kept for block in blocks if (kept := _block(block, assets)) is not None]


def _block(block: Block, assets: Assets) -> Block | None:
    kind = block["type"]
    if kind == "image":
        return _with(block, image_shape(block, assets))
    if kind in PLAYED:
        return _with(block, playable_shape(block, kind, assets))
    if kind == "gallery":
        shown = [image for each in block["images"] if (image := image_shape(each, assets))]
        return {**block, "images": shown} if shown else None
    if kind == "embed":
        return {**block, "thumbnail": image_shape(block.get("thumbnail"), assets)}
    if kind == "factbox":
        return {**block, "blocks": _blocks(block["blocks"], assets)}
    return block


def _with(block: Block, shape: dict[str, Any] | None) -> Block | None:
    return {**block, **shape} if shape is not None else None
