"""What we write is read back as it was: every kind, through every format."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.editing.csl import TYPES
from app.editing.plain_fields import line
from app.editing.publications.models import Publication
from app.editing.works.kinds import CSL_TYPES
from app.editing.works.models import Work
from app.exchange.references.reading import Format, read
from app.published.citation_words import WORK_KINDS
from app.publishing.bibliography import biblatex, csl, ris
from tests.exchange.references.rows import item

WRITERS = {
    "csl-json": lambda items: json.dumps(items),
    "bibtex": biblatex.written,
    "ris": ris.written,
}
AUTHORS = [
    {"family": "Tour", "non-dropping-particle": "de la", "given": "Zoé"},
    {"family": "Okafor", "given": "Lena", "suffix": "Jr."},
    {"family": "Hafen", "dropping-particle": "von", "given": "Alexander"},
    {"literal": "Ministry of Harbours, Roads and Canals"},
    {"literal": "Press and Tide"},
    {"family": "کریمی", "given": "ندا"},
]
SURVIVING = ("type", "title", "author", "issued", "accessed", "URL", "language")


def work(kind: str, **fields: Any) -> Work:
    sent = {
        "title": "50% of #1 & “ports” {cost} $5 ~ ^2 \\ a_b -- ``q'' – C’est «là»",
        "authors": AUTHORS,
        "contributors": {"interviewer": [{"family": "Brandt", "given": "Tomas"}]},
        "issued": "2026-11-20",
        "accessed_on": date(2026, 11, 21),
        "url": "https://a.example/x_y/50%25?q=1&r=~z^#:~:text=a--b",
        "language": "fr-CA",
        "csl_extra": {},
        "status": "current",
    }
    return Work(**{"kind": kind, "csl_type": CSL_TYPES[kind]} | sent | fields)


def through(form: Format, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = read(WRITERS[form](rows).encode(), form)
    assert not found.refused
    return [item(each, row["id"]) for each, row in zip(found.works, rows, strict=True)]


def items(**fields: Any) -> list[dict[str, Any]]:
    outlet = Publication(name="The Northgate Courier & Sons", kind="newspaper", issn=["2049-3630"])
    return [
        {**csl.item(work(kind, **fields), publication=outlet), "id": kind} for kind in WORK_KINDS
    ]


@pytest.mark.parametrize("form", ["csl-json", "bibtex", "ris"])
@pytest.mark.parametrize("field", SURVIVING)
def test_each_kind_keeps(form: Format, field: str):
    before = items()

    after = through(form, before)

    assert [each[field] for each in after] == [each[field] for each in before]


@pytest.mark.parametrize("form", ["csl-json", "bibtex", "ris"])
def test_kinds_survive_but_for_our_own_articles(form: Format):
    after = through(form, items())

    kinds = [each["custom"]["masthead:kind"] for each in after]
    assert kinds == [kind.replace("own_article", "newspaper_article") for kind in WORK_KINDS]


@pytest.mark.parametrize("form", ["csl-json", "bibtex", "ris"])
def test_each_csl_type_survives_whatever_the_kind(form: Format):
    before = [{**csl.item(work("report", csl_type=name)), "id": name} for name in TYPES]

    after = through(form, before)

    assert [(each["type"], each["custom"]["masthead:kind"]) for each in after] == [
        (name, "report") for name in TYPES
    ]


@pytest.mark.parametrize("form", ["csl-json", "bibtex", "ris"])
@pytest.mark.parametrize(
    "issued",
    ["2026", "2026-11", "2026-11-20/2026-11-22", "2026-11/2027-01", "2026-11/..", "../2026"],
)
def test_dates_keep_what_is_known_of_them(form: Format, issued: str):
    before = items(issued=issued)

    after = through(form, before)

    told = [(each["issued"], each["custom"].get("masthead:issued")) for each in before]
    assert [(each["issued"], each["custom"].get("masthead:issued")) for each in after] == told


@pytest.mark.parametrize("form", ["csl-json", "bibtex", "ris"])
def test_those_who_took_part_keep_their_roles(form: Format):
    after = through(form, items())

    assert all(each["interviewer"] == [{"family": "Brandt", "given": "Tomas"}] for each in after)


@pytest.mark.parametrize("form", ["csl-json", "bibtex", "ris"])
def test_who_issued_it_stands_where_it_stood(form: Format):
    before = items()

    after = through(form, before)

    places = ("container-title", "publisher", "authority")
    assert [[each.get(place) for place in places] for each in after] == [
        [each.get(place) for place in places] for each in before
    ]


lines = st.text(max_size=80).map(line).filter(bool)
signs = (
    st.text("\\{}#$%&_^~`'\"-,;:@<>?!=()[]/| aZé—", min_size=1, max_size=40).map(line).filter(bool)
)


@pytest.mark.parametrize("form", ["bibtex", "ris"])
@given(title=lines | signs)
def test_any_title_survives(form: Format, title: str):
    [after] = through(form, [{**csl.item(work("report", title=title)), "id": "1"}])

    assert after["title"] == title


@given(family=lines | signs, given=lines | signs, literal=lines | signs)
def test_any_name_survives_bibtex(family: str, given: str, literal: str):
    authors = [{"family": family, "given": given}, {"literal": literal}, {"family": family}]

    [after] = through("bibtex", [{**csl.item(work("report", authors=authors)), "id": "1"}])

    assert after["author"] == authors
