"""Whether a storage does what we need, tried with a small object that is removed again."""

import secrets

from app.storage import keys, putting, reading, sources
from app.storage.faults import Different
from app.storage.stored import Storage


async def check(storage: Storage) -> None:
    """Write, read and delete. The StorageFault that it raises tells the operator what to do."""
    key, content = keys.probe(), secrets.token_bytes(100)
    await storage.write(key, sources.content(content, putting.UNKNOWN))
    try:
        stored = await storage.find(key)
        read = [part async for part in reading.read(storage, stored, 10, 49)]
        if stored.size != len(content) or b"".join(read) != content[10:50]:
            raise Different(
                f"{storage.place}: what was written does not come back. Is there a cache before it?"
            )
    finally:
        await storage.delete(key)
    if await reading.exists(storage, key):
        raise Different(
            f"{storage.place}: what was deleted is still there. Is there a cache before it?"
        )
