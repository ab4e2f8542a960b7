"""Six seconds of storm at the mole with the sound of the sea: one MP4, played as it is or by HLS.

x264 runs in one thread and the muxers leave out what changes from run to run: with the same
libraries the same bytes come out.
"""

import math
import random
from array import array
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import av
import pyvips

from scripts.demo_media import shore
from scripts.demo_media.painting import frame

SECONDS = 6
RATE = 10
SOUND_RATE = 16_000
NAME = "mole-camera"

WIDTH, HEIGHT = 640, 360
COARSE = 41
"""x264's measure of coarseness."""


def written(folder: Path) -> None:
    """The film, the playlist that names its segments by where they begin in it, and its sound."""
    frames = [frame(shore.mole_at_night(n / RATE), WIDTH) for n in range(SECONDS * RATE)]
    _encode(folder / f"{NAME}.m3u8", folder / f"{NAME}.mp4", frames)
    _cut_out_sound(folder / f"{NAME}.mp4", folder / f"{NAME}.m4a")


def _encode(playlist: Path, film: Path, frames: Sequence[pyvips.Image]) -> None:
    options = {
        "hls_time": "3", "hls_playlist_type": "vod", "hls_segment_type": "fmp4",
        "hls_flags": "single_file+independent_segments", "hls_segment_filename": str(film),
        "fflags": "+bitexact",
    }  # fmt: skip
    with av.open(str(playlist), "w", format="hls", options=options) as container:
        video = container.add_stream(
            "libx264",
            rate=RATE,
            options={
                "crf": str(COARSE), "preset": "veryslow", "profile": "main", "threads": "1",
                "g": str(3 * RATE), "keyint_min": str(3 * RATE), "sc_threshold": "0",
                "flags": "+bitexact+cgop",
            },
        )  # fmt: skip
        video.width, video.height = WIDTH, HEIGHT
        video.pix_fmt = "yuv420p"
        video.codec_context.time_base = Fraction(1, RATE)
        audio = container.add_stream(
            "aac", rate=SOUND_RATE, layout="mono", options={"flags": "+bitexact"}
        )
        audio.bit_rate = 12_000
        for number, picture in enumerate(frames):
            drawn = av.VideoFrame(picture.width, picture.height, "rgb24")
            drawn.planes[0].update(bytes(picture.write_to_memory()))
            shown = drawn.reformat(WIDTH, HEIGHT, "yuv420p")
            shown.pts, shown.time_base = number, Fraction(1, RATE)
            container.mux(video.encode(shown))
        container.mux(video.encode(None))
        for sound in _sea():
            container.mux(audio.encode(sound))
        container.mux(audio.encode(None))


def _cut_out_sound(film: Path, sound: Path) -> None:
    """The sound alone, as it was encoded."""
    flags = {"fflags": "+bitexact"}
    with av.open(str(film)) as source, av.open(str(sound), "w", "ipod", flags) as container:
        heard = source.streams.audio[0]
        copied = container.add_stream_from_template(heard)
        for packet in source.demux(heard):
            if packet.dts is not None:
                packet.stream = copied
                container.mux(packet)


def _sea() -> Iterator[av.AudioFrame]:
    """Wind, and a wave every three seconds: noise that swells, and is duller the calmer it is."""
    dice, level, block = random.Random(8), 0.0, 1_024
    for start in range(0, SECONDS * SOUND_RATE - block + 1, block):
        samples = array("h")
        for n in range(start, start + block):
            loud = 0.25 + 0.75 * math.sin(math.pi * (n / SOUND_RATE % 3) / 3) ** 2
            level += (0.02 + 0.12 * loud) * (dice.uniform(-1, 1) - level)
            samples.append(round(max(-1.0, min(1.0, 1.6 * level * loud)) * 30_000))
        sound = av.AudioFrame(format="s16", layout="mono", samples=block)
        sound.planes[0].update(samples.tobytes())
        sound.sample_rate, sound.pts, sound.time_base = SOUND_RATE, start, Fraction(1, SOUND_RATE)
        yield sound
