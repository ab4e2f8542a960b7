"""How many frames a picture has, counted before a decoder does it: for some that is hard work."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_MOST_CHUNKS = 1_000


def frames(path: Path, media_type: str, most: int) -> int | None:
    """Of an animated PNG as many as it says, of a WebP those that it has, but no more than `most`
    and one; None for all other pictures."""
    with path.open("rb") as file:
        if media_type == "image/png":
            return _promised(file)
        if media_type == "image/webp":
            found = (name for name in _riff_chunks(file) if name == b"ANMF")
            return sum(1 for _ in zip(found, range(most + 1), strict=False)) or None
    return None


def _promised(file: BinaryIO) -> int | None:
    file.seek(len(b"\x89PNG\r\n\x1a\n"))
    for _ in range(_MOST_CHUNKS):
        start = file.read(8)
        length, name = int.from_bytes(start[:4]), start[4:]
        if name in (b"IDAT", b""):
            break
        if name == b"acTL":
            return int.from_bytes(file.read(4))
        file.seek(length + len(b"_crc"), 1)
    return None


def _riff_chunks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(len(b"RIFF____WEBP"))
    while len(start := file.read(8)) == 8:
        length = int.from_bytes(start[4:], "little")
        yield start[:4]
        file.seek(length + length % 2, 1)
