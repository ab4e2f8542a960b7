import base64
import hashlib
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID, uuid4

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app import cursors
from app.errors import Invalid

TEXT = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=50
)  # fmt: skip
INTEGERS = st.integers(-(2**63), 2**63 - 1)
MOMENTS = st.datetimes(timezones=st.just(UTC))


def refuse(text: str, **options) -> None:
    with pytest.raises(Invalid) as caught:
        cursors.decode(text, **({"kind": "articles"} | options))
    assert [fault.parameter for fault in caught.value.faults] == ["cursor"]


@given(st.lists(TEXT | INTEGERS, max_size=4), TEXT)
def test_values_come_back(values, kind):
    assert cursors.decode(cursors.encode(values, kind=kind), kind=kind) == tuple(values)


@given(MOMENTS, st.uuids(), TEXT, INTEGERS)
def test_values_come_back_in_their_types(moment, number, text, integer):
    cursor = cursors.encode((moment, number, text, integer), kind="articles")

    shape = (datetime, UUID, str, int)
    assert cursors.decode(cursor, kind="articles", shape=shape) == (moment, number, text, integer)


def test_a_datetime_of_any_zone_comes_back_as_the_same_moment():
    moment = datetime(2031, 5, 1, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=5)))

    (back,) = cursors.decode(cursors.encode([moment], kind="x"), kind="x", shape=[datetime])

    assert back == moment
    assert back.tzinfo is UTC


@given(st.text(max_size=80))
@example("")
@example("AQ")
@example("=")
@example("A" * 4)
@example("\ud800")
@example("é" * 100_000)
@example("A" * 100_000)
def test_any_other_text_is_refused(text):
    refuse(text)
    refuse(text, shape=(datetime, UUID))


@given(st.lists(TEXT | INTEGERS, min_size=1, max_size=3), st.data())
def test_a_cursor_that_was_changed_is_refused(values, data):
    cursor = cursors.encode(values, kind="articles")
    place = data.draw(st.integers(0, len(cursor) - 1))
    letter = data.draw(st.sampled_from("AQgw019-_=+/ \n%"))
    changed = cursor[:place] + letter + cursor[place + 1 :]

    if changed != cursor:
        refuse(changed)
    refuse(cursor[:-1])
    refuse(cursor + letter)


@pytest.mark.parametrize("kind", ["", "article", "articles ", "articles/section:1"])
def test_a_cursor_of_another_list_is_refused(kind):
    refuse(cursors.encode((1, "a"), kind=kind))


def forged(payload: bytes, *, kind: str = "articles") -> str:
    """What somebody who has read the source can make: a right checksum over anything."""
    head = len(kind).to_bytes(4, "big") + kind.encode()
    check = hashlib.blake2b(head + payload, digest_size=6).digest()
    return base64.urlsafe_b64encode(b"\x01" + check + payload).rstrip(b"=").decode()


def test_the_forger_of_these_tests_makes_what_encode_makes():
    assert forged(b'[1,"a"]') == cursors.encode((1, "a"), kind="articles")


@pytest.mark.parametrize(
    "payload",
    [b"", b"{}", b"1", b"[1.5]", b"[null]", b"[true]", b"[[]]", b"[1, 2]", b"[9223372036854775808]",
     b'["\\u0000"]', b'["\\u0061"]', b"[" * 500, b"\xff", b"[1]]"],
)  # fmt: skip
def test_a_forged_payload_is_refused(payload):
    refuse(forged(payload))


@pytest.mark.parametrize(
    ("values", "shape"),
    [
        (["a", 1], (int, str)),
        ([1], (int, int)),
        ([1, 2], (int,)),
        ([2**63 - 1], (datetime,)),
        ([-(2**63)], (datetime,)),
        (["x"], (datetime,)),
        (["not-an-id"], (UUID,)),
        (["{6f1c2a3e-0000-4000-8000-000000000000}"], (UUID,)),
        ([5], (UUID,)),
    ],
)
def test_values_of_another_shape_are_refused(values, shape):
    refuse(forged(orjson.dumps(values)), shape=shape)


@pytest.mark.parametrize("value", [2**63, "a\0", "\ud800", "a" * 3000, 1.5, True, None])
def test_what_no_cursor_can_carry_is_a_fault_of_ours(value):
    with pytest.raises(ValueError, match=r"cursor|Unicode|PostgreSQL"):
        cursors.encode([value], kind="x")


def test_a_cursor_needs_no_escaping_in_a_url():
    cursor = cursors.encode((datetime.now(UTC), uuid4()), kind="articles")

    assert cursor.replace("-", "").replace("_", "").isalnum()
    assert len(cursor) < 100
