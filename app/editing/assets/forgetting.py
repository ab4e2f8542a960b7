"""Files that no asset has any more, taken out of the storage."""

from sqlalchemy import text

from app import jobs
from app.database import Database
from app.editing import media
from app.editing.assets.holding import hold
from app.storage import keys
from app.storage.stored import Storage

_IN_USE = text("SELECT EXISTS (SELECT FROM desk.assets WHERE sha256 = :sha256)")


@jobs.task("assets.forget_file")
async def forget_file(database: Database, *, sha256: str) -> None:
    """Delete a file with all that was made of it, unless an asset has it, or has got it again.

    Whoever takes it up at this moment waits, and then sees that it is gone.
    """
    async with database.write() as session:
        await hold(session, sha256)
        if not (await session.execute(_IN_USE, {"sha256": sha256})).scalar_one():
            await _delete(media.of(session).storage, sha256)


async def _delete(storage: Storage, sha256: str) -> None:
    """The original goes last: as long as it is there, a later sweep finds what was left over."""
    async for page in storage.pages(keys.renditions(sha256)):
        for stored in page:
            await storage.delete(stored.key)
    await storage.delete(keys.original(sha256))
