"""The corpus: each file is refused in words, or read, by a process that survives it."""

import sys
import time
from pathlib import Path

import pytest

from app.imaging.darkroom import Darkroom
from app.imaging.pictures import Rendition, Unreadable
from tests.imaging.hostile import READ, REFUSED

SECONDS = 5
MORE = 300 * 2**20

pytestmark = pytest.mark.asyncio(loop_scope="module")

CALLED_JPEG = ("called_otherwise", "palette")


def memory(pid: int, line: str) -> int:
    """VmRSS: now. VmHWM: the most since `forget_peak`."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition(f"{line}:")[2].split()[0]) * 1024


def forget_peak(pid: int) -> None:
    Path(f"/proc/{pid}/clear_refs").write_text("5")


class Watched:
    """A darkroom whose process must live on, and neither take long nor grow much."""

    def __init__(self, darkroom: Darkroom, harmless: Path) -> None:
        self.darkroom, self.harmless = darkroom, harmless

    async def __aenter__(self) -> "Watched":
        await self.darkroom.inspect(self.harmless)
        self.pid = self.darkroom.pid or 0
        if sys.platform == "linux":
            forget_peak(self.pid)
            self.before = memory(self.pid, "VmRSS")
        self.began = time.perf_counter()
        return self

    async def __aexit__(self, *_: object) -> None:
        took = time.perf_counter() - self.began
        assert took <= SECONDS
        assert self.darkroom.pid == self.pid, "the process did not survive it"
        if sys.platform == "linux":
            more = memory(self.pid, "VmHWM") - self.before
            print(f"{took:.2f} s, {more / 2**20:.0f} MB")
            assert more <= MORE


@pytest.fixture
def watched(darkroom: Darkroom, tmp_path: Path) -> Watched:
    harmless = tmp_path / "harmless.png"
    harmless.write_bytes(READ["one_pixel"]())
    return Watched(darkroom, harmless)


@pytest.mark.parametrize("name", REFUSED)
async def test_what_cannot_be_used_is_refused_in_words(
    watched: Watched, tmp_path: Path, name: str
) -> None:
    make, words = REFUSED[name]
    file = tmp_path / "sent.jpg"
    file.write_bytes(make())

    async with watched:
        with pytest.raises(Unreadable) as refusal:
            await watched.darkroom.inspect(file)

    print(refusal.value.reason)
    assert words in refusal.value.reason
    assert refusal.value.reason.endswith(".") and str(tmp_path) not in refusal.value.reason


@pytest.mark.parametrize("name", READ)
async def test_what_only_looks_bad_is_read(watched: Watched, tmp_path: Path, name: str) -> None:
    file = tmp_path / ("sent.jpg" if name in CALLED_JPEG else "sent.png")
    file.write_bytes(READ[name]())

    async with watched:
        seen = await watched.darkroom.inspect(file)
        made = await watched.darkroom.render(file, [Rendition("w320", 320)], tmp_path)

    print(seen)
    assert 1 <= made[0].width <= min(320, seen.width)
    assert "root:" not in (seen.metadata.caption or "")
    assert len(seen.placeholder) <= 1024


async def test_the_corpus_is_as_large_as_promised() -> None:
    assert len(REFUSED) + len(READ) >= 60
