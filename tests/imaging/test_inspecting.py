"""What is seen in a picture."""

import base64
from pathlib import Path

import pytest
import pyvips

from app.imaging.darkroom import Darkroom
from app.imaging.pictures import Inspected, Rendition
from tests.imaging.drawing import BLUE, RED, jpeg, landscape, plain, quarters
from tests.imaging.hostile_animations import animated_gif, animated_webp, apng

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def seen(darkroom: Darkroom, folder: Path, content: bytes) -> Inspected:
    file = folder / "sent"
    file.write_bytes(content)
    return await darkroom.inspect(file)


def stored(upright: pyvips.Image, orientation: int) -> pyvips.Image:
    """As a camera stores it that says `orientation`."""
    match orientation:
        case 2:
            turned = upright.fliphor()
        case 3:
            turned = upright.rot180()
        case 4:
            turned = upright.flipver()
        case 5:
            turned = upright.rot90().fliphor()
        case 6:
            turned = upright.rot270()
        case 7:
            turned = upright.rot270().fliphor()
        case 8:
            turned = upright.rot90()
        case _:
            turned = upright.copy()
    turned.set_type(pyvips.GValue.gint_type, "orientation", orientation)
    return turned


@pytest.mark.parametrize(
    ("orientation", "suffix"),
    [*((number, ".jpg") for number in range(1, 9)), (6, ".png"), (5, ".webp"), (8, ".webp")],
)
async def test_however_it_was_held_it_is_seen_upright(
    darkroom: Darkroom, tmp_path: Path, orientation: int, suffix: str
) -> None:
    upright = quarters(240, 120)
    content = bytes(stored(upright, orientation).write_to_buffer(suffix, Q=95)) if (
        suffix != ".png"
    ) else bytes(stored(upright, orientation).write_to_buffer(suffix))  # fmt: skip

    found = await seen(darkroom, tmp_path, content)
    whole, part = await darkroom.render(
        tmp_path / "sent",
        [Rendition("w200", 200, format="png"),
         Rendition("part", 60, 60, format="png", focus=(0.0, 1.0))],
        tmp_path,
    )  # fmt: skip

    assert (found.width, found.height, found.orientation) == (240, 120, orientation)
    image = pyvips.Image.new_from_file(str(whole.path))
    assert (image.width, image.height) == (200, 100)
    corners = [image(x, y) for x, y in ((20, 20), (180, 20), (20, 80), (180, 80))]
    for corner, at in zip(corners, ((10, 10), (230, 10), (10, 110), (230, 110)), strict=True):
        assert corner == pytest.approx(upright(*at), abs=12)
    below = pyvips.Image.new_from_file(str(part.path))(10, 50)
    assert below == pytest.approx(BLUE, abs=12)


async def test_the_main_colour_is_that_of_most_of_it(darkroom: Darkroom, tmp_path: Path) -> None:
    image = plain(300, 200, RED).draw_rect([20, 200, 40], 0, 0, 100, 200, fill=True)

    found = await seen(darkroom, tmp_path, bytes(image.pngsave_buffer()))

    assert found.dominant_colour == "#dc1e1e"


async def test_what_is_transparent_has_no_colour(darkroom: Darkroom, tmp_path: Path) -> None:
    half = plain(100, 200, (*RED, 255)).join(plain(200, 200, (*BLUE, 0)), "horizontal")

    found = await seen(darkroom, tmp_path, bytes(half.pngsave_buffer()))
    nothing = await seen(darkroom, tmp_path, bytes(plain(9, 9, (*BLUE, 0)).pngsave_buffer()))

    assert (found.dominant_colour, found.has_alpha) == ("#dc1e1e", True)
    assert nothing.dominant_colour == "#ffffff"


async def test_the_placeholder_is_a_tiny_picture_of_the_same_shape(
    darkroom: Darkroom, tmp_path: Path
) -> None:
    found = await seen(darkroom, tmp_path, jpeg(quarters(1600, 900)))

    head, _, encoded = found.placeholder.partition(",")
    tiny = pyvips.Image.new_from_buffer(base64.b64decode(encoded), "")
    assert head == "data:image/webp;base64" and len(found.placeholder) <= 1024
    assert (tiny.width, tiny.height) == (16, 9)
    assert tiny(2, 2)[0] > 150 > tiny(2, 7)[0]


def apart(one: Inspected, other: Inspected) -> int:
    return (int(one.perceptual_hash, 16) ^ int(other.perceptual_hash, 16)).bit_count()


async def test_pictures_that_look_alike_have_hashes_that_are_near(
    darkroom: Darkroom, tmp_path: Path
) -> None:
    original = landscape(1200, 800)
    other = original.rot180().copy_memory()

    first = await seen(darkroom, tmp_path, jpeg(original, Q=95))
    again = await seen(darkroom, tmp_path, bytes(original.resize(0.3).webpsave_buffer(Q=40)))
    different = await seen(darkroom, tmp_path, jpeg(other))

    assert len(first.perceptual_hash) == 16
    assert apart(first, again) <= 4
    assert apart(first, different) >= 16


@pytest.mark.parametrize(
    ("content", "frames"), [(animated_gif(40), 40), (animated_webp(7), 7), (apng(12), 12)]
)
async def test_frames_are_counted(
    darkroom: Darkroom, tmp_path: Path, content: bytes, frames: int
) -> None:
    found = await seen(darkroom, tmp_path, content)

    assert (found.frames, found.width, found.height) == (frames, 8, 8)
