"""PURE: which film of an article is its public video, and where it stands."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.editing.articles.content import Content
from app.publishing import media_shapes, render_body

Media = dict[str, Any]


@dataclass(frozen=True)
class Film:
    """`shape` is that of a `Playable`; `block_id` None for the lead."""

    shape: Media
    block_id: str | None

    @property
    def asset_id(self) -> UUID | None:
        found: UUID | None = self.shape["asset_id"]
        return found


def public_film(lead: Media | None, content: Content) -> Film | None:
    """The lead video, or else the first in what anyone may read: what a TV app plays.

    `lead` and `content` as in a snapshot. A film with nothing to play is none.
    """
    if lead and lead["kind"] == "video" and is_playable(lead["video"]):
        return Film(lead["video"], None)
    return next(
        (Film(shape, block_id) for block_id, shape in films(render_body.open_body(content))), None
    )


def films(body: list[dict[str, Any]]) -> list[tuple[str, Media]]:
    """The playable videos among these blocks, by the ids of the blocks."""
    found = []
    for block in body:
        if block["type"] == "video" and is_playable(block):
            found.append((block["id"], media_shapes.playable(block)))
    return found


def is_playable(media: Media) -> bool:
    return bool(media["sources"] or media.get("token_required"))


def is_locked(shape: Media, content: Content) -> bool:
    """Whether only who has a key for the whole article gets to play it: what needs a token from us
    is as restricted as the text."""
    return bool(shape["token_required"]) and content.access.level != "free"
