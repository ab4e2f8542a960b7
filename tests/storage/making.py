"""Files to store, and what the tests look at from outside."""

import hashlib
import random
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.storage.reading import read
from app.storage.stored import Storage

MIB = 1024 * 1024


def made(folder: Path, content: bytes, name: str = "incoming") -> tuple[Path, str]:
    """A file with this content, and its SHA-256."""
    path = folder / name
    path.write_bytes(content)
    return path, hashlib.sha256(content).hexdigest()


def noise(size: int, seed: int = 1) -> bytes:
    return random.Random(seed).randbytes(size)


def sha(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


async def whole(storage: Storage, key: str) -> bytes:
    stored = await storage.find(key)
    return b"".join([part async for part in read(storage, stored)])


async def listed(storage: Storage, prefix: str = "") -> list[str]:
    return [stored.key async for page in storage.pages(prefix) for stored in page]


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """What it is like when a disk is full, for any account."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
