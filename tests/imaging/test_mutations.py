"""Good pictures with a few bytes changed: what nobody thought of when drawing hostile ones."""

import random
from pathlib import Path

import pytest

from app.imaging.darkroom import Darkroom
from app.imaging.pictures import Rendition, Unreadable
from tests.imaging.drawing import XMP_HEAD, jpeg, landscape
from tests.imaging.test_metadata import EXIF, IPTC, XMP

pytestmark = pytest.mark.asyncio(loop_scope="module")

SUFFIXES = (".jpg", ".png", ".gif", ".webp", ".avif")


def mutated(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        near = chance.choice((60, 600, len(changed)))  # heads matter most
        changed[chance.randrange(min(near, len(changed)))] = chance.randrange(256)
    return bytes(changed)


async def tried(darkroom: Darkroom, folder: Path, suffix: str, times: int) -> int:
    """How many of these could still be read. All others were refused."""
    picture = landscape(120, 80)
    content = bytes(picture.write_to_buffer(suffix))
    if suffix == ".jpg":
        content = jpeg(picture, (0xE1, EXIF), (0xE1, XMP_HEAD + XMP), (0xED, IPTC))
    chance = random.Random(suffix)
    file, read = folder / "sent", 0
    for _ in range(times):
        file.write_bytes(mutated(content, chance))
        try:
            await darkroom.inspect(file)
            await darkroom.render(file, [Rendition("w60", 60)], folder)
        except Unreadable:
            continue
        read += 1
    return read


@pytest.mark.parametrize("suffix", SUFFIXES)
async def test_changed_bytes_are_survived(darkroom: Darkroom, tmp_path: Path, suffix: str) -> None:
    await darkroom.inspect(_good(tmp_path))
    pid = darkroom.pid

    read = await tried(darkroom, tmp_path, suffix, 8)

    assert read < 8
    assert darkroom.pid == pid


@pytest.mark.prove
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("suffix", SUFFIXES)
async def test_thousands_of_changes_are_survived(
    darkroom: Darkroom, tmp_path: Path, suffix: str
) -> None:
    read = await tried(darkroom, tmp_path, suffix, 2_000)

    assert read < 2_000
    assert (await darkroom.inspect(_good(tmp_path))).width == 30


def _good(folder: Path) -> Path:
    file = folder / "good.jpg"
    file.write_bytes(jpeg(landscape(30, 20)))
    return file
