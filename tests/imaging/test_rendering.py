"""Renditions: the right part, the right colours, one file for what is the same."""

from pathlib import Path

import pytest
import pyvips

from app.imaging.darkroom import Darkroom
from app.imaging.pictures import Format, Made, Rendition, Unreadable
from app.imaging.renditions import NAMES, named
from tests.imaging.drawing import (
    BLUE,
    GREEN,
    RED,
    WHITE,
    jpeg,
    landscape,
    names,
    plain,
    png,
    quarters,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")

FORMATS: tuple[Format, ...] = ("jpeg", "webp", "avif", "png")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def sent(folder: Path, content: bytes) -> Path:
    file = folder.parent / "sent"
    file.write_bytes(content)
    return file


def shown(made: Made) -> pyvips.Image:
    return pyvips.Image.new_from_file(str(made.path))


async def test_the_named_set_is_made_in_one_go(darkroom: Darkroom, out: Path) -> None:
    file = sent(out, jpeg(plain(2400, 1600)))
    wanted = [named(name, "jpeg", (0.25, 0.25)) for name in NAMES]

    made = await darkroom.render(file, wanted, out)

    sizes = {each.name: (each.width, each.height) for each in made}
    assert sizes == {
        "w320": (320, 213), "w640": (640, 427), "w960": (960, 640), "w1280": (1280, 853),
        "w1600": (1600, 1067), "w1920": (1920, 1280), "16x9-1920": (1920, 1080),
        "16x9-1280": (1280, 720), "16x9-800": (800, 450), "4x3-1200": (1200, 900),
        "1x1-800": (800, 800), "2x3-800": (800, 1200),
    }  # fmt: skip
    for each in made:
        image = shown(each)
        assert (image.width, image.height) == (each.width, each.height)
        assert each.bytes == each.path.stat().st_size
        assert each.path == out / f"{each.name}.jpg"
    assert names(out) == {f"{name}.jpg" for name in NAMES}


@pytest.mark.parametrize("kind", FORMATS)
async def test_each_format_is_what_it_says(darkroom: Darkroom, out: Path, kind: Format) -> None:
    file = sent(out, jpeg(quarters(400, 300), Q=95))

    (made,) = await darkroom.render(file, [Rendition("w320", 320, format=kind)], out)

    image = shown(made)
    assert made.media_type == f"image/{kind}"
    assert (await darkroom.inspect(made.path)).media_type == made.media_type
    assert image(20, 20)[:3] == pytest.approx(RED, abs=16)
    assert image.get_typeof("icc-profile-data") == 0
    if kind == "jpeg":
        assert image.get("jpeg-multiscan") == 1


@pytest.mark.parametrize(
    ("focus", "colours"),
    [((0.1, 0.1), (RED, RED)), ((0.9, 0.5), (GREEN, WHITE)), ((0.1, 0.9), (RED, BLUE))],
)
async def test_a_part_is_around_its_focus(
    darkroom: Darkroom, out: Path, focus: tuple[float, float], colours: tuple
) -> None:
    file = sent(out, jpeg(quarters(800, 400), Q=95))

    (made,) = await darkroom.render(
        file, [Rendition("tall", 100, 400 if focus[1] != 0.1 else 100, "png", focus)], out
    )

    image = shown(made)
    assert image(20, 10) == pytest.approx(colours[0], abs=16)
    assert image(20, image.height * 0.9 if focus[1] != 0.1 else 10) == pytest.approx(
        colours[1], abs=16
    )


async def test_what_comes_out_the_same_is_one_file(darkroom: Darkroom, out: Path) -> None:
    file = sent(out, jpeg(plain(500, 300)))
    wanted = [named(name, "webp", (0.5, 0.5)) for name in ("w320", "w640", "w960", "w1920")]

    made = await darkroom.render(file, wanted, out)

    assert [(each.name, each.width) for each in made] == [
        ("w320", 320), ("w640", 500), ("w960", 500), ("w1920", 500),
    ]  # fmt: skip
    assert names(out) == {"w320.webp", "w640.webp"}
    assert made[3].path == made[1].path


async def test_colours_are_those_of_the_profile(darkroom: Darkroom, out: Path) -> None:
    swatch = plain(64, 64, (200, 60, 40))
    profiled = swatch.icc_transform("p3", input_profile="srgb").pngsave_buffer()
    printed = swatch.icc_transform("cmyk", input_profile="srgb").jpegsave_buffer(Q=98)
    stored = pyvips.Image.new_from_buffer(profiled, "")(9, 9)

    (screen,) = await darkroom.render(
        sent(out, bytes(profiled)), [Rendition("a", 64, format="png")], out
    )
    (press,) = await darkroom.render(
        sent(out, bytes(printed)), [Rendition("b", 64, format="png")], out
    )

    assert stored != pytest.approx([200, 60, 40], abs=8)
    assert shown(screen)(9, 9) == pytest.approx([200, 60, 40], abs=4)
    assert shown(press)(9, 9) == pytest.approx([200, 60, 40], abs=12)
    assert shown(press).bands == 3


async def test_transparency_stays_where_it_can_and_is_white_where_not(
    darkroom: Darkroom, out: Path
) -> None:
    file = sent(out, bytes(plain(90, 60, (*RED, 0)).pngsave_buffer()))

    webp, flat = await darkroom.render(
        file, [Rendition("w60", 60, format="webp"), Rendition("w60", 60)], out
    )

    assert shown(webp).hasalpha() and shown(webp)(5, 5)[3] == 0
    assert shown(flat)(5, 5) == [255, 255, 255]


async def test_what_is_deep_or_grey_comes_out_in_eight_bits_of_three(
    darkroom: Darkroom, out: Path
) -> None:
    deep = plain(90, 60, RED).colourspace("rgb16").pngsave_buffer()
    grey = plain(90, 60, (77,)).copy(interpretation="b-w").pngsave_buffer()

    (first,) = await darkroom.render(
        sent(out, bytes(deep)), [Rendition("a", 60, format="png")], out
    )
    (second,) = await darkroom.render(
        sent(out, bytes(grey)), [Rendition("b", 60, format="png")], out
    )

    assert shown(first)(5, 5) == pytest.approx(RED, abs=1) and shown(first).format == "uchar"
    assert shown(second)(5, 5) == pytest.approx([77, 77, 77], abs=1)


@pytest.mark.parametrize(("width", "height"), [(1, 1), (1, 60_000), (60_000, 1), (3, 2)])
async def test_every_shape_has_its_renditions(
    darkroom: Darkroom, out: Path, width: int, height: int
) -> None:
    file = sent(out, png(width, height))
    wanted = [named(name, kind, (0.9, 0.1)) for name in NAMES for kind in FORMATS[:2]]

    made = await darkroom.render(file, wanted, out)

    assert [each.name for each in made] == [each.name for each in wanted]
    assert all(1 <= each.width <= width and 1 <= each.height <= height for each in made)


async def test_a_picture_that_is_damaged_leaves_no_files(darkroom: Darkroom, out: Path) -> None:
    content = jpeg(landscape(900, 600))

    with pytest.raises(Unreadable, match="incomplete"):
        await darkroom.render(
            sent(out, content[: len(content) // 2]), [Rendition("w320", 320)], out
        )

    assert names(out) == set()
