"""SubRip: what is found in the wild becomes cues, and what was guessed is told."""

import time
from io import StringIO

import pytest
import webvtt as independent

from app.captions.srt import converted
from app.captions.track import LONGEST_TEXT, MOST_CUES, Cue, Unreadable
from app.captions.webvtt import check, written

TWO = """1
00:00:01,000 --> 00:00:02,500
The gate is closed.

2
00:00:03,000 --> 00:00:04,000
It holds,
for now.
"""
CUES = (
    Cue(1_000, 2_500, "The gate is closed."),
    Cue(3_000, 4_000, "It holds,\nfor now."),
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_plain_file_in_any_unicode(encoding: str, ending: str) -> None:
    track = converted(TWO.replace("\n", ending).encode(encoding))

    assert (track.cues, track.warnings) == (CUES, ())


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_both_orders_of_utf_16(mark: bytes) -> None:
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"

    assert converted(mark + TWO.encode(encoding)).cues == CUES


@pytest.mark.parametrize(
    ("language", "page", "text"),
    [
        (None, "1252", "Les vagues déferlent – déjà"),
        ("fr", "1252", "Les vagues déferlent"),
        ("fa-IR", "1256", "موج‌ها آمدند"),
        ("ru", "1251", "Волны"),
    ],
)
def test_an_old_file_is_read_as_windows_wrote_its_language(
    language: str | None, page: str, text: str
) -> None:
    said = text.replace("ی", "ي")
    content = f"1\n00:00:01,000 --> 00:00:02,000\n{said}\n".encode(f"cp{page}")

    track = converted(content, language)

    assert track.cues[0].text == said
    assert [f"Windows-{page}" in words for words in track.warnings] == [True]


@pytest.mark.parametrize(
    "text",
    [
        TWO.replace("\n\n", "\n"),
        TWO.replace("2\n00:00:03", "00:00:03").replace("1\n00:00:01", "00:00:01"),
        TWO.replace("\n\n", "\n \n\n\n"),
        TWO.replace(",", ".").replace("holds.", "holds,"),
        "\n\n" + TWO,
        TWO.replace("00:00:01,000", "0:0:1,000 ").replace("--> 00:00:04,000", "-->00:00:04"),
        TWO.replace("02,500", "02,500 X1:10 X2:20 Y1:30 Y2:40"),
    ],
    ids=["no empty lines", "no numbers", "more empty lines", "points", "empty lines first",
         "short times", "coordinates"],
)  # fmt: skip
def test_sloppy_files_give_the_same_cues(text: str) -> None:
    assert converted(text.encode()).cues == CUES


@pytest.mark.parametrize(
    ("given", "text", "settings"),
    [
        ("<i>Fog</i> & <b>rain</b>", "<i>Fog</i> &amp; <b>rain</b>", ""),
        ('<font color="#ff0000">Red</font> alert', "Red alert", ""),
        ("{i}Fog{/i}", "<i>Fog</i>", ""),
        (r"{\an8}Above", "Above", "line:0"),
        (r"{\an7\fs20}Left", "Left", "line:0 align:left"),
        (r"{\an5}Middle", "Middle", "line:50%"),
        (r"{\an3}Right", "Right", "align:right"),
        (r"{\an2}Usual{\b1}", "Usual", ""),
        ("3 < 4 {not a tag}", "3 &lt; 4 {not a tag}", ""),
        ("627", "627", ""),
        ("One\n\nTwo", "One\nTwo", ""),
    ],
)
def test_tags_and_places(given: str, text: str, settings: str) -> None:
    content = (
        f"1\n00:00:01,000 --> 00:00:02,000\n{given}\n\n2\n00:00:08,000 --> 00:00:09,000\nEnd\n"
    )

    cue = converted(content.encode()).cues[0]

    assert (cue.text, cue.settings) == (text, settings)


def test_disorder_overlaps_and_cues_without_length_are_told() -> None:
    track = converted(
        b"1\n00:00:05,000 --> 00:00:09,000\nlast\n\n2\n00:00:01,000 --> 00:00:06,000\nfirst\n\n"
        b"3\n00:00:07,000 --> 00:00:07,000\nnever\n"
    )

    assert [cue.text for cue in track.cues] == ["first", "last"]
    assert [words.partition(":")[0] for words in track.warnings] == ["Line 10", "Line 6", "Line 2"]
    assert check(written(track)).cues == track.cues


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", None, "no line of times"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nFog", 1, "begin"),
        (b"GIF89a\n00:00:01,000 --> 00:00:02,000\nFog", 1, "begin"),
        (b"1\n00:00:01,5 --> 00:00:02,000\nFog", 2, "00:00:01,5"),
        (b"1\n00:00:01,000 --> \nFog", 2, "no time"),
        (b"1\n00:00:01,000 --> 00:00:02,000\n\n", None, "no cue"),
        (b"1\n00:00:01,000 --> 00:00:02,000\na\0b", 3, "NUL"),
        (TWO.encode("utf-16-le"), 1, "NUL"),
        (b"\xff\xfe1", None, "UTF-16"),
        (b"1\n00:00:01,000 --> 00:00:02,000\n\x81", None, "1252"),
        (b"1\n00:00:01,000 --> 00:00:02,000\n" + b"<i>" * 9 + b"a", 2, "nested"),
        (b"1\n00:00:01,000 --> 00:00:02,000\n" + b"a" * (LONGEST_TEXT + 1), 2, "characters"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(
    content: bytes, line: int | None, words: str
) -> None:
    with pytest.raises(Unreadable, match=words) as refused:
        converted(content)

    assert refused.value.line == line


@pytest.mark.parametrize(
    "content",
    [
        b"7" * 50_000_000,
        b"7" * 1_900_000,
        b"00:00:01,000 --> 00:00:02,000\na\n" * 1_000_000,
        b"00:00:01,000 --> 00:00:02,000\na\n" * (MOST_CUES + 1),
        b"1\n" * 900_000,
        b"-->" * 600_000,
        b"00:00:01,000 --> 00:00:02,000\n" + b"{\\" * 900_000,
        b"00:00:01,000 --> 00:00:02,000\n" + b" \n" * 900_000,
    ],
    ids=["digits", "fewer digits", "a million", "too many", "numbers", "arrows", "braces", "empty"],
)
def test_a_hostile_file_is_refused_soon(content: bytes) -> None:
    began = time.process_time()

    with pytest.raises(Unreadable):
        converted(content)

    assert time.process_time() - began < 2


def test_an_independent_reader_reads_the_same_cues() -> None:
    ours = converted(TWO.encode())

    theirs = independent.from_buffer(StringIO(TWO), format="srt")

    assert [each.text for each in theirs.captions] == [cue.text for cue in ours.cues]
    assert written(ours).decode().count(" --> ") == len(theirs.captions)
