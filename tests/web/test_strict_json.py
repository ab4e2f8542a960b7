import json
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Invalid
from app.web import strict_json
from app.web.refusals import Malformed
from app.web.strict_json import LARGEST_INTEGER, Limits


def places(body: bytes, kind: type[Exception] = Invalid) -> list[str | None]:
    with pytest.raises(kind) as caught:
        strict_json.read(body)
    return [fault.pointer for fault in caught.value.faults]  # type: ignore[attr-defined]


SOUND = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER)
    | st.floats(-LARGEST_INTEGER, LARGEST_INTEGER, allow_nan=False)
    | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(
        st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), inner
    ),
    max_leaves=30,
)  # fmt: skip


@given(SOUND, st.booleans(), st.sampled_from([None, 1]))
def test_what_is_sound_comes_through_as_it_is(content, ascii_only, indent):
    body = json.dumps(content, ensure_ascii=ascii_only, indent=indent).encode()

    assert strict_json.read(body) == content


@given(st.binary(max_size=60) | st.text('{}[]",:\\u0d8e1-.NaIf tr\n', max_size=60).map(str.encode))
def test_any_bytes_give_plain_content_or_one_of_our_errors(body):
    try:
        content = strict_json.read(body)
    except (Invalid, Malformed):
        return

    assert strict_json.read(json.dumps(content).encode()) == content


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b'"\xed\xa0\x80"',  # a surrogate written in UTF-8
        b'"\xc0\x80"',  # an overlong NUL
        b"\xef\xbb\xbf{}",
        "{}".encode("utf-16"),
        b"[1,]",
        b'{"a":1,}',
        b"{'a':1}",
        b"[1] 2",
        b"01",
        b"+1",
        b".5",
        b"1.",
        b"NaN",
        b"[Infinity]",
        b'{"a":-Infinity}',
        b'"a\nb"',
        b'"a\0b"',
        b'"\\x41"',
        b'"\\u12"',
        b'"open',
        b"// comment\n1",
        b"tru",
    ],
)
def test_what_is_not_json_is_malformed(body):
    with pytest.raises(Malformed) as caught:
        strict_json.read(body)

    assert caught.value.status == 400


def test_a_syntax_error_says_where_it_is():
    with pytest.raises(Malformed, match="line 2, column 6"):
        strict_json.read(b'{"a": 1,\n "b" 2}')


def test_doubled_members_are_named_by_their_place():
    body = b'{"a": [{"b": 1, "b": 2}], "c/d": 1, "c/d": 1}'

    assert places(body, Malformed) == ["/c~1d", "/a/0/b"]


def test_doubled_members_are_found_under_other_spellings_of_the_name():
    assert places(b'{"title": 1, "t\\u0069tle": 2}', Malformed) == ["/title"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"9007199254740992", [""]),
        (b"[-9007199254740991, -9007199254740992]", ["/1"]),
        (b'{"n": ' + b"9" * 5000 + b"}", ["/n"]),
        (b"[1e400, -1e400, 1e308, 1e16, 9e15]", ["/0", "/1", "/2", "/3"]),
        (rb'{"title": "a\u0000b"}', ["/title"]),
        (rb'["\ud800", "\udc00", "\udc00\ud800", "\ud83d\ude00"]', ["/0", "/1", "/2"]),
        (rb'{"a": {"x\ud800": 1, "y\u0000": "\uD800"}}', ["/a", "/a", "/a/y\0"]),
    ],
)
def test_values_that_cannot_be_kept_are_all_named(body, expected):
    assert places(body) == expected


def test_an_escaped_backslash_before_u0000_is_no_nul():
    assert strict_json.read(rb'"\\u0000 \\ud800"') == r"\u0000 \ud800"


def test_escaped_pairs_are_one_character():
    assert strict_json.read(rb'{"\ud83d\ude00": "\ud83d\ude00"}') == {"😀": "😀"}


def test_at_most_fifty_places_are_named():
    assert len(places(b"[" + b"1e999," * 1000 + b"0]")) == 50


def test_a_wrong_place_under_a_long_name_is_named_by_what_encloses_it():
    assert places(b'{"a": {"' + b"k" * 5000 + b'": 1e999}}') == ["/a"]


@pytest.mark.parametrize("shape", [b"[%b]", b'{"a":%b}'])
def test_depth_is_counted_in_objects_and_arrays(shape):
    deepest = b"0"
    for _ in range(32):
        deepest = shape % deepest

    assert strict_json.read(deepest)
    with pytest.raises(Malformed, match="deeper than 32"):
        strict_json.read(shape % deepest)


def test_empty_containers_count_for_depth():
    assert strict_json.read(b"[" * 32 + b"]" * 32)
    with pytest.raises(Malformed, match="deeper than 32"):
        strict_json.read(b"[" * 33 + b"]" * 33)


@pytest.mark.parametrize(
    ("body", "values"),
    [
        (b"[1, 2, 3]", 4),
        (b'{"a": [], "b": {}, "c": [ ]}', 4),
        (b'["", "[,{", "a\\",\\\\", "\\\\"]', 5),
        (b'[{"a,": ","}, [[]]]', 5),
    ],
)
def test_values_are_counted_exactly_where_it_matters(body, values):
    assert strict_json.read(body, limits=Limits(values=values)) is not None
    with pytest.raises(Malformed, match="more than"):
        strict_json.read(body, limits=Limits(values=values - 1))


@given(SOUND)
def test_the_count_of_values_agrees_with_the_content(content):
    def count(value: object) -> int:
        inner = value.values() if isinstance(value, dict) else value
        return 1 + (sum(map(count, inner)) if isinstance(value, dict | list) else 0)  # type: ignore

    body = json.dumps(content).encode()

    strict_json.read(body, limits=Limits(values=count(content)))
    if count(content) > 1:
        with pytest.raises(Malformed):
            strict_json.read(body, limits=Limits(values=count(content) - 1))


MILLION = 1_000_000
HOSTILE: dict[str, Callable[[], bytes]] = {
    "10,000 deep": lambda: b"[" * 10_000,
    "a million deep": lambda: b"[" * MILLION + b"]" * MILLION,
    "a million deep in objects": lambda: b'{"a":' * MILLION,
    "50 MB of brackets": lambda: b"[" * 50 * MILLION,
    "a million keys": lambda: b"{" + b",".join(b'"k%d":0' % n for n in range(MILLION)) + b"}",
    "one key a million times": lambda: b"{" + b'"k":0,' * MILLION + b'"k":0}',
    "199,000 doubled keys": lambda: b"{" + b'"k":0,' * 199_000 + b'"k":0}',
    "25 million numbers": lambda: b"[" + b"0," * 25 * MILLION + b"0]",
    "17 million strings": lambda: b"[" + b'"",' * 17 * MILLION + b"0]",
    "25 million escapes": lambda: b'"' + rb"\"" * 25 * MILLION + b'"',
    "50 MB of commas in a string": lambda: b'"' + b"," * 50 * MILLION + b'"',
    "an integer of 50 MB": lambda: b"1" * 50 * MILLION,
    "a fraction of 50 MB": lambda: b"0." + b"1" * 50 * MILLION,
    "an exponent of 50 MB": lambda: b"1e" + b"1" * 50 * MILLION,
    "50 MB of blanks": lambda: b" " * 50 * MILLION,
    "199,000 wrong strings": lambda: b"[" + rb'"\ud800",' * 199_000 + b"0]",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bodies_are_answered_in_well_under_a_second(name):
    body = HOSTILE[name]()
    begun = time.process_time()

    with suppress(Malformed, Invalid):
        strict_json.read(body)

    # Measured 0.02 to 0.55 s; the rest is room for a machine that does other things too.
    assert time.process_time() - begun < 1.5
