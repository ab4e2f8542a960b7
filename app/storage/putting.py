"""Storing files for good. A key means the same bytes for ever, so each is stored once."""

import asyncio
from pathlib import Path

from app.storage import keys, sources
from app.storage.faults import Different, NotThere
from app.storage.sources import Source
from app.storage.stored import Storage, Stored

UNKNOWN = "application/octet-stream"


async def put_original(
    storage: Storage, path: Path, sha256: str, *, media_type: str = UNKNOWN
) -> Stored:
    """Store a copy of a local file under its hash; a second time changes nothing.

    Different where the file does not hash to `sha256`, or where a file of another size has its
    place: then somebody has damaged that one, and it is left for somebody to look at.
    """
    source = await asyncio.to_thread(sources.file, path, sha256, media_type)
    stored = await _put_once(storage, keys.original(sha256), source)
    if stored.size != source.size:
        raise Different(
            f"{storage.place}: {stored.key} is damaged. It has {stored.size} bytes, and should "
            f"have {source.size}. Restore it from a backup, or delete it and store it again."
        )
    return stored


async def put_rendition(storage: Storage, key: str, content: bytes, *, media_type: str) -> Stored:
    """Store what was made of an original. What is there already stays, and is what is returned:
    clients may hold parts of it."""
    return await _put_once(storage, key, sources.content(content, media_type))


async def _put_once(storage: Storage, key: str, source: Source) -> Stored:
    try:
        return await storage.settled(key)
    except NotThere:
        await storage.write(key, source)
        return await storage.find(key)
