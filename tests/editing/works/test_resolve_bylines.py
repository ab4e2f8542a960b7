"""Names out of bylines."""

from typing import Any

import pytest

from app.editing.works.pages.bylines import names


def person(given: str, family: str, particle: str | None = None) -> dict[str, str]:
    name = {"given": given, "family": family}
    return name | {"non-dropping-particle": particle} if particle else name


OKAFOR = person("Lena", "Okafor")
VALDO = person("Ines", "Valdo")


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("Lena Okafor", [OKAFOR]),
        ("By Lena Okafor", [OKAFOR]),
        ("by:  Lena\n Okafor", [OKAFOR]),
        ("BY LENA OKAFOR", [OKAFOR]),
        ("Written by Lena Okafor", [OKAFOR]),
        ("Von Lena Okafor und Ines Valdo", [OKAFOR, VALDO]),
        ("Par Lena Okafor et Ines Valdo", [OKAFOR, VALDO]),
        ("Lena Okafor, Ines Valdo and Juno Tarrowby",
         [OKAFOR, VALDO, person("Juno", "Tarrowby")]),
        ("Lena Okafor; Ines Valdo", [OKAFOR, VALDO]),
        ("Lena Okafor & Lena Okafor", [OKAFOR]),
        ("Lena Okafor Updated: 1 Oct 2021 7:11 pm Posted: 30 Sep", [OKAFOR]),
        ("Lena Okafor | Published 20 November", [OKAFOR]),
        ("Lena Okafor - The Northgate Courier", [OKAFOR]),
        ("Lena Okafor (Calder)", [OKAFOR]),
        ("Lena Okafor in Calder", [OKAFOR]),
        ("Lena Okafor, Harbour Correspondent", [OKAFOR]),
        ("Lena Okafor lena@courier.example @lena", [OKAFOR]),
        ("Okafor, Lena", [OKAFOR]),
        ("Pieter van der Meer", [person("Pieter", "Meer", "van der")]),
        ("Sam Harbour Jr.", [person("Sam", "Harbour") | {"suffix": "Jr"}]),
        ("Lena O'Neil-Okafor", [person("Lena", "O'Neil-Okafor")]),
        ("یلدا مرادی", [person("یلدا", "مرادی")]),
        ("山田太郎", [{"literal": "山田太郎"}]),
        ("Madonnina", [{"literal": "Madonnina"}]),
        ("Ministry of Tides", [{"literal": "Ministry of Tides"}]),
        ("Courier Staff", [{"literal": "Courier Staff"}]),
        ("Lena Okafor and Harbour News Agency",
         [OKAFOR, {"literal": "Harbour News Agency"}]),
        ("Updated: 1 Oct 2021", []),
        ("admin", []),
        ("Staff", []),
        ("feed", []),
        ("Editor", []),
        ("Staff Reporter", []),
        ("By", []),
        ("", []),
        ("12 January 2026", []),
        ("https://courier.example/people/lena", []),
        ("The harbour reopened this morning after the longest closure in years", []),
    ],
)  # fmt: skip
def test_bylines(byline: str, expected: list[dict[str, Any]]) -> None:
    assert names(byline) == expected


def test_the_publisher_is_an_organisation_whatever_it_is_called() -> None:
    assert names("Northgate", publisher="northgate") == [{"literal": "Northgate"}]
    assert names("Anna Northgate", publisher="Anna Northgate") == [{"literal": "Anna Northgate"}]


def test_where_names_are_inverted_a_comma_is_no_list() -> None:
    assert names("van der Meer, Pieter", inverted=True) == [
        {"family": "van der Meer", "given": "Pieter"}
    ]
    assert names("Von Trapp, Maria", inverted=True) == [{"family": "Von Trapp", "given": "Maria"}]
    assert names("Lena Okafor", inverted=True) == [OKAFOR]


def test_a_byline_without_end_is_read_soon() -> None:
    assert len(names("Lena Okafor, " * 100_000)) == 1
    assert names("by " * 100_000) == []
