"""What a disk promises besides: power cuts, crashes, no room, links that lead out."""

import os
import resource
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.storage import keys, probing, sources
from app.storage.disk import Disk
from app.storage.faults import Denied, Full, NotThere, Unreachable
from app.storage.putting import put_original, put_rendition
from app.storage.reading import read
from app.storage.stored import Storage
from tests.storage.dying import killed_at_every_call
from tests.storage.making import (
    MIB,
    files_below,
    listed,
    made,
    no_file_larger_than,
    noise,
    sha,
    whole,
)

KEY = keys.rendition(sha(1), "w640", "jpg")
JPEG = "image/jpeg"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "var" / "media"


@pytest.fixture
def disk(root: Path) -> Storage:
    return Disk(root, reads=2, writes=2)


@pytest.fixture
def two_mib(root: Path) -> Iterator[Path]:
    """A file system with so much room."""
    root.mkdir(parents=True)
    mounting = ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(root)]
    if subprocess.run(mounting, check=False, capture_output=True).returncode:
        pytest.skip("this root may not mount a file system")
    yield root
    subprocess.run(["umount", "-l", str(root)], check=True)


@pytest.fixture
def read_only(root: Path) -> Path:
    root.mkdir(parents=True)
    root.chmod(0o500)
    return root


def test_a_killed_writer_leaves_nothing_or_all(in_memory: Path, tmp_path: Path):
    path, _ = made(tmp_path, noise(MIB + 5))

    assert killed_at_every_call("put", in_memory, path) > 20


async def test_what_killed_writers_left_is_swept(root: Path, disk: Storage):
    await put_rendition(disk, KEY, b"picture", media_type=JPEG)
    old, new = (root / ".incoming" / name for name in ("old", "new"))
    for left in (old, new):
        left.write_bytes(b"half a pic")
    yesterday = datetime.now(UTC) - timedelta(days=1)
    os.utime(old, (yesterday.timestamp(), yesterday.timestamp()))

    assert await disk.sweep(datetime.now(UTC) - timedelta(hours=1)) == 1

    assert (old.exists(), new.exists()) == (False, True)
    assert await whole(disk, KEY) == b"picture"


async def test_nothing_is_visible_before_it_is_on_the_disk(
    root: Path, disk: Storage, monkeypatch: pytest.MonkeyPatch
):
    """A power cut cannot be tried here; the order of the calls can."""
    done = list[str]()
    fsync, link, mkdir = os.fsync, os.link, os.mkdir

    def seen_fsync(file: int) -> None:
        done.append(f"fsync {_relative(root, os.readlink(f'/proc/self/fd/{file}'))}")
        fsync(file)

    def seen_link(*args, **kwargs) -> None:
        done.append("link")
        link(*args, **kwargs)

    def seen_mkdir(name, *args, **kwargs) -> None:
        done.append(f"mkdir {Path(name).name}")
        mkdir(name, *args, **kwargs)

    monkeypatch.setattr(os, "fsync", seen_fsync)
    monkeypatch.setattr(os, "link", seen_link)
    monkeypatch.setattr(os, "mkdir", seen_mkdir)

    await disk.write(KEY, sources.content(b"picture", JPEG))

    shard = sha(1)[:2]
    assert done[-9:] == [
        "fsync .incoming/*",
        "mkdir renditions",
        "fsync .",
        f"mkdir {shard}",
        "fsync renditions",
        f"mkdir {sha(1)}",
        f"fsync renditions/{shard}",
        "link",
        f"fsync renditions/{shard}/{sha(1)}",
    ]
    done.clear()
    await disk.settled(KEY)
    assert done == [f"fsync renditions/{shard}/{sha(1)}"]


async def test_a_full_disk_leaves_nothing(root: Path, disk: Storage, tmp_path: Path):
    path, sha256 = made(tmp_path, noise(3 * MIB))

    with no_file_larger_than(2 * MIB), pytest.raises(Full, match=r"Nothing was stored\. Make room"):
        await put_original(disk, path, sha256)

    assert files_below(root) == []
    await put_original(disk, path, sha256)
    assert await whole(disk, keys.original(sha256)) == path.read_bytes()


@pytest.mark.root
async def test_a_file_system_without_room_leaves_nothing(two_mib: Path, tmp_path: Path):
    disk = Disk(two_mib, reads=1, writes=1)
    path, sha256 = made(tmp_path, noise(3 * MIB))

    with pytest.raises(Full, match="No space left on device"):
        await put_original(disk, path, sha256)

    assert files_below(two_mib) == []
    await put_rendition(disk, KEY, noise(MIB), media_type=JPEG)


async def test_a_large_file_takes_little_memory(disk: Storage, tmp_path: Path):
    path, size = tmp_path / "film", 128 * MIB
    with path.open("wb") as film:
        film.truncate(size)
    sha256 = sources.sha256_of(path)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    stored = await put_original(disk, path, sha256, media_type="video/mp4")
    read_bytes = 0
    async for part in read(disk, stored):
        read_bytes += len(part)

    assert read_bytes == size
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert more < 32 * 1024, f"{more} KiB more"


async def test_links_do_not_lead_out(root: Path, disk: Storage, tmp_path: Path):
    outside = tmp_path / "outside"
    (outside / sha(2)).mkdir(parents=True)
    (outside / sha(2) / "w640.jpg").write_bytes(b"secret")
    await put_rendition(disk, KEY, b"picture", media_type=JPEG)
    by_folder = keys.rendition(sha(2), "w640", "jpg")
    (root / "renditions" / sha(2)[:2]).symlink_to(outside)
    by_file = keys.rendition(sha(1), "w960", "jpg")
    (root / by_file).symlink_to(outside / sha(2) / "w640.jpg")

    for key in (by_folder, by_file):
        with pytest.raises(Denied, match="symbolic link"):
            await disk.find(key)
        with pytest.raises(Denied, match="symbolic link"):
            await put_rendition(disk, key, b"mine", media_type=JPEG)
    with pytest.raises(Denied, match="symbolic link"):
        await disk.delete(by_folder)
    assert await listed(disk) == [KEY]
    await disk.delete(by_file)

    assert (outside / sha(2) / "w640.jpg").read_bytes() == b"secret"
    assert len(files_below(outside)) == 1


async def test_a_writer_does_not_write_through_a_link(root: Path, disk: Storage, tmp_path: Path):
    outside = tmp_path / "outside"
    outside.write_bytes(b"secret")
    (root / KEY).parent.mkdir(parents=True)
    (root / KEY).symlink_to(outside)

    await disk.write(KEY, sources.content(b"mine", JPEG))

    assert outside.read_bytes() == b"secret"


async def test_the_root_may_be_a_link(tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "media").symlink_to(tmp_path / "elsewhere")
    disk = Disk(tmp_path / "media", reads=1, writes=1)

    await put_rendition(disk, KEY, b"picture", media_type=JPEG)

    assert (tmp_path / "elsewhere" / KEY).read_bytes() == b"picture"


async def test_a_file_system_without_hard_links_will_do(
    root: Path, disk: Storage, monkeypatch: pytest.MonkeyPatch
):
    def refused(*args, **kwargs) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)

    await put_rendition(disk, KEY, b"picture", media_type=JPEG)

    assert await whole(disk, KEY) == b"picture"
    assert len(files_below(root)) == 1


async def test_what_is_not_ours_is_not_listed(root: Path, disk: Storage):
    await put_rendition(disk, KEY, b"picture", media_type=JPEG)
    (root / "lost+found").mkdir()
    (root / "lost+found" / "x").write_bytes(b"x")
    (root / "renditions" / "notes.txt").write_bytes(b"x")
    (root / KEY).with_name("Thumbs.db~").write_bytes(b"x")

    assert await listed(disk) == [KEY]


@pytest.mark.not_root
async def test_a_folder_of_the_system_is_not_looked_into(root: Path, disk: Storage):
    await put_rendition(disk, KEY, b"picture", media_type=JPEG)
    (root / "lost+found").mkdir(mode=0o000)

    assert await listed(disk) == [KEY]


async def test_a_folder_where_a_file_should_be_is_no_object(root: Path, disk: Storage):
    (root / KEY).mkdir(parents=True)

    with pytest.raises(NotThere):
        await disk.find(KEY)


@pytest.mark.not_root
async def test_a_folder_that_we_may_not_write_is_told(read_only: Path):
    disk = Disk(read_only, reads=1, writes=1)

    with pytest.raises(Denied, match="Let the account that runs this program read and write"):
        await probing.check(disk)


async def test_a_place_that_cannot_be_is_told():
    with pytest.raises(Unreachable, match=r"/proc/media"):
        await probing.check(Disk(Path("/proc/media"), reads=1, writes=1))


async def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path):
    (tmp_path / "media").write_bytes(b"")

    with pytest.raises((Denied, Unreachable), match="media"):
        await probing.check(Disk(tmp_path / "media", reads=1, writes=1))


def _relative(root: Path, path: str) -> str:
    if path == str(root):
        return "."
    relative = path.removeprefix(f"{root}/")
    return ".incoming/*" if relative.startswith(".incoming/") else relative
