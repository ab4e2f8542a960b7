"""Bytes on their way into a storage: read once, piece by piece, and held against what was said of
them. They may be larger than memory.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.storage import faults
from app.storage.faults import Different

PIECE = 1024 * 1024


@dataclass(frozen=True)
class Source:
    """`pieces` blocks; it ends in Different if these are not the bytes that were announced.

    `media_type` is for storages that serve to the public themselves.
    """

    pieces: Callable[[], Iterator[bytes]]
    size: int
    media_type: str


def file(path: Path, sha256: str, media_type: str) -> Source:
    """Asks for the file's size at once, and so blocks."""
    with _faults(path):
        size = path.stat().st_size
    return Source(lambda: _verified(path, sha256, size), size, media_type)


def content(whole: bytes, media_type: str) -> Source:
    return Source(lambda: iter((whole,)), len(whole), media_type)


def sha256_of(path: Path) -> str:
    """Of the file's content, in small hexadecimal digits; blocks."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _verified(path: Path, sha256: str, size: int) -> Iterator[bytes]:
    digest, seen = hashlib.sha256(), 0
    with _faults(path), path.open("rb", buffering=0) as opened:
        while piece := opened.read(PIECE):
            digest.update(piece)
            seen += len(piece)
            yield piece
    if seen != size or digest.hexdigest() != sha256:
        raise Different(f"{path.name} does not hold the bytes that were announced; send it again.")


@contextmanager
def _faults(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise faults.of_system(error, str(path)) from error
