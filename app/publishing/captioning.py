"""Captions on their way to readers: read with their videos, listed in them, written beside them.

They stand below the address of the article's video: `en.vtt` are captions, `en.subtitles.vtt`
subtitles; those of a second video of the article have its asset's id in front.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.captions.webvtt import MEDIA_TYPE
from app.database import pipelined
from app.editing.articles.content import Content
from app.editing.assets.models import Asset
from app.editing.captions.models import Caption
from app.published.writes import Track
from app.publishing import films, render_body
from app.publishing.rows import select

Captions = Mapping[UUID, list[Caption]]
"""By the ids of the assets."""

USUAL = "captions"
FOLDER = "captions/"


async def load(session: AsyncSession, assets: Iterable[Asset]) -> dict[UUID, list[Caption]]:
    """Those of the videos among these."""
    videos = [asset.id for asset in assets if asset.kind == "video"]
    if not videos:
        return {}
    found: dict[UUID, list[Caption]] = {}
    async with pipelined(session) as connection:
        rows = await select(
            connection, Caption, "asset_id = ANY(%s) ORDER BY language, kind", [videos]
        )
        for caption in await rows.fetchall():
            found.setdefault(caption.asset_id, []).append(caption)
    return found


def listed(
    article_id: UUID, lead: dict[str, Any] | None, content: Content, captions: Captions
) -> tuple[dict[str, Any] | None, Content]:
    """The lead and the content of an article, both depicted, with the captions of their videos."""
    if not captions:
        return lead, content
    main = _main(lead, content)

    def told(shape: dict[str, Any]) -> dict[str, Any]:
        own = captions.get(shape["asset_id"], ()) if shape.get("asset_id") else ()
        return {**shape, "captions": [_shape(article_id, each, main) for each in own]}

    if lead and lead["kind"] == "video":
        lead = {**lead, "video": told(lead["video"])}
    body = [told(block) if block["type"] == "video" else block for block in content.body]
    return lead, content.model_copy(update={"body": body})


def tracks(lead: dict[str, Any] | None, content: Content, captions: Captions) -> list[Track]:
    """The files of all captions that its videos name; those of what is restricted are locked."""
    main = _main(lead, content)
    locked: dict[UUID, bool] = {}
    for shape, behind in _videos(lead, content):
        if asset_id := shape["asset_id"]:
            shut = behind or films.is_locked(shape, content)
            locked[asset_id] = shut and locked.get(asset_id, True)
    return [
        Track(
            name=FOLDER + _name(caption, main),
            media_type=MEDIA_TYPE,
            body=caption.text.encode(),
            locked=shut,
        )
        for asset_id, shut in locked.items()
        for caption in captions.get(asset_id, ())
    ]


def _videos(lead: dict[str, Any] | None, content: Content) -> Iterable[tuple[dict[str, Any], bool]]:
    """Each video, and whether it is behind the cut."""
    if lead and lead["kind"] == "video":
        yield lead["video"], False
    visible = {block["id"] for block in render_body.open_body(content)}
    for block_id, shape in films.films(content.body):
        yield shape, block_id not in visible


def _main(lead: dict[str, Any] | None, content: Content) -> UUID | None:
    film = films.public_film(lead, content)
    return film.asset_id if film else None


def _shape(article_id: UUID, caption: Caption, main: UUID | None) -> dict[str, str]:
    return {
        "kind": caption.kind,
        "language": caption.language,
        "label": caption.label,
        "url": f"/v1/videos/{article_id}/{FOLDER}{_name(caption, main)}",
    }


def _name(caption: Caption, main: UUID | None) -> str:
    own = "" if caption.asset_id == main else f"{caption.asset_id}."
    kind = "" if caption.kind == USUAL else f".{caption.kind}"
    return f"{own}{caption.language}{kind}.vtt"
