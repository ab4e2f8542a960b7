from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Invalid
from app.web import parameters

ALLOWED = frozenset({"view", "section", "cursor"})
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


def refused(query: bytes) -> list[str | None]:
    with pytest.raises(Invalid) as caught:
        parameters.check(query, ALLOWED)
    return [fault.parameter for fault in caught.value.faults]


@given(st.dictionaries(TEXT.filter(bool), TEXT, max_size=5))
def test_what_urlencode_writes_comes_back(values):
    query = urlencode(values).encode()

    assert parameters.check(query, frozenset(values)) == values


def test_without_a_query_there_is_nothing_to_check():
    assert parameters.check(b"", ALLOWED) == {}


def test_an_empty_value_is_a_value():
    assert parameters.check(b"view=&cursor", ALLOWED) == {"view": "", "cursor": ""}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (b"utm_source=x", ["utm_source"]),
        (b"view=card&view=full", ["view"]),
        (b"view=card&%76iew=full", ["view"]),
        (b"View=card", ["View"]),
        (b"a=1&view=card&b=2", ["a", "b"]),
        (b"view=%", ["view"]),
        (b"view=%4", ["view"]),
        (b"view=%zz", ["view"]),
        (b"view=%ff", ["view"]),
        (b"view=\xff", ["view"]),
        (b"view=%ed%a0%80", ["view"]),
        (b"view=%00", ["view"]),
        (b"view=a\0", ["view"]),
        (b"%ff=1", ["%ff"]),
        (b"\xff=1", ["\ufffd"]),
        (b"view=card&", [""]),
        (b"&", ["", ""]),
        (b"=1", [""]),
        (b"view=card;cursor=x", None),
    ],
)
def test_every_wrong_parameter_is_named(query, names):
    if names is None:  # a semicolon separates nothing, it belongs to the value
        assert parameters.check(query, ALLOWED) == {"view": "card;cursor=x"}
    else:
        assert refused(query) == names


def test_known_parameters_are_told():
    with pytest.raises(Invalid) as caught:
        parameters.check(b"veiw=card", ALLOWED)

    assert "cursor, section, view" in caught.value.faults[0].detail


def test_what_is_named_has_an_end():
    assert len(refused(b"&".join(b"x%d=" % n for n in range(2000)))) == 50
    assert refused(b"x" * 8000) == ["x" * 100]


def test_what_is_known_is_read_however_much_else_there_is():
    many = b"&".join(b"utm_%d=x" % n for n in range(200))

    assert parameters.read(many + b"&view=card", ALLOWED)[0] == {"view": "card"}


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused(query):
    try:
        values = parameters.check(query, ALLOWED)
    except Invalid:
        return

    assert values.keys() <= ALLOWED
