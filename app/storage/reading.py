"""Reading stored objects, in parts that fit into memory however large they are."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from app.storage.faults import NotThere
from app.storage.stored import Storage, Stored

WINDOW = 1024 * 1024
"""So many bytes are asked for at once."""


async def read(
    storage: Storage, stored: Stored, first: int = 0, last: int | None = None, *,
    window: int = WINDOW,
) -> AsyncIterator[bytes]:  # fmt: skip
    """The bytes from `first` to `last`, both included, as far as there are any.

    Each window is asked for when the one before was taken: a slow reader keeps neither a file nor
    a connection open. NotThere or Different if the object went away or was written anew meanwhile.
    """
    end = stored.size if last is None else min(last + 1, stored.size)
    while first < end:
        part = await storage.window(stored, first, min(window, end - first))
        if not part:
            raise NotThere(f"{storage.place}: {stored.key} ends before byte {first}.")
        yield part
        first += len(part)


async def copy(storage: Storage, key: str, path: Path) -> None:
    """Write the whole object into a file. NotThere where there is none."""
    stored = await storage.find(key)
    with path.open("wb") as file:
        async for piece in read(storage, stored):
            await asyncio.to_thread(file.write, piece)


async def exists(storage: Storage, key: str) -> bool:
    try:
        await storage.find(key)
    except NotThere:
        return False
    return True
