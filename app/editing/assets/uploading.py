"""Files that come in pieces: begun, gone on with, ended as an asset, given up.

Their bytes lie on the disk of the machine that was asked; what is known of them is in the database.
When the last byte is there the file becomes an asset: at once, or, should we be killed just then,
when the same key asks after it again. Two that come to it at once make one asset of it.
"""

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app import clock, ids, jobs
from app.database import Database
from app.editing import media
from app.editing.assets import receiving
from app.editing.assets.filing import file_away
from app.editing.assets.models import Upload
from app.editing.assets.telling import told
from app.editing.media import Media
from app.errors import Conflict, Invalid, NotFound
from app.identity.actor import Actor
from app.storage.faults import NotThere
from app.storage.uploads import Busy, Whole, WrongOffset
from app.web import tus
from app.web.upload_route import Write

KEPT = timedelta(days=1)
"""So long an upload may lie still."""

FORGOTTEN = timedelta(days=7)
"""So long we know what became of one."""

MOST_OPEN = 100
"""Of one key."""


@dataclass(frozen=True)
class State:
    """How far an upload has come, and what it has become."""

    offset: int
    length: int
    metadata: dict[str, str]
    asset_id: UUID | None


async def begin(write: Write, actor: Actor, length: int, metadata: dict[str, str]) -> UUID:
    """An upload to which this key may send. What was left lying is cleared away before."""
    upload_id = ids.public()
    async with write() as session:
        await clear(session)
        query = select(func.count()).where(
            Upload.key_id == actor.id, Upload.asset_id.is_(None), Upload.failure.is_(None)
        )
        if (await session.execute(query)).scalar_one() >= MOST_OPEN:
            raise Conflict(
                f"This key has {MOST_OPEN} uploads under way. End some of them, or delete them."
            )
        await media.of(session).uploads.begin(upload_id)
        session.add(Upload(id=upload_id, key_id=actor.id, length=length, metadata_=metadata))
    return upload_id


async def state(write: Write, actor: Actor, upload_id: UUID) -> State:
    """How far it is. What is whole, and no asset yet, becomes one now."""
    async with write() as session:
        upload = await _find(session, actor, upload_id)
        found = media.of(session)
    offset = upload.length
    if upload.asset_id is None:
        try:
            offset = await found.uploads.offset(upload_id)
        except NotThere:
            upload.asset_id = await _become(write, actor, upload_id)
    return await _at(write, actor, found, upload, offset)


async def go_on(
    write: Write,
    actor: Actor,
    upload_id: UUID,
    offset: int,
    pieces: AsyncIterator[bytes],
    *,
    partly: bool,
) -> State:
    """Take these pieces from this offset on. With `partly` what came is kept when they break off.

    Raises what `Uploads.append` does, and Invalid where the file is whole and cannot be taken.
    """
    async with write() as session:
        upload = await _find(session, actor, upload_id)
        found = media.of(session)
    if upload.asset_id is None:
        try:
            offset = await found.uploads.append(
                upload_id, offset, pieces, most=upload.length, partly=partly
            )
        except NotThere:
            upload.asset_id = await _become(write, actor, upload_id)
    if upload.asset_id is not None and offset != upload.length:
        raise WrongOffset(upload.length)
    return await _at(write, actor, found, upload, offset)


async def give_up(write: Write, actor: Actor, upload_id: UUID) -> None:
    """Forget an upload, whatever has come of it. An asset that it has become stays."""
    async with write() as session:
        query = delete(Upload).where(Upload.id == upload_id, Upload.key_id == actor.id)
        if not (await session.execute(query.returning(Upload.id))).first():
            raise _not_found()
        await media.of(session).uploads.drop(upload_id)


@jobs.periodic("assets.uploads", cron="37 * * * *")
async def clear_still(database: Database) -> None:
    """Of machines on which no worker runs, the next upload that begins there does it."""
    async with database.write() as session:
        await clear(session)


async def clear(session: AsyncSession) -> None:
    """Drop the uploads of this machine that lay still for too long, and forget old ones."""
    uploads = media.of(session).uploads
    still = await uploads.idle(clock.now() - KEPT)
    for upload_id in still:
        with suppress(Busy):
            await uploads.drop(upload_id)
    await session.execute(delete(Upload).where(Upload.id.in_(still), Upload.asset_id.is_(None)))
    old = func.transaction_timestamp() - FORGOTTEN
    await session.execute(delete(Upload).where(Upload.created_at < old))


def expires() -> datetime:
    """When an upload is dropped to which something was sent just now."""
    return clock.now() + KEPT


async def _find(
    session: AsyncSession, actor: Actor, upload_id: UUID, *, held: bool = False
) -> Upload:
    query = select(Upload).where(Upload.id == upload_id, Upload.key_id == actor.id)
    found = await session.execute(query.with_for_update() if held else query)
    upload = found.scalar_one_or_none()
    if upload is None:
        raise _not_found()
    if upload.failure is not None:
        raise tus.UploadFailed(upload.failure)
    return upload


def _not_found() -> NotFound:
    return NotFound("There is no such upload of this key, or not any more.")


async def _at(write: Write, actor: Actor, found: Media, upload: Upload, offset: int) -> State:
    asset_id = upload.asset_id
    if asset_id is None and offset == upload.length:
        asset_id = await _end(write, actor, found, upload)
    return State(offset, upload.length, upload.metadata_, asset_id)


async def _end(write: Write, actor: Actor, found: Media, upload: Upload) -> UUID:
    """Make the asset of a file that is whole, unless somebody was faster."""
    try:
        async with found.uploads.held(upload.id) as whole:
            outcome = await _outcome(write, actor, found, upload, whole)
    except NotThere:
        outcome = await _become(write, actor, upload.id)
    with suppress(Busy):  # by somebody who will see what has become of it
        await found.uploads.drop(upload.id)
    if isinstance(outcome, Invalid):
        raise outcome
    return outcome


async def _outcome(
    write: Write, actor: Actor, found: Media, upload: Upload, whole: Whole
) -> UUID | Invalid:
    metadata = upload.metadata_
    name = metadata.get("filename") or metadata.get("name")
    try:
        filed = await file_away(found, whole, name=name)
    except Invalid as refused:
        async with write() as session:
            row = await _find(session, actor, upload.id, held=True)
            row.failure = " ".join(fault.detail for fault in refused.faults) or refused.detail
        return refused
    async with write() as session:
        row = await _find(session, actor, upload.id, held=True)
        if row.asset_id is None:
            fields = told(metadata.get("fields", "").encode())
            row.asset_id = (await receiving.receive(session, actor, fields, filed)).id
        return row.asset_id


async def _become(write: Write, actor: Actor, upload_id: UUID) -> UUID:
    """What somebody else has made of it just now, who has dropped the file."""
    async with write() as session:
        upload = await _find(session, actor, upload_id)
    if upload.asset_id is None:
        raise NotFound("This upload is not on this machine.")
    return upload.asset_id
