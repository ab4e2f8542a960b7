"""What is read out of pages, and from where."""

import json
import time
from typing import Any

import pytest

from app.editing.works.pages.reading import Reading, read

URL = "https://northgate-courier.example/2026/11/20/audit?utm_source=x"
BARE = "https://northgate-courier.example/2026/11/20/audit"
NEWS = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Harbour audit was kept secret",
    "author": [{"@type": "Person", "name": "Lena Okafor"}],
    "publisher": {"@type": "NewsMediaOrganization", "name": "The Northgate Courier"},
    "datePublished": "2026-11-20T06:00:00+01:00",
    "inLanguage": "en-GB",
    "articleSection": ["Harbour", "News"],
    "isAccessibleForFree": "False",
    "mainEntityOfPage": {"@id": BARE},
}


def page(head: str = "", body: str = "", *, described: Any = None, lang: str = "en") -> bytes:
    script = (
        f'<script type="application/ld+json">{json.dumps(described)}</script>' if described else ""
    )
    return (
        f"<!doctype html><html lang='{lang}'><head><meta charset='utf-8'>{head}{script}</head>"
        f"<body>{body}</body></html>"
    ).encode()


def values(reading: Reading, field: str) -> list[Any]:
    return [each.value for each in reading.suggestions.get(field, [])]


def sources(reading: Reading, field: str) -> list[str]:
    return [each.source for each in reading.suggestions.get(field, [])]


def test_json_ld_says_nearly_all() -> None:
    reading = read(page(described=NEWS), url=URL)

    first = {field: found[0].value for field, found in reading.suggestions.items()}
    assert first == {
        "title": "Harbour audit was kept secret",
        "authors": [{"given": "Lena", "family": "Okafor"}],
        "publication": "The Northgate Courier",
        "issued": "2026-11-20",
        "language": "en-GB",
        "section": "Harbour",
        "access": "subscription",
        "kind": "newspaper_article",
        "url": BARE,
    }
    assert sources(reading, "title") == ["json-ld"]


@pytest.mark.parametrize(
    "wrapped",
    [
        [NEWS],
        {"@graph": [{"@type": "WebSite", "name": "No"}, {"@type": "WebPage", "name": "No"}, NEWS]},
        {"@type": "WebPage", "mainEntity": NEWS},
        NEWS | {"@type": ["Thing", "https://schema.org/NewsArticle"]},
    ],
)  # fmt: skip
def test_json_ld_in_its_many_wrappings(wrapped: Any) -> None:
    reading = read(page(described=wrapped), url=URL)

    assert values(reading, "title")[0] == "Harbour audit was kept secret"
    assert values(reading, "kind")[0] == "newspaper_article"


@pytest.mark.parametrize(
    "script",
    ["", "{", "[[[[[[[[[[[]]]]]]]]]]]", "[" * 100_000, '{"@type": 5}', '{"@type": "NewsArticle"}',
     '{"@type": "NewsArticle", "headline": {}, "author": [[], 1, {"name": {}}], "publisher": 7,'
     ' "datePublished": [], "inLanguage": false, "isbn": {}, "identifier": [null]}',
     "null", '"text"', '{"@graph": {"@graph": {"@graph": 1}}}'],
)  # fmt: skip
def test_broken_json_ld_hides_nothing_else(script: str) -> None:
    head = f"<title>Fog</title><script type='application/ld+json'>{script}</script>"

    assert values(read(page(head)), "title") == ["Fog"]


def test_json_ld_with_line_ends_in_its_text_is_read() -> None:
    script = '<!-- {"@type": "NewsArticle", "headline": "Fog\n at sea"} -->'
    head = f"<script type='application/ld+json; charset=utf-8'>{script}</script>"

    assert values(read(page(head)), "title") == ["Fog at sea"]


def test_each_place_is_told_with_its_guess_the_most_exact_first() -> None:
    reading = read(
        page(
            "<title>Audit kept secret | The Northgate Courier</title>"
            "<meta name='citation_title' content='Harbour audit'>"
            "<meta name='DC.title' content='Harbour audit, the'>"
            "<meta property='og:title' content='Secret audit! - The Northgate Courier'>"
            "<meta property='og:site_name' content='The Northgate Courier'>",
            "<h1>Audit <em>kept</em> secret</h1>",
            described=NEWS,
        )
    )

    assert list(zip(values(reading, "title"), sources(reading, "title"), strict=True)) == [
        ("Harbour audit", "citation_title"),
        ("Harbour audit was kept secret", "json-ld"),
        ("Harbour audit, the", "dc.title"),
        ("Secret audit!", "og:title"),
        ("Audit kept secret", "h1"),
    ]


def test_a_paper_as_libraries_describe_it() -> None:
    reading = read(
        page(
            "<meta name='citation_title' content='Tides of Calder'>"
            "<meta name='citation_author' content='Okafor, Lena'>"
            "<meta name='citation_author' content='Valdo, Ines'>"
            "<meta name='citation_publication_date' content='2025/03/01'>"
            "<meta name='citation_journal_title' content='Journal of Harbours'>"
            "<meta name='citation_volume' content='12'><meta name='citation_issue' content='3'>"
            "<meta name='citation_firstpage' content='45'>"
            "<meta name='citation_lastpage' content='61'>"
            "<meta name='citation_doi' content='doi:10.5555/Harbour.12'>"
        )
    )

    first = {field: found[0].value for field, found in reading.suggestions.items()}
    assert first == {
        "title": "Tides of Calder",
        "authors": [{"family": "Okafor", "given": "Lena"}, {"family": "Valdo", "given": "Ines"}],
        "issued": "2025-03-01",
        "publication": "Journal of Harbours",
        "volume": "12",
        "number": "3",
        "page": "45–61",
        "identifiers": {"scheme": "doi", "value": "10.5555/harbour.12"},
        "kind": "journal_article",
        "language": "en",
    }


def test_a_bare_page_has_its_headings_times_and_bylines() -> None:
    reading = read(
        page(
            "<title>Fog at sea</title>",
            "<p class='byline'>By <a rel='author' href='/x'>Lena Okafor</a></p>"
            "<time datetime='2026-11-20T10:00Z'>today</time>",
            lang="fr-CA",
        )
    )

    assert values(reading, "authors") == [[{"given": "Lena", "family": "Okafor"}]]
    assert values(reading, "issued") == ["2026-11-20"]
    assert values(reading, "language") == ["fr-CA"]


def test_organisations_as_authors_are_told_from_people() -> None:
    by_type = NEWS | {"author": {"@type": "Organization", "name": "Tide Watch"}}
    by_name = NEWS | {"author": "The Northgate Courier"}
    mixed = NEWS | {"author": ["Lena Okafor", {"@type": "Person", "name": "admin"}]}

    assert values(read(page(described=by_type)), "authors") == [[{"literal": "Tide Watch"}]]
    assert values(read(page(described=by_name)), "authors") == [
        [{"literal": "The Northgate Courier"}]
    ]
    assert values(read(page(described=mixed)), "authors") == [
        [{"given": "Lena", "family": "Okafor"}]
    ]


def test_an_author_that_is_an_address_is_none() -> None:
    head = "<meta property='article:author' content='https://social.example/lena'>"

    assert values(read(page(head)), "authors") == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (BARE, BARE),
        ("/2026/11/20/audit", BARE),
        ("https://www.northgate-courier.example/audit", "https://www.northgate-courier.example/audit"),
        ("https://northgate-courier.example/", URL),
        ("/", URL),
        ("https://elsewhere.example/audit", URL),
        ("javascript:alert(1)", URL),
        ("http://[::1", URL),
        ("", URL),
    ],
)  # fmt: skip
def test_a_canonical_address_is_believed_only_if_it_can_be_its_own(
    said: str, expected: str
) -> None:
    reading = read(page(f"<link rel='canonical' href='{said}'>"), url=URL)

    assert values(reading, "url")[0] == expected


@pytest.mark.parametrize(
    ("title", "body", "gate"),
    [
        ("Just a moment...", "", "captcha"),
        ("Attention Required! | Guardwall", "", "captcha"),
        ("Access to this page has been denied.", "", "captcha"),
        ("northgate.example", "<div class='g-recaptcha'></div>", "captcha"),
        ("Log in | The Northgate Courier", "", "login"),
        ("Subscribe to read | The Courier", "", "login"),
        ("Sign in to continue", "", "login"),
        ("Anmelden – Kurier", "", "login"),
        ("The Courier", "<form><input type='password'></form>", "login"),
        ("Before you continue to search", "", "consent"),
        ("We value your privacy", "", "consent"),
        ("404", "", "not_found"),
        ("404 - Page not found", "", "not_found"),
        ("Page Not Found | The Courier", "", "not_found"),
        ("Sorry, we can't find that page", "", "not_found"),
        ("The Courier", "<h1>This article is no longer available</h1>", "not_found"),
        ("Seite nicht gefunden", "", "not_found"),
        ("How to sign in to the harbour register", "", None),
        ("Fog at sea", "<h2>Log in</h2>", None),
        ("404 ferries were cancelled", "", None),
        ("Just a moment...", "<p>" + "word " * 200 + "</p>", None),
        ("Log in", "<article>" + "word " * 200 + "</article>", None),
    ],
)
def test_what_stands_before_the_page_suggests_nothing(
    title: str, body: str, gate: str | None
) -> None:
    reading = read(page(f"<title>{title}</title>", body))

    assert reading.gate == gate
    assert bool(values(reading, "title")) is (gate is None)


def test_a_described_article_is_no_gate_whatever_stands_around_it() -> None:
    body = "<form><input type='password'></form>"

    assert read(page("<title>Log in</title>", body, described=NEWS)).gate is None
    nothing = {"@type": "WebPage", "name": "Page not found"}
    assert read(page("<title>Page not found</title>", described=nothing)).gate == "not_found"


def test_a_page_that_tells_of_its_correction() -> None:
    assert read(page(described=NEWS | {"correction": "The audit was in May."})).corrected
    assert not read(page(described=NEWS)).corrected


@pytest.mark.parametrize(
    ("content", "content_type", "title"),
    [
        ("<meta charset=utf-8><title>Café</title>".encode(), "", "Café"),
        ("<title>Café</title>".encode(), "", "Café"),
        ("<title>Café</title>".encode("latin-1"), "text/html; charset=ISO-8859-1", "Café"),
        ("<title>Café</title>".encode("latin-1"), "", "Café"),
        (b"<meta charset='iso-8859-1'>" + "<title>Café</title>".encode("latin-1"), "", "Café"),
        ("<title>بندر</title>".encode("windows-1256"), 'text/html;charset="windows-1256"', "بندر"),
        ("\ufeff<title>Café</title>".encode(), "text/html; charset=latin-1", "Café"),
        ("\ufeff<title>Café</title>".encode("utf-16-le"), "", "Café"),
        ("<title>Café</title>".encode(), "text/html; charset=hex", "Café"),
        ("<title>Café</title>".encode(), "text/html; charset=nonsense", "Café"),
        (b"<?xml version='1.0' encoding='utf-8'?><html><title>Fog</title></html>", "", "Fog"),
        (b"<title>F\0og</title>", "", "Fog"),
        (b"<TITLE>\n Fog\n at&nbsp;sea </TITLE>", "", "Fog at sea"),
        (b"<html><head><title>Fog</title><html><title>x", "", "Fog"),
    ],
)  # fmt: skip
def test_pages_in_any_encoding_and_state(content: bytes, content_type: str, title: str) -> None:
    reading = read(content, content_type=content_type)

    assert values(reading, "title")[0] == title


@pytest.mark.parametrize(
    "content",
    [b"", b"   ", b"\0\0", b"\xff\xfe\x00", b"%PDF-1.7 \x00\x01", b"<" * 50_000, b"<!--",
     b"<![CDATA[", b"<div>" * 20_000 + b"x", b"<a b=" * 20_000,
     b"\x89PNG\r\n" + bytes(range(256)) * 100],
)  # fmt: skip
def test_what_is_no_page_suggests_no_title_and_never_fails(content: bytes) -> None:
    assert read(content).gate is None


@pytest.mark.parametrize(
    "content",
    [b"<article>" * 2_000 + b"word " * 300_000, b"<div>" * 400_000, b"<h1>" * 400_000,
     b"<li class=author>x" * 100_000, b"<p class=byline>" + b"by " * 600_000,
     b"<title>" + b"a | " * 400_000, b"<meta name=a content=b>" * 80_000,
     b"<meta charset=punycode>" + b"a" * 300_000 + b"-" + b"9a" * 150_000],
)  # fmt: skip
def test_the_worst_page_is_read_within_moments(content: bytes) -> None:
    began = time.perf_counter()

    read(content)

    assert time.perf_counter() - began < 5


def test_the_number_of_guesses_is_bounded() -> None:
    head = "".join(f"<meta name='og:title' content='Title {n}'>" for n in range(3_000))

    assert len(values(read(page(head)), "title")) == 10
