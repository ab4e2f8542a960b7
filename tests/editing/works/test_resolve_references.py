"""What references in words say."""

import json
from typing import Any

import pytest

from app.editing.works import csl_items, references


def read(text: str) -> dict[str, Any]:
    """The first guess for each field."""
    return {each.field: each.value for each in reversed(references.read(text))}


def doi(value: str) -> dict[str, str]:
    return {"scheme": "doi", "value": value}


@pytest.mark.parametrize(
    ("text", "scheme", "value", "kind"),
    [
        ("10.5555/ABC.12", "doi", "10.5555/abc.12", "journal_article"),
        ("doi:10.5555/12345678", "doi", "10.5555/12345678", "journal_article"),
        ("https://doi.org/10.5555/12345678", "doi", "10.5555/12345678", "journal_article"),
        ("(see https://dx.doi.org/10.5555/a(b)).", "doi", "10.5555/a(b)", "journal_article"),
        ("978-0-306-40615-7", "isbn", "9780306406157", "book"),
        ("ISBN 0-306-40615-2, paperback", "isbn", "9780306406157", "book"),
        ("ECLI:EU:C:2014:317", "ecli", "ECLI:EU:C:2014:317", "court_document"),
        ("arXiv:2101.00001v2 [cs]", "arxiv", "2101.00001", "journal_article"),
        ("PMID: 12345678", "pmid", "12345678", "journal_article"),
    ],
)
def test_identifiers(text: str, scheme: str, value: str, kind: str) -> None:
    found = read(text)

    assert found["identifiers"] == {"scheme": scheme, "value": value}
    assert found["kind"] == kind
    assert "url" not in found


@pytest.mark.parametrize(
    "text", ["10.5555", "978-0-306-40615-8", "1234567890", "+49 30 1234 5678 90", "ECLI:EU", ""]
)
def test_what_is_no_identifier(text: str) -> None:
    assert "identifiers" not in read(text)


def test_a_reference_as_scholars_write_it() -> None:
    text = (
        "Okafor, L., & Valdo, I. (2026, November 20). Tides of Calder. Journal of Harbours, 12(3), "
        "45–61. https://doi.org/10.5555/harbour.12"
    )

    assert read(text) == {
        "identifiers": doi("10.5555/harbour.12"),
        "kind": "journal_article",
        "title": "Tides of Calder",
        "issued": "2026-11-20",
        "authors": [{"family": "Okafor", "given": "L"}, {"family": "Valdo", "given": "I"}],
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Harbour audit kept secret,” The Northgate Courier, 20 November 2026",
         {"title": "Harbour audit kept secret", "issued": "2026-11-20"}),
        ('L. Okafor, "Audit", Nov. 20, 2026, https://courier.example/a.',
         {"title": "Audit", "issued": "2026-11-20", "url": "https://courier.example/a"}),
        ("« L’audit du port », 2026", {"title": "L’audit du port", "issued": "2026"}),
        ("„Die Prüfung“, Kurier, 2026-11-20", {"title": "Die Prüfung", "issued": "2026-11-20"}),
        ("see https://courier.example/a(b), and more",
         {"url": "https://courier.example/a(b)"}),
        ("https://courier.example/2026/11/20/a", {"url": "https://courier.example/2026/11/20/a"}),
    ],
)  # fmt: skip
def test_references_in_other_words(text: str, expected: dict[str, Any]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text", ["(" * 5_000, "“" * 5_000, "1-" * 2_500, "10.5555/" * 600, "a, " * 1_600]
)
def test_any_text_is_read_soon(text: str) -> None:
    references.read(text)


def items(**fields: Any) -> dict[str, Any]:
    found = csl_items.read(json.dumps(fields).encode(), "doi")
    assert all(each.source == "doi" for each in found)
    return {each.field: each.value for each in reversed(found)}


def test_an_item_as_registries_give_it_out() -> None:
    assert items(
        **{
            "type": "journal-article",
            "title": ["Tides of Calder"],
            "container-title": "Journal of Harbours",
            "author": [
                {"family": "Okafor", "given": "Lena", "sequence": "first", "affiliation": []},
                {"name": "Tide Watch"},
                "nobody",
                {},
            ],
            "issued": {"date-parts": [[2025, 3]]},
            "DOI": "10.5555/Harbour.12",
            "URL": "https://doi.org/10.5555/harbour.12",
            "volume": 12,
            "issue": "3",
            "page": "45-61",
            "language": "en",
        }
    ) == {
        "title": "Tides of Calder",
        "publication": "Journal of Harbours",
        "kind": "journal_article",
        "authors": [{"family": "Okafor", "given": "Lena"}, {"literal": "Tide Watch"}],
        "issued": "2025-03",
        "url": "https://doi.org/10.5555/harbour.12",
        "identifiers": doi("10.5555/harbour.12"),
        "volume": "12",
        "number": "3",
        "page": "45-61",
        "language": "en",
    }


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'"a"', b"[" * 100_000, b'{"title": {}, "author": 1, "issued": []}',
     b'{"issued": {"date-parts": [[null]]}}', b'{"issued": {"date-parts": [[2026, 13]]}}',
     b'{"issued": {"date-parts": [["2026"]]}}', b'{"type": [], "language": 1}', b"\xff"],
)  # fmt: skip
def test_what_is_no_item_suggests_nothing(content: bytes) -> None:
    assert csl_items.read(content, "doi") == []
