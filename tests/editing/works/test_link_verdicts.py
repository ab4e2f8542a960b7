"""What answers say about links, and how alike pages are."""

import httpx
import pytest

from app.editing.works.links.fingerprints import DRIFTED_BELOW, fingerprint, similarity
from app.editing.works.links.verdicts import FAILURES, UNDECIDED, UNREACHABLE, of_page
from app.outbound.page import Page
from app.published.citation_words import LINK_VERDICTS

ASKED = "https://courier.example/2026/audit"


def page(status: int, final_url: str = ASKED, *redirects: int) -> Page:
    return Page(status, final_url, redirects, httpx.Headers(), b"", False, 5)


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, "ok"), (204, "ok"), (206, "ok"),
        (400, "blocked"), (401, "blocked"), (403, "blocked"), (405, "blocked"),
        (407, "blocked"), (418, "blocked"), (429, "blocked"), (451, "blocked"), (999, "blocked"),
        (402, "paywalled"), (404, "not_found"), (408, "timeout"), (410, "gone"),
        (300, "server_error"), (304, "server_error"), (500, "server_error"),
        (502, "server_error"), (503, "server_error"), (599, "server_error"),
    ],
)  # fmt: skip
def test_statuses(status: int, verdict: str) -> None:
    assert of_page(ASKED, page(status), None) == verdict


@pytest.mark.parametrize(
    ("final_url", "redirects", "verdict"),
    [
        ("https://courier.example/archive/audit", (301,), "moved_permanently"),
        ("https://courier.example/archive/audit", (308, 301), "moved_permanently"),
        ("https://courier.example/archive/audit", (301, 302), "redirected"),
        ("https://news.example/audit", (307,), "redirected"),
        ("http://www.courier.example/2026/audit/", (301, 302), "ok"),
        ("https://courier.example/", (301,), "soft_404"),
        ("https://courier.example", (302,), "soft_404"),
        ("https://www.courier.example/index.html", (302,), "soft_404"),
        ("https://courier.example/en/", (302,), "soft_404"),
        ("https://courier.example/en-gb/home", (302,), "soft_404"),
        ("https://courier.example/eu", (302,), "soft_404"),
        ("https://courier.example/404", (302,), "soft_404"),
        ("https://courier.example/error/page-not-found.html", (301,), "soft_404"),
        ("https://courier.example/?p=12", (301,), "moved_permanently"),
        ("https://courier.example/login?next=/2026/audit", (302,), "paywalled"),
        ("https://accounts.courier.example/sign-in/", (302,), "paywalled"),
        ("https://courier.example/subscribe", (302,), "paywalled"),
        ("https://consent.courier.example/collect?continue=x", (302,), "blocked"),
        ("https://courier.example/loginquist-wins", (301,), "moved_permanently"),
    ],
)
def test_where_redirects_lead(final_url: str, redirects: tuple[int, ...], verdict: str) -> None:
    assert of_page(ASKED, page(200, final_url, *redirects), None) == verdict


def test_a_front_page_that_was_cited_is_none_to_be_suspicious_of() -> None:
    home = "https://courier.example/en"

    found = of_page("https://courier.example/", page(200, home, 302), None)

    assert found == "redirected"
    assert of_page("https://courier.example/login", page(200), None) == "ok"


@pytest.mark.parametrize(
    ("gate", "verdict"),
    [("captcha", "blocked"), ("login", "paywalled"), ("consent", "blocked"),
     ("not_found", "soft_404")],
)  # fmt: skip
def test_what_stands_before_the_page(gate: str, verdict: str) -> None:
    assert of_page(ASKED, page(200), gate) == verdict  # type: ignore[arg-type]


def test_the_words_are_those_of_the_contract() -> None:
    known = set(LINK_VERDICTS)

    assert known >= FAILURES | UNDECIDED | set(UNREACHABLE.values())
    assert not FAILURES & UNDECIDED


TEXT = " ".join(f"word{number} and the ferry number {number * 7} sails" for number in range(120))


def test_the_same_text_has_the_same_fingerprint() -> None:
    known = fingerprint(TEXT)

    assert known is not None
    assert len(known) == 16
    assert fingerprint(TEXT.upper() + " …") == known
    assert similarity(known, known) == 1


def test_a_few_changed_words_are_no_drift_and_another_text_is() -> None:
    known = fingerprint(TEXT)
    touched = fingerprint(TEXT.replace("word7 ", "term7 ").replace("word9 ", "") + " Updated today")
    other = fingerprint(
        " ".join(f"thing{number} of {number * 3} other kinds" for number in range(200))
    )
    assert known and touched and other

    assert similarity(known, touched) >= DRIFTED_BELOW
    assert 0.2 < similarity(known, other) < DRIFTED_BELOW


def test_a_short_text_has_none() -> None:
    assert fingerprint("Page not found. " * 50) is None
    assert fingerprint("") is None


def test_scripts_without_spaces_have_fingerprints_too() -> None:
    text = "".join(chr(0x4E00 + number * 7) for number in range(300))
    known, touched = fingerprint(text), fingerprint(text[5:])
    assert known and touched

    assert similarity(known, touched) >= DRIFTED_BELOW
