"""Files that are not meant to be read: a clear answer, in bounded time."""

import time

import pytest

from app.errors import Invalid
from app.exchange.references.reading import READERS, read
from app.exchange.references.records import LARGEST, MOST
from app.web.refusals import ContentTooLarge, Malformed

SECONDS = 20
"""For the largest file, on a machine that has other things to do."""

FULL = LARGEST - 200
FILES = [
    ("bibtex", b"@misc{k, title={" + b"{" * 1_000_000),
    ("bibtex", b"@misc{k, title={" + b"{" * 900_000),
    ("bibtex", b"@misc{k, title={T}, note={" + b"{" * 400_000 + b"}" * 400_000 + b"}}"),
    ("bibtex", b"@misc{" * (FULL // 6)),
    ("bibtex", b"\n@misc{" * (MOST - 1)),
    ("bibtex", b"@misc{k, title={T}, author={" + b"A and " * (FULL // 6) + b"}}"),
    ("bibtex", b"@misc{k, title={T}, author={" + b"a, " * 30_000 + b"}}"),
    ("bibtex", b"@misc{k, title={T}, " + b"a=1," * 240_000 + b"}"),
    ("bibtex", b"@misc{k, title={T}, note=" + b"a#" * (FULL // 2) + b"a}"),
    ("bibtex", b"@misc{k, title={" + b"\\'" * (FULL // 2) + b"}}"),
    ("bibtex", b" " * FULL + b"@misc{k, title={T}}"),
    ("bibtex", b"@" + b"a" * FULL + b"{k, title={T}}"),
    ("ris", b"TY  - NEWS\n" + b"x\n" * (FULL // 2)),
    ("ris", b"TY  - NEWS\nTI  - T\n" + b"AU  - x, y\n" * (FULL // 11)),
    ("ris", b"TY  - NEWS\nTI  - T\n" + b"DA  - 1/1\nPY  - 1999\n" * (FULL // 22)),
    ("ris", b"TY  - NEWS\nTI  - T\nAU  - " + b"a " * (FULL // 2) + b", b"),
    ("ris", b"TY  - NEWS\nTI  - T\nUR  - " + b"; http://a" * (FULL // 10)),
    ("ris", b"TY  - \n" * (MOST - 1)),
    ("ris", b"TY  - \n" * (FULL // 7)),
    ("csl-json", b"[" * FULL),
    ("csl-json", b'{"a":' * (FULL // 5)),
    ("csl-json", b'[{"title":"' + b"<i " * (FULL // 3) + b'"}]'),
    ("csl-json", b'[{"title":"' + b"<span " + b"a" * FULL + b'"}]'),
    ("csl-json", b'[{"title":"T","ISBN":"' + b"9 " * (FULL // 2) + b'"}]'),
    ("csl-json", b'[{"title":"T","author":[' + b'{"family":"A"},' * 300_000 + b"1]}]"),
    ("csl-json", b'[{"title":"T","issued":"' + b"9" * FULL + b'"}]'),
]


@pytest.mark.parametrize(("form", "content"), FILES, ids=range(len(FILES)))
def test_it_ends_soon(form, content):
    begun = time.monotonic()

    told = outcome(form, content)

    assert time.monotonic() - begun < SECONDS
    assert told
    assert all(len(each) < 1_000 for each in told)


def outcome(form, content) -> list[str]:
    """What whoever sent it is told."""
    try:
        found = read(content, form)
    except (Invalid, Malformed) as refused:
        return [refused.detail]
    return [each.reason for each in found.refused] + [each.place for each in found.works]


def test_a_million_open_braces_are_refused_by_name():
    with pytest.raises(Invalid, match="more than 1,000,000 braces, quotes and fields"):
        read(b"@misc{k, title={" + b"{" * 1_000_000, "bibtex")


@pytest.mark.parametrize("form", READERS)
def test_a_file_that_is_too_large_is_refused(form):
    with pytest.raises(ContentTooLarge, match="larger than 5,000,000 bytes"):
        read(b" " * (LARGEST + 1), form)


@pytest.mark.parametrize("form", ["bibtex", "ris"])
@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("@misc{é}\nTY  - é".encode("latin-1"), r"offset 6 \(line 1\) is not UTF-8"),
        (b"\n\n\xff\xfe@", r"offset 2 \(line 3\) is not UTF-8"),
        (b"\xef\xbb\xbf\xff", "offset 3 "),
        (b"\xff\xfe@", "is not UTF-16LE"),
        (b"@misc{k, title={\x00}}", "NUL characters"),
    ],
)
def test_what_is_no_text_is_refused_with_the_place(form, content, told):
    with pytest.raises(Invalid, match=told):
        read(content, form)


def test_utf_16_that_says_so_is_read():
    assert read("@misc{k, title={Zoé}}".encode("utf-16"), "bibtex").works[0].draft.title == "Zoé"
    assert read("TY  - NEWS\nTI  - Zoé\n".encode("utf-16"), "ris").works[0].draft.title == "Zoé"


@pytest.mark.parametrize(
    ("form", "entry"),
    [
        ("bibtex", b"@misc{k, title={T}}\n"),
        ("ris", b"TY  - NEWS\nTI  - T\nER  - \n"),
    ],
)
def test_as_many_entries_as_may_be_are_read_and_not_one_more(form, entry):
    assert len(read(entry * MOST, form).works) == MOST
    with pytest.raises(Invalid, match="more than 10,000"):
        read(entry * (MOST + 1), form)


def test_a_field_that_is_far_too_long_is_told():
    found = read(b"@misc{k, url={https://a.example}, title={" + b"x" * 200_000 + b"}}", "bibtex")

    assert found.works[0].warnings == ("the field title is too long and was left out",)
