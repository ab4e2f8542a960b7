"""The files below a folder in the order of their keys, from any key on, holding no more than one
folder of each depth in memory.
"""

import os
from collections.abc import Generator
from contextlib import suppress

from app.storage import folders, keys


def walked(
    folder: int, prefix: str, after: str
) -> Generator[tuple[str, os.stat_result], None, None]:
    """Keys greater than `after` with what the system tells of their files. What is not ours, what
    goes away meanwhile, and symbolic links are passed over."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=_order)
    for entry in entries:
        key = prefix + entry.name
        with suppress(FileNotFoundError):
            if entry.is_dir(follow_symlinks=False):
                if keys.is_prefix(f"{key}/") and not _is_before(f"{key}/", after):
                    with folders.child(folder, entry.name) as below:
                        yield from walked(below, f"{key}/", after)
            elif key > after and keys.is_key(key) and entry.is_file(follow_symlinks=False):
                yield key, entry.stat(follow_symlinks=False)


def _order(entry: os.DirEntry[str]) -> str:
    """A folder stands where its files do."""
    return f"{entry.name}/" if entry.is_dir(follow_symlinks=False) else entry.name


def _is_before(subtree: str, after: str) -> bool:
    return subtree < after and not after.startswith(subtree)
