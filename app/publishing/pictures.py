"""Pictures and playable things, from the desk's form to the one public shape of each."""

from typing import Any

from app.editing.articles.content import LeadInput, PlayableInput

IMAGE_FIELDS = ("url", "alt", "caption", "credit", "width", "height")


def image_shape(image: dict[str, Any]) -> dict[str, Any]:
    """`image` is a picture as the desk stores one, alone or inside a block."""
    shape = {name: image.get(name) for name in IMAGE_FIELDS} | {"alt": image.get("alt") or ""}
    return {"asset_id": None, **shape, "placeholder": None, "crops": {}}


def media_shape(
    lead: LeadInput | None, title: str, *, transcript: bool = True
) -> dict[str, Any] | None:
    """What stands above the text. A playable thing without a title has the article's."""
    if lead is None:
        return None
    if lead.image:
        return {"kind": "image", "image": image_shape(lead.image.model_dump())}
    if lead.video:
        return {"kind": "video", "video": _playable(lead.video, title, transcript)}
    return (
        {"kind": "audio", "audio": _playable(lead.audio, title, transcript)} if lead.audio else None
    )


def _playable(playable: PlayableInput, title: str, transcript: bool) -> dict[str, Any]:
    return {
        "title": playable.title or title,
        "caption": playable.caption,
        "credit": playable.credit,
        "duration": playable.duration,
        "sources": [source.model_dump() for source in playable.sources],
        "poster": image_shape(playable.poster.model_dump()) if playable.poster else None,
        "transcript": playable.transcript if transcript else None,
    }
