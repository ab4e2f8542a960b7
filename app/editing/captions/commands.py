"""What can be done with captions. What is sent is read into cues, and those are kept."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.captions import srt, webvtt
from app.captions.track import Track, Unreadable
from app.database import transaction_time
from app.editing.captions import queries
from app.editing.captions.models import Caption
from app.editing.captions.schemas import CaptionInput
from app.editing.changed import note
from app.editing.expectation import Expectation, edit_etag
from app.errors import Conflict, Fault, Invalid, NotFound, Stale
from app.identity.actor import Actor
from app.identity.scopes import Scope

MOST = 100
"""Tracks of one video."""


@dataclass(frozen=True)
class Saved:
    caption: Caption
    created: bool
    track: Track


async def put(
    session: AsyncSession,
    actor: Actor,
    asset_id: UUID,
    kind: str,
    language: str,
    sent: CaptionInput,
    *,
    expected: Expectation,
    is_new: bool,
) -> Saved:
    """Set the captions of this kind in this language. `is_new`: their author has seen none.

    Raises Invalid with the line where the file cannot be read.
    """
    actor.require(Scope.MEDIA_WRITE)
    track, origin = _read(sent.text, language)
    asset = await queries.lock_asset(session, asset_id)
    if asset.kind != "video":
        raise Conflict(f"Only videos have captions; this asset is of the kind {asset.kind}.")
    caption = await session.get(Caption, (asset_id, language, kind))
    created = caption is None
    if caption is None:
        await _check_room(session, asset_id, is_new=is_new)
        caption = Caption(asset_id=asset_id, language=language, kind=kind, edit=0)
        session.add(caption)
    else:
        expected(edit_etag(caption.edit))
    caption.label = sent.label or language
    caption.text = webvtt.written(track).decode()
    caption.origin = origin
    caption.edit += 1
    caption.changed_at = await transaction_time(session)
    note(session, "asset", asset_id)
    return Saved(caption, created, track)


async def delete(
    session: AsyncSession,
    actor: Actor,
    asset_id: UUID,
    kind: str,
    language: str,
    *,
    expected: Expectation,
) -> None:
    actor.require(Scope.MEDIA_WRITE)
    await queries.lock_asset(session, asset_id)
    caption = await session.get(Caption, (asset_id, language, kind))
    if caption is None:
        raise NotFound("The asset has no such captions.")
    expected(edit_etag(caption.edit))
    await session.delete(caption)
    note(session, "asset", asset_id)


async def _check_room(session: AsyncSession, asset_id: UUID, *, is_new: bool) -> None:
    if not is_new:
        raise Stale("There are no such captions any more, or not yet. Leave out If-Match.")
    if len(await queries.of_asset(session, asset_id)) >= MOST:
        raise Conflict(f"A video has at most {MOST} tracks. Delete one first.")


def _read(text: str, language: str) -> tuple[Track, str]:
    """The cues, and which kind of file they came in."""
    content = text.encode()
    is_webvtt = text.removeprefix("\ufeff").startswith("WEBVTT")
    try:
        if is_webvtt:
            return webvtt.check(content), "webvtt"
        return srt.converted(content, language), "srt"
    except Unreadable as unreadable:
        fault = Fault(str(unreadable), pointer="/text")
        raise Invalid("The captions cannot be read.", faults=[fault]) from None
