"""Folders below a root, opened one by one so that no symbolic link on the way is followed, and
made so that they are still there after a power cut.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


@contextmanager
def opened(root: Path, parts: Sequence[str], *, make: bool = False) -> Iterator[int]:
    """The descriptor of a folder below the root. The root itself may be a symbolic link."""
    here = os.open(_made(root) if make else root, _FOLDER)
    try:
        for part in parts:
            there = _below(here, part, make=make)
            os.close(here)
            here = there
        yield here
    finally:
        os.close(here)


@contextmanager
def child(folder: int, name: str) -> Iterator[int]:
    there = _below(folder, name, make=False)
    try:
        yield there
    finally:
        os.close(there)


def _below(folder: int, name: str, *, make: bool) -> int:
    if make:
        with suppress(FileExistsError):
            os.mkdir(name, dir_fd=folder)
            os.fsync(folder)
    return os.open(name, _FOLDER | os.O_NOFOLLOW, dir_fd=folder)


def _made(root: Path) -> Path:
    if not root.is_dir():
        root.mkdir(parents=True, exist_ok=True)
        with opened(root.parent, ()) as above:
            os.fsync(above)
    return root
