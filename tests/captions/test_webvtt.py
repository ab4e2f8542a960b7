"""WebVTT: what is read, what is refused with its line, and what is written."""

import time
from io import StringIO

import pytest
import webvtt as independent
from hypothesis import given, reject
from hypothesis import strategies as st

from app.captions.track import LONGEST_TEXT, MOST_CUES, Cue, Track, Unreadable
from app.captions.webvtt import check, written

PLAIN = "WEBVTT\n\n00:01.000 --> 00:02.500\nThe gate is closed.\n"


def only(text: str) -> Cue:
    """The one cue of the file with this text in it."""
    return check(f"WEBVTT\n\n00:01.000 --> 00:09.000\n{text}\n".encode()).cues[0]


def test_a_plain_file() -> None:
    assert check(PLAIN.encode()) == Track((Cue(1_000, 2_500, "The gate is closed."),))


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_endings_and_a_byte_order_mark_make_no_difference(ending: str, mark: str) -> None:
    text = mark + PLAIN.replace("\n", ending)

    assert check(text.encode()) == check(PLAIN.encode())


def test_notes_styles_regions_and_identifiers_are_left_out() -> None:
    track = check(
        b"WEBVTT - from a stranger\nX-TIMESTAMP-MAP=LOCAL:0\n\n"
        b"STYLE\n::cue { background: url(https://stranger.example/seen.png) }\n\n"
        b"REGION\nid:fred\n\nNOTE\nby the night desk\n\n"
        b"first\n00:01.000 --> 00:02.000 region:fred align:start\nFog.\n"
    )

    assert track.cues == (Cue(1_000, 2_000, "Fog.", "align:start"),)
    assert [words.partition(":")[0] for words in track.warnings] == [
        "Line 2", "Line 4", "Line 7", "Line 14",
    ]  # fmt: skip
    assert written(track) == (
        b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000 align:start\nFog.\n"
    )  # fmt: skip


def test_the_same_remark_is_made_once() -> None:
    cue = "00:01.000 --> 00:02.000 glow:max\nFog.\n\n"

    track = check(f"WEBVTT\n\n{cue * 3}".encode())

    assert track.warnings == ("Line 3 and 2 more: the setting “glow:max” was left out",)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<b>a</b> <i>b</i> <u>c</u>", "<b>a</b> <i>b</i> <u>c</u>"),
        ("<v.loud Ines  Valdo>It holds.", "<v Ines Valdo>It holds.</v>"),
        ("<c.yellow.mine>a</c><c.mine>b</c>", "<c.yellow>a</c>b"),
        ("<lang fr-FR>étale</lang>", "<lang fr-FR>étale</lang>"),
        ("<ruby>漢<rt>kan</ruby>!", "<ruby>漢<rt>kan</rt></ruby>!"),
        ("<rt>alone</rt>", "alone"),
        ("<b>one <i>two</b> three", "<b>one <i>two</i></b> three"),
        ("one</b> two", "one two"),
        ("a <00:00:02.000>b <00:00:01.500>c", "a <00:00:02.000>b c"),
        ("<script>alert(1)</script>", "alert(1)"),
        ('<img src="x" onerror="alert(1)">now', "now"),
        ("1 < 2 > 0 & more &amp; &eacute; &#x1F6A2;", "1 &lt; 2 &gt; 0 &amp; more &amp; é 🚢"),
        ("&lt;script&gt;", "&lt;script&gt;"),
        ("<v a&#10;&#10;b>x", "<v a b>x</v>"),
        ("a&#10;&#10;00:01.000 --&gt; 00:02.000", "a  00:01.000 --&gt; 00:02.000"),
        ("a&#0;b\x07c\u2028d", "a\ufffdb c d"),
        ("top\n<font>\n   bottom", "top\nbottom"),
        ("‏موج‌ها آمدند", "‏موج‌ها آمدند"),
    ],
)
def test_the_text_of_a_cue_comes_in_normal_form(given: str, kept: str) -> None:
    assert only(given).text == kept


def test_a_cue_in_which_nothing_is_said_goes() -> None:
    track = check(b"WEBVTT\n\n00:00.000 --> 00:01.000\n<b></b>\n\n" + PLAIN.encode()[8:])

    assert [cue.text for cue in track.cues] == ["The gate is closed."]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("align:start line:0", "line:0 align:start"),
        ("vertical:rl line:-1 position:10.5%,line-left size:100%",
         "vertical:rl line:-1 position:10.5%,line-left size:100%"),
        ("line:20%,end line:30%", "line:30%"),
        ("size:101% size:100.5% position:5 line:x align:justify onclick:alert vertical:rlx", ""),
    ],
)  # fmt: skip
def test_settings_that_exist_are_kept_in_one_order(given: str, kept: str) -> None:
    text = f"WEBVTT\n\n00:01.000 --> 00:02.000\t {given}\nFog.\n"

    assert check(text.encode()).cues[0].settings == kept


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", 1, "WEBVTT"),
        (b"WEBVTTX\n\n", 1, "WEBVTT"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nFog.", 1, "WEBVTT"),
        (b"<svg onload=alert(1)>", 1, "WEBVTT"),
        (b"WEBVTT", None, "no cue"),
        (b"WEBVTT\n\nNOTE all of it", None, "no cue"),
        (b"WEBVTT\n00:01.000 --> 00:02.000\nFog.", 2, "empty line"),
        (b"WEBVTT\n\n00:01,000 --> 00:02.000\nFog.", 3, "00:01,000"),
        (b"WEBVTT\n\n00:01.000 --> 00:62.000\nFog.", 3, "00:62.000"),
        (b"WEBVTT\n\n00:01.000 --> \nFog.", 3, "no time"),
        (b"WEBVTT\n\n00:01.000 --> 99999999999:00:02.000\nFog.", 3, "no time"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000 --> 00:03.000\nFog.", 3, "two arrows"),
        (b"WEBVTT\n\n00:02.000 --> 00:02.000\nFog.", 3, "ends before"),
        (b"WEBVTT\n\nx\n00:02.000 --> 00:01.000\nFog.", 4, "ends before"),
        (b"WEBVTT\n\n00:05.000 --> 00:06.000\na\n\n00:01.000 --> 00:02.000\nb", 6, "order"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\na\n00:02.000 --> 00:03.000\nb", 5, "missing"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\na\n\nb", 6, "no cue"),
        (b"WEBVTT\n\nNOTE\nout\n00:02.000 --> 00:03.000\nb", 5, "NOTE"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nbr\xfcllt", 4, "UTF-8"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\na".encode("utf-16"), None, "UTF-16"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\na\0", 4, "NUL"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<b>" * 9 + b"a", 3, "nested"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"a" * (LONGEST_TEXT + 1), 3, "characters"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_with_its_line(
    content: bytes, line: int | None, words: str
) -> None:
    with pytest.raises(Unreadable, match=words) as refused:
        check(content)

    assert refused.value.line == line


@pytest.mark.parametrize(
    "content",
    [
        b"7" * 50_000_000,
        b"WEBVTT\n\n" + b"7" * 1_900_000,
        b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\na\n\n" * 1_000_000,
        b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\na\n\n" * (MOST_CUES + 1),
        b"WEBVTT\n\n" + b"00:01.000 --> " + b" " * 1_900_000 + b"x",
        b"WEBVTT\n\n" + b"00:01.000" + b" " * 1_900_000 + b"-->",
        b"WEBVTT\n\n" + b"-->" * 600_000,
        b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<" * 1_900_000,
        b"WEBVTT\n\n" + b"a\n" * 900_000,
        b"WEBVTT\n" + b"\n" * 1_900_000,
        b"WEBVTT\n\n" + b"NOTE\n\n" * 300_000,
        b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"&#" + b"9" * 1_900_000 + b";",
    ],
    ids=["digits", "digits in a cue", "a million cues", "too many cues", "spaces", "spaces before",
         "arrows", "brackets", "lines", "empty lines", "notes", "a huge reference"],
)  # fmt: skip
def test_a_hostile_file_is_refused_soon(content: bytes) -> None:
    began = time.process_time()

    with pytest.raises(Unreadable):
        check(content)

    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "text",
    ["<" * 1_990, "<b" * 990, "<v " + "&" * 1_900, "&#" + "9" * 1_900 + ";", "</b>" * 490,
     "<00:00:02.000>" * 140, "<c" + ".red" * 490 + ">a", "{\\" * 900],
)  # fmt: skip
def test_a_file_full_of_odd_text_takes_seconds_at_most(text: str) -> None:
    few = 900
    cue = f"00:01.000 --> 00:09.000\na{text}\n\n"

    began = time.process_time()
    check(f"WEBVTT\n\n{cue * few}".encode())

    assert time.process_time() - began < 4


CUES = st.lists(
    st.tuples(
        st.integers(0, 86_400_000),
        st.integers(1, 10_000),
        st.text(
            st.sampled_from("ab<>/&;#\n\r -.0:vcibu\u2028\x0b\x85é") | st.characters(codec="utf-8"),
            max_size=60,
        ),
        st.sampled_from(["", "line:0", "align:start size:3%", "line:0 line:9", "glow:1"]),
    ),
    min_size=1,
    max_size=8,
)


@given(CUES)
def test_what_was_read_is_read_again_from_what_is_written(
    drawn: list[tuple[int, int, str, str]],
) -> None:
    blocks = ["WEBVTT"]
    for start, length, text, settings in sorted(drawn):
        said = "\n".join(filter(None, text.replace("\r", "\n").split("\n"))).replace("\0", "")
        times = " --> ".join(
            f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1_000 % 60:02}.{ms % 1_000:03}"
            for ms in (start, start + length)
        )
        blocks.append(f"{times} {settings}\n{said}")
    try:
        track = check("\n\n".join(blocks).encode())
    except Unreadable:
        reject()

    again = check(written(track))

    assert again == Track(track.cues)
    assert written(again) == written(track)
    heard = independent.from_buffer(StringIO(written(track).decode()), format="vtt")
    assert len(heard.captions) == len(track.cues)


def test_an_independent_reader_reads_what_is_written() -> None:
    track = check(
        b"WEBVTT\n\n00:01.000 --> 00:02.500 align:end line:0\n<v Ines>One\ntwo\n\n"
        b"01:00:00.000 --> 01:00:01.000\n<i>Three</i>\n"
    )

    heard = independent.from_buffer(StringIO(written(track).decode()), format="vtt")

    assert [(each.start, each.end, each.text, each.voice) for each in heard.captions] == [
        ("00:00:01.000", "00:00:02.500", "One\ntwo", "Ines"),
        ("01:00:00.000", "01:00:01.000", "Three", None),
    ]
    assert str(heard.captions[0].settings) == "line:0 align:end"
