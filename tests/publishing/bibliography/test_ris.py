"""RIS: as another reader of it understands our files. See also the round trips."""

import pytest
import rispy  # type: ignore[import-untyped]

from app.editing.works.kinds import CSL_TYPES
from app.publishing.bibliography import csl, ris
from tests.publishing.bibliography.sample import COURIER, OFFICE, listed, work


def written(kind: str = "report", publication=COURIER, **fields) -> str:
    row = work(1, kind, fields.pop("csl_type", CSL_TYPES[kind]), **{"title": "T"} | fields)
    return ris.written([csl.item(row, publication=publication)])


def read(text: str) -> dict:
    [record] = rispy.loads(text.replace("\r\n", "\n"))
    return record


def test_lines_end_as_the_format_asks_and_each_record_is_closed():
    content = ris.write(listed())

    assert content.count(b"\n") == content.count(b"\r\n")
    assert content.count(b"TY  - ") == content.count(b"ER  - \r\n") == 5


@pytest.mark.parametrize(
    ("kind", "tag"),
    [
        ("newspaper_article", "NEWS"),
        ("wire_item", "NEWS"),
        ("web_page", "ELEC"),
        ("statement_page", "ELEC"),
        ("report", "RPRT"),
        ("video", "VIDEO"),
        ("broadcast_segment", "VIDEO"),
        ("podcast_episode", "SOUND"),
        ("dataset", "DATA"),
        ("legislation", "STAT"),
        ("court_document", "CASE"),
        ("hearing", "HEAR"),
        ("social_post", "ICOMM"),
        ("speech", "SLIDE"),
        ("interview", "PCOMM"),
        ("book", "BOOK"),
        ("journal_article", "JOUR"),
        ("photo", "ART"),
        ("leaked_document", "GEN"),
    ],
)
def test_each_kind_has_the_type_that_fits(kind, tag):
    assert written(kind).startswith(f"TY  - {tag}\r\n")


def test_bills_and_magazines_are_told_by_their_csl_type():
    assert written("legislation", csl_type="bill").startswith("TY  - BILL")
    assert written("newspaper_article", csl_type="article-magazine").startswith("TY  - MGZN")


def test_another_reader_finds_everything_where_it_looks_for_it():
    record = read(
        written(
            "newspaper_article", title="Dues & “ports”",
            authors=[{"family": "Tour", "non-dropping-particle": "de la", "given": "Zoé"},
                     {"family": "Brandt", "given": "T.", "suffix": "Jr."},
                     {"literal": "Audit Office"}],
            contributors={"editor": [{"family": "Valdo", "given": "Ines"}]},
            issued="2026-11-20", url="https://courier.example/1?a=1", language="fr-CA", page="3-4",
            number="12", volume="7", section="World", place="Northgate",
        )
    )  # fmt: skip

    assert record["title"] == "Dues & “ports”"
    assert record["authors"] == ["de la Tour, Zoé", "Brandt, T., Jr.", "Audit Office,"]
    assert record["secondary_authors"] == ["Valdo, Ines"]
    assert record["secondary_title"] == COURIER.name
    assert (record["year"], record["date"]) == ("2026", "2026/11/20/")
    assert record["urls"] == ["https://courier.example/1?a=1"]
    assert (record["language"], record["issn"]) == ("fr-CA", "2049-3630")
    assert (record["start_page"], record["end_page"]) == ("3", "4")
    assert (record["number"], record["volume"], record["section"]) == ("12", "7", "World")
    assert record["place_published"] == "Northgate"


@pytest.mark.parametrize(
    ("edtf", "date"),
    [
        ("2026", "2026///"),
        ("2026-11", "2026/11//"),
        ("2026-11-20/2026-11-22", "2026/11/20/to 2026-11-22"),
        ("2026-11/..", "2026/11//since"),
        ("../2026-11-20", "2026/11/20/until"),
    ],
)
def test_dates_are_as_full_as_they_are_known(edtf, date):
    assert f"\r\nDA  - {date}\r\n" in written(issued=edtf)


def test_courts_are_told_as_publishers():
    assert "PB  - Audit Office of Calder\r\n" in written("court_document", publication=OFFICE)


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\u2028", "\x85", "\v", "\f"])
def test_no_text_can_begin_a_tag(end):
    title = f"T{end}ER  - {end}TY  - BOOK{end}TI  - evil"

    record = read(written(title=title, authors=[{"literal": f"A{end}UR  - https://evil.example"}]))

    assert record["type_of_reference"] == "RPRT"
    assert record["title"].replace(" ", "") == "TER-TY-BOOKTI-evil"
    assert "urls" not in record
