"""RIS as databases and reference managers write it."""

import pytest

from app.errors import Invalid
from app.exchange.references.reading import read
from app.exchange.references.records import ReadWork


def works(text: str) -> list[ReadWork]:
    found = read(text.encode(), "ris")
    assert not found.refused
    return found.works


def work(*lines: str) -> ReadWork:
    [found] = works("\n".join(["TY  - NEWS", "TI  - T", *lines, "ER  - "]))
    return found


def draft(*lines: str) -> dict:
    return work(*lines).draft.model_dump(by_alias=True, exclude_unset=True, mode="json")


def test_a_record_is_read_whole():
    [found] = works(
        "\ufeff1.\r\n"
        "TY  - NEWS\r\nID  - 17\r\nT1  - Dues & “ports”\r\nAU  - Okafor, Lena\r\n"
        "A1  - van der Berg, Anna, Jr.\r\nA2  - Valdo, Ines\r\nT2  - The Northgate Courier\r\n"
        "JA  - NC\r\nPY  - 2026\r\nDA  - 2026/11/20/\r\nY2  - 2026/11/21/\r\nVL  - 7\r\n"
        "IS  - 12\r\nSP  - 3\r\nEP  - 4\r\nSE  - World\r\nCY  - Northgate\r\n"
        "SN  - 2049-3630\r\nLA  - en\r\n"
        "UR  - https://courier.example/a;b=1\r\nDO  - 10.5555/abc\r\nKW  - ports\r\nKW  - dues\r\n"
        "N2  - One.\r\nTwo.\r\nN1  - mine\r\nL1  - /home/x/a.pdf\r\nER  - \r\n"
    )

    assert found.draft.model_dump(by_alias=True, exclude_unset=True, mode="json") == {
        "kind": "newspaper_article", "csl_type": "article-newspaper", "title": "Dues & “ports”",
        "authors": [
            {"family": "Okafor", "given": "Lena"},
            {"family": "Berg", "given": "Anna", "non-dropping-particle": "van der",
             "suffix": "Jr."},
        ],
        "contributors": {"editor": [{"family": "Valdo", "given": "Ines"}]},
        "issued": "2026-11-20", "accessed_on": "2026-11-21", "volume": "7", "number": "12",
        "page": "3-4", "section": "World", "place": "Northgate", "language": "en",
        "url": "https://courier.example/a;b=1",
        "identifiers": [{"scheme": "doi", "value": "10.5555/abc"}],
        "csl_extra": {"container-title-short": "NC", "keyword": "ports, dues",
                      "abstract": "One.\nTwo.", "note": "mine"},
    }  # fmt: skip
    assert (found.place, found.key) == ("line 2", "17")
    assert (found.publication, found.publication_issn) == ("The Northgate Courier", ("2049-3630",))
    assert found.kept == {"ris:L1": ["/home/x/a.pdf"]}
    assert (found.dropped, found.warnings) == ((), ())


@pytest.mark.parametrize(
    ("tag", "csl_type"),
    [
        ("NEWS", "article-newspaper"),
        ("MGZN", "article-magazine"),
        ("JOUR", "article-journal"),
        ("EJOUR", "article-journal"),
        ("ELEC", "webpage"),
        ("RPRT", "report"),
        ("VIDEO", "motion_picture"),
        ("SOUND", "song"),
        ("DATA", "dataset"),
        ("STAT", "legislation"),
        ("CASE", "legal_case"),
        ("HEAR", "hearing"),
        ("BILL", "bill"),
        ("GEN", "document"),
        ("XXXX", "document"),
        ("Journal Article", "article-journal"),
        ("", "document"),
    ],
)
def test_types_are_those_of_csl(tag, csl_type):
    [found] = works(f"TY  - {tag}\nTI  - T\nER  - \n")

    assert found.draft.csl_type == csl_type


@pytest.mark.parametrize(
    ("lines", "edtf"),
    [
        (["PY  - 2026"], "2026"),
        (["PY  - 2026//"], "2026"),
        (["Y1  - 2026/11//"], "2026-11"),
        (["PY  - 2026", "DA  - 2026/11/20/"], "2026-11-20"),
        (["DA  - 2026/11/20/", "PY  - 2026"], "2026-11-20"),
        (["PY  - 2026", "DA  - Nov 20"], "2026-11-20"),
        (["PY  - 2026", "DA  - Christmas"], "2026"),
        (["PY  - 2026", "DA  - 20 Nov"], "2026-11-20"),
        (["DA  - 2026-11-20"], "2026-11-20"),
        (["DA  - 2026/11/20/Winter"], "2026-11-20"),
        (["DA  - 2026/11/20/to 2026-11-22"], "2026-11-20/2026-11-22"),
        (["DA  - 2026/11/20/to 1999"], "2026-11-20"),
    ],
)
def test_dates_are_read_as_far_as_they_are_known(lines, edtf):
    assert draft(*lines)["issued"] == edtf


def test_a_date_that_cannot_be_read_is_kept_and_told():
    found = work("DA  - in press")

    assert found.draft.issued is None
    assert found.kept == {"issued": {"raw": "in press"}}
    assert [each.field for each in found.dropped] == ["issued"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Okafor, Lena", {"family": "Okafor", "given": "Lena"}),
        ("Brandt, Tomas, Jr.", {"family": "Brandt", "given": "Tomas", "suffix": "Jr."}),
        ("de la Tour, Zoé", {"family": "Tour", "given": "Zoé", "non-dropping-particle": "de la"}),
        ("Hafen, A. von", {"family": "Hafen", "given": "A.", "dropping-particle": "von"}),
        ("hooks, bell", {"family": "hooks", "given": "bell"}),
        ("Audit Office", {"literal": "Audit Office"}),
        ("Harbours, Roads and Canals,", {"literal": "Harbours, Roads and Canals"}),
        ("کریمی, ندا", {"family": "کریمی", "given": "ندا"}),
    ],
)
def test_names_are_taken_apart(written, name):
    assert draft(f"AU  - {written}")["authors"] == [name]


def test_lines_without_a_tag_go_on_with_the_value():
    found = work("N2  - first,", "      ER then second", "* last", "AU  - Okafor,", "Lena")

    assert found.draft.model_dump(by_alias=True)["csl_extra"]["abstract"] == (
        "first,\nER then second\n* last"
    )
    assert found.draft.authors[0].shown == "Lena Okafor"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_any_way(end):
    assert [each.draft.title for each in works(end.join(["TY  - NEWS", "TI  - T", "ER  -", ""]))]


def test_a_record_without_an_end_takes_no_other_along():
    first, second, third = works(
        "TY  - NEWS\nTI  - A\nTY  - NEWS\nstray\nTI  - B\nER  - \nbetween\nTY  - NEWS\nTI  - C\n"
    )

    assert [each.draft.title for each in (first, second, third)] == ["A", "B", "C"]
    assert [bool(each.warnings) for each in (first, second, third)] == [True, False, True]
    assert [each.place for each in (first, second, third)] == ["line 1", "line 3", "line 8"]


def test_several_addresses_are_all_kept():
    found = work("UR  - https://a.example/x;y=1; https://b.example", "UR  - https://c.example")

    assert str(found.draft.url) == "https://a.example/x;y=1"
    assert found.kept == {"ris:UR": ["https://b.example", "https://c.example"]}


def test_a_tag_that_comes_twice_is_read_once_and_kept():
    found = work("TI  - Other", "DO  - 10.5555/a", "DO  - 10.5555/b")

    assert found.draft.title == "T"
    assert found.kept == {"ris:TI": ["Other"], "ris:DO": ["10.5555/b"]}


def test_of_very_many_tags_the_first_are_read_and_it_is_told():
    found = work(*["AD  - x"] * 2_500, "VL  - 7")

    assert found.draft.volume is None
    assert len(found.kept["ris:AD"]) < 2_000
    assert found.warnings == ("it has 2,503 lines with tags; the first 2,000 were read",)


def test_serial_numbers_are_told_apart():
    [book] = works("TY  - BOOK\nTI  - T\nSN  - 978-3-16-148410-0\nER  - \n")
    [report] = works("TY  - RPRT\nTI  - T\nSN  - AO/14\nER  - \n")

    assert [each.value for each in book.draft.identifiers] == ["9783161484100"]
    assert report.kept == {"ris:SN": ["AO/14"]}


def test_the_second_title_of_a_book_is_that_of_its_series():
    [book] = works("TY  - BOOK\nTI  - T\nT2  - Ports of the World\nPB  - Quay\nER  - \n")

    assert book.publication == "Quay"
    assert book.draft.csl_extra.model_dump(by_alias=True, exclude_none=True) == {
        "collection-title": "Ports of the World"
    }


@pytest.mark.parametrize("content", [b"", b"TY - NEWS\n", b"@misc{k, title={T}}", b"ER  - \n"])
def test_a_file_of_another_kind_is_refused_as_a_whole(content):
    with pytest.raises(Invalid, match="There are no records in the file"):
        read(content, "ris")
