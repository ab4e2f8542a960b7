import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Invalid, PreconditionMissing, Stale
from app.web.conditional import etag_of, matches, require_match

ETAG = '"abc"'


def test_an_etag_is_strong_short_and_of_these_bytes_only():
    assert etag_of(b"story") == etag_of(b"story")
    assert etag_of(b"story") != etag_of(b"story ")
    assert len(etag_of(b"")) == 24
    assert etag_of(b"")[0] == etag_of(b"")[-1] == '"'


@given(st.binary())
def test_an_etag_matches_itself(body):
    etag = etag_of(body)

    assert matches(f'"x", {etag}', etag)
    assert matches(f"W/{etag}".encode(), etag.encode())
    require_match(f'"x",{etag}', etag)


@pytest.mark.parametrize(
    "header",
    ['"abc"', "*", " * ", 'W/"abc"', '"x","abc"', ' "x" ,\t"abc" ', ',,"abc",', '"a,b", "abc"'],
)
def test_if_none_match_that_matches(header):
    assert matches(header, ETAG)
    assert matches(header.encode(), ETAG.encode())


@pytest.mark.parametrize(
    "header",
    ["", "abc", '"ABC"', '"abcd"', '"x, \\"abc"', '"abc', 'w/"abc"', '"x" "abc"', "**",
     '"x"; "abc"', '"a,"abc",b"', "W/*", '"\x00"'],
)  # fmt: skip
def test_if_none_match_that_does_not(header):
    assert not matches(header, ETAG)
    assert not matches(header.encode("latin-1"), ETAG.encode())


@pytest.mark.parametrize("header", ['"abc"', "*", '"x", "abc"', '"x","abc" ,', b'"abc"'])
def test_if_match_that_lets_a_write_pass(header):
    require_match(header, ETAG.encode() if isinstance(header, bytes) else ETAG)


@pytest.mark.parametrize("header", ['"x"', '"x", "y"', '"abcd"'])
def test_if_match_of_another_state_is_stale(header):
    with pytest.raises(Stale):
        require_match(header, ETAG)


def test_a_weak_tag_never_allows_a_write_and_is_told_why():
    with pytest.raises(Stale, match="weak"):
        require_match('W/"abc"', ETAG)


def test_a_missing_if_match_is_asked_for():
    with pytest.raises(PreconditionMissing):
        require_match(None, ETAG)


@pytest.mark.parametrize("header", ["abc", "", '"abc', '"abc" x', '"abc", x', ",", '"abc" "abc"'])
def test_an_if_match_that_is_no_list_of_etags_is_named(header):
    with pytest.raises(Invalid) as caught:
        require_match(header, ETAG)

    assert caught.value.faults[0].header == "If-Match"


def test_a_long_list_is_read_in_no_time():
    header = ", ".join(f'"{n}"' for n in range(3000))
    begun = time.process_time()

    assert matches(header + ', "abc"', ETAG)
    assert not matches('"' * 30_000, ETAG)
    assert not matches(", " * 15_000 + "x", ETAG)
    assert not matches(" " * 30_000, ETAG)
    assert time.process_time() - begun < 0.2


MOMENT = datetime(1994, 11, 6, 8, 49, 37, 999_999, tzinfo=UTC)
