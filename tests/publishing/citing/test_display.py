"""The lines that a TV shows."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.editing.publications.models import Publication
from app.published.citation_words import CITATION_TYPES
from app.published.citations import Display
from app.publishing.citing.display import display
from tests.publishing.citing.sample import (
    COURIER,
    cites,
    said,
    sources,
    speaker,
    unnamed,
    work,
)
from tests.publishing.citing.test_lines import NAMES

LEDGER, PHOTO = work(), work(None, kind="photo", title="The mole at dawn")
VALDO = speaker(short_name="Valdo", names={"fa": "اینس والدو"})
RULING = work(None, kind="court_document", title=None)
KNOWN = sources(LEDGER, PHOTO, VALDO, RULING)
OFFICIALS = {"unnamed": unnamed("current and former officials", kind="group")}
STEPS = [{"publication_id": COURIER.id}, OFFICIALS]
DEEP = said(**OFFICIALS, attribution_level="deep_background")


def lines(citation: Any, known: Any = KNOWN, language: str = "en") -> tuple[Any, ...]:
    found = display(citation, known, language, "rtl" if language == "fa" else "ltr")
    return tuple(found.values())


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"work_id": LEDGER.id, "chain": STEPS},
            ("The Northgate Courier", "citing current and former officials", "Courier"),
        ),
        ({"work_id": LEDGER.id}, ("The Northgate Courier", None, "Courier")),
        ({"work_id": PHOTO.id}, ("The mole at dawn", None, "The mole at dawn")),
        (
            {"statement": said(speaker_id=VALDO.id,
                               role_at_time="Former harbour master, Port of Calder")},
            ("Ines Valdo", "Former harbour master, Port of Calder", "Valdo"),
        ),
        (
            {"work_id": LEDGER.id, "statement": said(channel="press_report")},
            ("a former official", "The Northgate Courier", "a former official"),
        ),
        ({"type": "data", "work_id": LEDGER.id},
         ("The Northgate Courier", "A second ledger", "Courier")),
        ({"type": "media_credit", "work_id": PHOTO.id, "attribution_text": "Photo: Rolf Aune"},
         ("Photo: Rolf Aune", None, "Photo: Rolf Aune")),
        ({"type": "data", "statement": said(channel="data_analysis")},
         ("our analysis of data", None, "our analysis of data")),
        ({"work_id": RULING.id}, ("our own reporting", None, "our own reporting")),
        # On deep background there is nobody, wherever the label stands.
        ({"statement": DEEP, "attribution_text": "current and former officials said"},
         ("our own reporting", None, "our own reporting")),
        ({"type": "reported_by", "work_id": LEDGER.id, "chain": STEPS, "statement": DEEP},
         ("The Northgate Courier", None, "Courier")),
        ({"type": "media_credit", "statement": DEEP, "attribution_text": "Photo: an official"},
         ("our own reporting", None, "our own reporting")),
    ],
)  # fmt: skip
def test_who_and_through_whom(fields: dict[str, Any], expected: tuple[Any, ...]) -> None:
    assert lines(cites(**fields)) == (*expected, "ltr")


def test_long_ones_are_cut_between_words() -> None:
    long = speaker("Her Excellency Maria Ines de la Cruz Valdo y Montenegro")
    role = "Acting deputy minister for harbours, lighthouses and coastal waters"

    found = lines(cites(statement=said(speaker_id=long.id, role_at_time=role)), sources(long))

    assert found == (
        "Her Excellency Maria Ines de la Cruz…",
        "Acting deputy minister for harbours…",
        "Her Excellency Maria…",
        "ltr",
    )


def test_the_direction_is_that_of_the_words() -> None:
    persian = Publication(id=LEDGER.publication_id, name="روزنامهٔ بندر", kind="newspaper")
    known = sources(LEDGER, VALDO, persian)
    report = cites(work_id=LEDGER.id, chain=[{"publication_id": persian.id}, OFFICIALS])
    spoken = cites(statement=said(speaker_id=VALDO.id))
    numbered = cites(work_id=PHOTO.id)

    assert lines(report, known, "en")[::3] == ("روزنامهٔ بندر", "rtl")
    assert lines(spoken, known, "fa") == ("اینس والدو", None, "Valdo", "rtl")
    assert lines(spoken, known, "en")[3] == "ltr"
    for title, language, direction in (
        ("1,000 = 1000", "fa", "rtl"), ("1,000", "en", "ltr"), ("2026: بندر", "en", "rtl"),
        ("«Harbour»", "fa", "ltr"), ("\u2067بندر\u2069 Harbour", "fa", "ltr"),
    ):  # fmt: skip
        of = sources(work(None, id=PHOTO.id, title=title))
        assert lines(numbered, of, language)[3] == direction, title


READABLE = NAMES.map(lambda name: name if any(map(str.isalnum, name)) else f"{name}N")


@given(name=READABLE, role=READABLE, kind=st.sampled_from(CITATION_TYPES), data=st.data())
def test_whatever_the_names_the_lines_fit(name: str, role: str, kind: str, data: Any) -> None:
    name, role = name.strip(), role.strip()
    somebody = speaker(name)
    paper = Publication(id=COURIER.id, name=name, short_name=name[:24], kind="newspaper")
    found = work(data.draw(st.sampled_from([paper, None])), title=role)
    statements = [
        said(speaker_id=somebody.id, role_at_time=role, form="direct"),
        said(unnamed=unnamed(name[:200]), form="direct"),
    ]
    citation = cites(
        type=kind, work_id=found.id, attribution_text=role,
        statement=data.draw(st.sampled_from([None] * (kind != "quotation") + statements)),
    )  # fmt: skip

    shown = Display.model_validate(display(citation, sources(found, somebody, paper), "en", "ltr"))

    assert 0 < len(shown.line1) <= 40
    assert shown.line2 is None or 0 < len(shown.line2) <= 48
    assert 0 < len(shown.short) <= 24
    assert shown.direction in ("ltr", "rtl")
