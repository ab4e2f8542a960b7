"""Which part of a file a Range means, against slicing."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.delivery.media_ranges import asked_for
from app.web.refusals import RangeNotSatisfiable

ETAG = b'"one"'
CONTENT = bytes(range(100))
SIZE = len(CONTENT)


def part(value: str, **fields: bytes) -> bytes:
    """What a client gets of CONTENT for this Range."""
    head = {b"range": value.encode("latin-1")}
    head |= {name.replace("_", "-").encode(): field for name, field in fields.items()}
    span = asked_for(head, ETAG, SIZE)
    return CONTENT if span is None else CONTENT[span.first : span.last + 1]


@given(some.integers(0, 250), some.integers(0, 250))
def test_a_range_is_a_slice(first: int, last: int) -> None:
    wanted = CONTENT[first : last + 1] if first <= last else CONTENT
    if first <= last and first >= SIZE:
        with pytest.raises(RangeNotSatisfiable) as refused:
            part(f"bytes={first}-{last}")
        assert refused.value.headers["Content-Range"] == "bytes */100"
    else:
        assert part(f"bytes={first}-{last}") == wanted


@given(some.integers(0, 250))
def test_open_ranges_and_suffixes_are_slices(number: int) -> None:
    for value, wanted in ((f"{number}-", CONTENT[number:]), (f"-{number}", CONTENT[-number:])):
        if not wanted or value == "-0":
            with pytest.raises(RangeNotSatisfiable):
                part(f"bytes={value}")
        else:
            assert part(f"bytes={value}") == wanted


@given(some.text(some.sampled_from("bytes=BYTES0123456789-, \t;x"), max_size=40))
def test_whatever_is_asked_for_a_part_is_inside(value: str) -> None:
    try:
        span = asked_for({b"range": value.encode()}, ETAG, SIZE)
    except RangeNotSatisfiable:
        return
    assert span is None or 0 <= span.first <= span.last < SIZE


@pytest.mark.parametrize(
    "value",
    [
        "", "bytes", "bytes=", "bytes=-", "bytes=,", "bytes=5-2", "bytes=5-4", "bytes=a-b",
        "bytes=1-2x",
        "bytes=+1-2", "bytes=1.0-2", "bytes=0x1-2", "bytes 0-5", "items=0-5", "bytes=-5-2",
        "bytes=0-1,5-6", "bytes=0-0,-1", "bytes=0-,0-,0-", "bytes=\xb2-3", "bytes=1-2;3",
        "bytes=" + "0-1," * 5_000 + "0-1", "bytes=" + "," * 20_000 + "x",
    ],
)  # fmt: skip
def test_the_whole_is_the_answer_to_lists_and_to_what_is_no_range(value: str) -> None:
    assert part(value) == CONTENT


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("bytes=0-0", CONTENT[:1]), ("BYTES=2-3", CONTENT[2:4]), (" bytes=2-3 ", CONTENT[2:4]),
        ("bytes=, 2-3 ,", CONTENT[2:4]), ("bytes=007-008", CONTENT[7:9]), ("bytes=99-", b"\x63"),
        ("bytes=0-" + "9" * 5_000, CONTENT), ("bytes=" + "0" * 5_000 + "5-6", CONTENT[5:7]),
        ("bytes=-" + "9" * 5_000, CONTENT), ("bytes=0-99", CONTENT),
    ],
)  # fmt: skip
def test_spellings_of_one_range(value: str, wanted: bytes) -> None:
    assert asked_for({b"range": value.encode()}, ETAG, SIZE) is not None
    assert part(value) == wanted


@pytest.mark.parametrize("value", ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=-000"])
def test_a_part_behind_the_end_is_refused(value: str) -> None:
    with pytest.raises(RangeNotSatisfiable):
        part(value)


def test_numbers_that_are_longer_than_any_file_lie_behind_its_end() -> None:
    with pytest.raises(RangeNotSatisfiable):
        part("bytes=" + "9" * 5_000 + "-")


def test_a_condition_that_does_not_hold_gives_the_whole() -> None:
    assert part("bytes=2-3", if_range=ETAG) == CONTENT[2:4]
    for other in (b'"two"', b'W/"one"', b"one", b"", b'"one", "two"',
                  b"Fri, 20 Nov 2026 12:00:00 GMT"):  # fmt: skip
        assert part("bytes=2-3", if_range=other) == CONTENT
        assert part("bytes=500-", if_range=other) == CONTENT


def test_an_empty_file_has_no_parts() -> None:
    for value in (b"bytes=0-", b"bytes=-5", b"bytes=0-0"):
        assert asked_for({b"range": value}, ETAG, 0) is None


def test_nothing_asked_for_is_the_whole() -> None:
    assert asked_for({}, ETAG, SIZE) is None
