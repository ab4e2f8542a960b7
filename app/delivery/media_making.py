"""Making one rendition: the original out of the storage, through the darkroom, back into it."""

import asyncio
from pathlib import Path
from typing import NamedTuple

import structlog

from app import clock
from app.delivery.media_files import File, Kept, Loose
from app.imaging import pictures, renditions, turns
from app.imaging.darkroom import Darkroom
from app.imaging.pictures import Format, Made
from app.published.media_urls import Address
from app.storage import keys, putting, reading
from app.storage.faults import NotThere, StorageFault
from app.storage.stored import Storage

_FORMATS: dict[str, Format] = {suffix: kind for kind, suffix in pictures.SUFFIXES.items()}
_CENTRE = (50, 50)

log = structlog.get_logger()


class Wanted(NamedTuple):
    """A rendition of the picture whose original has this SHA-256."""

    sha256: str
    address: Address

    @property
    def key(self) -> str:
        """What it is called in the storage."""
        return keys.rendition(self.sha256, self.address.file, self.address.suffix)


class Making:
    """`folder` is on the machine's own disk, and is shared by all processes of this machine: one
    at a time works there, and removes what another one left that was killed."""

    def __init__(self, storage: Storage, folder: Path, darkroom: Darkroom) -> None:
        self.storage = storage
        self.darkroom = darkroom
        self._folder = folder

    async def make(self, wanted: Wanted) -> File:
        """Raises Unreadable, Interrupted, OSError, StorageFault (NotThere: for the original)."""
        async with turns.room(self._folder) as room:
            try:
                return Kept(self.storage, await self.storage.find(wanted.key))
            except NotThere:
                pass  # nor has another process made it while we waited for our turn
            made = await self._rendered(wanted, room)
            content = await asyncio.to_thread(made.path.read_bytes)
            try:
                stored = await putting.put_rendition(
                    self.storage, wanted.key, content, media_type=made.media_type
                )
            except StorageFault as fault:
                log.error("rendition_not_stored", key=wanted.key, reason=str(fault))
                return Loose(content, clock.now())
            return Kept(self.storage, stored)

    async def _rendered(self, wanted: Wanted, room: Path) -> Made:
        original = room / "original"
        await reading.copy(self.storage, keys.original(wanted.sha256), original)
        address = wanted.address
        x, y = address.focus or _CENTRE
        name = address.name or ""
        rendition = renditions.named(name, _FORMATS[address.suffix], (x / 100, y / 100))
        [made] = await self.darkroom.render(original, [rendition], room)
        return made
