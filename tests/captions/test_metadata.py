"""Timed source lines: one line of JSON per cue, whatever the texts hold."""

import json
from io import StringIO

import webvtt as independent
from hypothesis import given
from hypothesis import strategies as st

from app.captions.metadata import AttributionCue, as_json, written

COURIER = AttributionCue(
    1_000, 9_000, "The Northgate Courier", "citing current officials", "Courier", "ltr"
)


def test_a_cue_is_one_line_of_json() -> None:
    assert written([COURIER]).decode().splitlines() == [
        "WEBVTT",
        "",
        "00:00:01.000 --> 00:00:09.000",
        '{"v":1,"line1":"The Northgate Courier","line2":"citing current officials",'
        '"short":"Courier","dir":"ltr"}',
    ]


def test_the_json_form_has_the_same_cues() -> None:
    persian = AttributionCue(4_000, 5_000, "پیک خلیج", "", "پیک", "rtl")

    assert json.loads(as_json([persian, COURIER])) == {
        "v": 1,
        "cues": [
            {"start_ms": 1_000, "end_ms": 9_000, "line1": "The Northgate Courier",
             "line2": "citing current officials", "short": "Courier", "dir": "ltr"},
            {"start_ms": 4_000, "end_ms": 7_000, "line1": "پیک خلیج", "line2": "",
             "short": "پیک", "dir": "rtl"},
        ],
    }  # fmt: skip


def test_of_those_that_begin_together_the_longest_comes_first() -> None:
    cues = [
        AttributionCue(0, 1, "short", "", "", "ltr"),
        AttributionCue(0, 8_000, "long", "", "", "ltr"),
        AttributionCue(0, 2, "as short", "", "", "ltr"),
    ]

    order = [each["line1"] for each in json.loads(as_json(cues))["cues"]]

    assert order == ["long", "short", "as short"]


def test_without_cues_there_is_an_empty_track() -> None:
    assert written([]) == b"WEBVTT\n"
    assert json.loads(as_json([])) == {"v": 1, "cues": []}


TEXTS = st.text(max_size=40) | st.text('->\n\r\u2028\u2029\x85\x0b<&{}"\\ ', max_size=40)


@given(
    st.lists(
        st.builds(
            AttributionCue, st.integers(0, 10**8), st.integers(0, 10**8), TEXTS, TEXTS, TEXTS,
            st.sampled_from(["ltr", "rtl"]),
        ),
        max_size=6,
    )
)  # fmt: skip
def test_no_text_breaks_the_file(cues: list[AttributionCue]) -> None:
    content = written(cues).decode()

    assert content.count("-->") == len(cues)
    assert len(content.splitlines()) == max(1, 3 * len(cues) + 1)
    heard = independent.from_buffer(StringIO(content), format="vtt").captions
    assert [json.loads(each.text)["line1"] for each in heard] == [
        each["line1"] for each in json.loads(as_json(cues))["cues"]
    ]
    assert all(each.end_in_seconds - each.start_in_seconds >= 2.99 for each in heard)
