"""What lies in the storage and belongs to nothing: left by who died between a file and its row."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import text

from app import clock, jobs
from app.database import Database
from app.editing import media
from app.editing.assets.forgetting import forget_file
from app.storage import keys
from app.storage.stored import Storage

AGE = timedelta(days=1)
"""What is younger may be about to become an asset."""

ALWAYS_FEW = 100
FEW = 0.1
"""Of the files. Where more belong to nothing, it is not the files that are wrong."""

_KNOWN = text("SELECT DISTINCT sha256 FROM desk.assets WHERE sha256 = ANY(:hashes)")

log = structlog.get_logger()


@dataclass(frozen=True)
class Found:
    """`count` files were looked at; these, by their hashes, have no asset."""

    place: str
    count: int
    strange: frozenset[str]

    @property
    def are_few(self) -> bool:
        return len(self.strange) <= max(ALWAYS_FEW, FEW * self.count)


@jobs.periodic("assets.sweep", cron="23 3 * * *")
async def sweep(database: Database) -> None:
    """Delete files that no asset has, with what was made of them.

    None of them where that would be many: then this storage belongs to another database, or the
    database was restored from a backup that is older than they are.
    """
    found = await look(database)
    if found.are_few:
        await delete(database, found)
        return
    log.error(
        "storage_not_swept", place=found.place, files=found.count, without_asset=len(found.strange),
        reason="Is this the storage of another database, or the database an older one? If not: "
        "masthead sweep --many",
    )  # fmt: skip


async def look(database: Database) -> Found:
    """Which files have no asset, of those that are a day old; and clear what is half written."""
    async with database.read() as session:
        storage = media.of(session).storage
    before = clock.now() - AGE
    await storage.sweep(before)
    count, strange = 0, set[str]()
    async for hashes in _hashes(storage, before):
        count += len(hashes)
        strange |= await _strange(database, hashes)
    return Found(storage.place, count, frozenset(strange))


async def delete(database: Database, found: Found) -> None:
    """Those of them that still have no asset."""
    for sha256 in sorted(found.strange):
        await forget_file.run(database, sha256=sha256)
    if found.strange:
        log.info("storage_swept", place=found.place, files=found.count, deleted=len(found.strange))


async def _hashes(storage: Storage, before: datetime) -> AsyncIterator[set[str]]:
    """The originals that are stored, or that something was made of, some at a time."""
    for prefix in (keys.ORIGINALS, keys.RENDITIONS):
        async for page in storage.pages(prefix):
            old = (keys.original_of(each.key) for each in page if each.modified < before)
            yield {each for each in old if each is not None}


async def _strange(database: Database, hashes: Iterable[str]) -> set[str]:
    async with database.read() as session:
        known = await session.execute(_KNOWN, {"hashes": list(hashes)})
        return set(hashes) - set(known.scalars())
