"""How much of a picture is shown, and how large."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.imaging.framing import BASE_PIXELS, Frame, base_size, frame
from app.imaging.pictures import LONGEST_EDGE, Rendition
from app.imaging.renditions import EAGER, NAMES, named

EDGES = st.integers(1, 60_000)
PARTS = st.floats(0, 1)


def crop(width: int, height: int, x: float = 0.5, y: float = 0.5) -> Rendition:
    return Rendition("crop", width, height, focus=(x, y))


def test_the_whole_is_fitted_in() -> None:
    assert frame(Rendition("w", 320), 3000, 2000) == Frame(0, 0, 3000, 2000, 320, 213)
    assert frame(Rendition("w", 300, 100), 3000, 2000) == Frame(0, 0, 3000, 2000, 150, 100)


def test_nothing_becomes_larger_than_it_was() -> None:
    assert frame(Rendition("w", 1920), 500, 400) == Frame(0, 0, 500, 400, 500, 400)
    assert frame(crop(1920, 1080), 800, 800) == Frame(0, 175, 800, 450, 800, 450)


def test_a_part_is_around_its_focus_as_far_as_the_edges_allow() -> None:
    assert frame(crop(100, 100, 0.5), 3000, 1000).left == 1000
    assert frame(crop(100, 100, 0.3), 3000, 1000).left == 400
    assert frame(crop(100, 100, 0.0), 3000, 1000).left == 0
    assert frame(crop(100, 100, 1.0), 3000, 1000).left == 2000
    assert frame(crop(160, 90, 0.5, 1.0), 1600, 1600).top == 700


@given(width=EDGES, height=EDGES, x=PARTS, y=PARTS, name=st.sampled_from(NAMES))
def test_every_frame_lies_in_its_picture(
    width: int, height: int, x: float, y: float, name: str
) -> None:
    wanted = named(name, "jpeg", (x, y))
    base_width, base_height = base_size([wanted], width, height)

    shown = frame(wanted, base_width, base_height)

    assert base_width <= width and base_height <= height
    assert 0 <= shown.left <= shown.left + shown.part_width <= base_width
    assert 0 <= shown.top <= shown.top + shown.part_height <= base_height
    assert 1 <= shown.width <= min(wanted.width, shown.part_width)
    assert 1 <= shown.height <= min(wanted.height or LONGEST_EDGE, shown.part_height)


@given(width=EDGES, height=EDGES)
def test_the_copy_in_memory_is_bounded(width: int, height: int) -> None:
    wanted = [named(name, "jpeg", (0.5, 0.5)) for name in NAMES]

    base_width, base_height = base_size(wanted, width, height)

    assert base_width * base_height <= BASE_PIXELS * 1.01 + 60_000


def test_the_copy_is_as_large_as_the_largest_rendition_needs() -> None:
    wanted = [Rendition("w320", 320), crop(1920, 1080)]

    assert base_size(wanted, 6000, 4000) == (1920, 1280)
    assert frame(crop(1920, 1080), 1920, 1280).width == 1920


@pytest.mark.parametrize(
    "wrong",
    [{"name": "../w", "width": 9}, {"name": "w", "width": 0}, {"name": "w", "width": 16_384},
     {"name": "w", "width": 9, "focus": (0.5, 0.5)}, {"name": "", "width": 9},
     {"name": "w", "width": 9, "height": 9, "focus": (0.5, 1.1)}],
)  # fmt: skip
def test_a_rendition_that_makes_no_sense_is_refused(wrong: dict) -> None:
    with pytest.raises(ValueError, match=r"."):
        Rendition(**wrong)


def test_only_what_is_named_can_be_had() -> None:
    assert set(EAGER) <= set(NAMES)
    assert named("w960", "webp", (0.1, 0.2)) == Rendition("w960", 960, None, "webp")
    assert named("1x1-800", "avif", (0.1, 0.2)).focus == (0.1, 0.2)
    for name in ("w961", "w", "original", "1x1-801"):
        with pytest.raises(KeyError):
            named(name, "jpeg", (0.5, 0.5))
