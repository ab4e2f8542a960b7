"""The item of a work: sound, complete, and without anything that is not public."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.editing.csl import TYPES
from app.editing.publications.models import Publication
from app.editing.works.kinds import CSL_TYPES
from app.publishing.bibliography import csl
from app.publishing.bibliography.csl_words import FIELDS, faults
from tests.publishing.bibliography.sample import COURIER, OFFICE, WIRE, uuid, work

CANARY = "canary-7f3a"


def test_an_item_says_what_the_work_says():
    row = work(
        1, "report", "report",
        title="Dues", title_original="Abgaben", authors=[{"literal": "Audit Office"}],
        contributors={"editor": [{"family": "Valdo", "given": "Ines"}]}, issued="2026-11",
        url="https://audit.example/14", number="14", volume="2", section="B", page="3-4",
        edition="2", place="Calder", event_title="Session", medium="print", genre="audit",
        duration=3723, language="en", status="retracted",
    )  # fmt: skip

    found = csl.item(
        row, publication=OFFICE, via=WIRE,
        identifiers=[("isbn", "9783161484100"), ("isbn", "9780306406157"), ("pmid", "12"),
                     ("ecli", "ECLI:EU:C:2014:317")],
    )  # fmt: skip

    assert faults(found) == []
    assert found == {
        "id": str(uuid(1)), "type": "report", "title": "Dues", "original-title": "Abgaben",
        "author": [{"literal": "Audit Office"}],
        "editor": [{"family": "Valdo", "given": "Ines"}], "publisher": OFFICE.name,
        "issued": {"date-parts": [[2026, 11]]}, "URL": "https://audit.example/14", "number": "14",
        "volume": "2", "section": "B", "page": "3-4", "edition": "2", "publisher-place": "Calder",
        "event-title": "Session", "medium": "print", "genre": "audit", "dimensions": "1:02:03",
        "language": "en", "source": WIRE.name, "status": "retracted",
        "ISBN": "9783161484100 9780306406157", "PMID": "12",
        "custom": {"masthead:kind": "report", "masthead:via": WIRE.name,
                   "masthead:identifiers": {"ecli": ["ECLI:EU:C:2014:317"]}},
    }  # fmt: skip


def test_a_work_of_which_nothing_is_known_is_sound():
    found = csl.item(work(1, "web_page", "webpage"))

    assert found == {
        "id": str(uuid(1)), "type": "webpage", "custom": {"masthead:kind": "web_page"}
    }  # fmt: skip


def test_nothing_that_was_written_down_for_ourselves_is_public():
    extra = dict.fromkeys(("abstract", "annote", "keyword", "note", "id"), CANARY)
    row = work(
        1, "web_page", "webpage", title="Dues", note_internal=CANARY, fingerprint=CANARY,
        link_verdict=CANARY, url_key=CANARY,
        csl_extra={**extra, "custom": {"file": CANARY}, "categories": [CANARY]},
    )  # fmt: skip

    assert CANARY not in json.dumps(csl.item(row))


def test_extras_neither_override_nor_break_the_item():
    row = work(
        1, "book", "book", title="Dues", issued="2026",
        csl_extra={"title": "Other", "issued": {"date-parts": [[1999]]}, "version": "2",
                   "number-of-pages": 12, "publisher": 5, "bibtex:file": "/home/x", "part": [1],
                   "citation-number": 4, "event-date": {"date-parts": []}},
    )  # fmt: skip

    found = csl.item(row)

    assert faults(found) == []
    assert (found["title"], found["issued"]) == ("Dues", {"date-parts": [[2026]]})
    assert (found["version"], found["number-of-pages"]) == ("2", 12)
    assert not found.keys() & {"publisher", "bibtex:file", "part", "citation-number", "event-date"}


@pytest.mark.parametrize(
    ("csl_type", "publication", "extra", "field"),
    [
        ("article-newspaper", COURIER, {}, "container-title"),
        ("webpage", OFFICE, {}, "container-title"),
        ("report", COURIER, {}, "publisher"),
        ("broadcast", COURIER, {"container-title": "Tide Table"}, "publisher"),
        ("interview", COURIER, {}, "container-title"),
        ("interview", OFFICE, {}, "publisher"),
        ("interview", COURIER, {"container-title": "Series"}, "publisher"),
        ("legal_case", OFFICE, {}, "authority"),
        ("hearing", OFFICE, {}, "authority"),
    ],
)
def test_who_issued_it_stands_where_its_type_has_it(csl_type, publication, extra, field):
    found = csl.item(
        work(1, "report", csl_type, title="T", csl_extra=extra), publication=publication
    )

    assert found[field] == publication.name
    assert faults(found) == []


def test_an_agency_is_the_author_of_what_nobody_signed():
    unsigned = csl.item(work(1, "wire_item", "article-newspaper"), agency=WIRE)
    signed = csl.item(
        work(1, "wire_item", "article-newspaper", authors=[{"family": "Okafor"}]), agency=WIRE
    )

    assert unsigned["author"] == [{"literal": WIRE.name}]
    assert signed["author"] == [{"family": "Okafor"}]
    assert signed["custom"]["masthead:agency"] == WIRE.name


def test_numbers_are_issues_in_periodicals_and_places_are_where_it_happened():
    paper = csl.item(work(1, "journal_article", "article-journal", number="3", place="Calder"))
    speech = csl.item(work(1, "speech", "speech", number="3", place="Calder"))

    assert (paper["issue"], paper["publisher-place"]) == ("3", "Calder")
    assert (speech["number"], speech["event-place"]) == ("3", "Calder")


@pytest.mark.parametrize(
    ("edtf", "parts", "exact"),
    [
        ("2026", [[2026]], None),
        ("2026-11-20", [[2026, 11, 20]], None),
        ("2026-11-20/2027", [[2026, 11, 20], [2027]], None),
        ("2026-11/..", [[2026, 11]], "2026-11/.."),
        ("../2026", [[2026]], "../2026"),
    ],
)
def test_dates_are_told_as_far_as_csl_can(edtf, parts, exact):
    found = csl.item(work(1, "web_page", "webpage", issued=edtf))

    assert found["issued"] == {"date-parts": parts}
    assert found["custom"].get("masthead:issued") == exact


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)


@given(
    kind=st.sampled_from(sorted(CSL_TYPES)),
    csl_type=st.sampled_from(TYPES),
    extra=st.dictionaries(st.sampled_from(sorted(FIELDS)) | st.text(max_size=8), values),
    outlet=st.sampled_from(["newspaper", "court", "other"]),
)
def test_whatever_the_extras_hold_the_item_is_sound(kind, csl_type, extra, outlet):
    row = work(1, kind, csl_type, title="T", csl_extra=extra)

    found = csl.item(row, publication=Publication(name="P", kind=outlet, issn=[]))

    assert faults(found) == []
    assert json.loads(json.dumps(found)) == found
