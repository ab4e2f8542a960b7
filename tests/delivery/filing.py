"""A shelf with files: assets in public, their originals in a storage, and who reads them."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
from fastapi import FastAPI
from starlette.types import ASGIApp

from app.delivery.media import Files, Media
from app.delivery.media_making import Making
from app.delivery.media_renditions import Renditions
from app.delivery.reader import Reader
from app.imaging.darkroom import Darkroom
from app.imaging.pictures import Limits
from app.published import media_urls
from app.published.media_urls import Suffix
from app.storage import keys, sources
from app.storage.opening import opened
from app.storage.stored import Storage
from app.web import problems
from app.web.request_head import Area
from tests.delivery.shelf import BASE, Shelf, a_document
from tests.imaging.drawing import jpeg, quarters

AREA = Area(side="delivery", body_limit=0, log=False)
USUAL = frozenset({"jpg", "webp"})


@dataclass(frozen=True)
class Filed:
    """An asset in public."""

    id: UUID
    content: bytes
    media_type: str
    focus: tuple[int, int] = (50, 50)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def original(self) -> str:
        return media_urls.original(self.id, self.sha256, self.media_type)

    def rendition(self, name: str, suffix: Suffix = "jpg") -> str:
        return media_urls.rendition(self.id, self.sha256, name, suffix, self.focus)


@dataclass
class Filing:
    shelf: Shelf
    storage: Storage

    async def add(
        self, content: bytes, media_type: str = "video/mp4", *, focus: tuple[int, int] = (50, 50),
        stored: bool = True, **meta: Any,
    ) -> Filed:  # fmt: skip
        filed = Filed(uuid4(), content, media_type, focus)
        if stored:
            source = sources.content(content, media_type)
            await self.storage.write(keys.original(filed.sha256), source)
        await self.publish(filed, **meta)
        return filed

    async def publish(self, filed: Filed, **meta: Any) -> None:
        told = {
            "sha256": filed.sha256, "media_type": filed.media_type, "size": len(filed.content),
            "focus": list(filed.focus) if filed.media_type.startswith("image/") else None,
            "remote_url": None,
        } | meta  # fmt: skip
        await self.shelf.put(a_document("asset", "A file", identity=filed.id, meta=told))

    async def picture(self, width: int = 900, height: int = 600, **options: Any) -> Filed:
        return await self.add(jpeg(quarters(width, height)), "image/jpeg", **options)

    async def refocused(self, filed: Filed, focus: tuple[int, int]) -> Filed:
        there = replace(filed, focus=focus)
        await self.publish(there)
        return there


def stored_at(folder: Path) -> Storage:
    return opened(str(folder / "media"))


def files_in(
    folder: Path, storage: Storage, *, limits: Limits | None = None,
    suffixes: frozenset[str] = USUAL,
) -> Files:  # fmt: skip
    """As a process has them whose own files are in this folder."""
    making = Making(storage, folder / "darkroom", Darkroom(limits or Limits()))
    return Files(storage, Renditions(making), suffixes)


def media_app(reader: Reader, files: Files, **options: Any) -> ASGIApp:
    app = FastAPI(redirect_slashes=False)
    problems.register(app)
    return Media(app, reader, files, AREA, **options)


@asynccontextmanager
async def reading_files(url: str, files: Files, **options: Any) -> AsyncIterator[httpx.AsyncClient]:
    async with Reader(url, connections=3, timeout_ms=2000) as reader, files:
        transport = httpx.ASGITransport(media_app(reader, files, **options))
        async with httpx.AsyncClient(transport=transport, base_url=BASE, timeout=60) as client:
            yield client
