"""The pictures and the film of the demo: real files, small, and fit for what is done with them."""

import re
from pathlib import Path

import pytest
import pyvips

from app.captions import webvtt
from app.exchange import demo
from app.imaging import media_types
from app.playlists import reading

FOLDER = Path(demo.__file__).parent / "media"
PICTURES = sorted(FOLDER.glob("*.jpg"))
CDN = "https://media.example.org/courier/"


def boxes(content: bytes) -> list[bytes]:
    """The names of the outermost boxes of an MP4, in order."""
    found, at = [], 0
    while at < len(content):
        found.append(content[at + 4 : at + 8])
        at += int.from_bytes(content[at : at + 4], "big")
    return found


def test_they_stay_small() -> None:
    assert 10 <= len(PICTURES) <= 14
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= 450_000


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_a_picture_fills_a_screen_and_says_what_it_is(path: Path) -> None:
    image = pyvips.Image.new_from_file(str(path))
    said = bytes(image.get("xmp-data")).decode()

    assert path.stat().st_size <= 40_000
    assert (image.width, image.height) in ((1600, 900), (1200, 1800))
    assert image.stats()(0, 0)[0] < 100 < image.stats()(1, 0)[0]
    for element in ("dc:description", "dc:creator", "photoshop:Credit", "DigitalSourceType"):
        assert element in said
    assert b"The Kestrel Bay Courier" in bytes(image.get("iptc-data"))


def test_two_are_upright_as_artwork_is() -> None:
    shapes = [pyvips.Image.new_from_file(str(path)) for path in PICTURES]

    assert sum(3 * image.width == 2 * image.height for image in shapes) == 2


def test_the_film_begins_to_play_before_all_of_it_is_there() -> None:
    names = boxes((FOLDER / "mole-camera.mp4").read_bytes())

    assert names.index(b"moov") < names.index(b"mdat")


def test_the_playlist_names_all_of_the_film() -> None:
    content = (FOLDER / "mole-camera.m3u8").read_bytes()
    playlist = reading.read(content, f"{CDN}mole-camera.m3u8")

    assert playlist.duration == pytest.approx(6, abs=0.1)
    assert playlist.problems == ()
    parts = re.findall(r"(\d+)@(\d+)", content.decode())
    ends = [int(size) + int(start) for size, start in parts]
    assert [int(start) for _, start in parts] == [0, *ends[:-1]]
    assert ends[-1] <= (FOLDER / "mole-camera.mp4").stat().st_size


def test_its_sound_can_be_had_alone() -> None:
    content = (FOLDER / "mole-camera.m4a").read_bytes()

    assert media_types.sniff(content) == "audio/mp4"
    assert {b"moov", b"mdat"} < set(boxes(content))
    assert b"avc1" not in content


@pytest.mark.parametrize("language", ["en", "fa"])
def test_its_captions_are_as_we_would_write_them(language: str) -> None:
    content = (FOLDER / f"mole-camera.{language}.vtt").read_bytes()

    track = webvtt.check(content)

    assert webvtt.written(track) == content
    assert (len(track.cues), track.warnings) == (3, ())
    assert track.cues[-1].end_ms <= 6_000
