"""Uploads in pieces: what was acknowledged is there, whoever breaks off, whatever dies."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from app.storage.disk import Disk
from app.storage.faults import Denied, Full, NotThere
from app.storage.putting import put_original
from app.storage.uploads import Busy, TooLong, Uploads, WrongOffset
from tests.storage.dying import killed_at_every_call
from tests.storage.making import MIB, made, no_file_larger_than, noise, whole

MOST = 10 * MIB


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "uploads"


@pytest.fixture
def uploads(folder: Path) -> Uploads:
    return Uploads(folder)


async def test_an_upload_comes_in_pieces_and_is_stored(uploads: Uploads, tmp_path: Path):
    content, disk = noise(3 * MIB), Disk(tmp_path / "media", reads=2, writes=2)
    upload = await _begun(uploads)

    assert await uploads.append(upload, 0, sent(content[:MIB]), most=MOST) == MIB
    assert await Uploads(tmp_path / "data" / "uploads").offset(upload) == MIB
    assert await uploads.append(upload, MIB, sent(content[MIB:]), most=MOST) == 3 * MIB
    complete = await uploads.whole(upload)
    stored = await put_original(disk, complete.path, complete.sha256)
    await uploads.drop(upload)

    assert complete.size == stored.size == len(content)
    assert await whole(disk, stored.key) == content
    with pytest.raises(NotThere):
        await uploads.offset(upload)


async def test_an_empty_file_is_a_file(uploads: Uploads):
    upload = await _begun(uploads)

    assert await uploads.append(upload, 0, sent(), most=0) == 0

    assert (await uploads.whole(upload)).size == 0


@pytest.mark.parametrize("offset", [0, 4, 6, 10**15])
async def test_a_piece_goes_where_the_upload_ends_and_nowhere_else(uploads: Uploads, offset: int):
    upload = await _begun(uploads)
    await uploads.append(upload, 0, sent(b"01234"), most=MOST)

    with pytest.raises(WrongOffset) as wrong:
        await uploads.append(upload, offset, sent(b"x"), most=MOST)

    assert wrong.value.offset == 5
    assert (await uploads.whole(upload)).path.read_bytes() == b"01234"


async def test_more_than_was_announced_is_not_kept(uploads: Uploads):
    upload = await _begun(uploads)
    await uploads.append(upload, 0, sent(b"01234"), most=8)

    with pytest.raises(TooLong):
        await uploads.append(upload, 5, sent(b"56", b"78"), most=8)

    assert await uploads.offset(upload) == 5
    assert await uploads.append(upload, 5, sent(b"567"), most=8) == 8


async def test_what_came_before_the_sender_broke_off_is_kept(uploads: Uploads):
    upload = await _begun(uploads)

    async def breaking() -> AsyncIterator[bytes]:
        yield b"012"
        raise ConnectionResetError("the sender is gone")

    with pytest.raises(ConnectionResetError):
        await uploads.append(upload, 0, breaking(), most=MOST)

    assert await uploads.offset(upload) == 3


async def test_one_writes_at_a_time_and_who_is_cancelled_lets_go(uploads: Uploads, folder: Path):
    upload, waiting = await _begun(uploads), asyncio.Event()

    async def stalled() -> AsyncIterator[bytes]:
        yield b"012"
        waiting.set()
        await asyncio.sleep(60)

    first = asyncio.create_task(uploads.append(upload, 0, stalled(), most=MOST))
    await waiting.wait()
    with pytest.raises(Busy):
        await Uploads(folder).append(upload, 0, sent(b"other"), most=MOST)
    with pytest.raises(Busy):
        await uploads.whole(upload)
    assert "Busy" in await asyncio.to_thread(_asked_elsewhere, folder, upload)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first

    assert await uploads.append(upload, 3, sent(b"34"), most=MOST) == 5
    assert (await uploads.whole(upload)).path.read_bytes() == b"01234"


def test_a_killed_receiver_goes_on_where_it_was(in_memory: Path, tmp_path: Path):
    path, _ = made(tmp_path, noise(250_000))

    assert killed_at_every_call("append", in_memory, path) > 10


async def test_an_offset_is_told_when_the_bytes_are_on_the_disk(
    uploads: Uploads, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    """A power cut cannot be tried here; the order of the calls can."""
    done = list[str]()
    fsync, pwrite = os.fsync, os.pwrite

    def seen_fsync(file: int) -> None:
        done.append(f"fsync {Path(os.readlink(f'/proc/self/fd/{file}')).name}")
        fsync(file)

    def seen_pwrite(*args) -> int:
        done.append("write")
        return pwrite(*args)

    monkeypatch.setattr(os, "fsync", seen_fsync)
    monkeypatch.setattr(os, "pwrite", seen_pwrite)
    upload = uuid4()

    await uploads.begin(upload)
    assert done[-1] == f"fsync {folder.name}"
    await uploads.append(upload, 0, sent(b"01", b"23"), most=MOST)
    assert done[-3:] == ["write", "write", f"fsync {upload.hex}"]
    done.clear()
    await uploads.offset(upload)
    assert done == [f"fsync {upload.hex}"]


async def test_bytes_that_did_not_reach_the_disk_do_not_count(
    uploads: Uploads, monkeypatch: pytest.MonkeyPatch
):
    upload, fsync = await _begun(uploads), os.fsync
    await uploads.append(upload, 0, sent(b"01234"), most=MOST)

    def failing(file: int) -> None:
        if os.fstat(file).st_size > 5:
            raise OSError(28, "No space left on device")
        fsync(file)

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(Full):
        await uploads.append(upload, 5, sent(b"567"), most=MOST)

    assert await uploads.offset(upload) == 5


async def test_a_full_disk_keeps_what_fits(uploads: Uploads):
    content, upload = noise(2 * MIB), await _begun(uploads)

    with no_file_larger_than(MIB), pytest.raises(Full, match="Make room"):
        await uploads.append(upload, 0, sent(content), most=MOST)

    offset = await uploads.offset(upload)
    assert offset <= MIB
    await uploads.append(upload, offset, sent(content[offset:]), most=MOST)
    assert (await uploads.whole(upload)).path.read_bytes() == content


async def test_idle_uploads_are_found(uploads: Uploads, folder: Path):
    assert await uploads.idle(datetime.now(UTC)) == []
    old, new = await _begun(uploads), await _begun(uploads)
    (folder / "notes.txt").write_bytes(b"x")
    last_week = (datetime.now(UTC) - timedelta(days=7)).timestamp()
    for name in (old.hex, "notes.txt"):
        os.utime(folder / name, (last_week, last_week))

    assert await uploads.idle(datetime.now(UTC) - timedelta(days=1)) == [old]

    await uploads.drop(old)
    await uploads.drop(old)
    assert await uploads.offset(new) == 0


async def test_what_was_never_begun_is_not_there(uploads: Uploads):
    for doing in (
        uploads.offset(uuid4()),
        uploads.whole(uuid4()),
        uploads.append(uuid4(), 0, sent(b"x"), most=MOST),
    ):
        with pytest.raises(NotThere):
            await doing


async def test_a_link_in_place_of_an_upload_is_refused(
    uploads: Uploads, folder: Path, tmp_path: Path
):
    await _begun(uploads)
    secret, upload = tmp_path / "secret", uuid4()
    secret.write_bytes(b"secret")
    (folder / upload.hex).symlink_to(secret)

    with pytest.raises(Denied, match="symbolic link"):
        await uploads.append(upload, 6, sent(b"x"), most=MOST)

    assert secret.read_bytes() == b"secret"


async def sent(*pieces: bytes) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


async def _begun(uploads: Uploads) -> UUID:
    upload = uuid4()
    await uploads.begin(upload)
    return upload


def _asked_elsewhere(folder: Path, upload: UUID) -> str:
    """What another process is told."""
    asking = (
        "import asyncio, pathlib, sys, uuid; from app.storage.uploads import Uploads; "
        "asyncio.run(Uploads(pathlib.Path(sys.argv[1])).offset(uuid.UUID(sys.argv[2])))"
    )
    done = subprocess.run(
        [sys.executable, "-c", asking, str(folder), str(upload)],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stderr
