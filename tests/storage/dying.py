"""A process that does one thing with a disk in children of its own, and has each child die before
another call of the system: `python -m tests.storage.dying put|append ROOT FILE`.

It prints how many calls there are: so many children died, and the next one came to the end.
"""

import asyncio
import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from itertools import count
from pathlib import Path
from uuid import UUID

from app.storage.disk import Disk
from app.storage.keys import original
from app.storage.putting import put_original
from app.storage.reading import read
from app.storage.uploads import Uploads

CALLS = ("open", "mkdir", "write", "pwrite", "fsync", "link", "unlink", "close")
PROJECT = Path(__file__).parents[2]
UPLOAD = UUID(int=7)
MOST = 100


def killed_at_every_call(what: str, root: Path, path: Path) -> int:
    """How many deaths there were."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.storage.dying", what, str(root), str(path)],
        cwd=PROJECT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def main(what: str, root: Path, file: Path) -> None:
    content = file.read_bytes()
    for call in count(1):
        under_test = root / str(call)
        ended = _child(lambda: _die_before(call), lambda: _do(what, under_test, file))  # noqa: B023
        found = _found(what, under_test, content)
        if found not in ("nothing", "all", "a part"):
            raise SystemExit(f"killed before call {call}: {found}")
        if ended == 0 and found == "all":
            print(call - 1)
            return
        if call > MOST or not os.WIFSIGNALED(ended):
            raise SystemExit(f"call {call}: ended with {ended}, {found}")
        again = _child(lambda: None, lambda: _do(what, under_test, file))  # noqa: B023
        if again != 0 or _found(what, under_test, content) != "all":
            raise SystemExit(f"killed before call {call}, and stuck")


def _child(prepare: Callable[[], None], work: Callable[[], None]) -> int:
    if child := os.fork():
        return os.waitpid(child, 0)[1]
    prepare()
    work()
    os._exit(0)


def _die_before(number: int) -> None:
    """Counts from now on, in all threads; the loop's own calls are among them."""
    left = [number]

    def counted(call: Callable) -> Callable:
        def counting(*args: object, **kwargs: object) -> object:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*args, **kwargs)

        return counting

    for name in CALLS:
        setattr(os, name, counted(getattr(os, name)))


def _do(what: str, root: Path, file: Path) -> None:
    content = file.read_bytes()
    if what == "put":
        asyncio.run(_put(root, file, content))
    else:
        asyncio.run(_append(Uploads(root), content, begun=(root / UPLOAD.hex).exists()))


async def _put(root: Path, file: Path, content: bytes) -> None:
    disk = Disk(root, reads=1, writes=1)
    stored = await put_original(disk, file, hashlib.sha256(content).hexdigest())
    assert b"".join([part async for part in read(disk, stored)]) == content


async def _append(uploads: Uploads, content: bytes, *, begun: bool) -> None:
    if not begun:
        await uploads.begin(UPLOAD)
    offset = await uploads.offset(UPLOAD)
    await uploads.append(UPLOAD, offset, _pieces(content[offset:]), most=len(content))
    assert (await uploads.whole(UPLOAD)).sha256 == hashlib.sha256(content).hexdigest()


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 100_000):
        yield content[start : start + 100_000]


def _found(what: str, root: Path, content: bytes) -> str:
    """What lies where readers look, seen without the code under test."""
    key = original(hashlib.sha256(content).hexdigest()) if what == "put" else UPLOAD.hex
    path = root / key
    if not path.exists():
        return "nothing"
    found = path.read_bytes()
    if found == content:
        return "all"
    if what == "append" and content.startswith(found):
        return "a part"
    return f"{len(found)} bytes that are neither all nor nothing"


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
