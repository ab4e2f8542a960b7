"""What an answer says about a link. PURE: an answer in, a word of the contract out.

Whoever is turned away (401, 403, 429, 451) has not found out that anything is missing: that is
`blocked`, and no failure. What is there no longer is often said politely, with a 200.
"""

from typing import Literal
from urllib.parse import urlsplit

from app.editing.works.pages.gates import Gate, gate_at
from app.outbound.page import Kind, Page

Verdict = Literal[
    "ok", "moved_permanently", "redirected", "paywalled", "blocked", "soft_404", "not_found",
    "gone", "server_error", "timeout", "dns", "tls", "drifted", "skipped",
]  # fmt: skip

FAILURES = frozenset({"soft_404", "not_found", "gone", "server_error", "timeout", "dns", "tls"})
UNDECIDED = frozenset({"blocked", "skipped"})
"""Neither failures nor signs of life."""

UNREACHABLE: dict[Kind, Verdict] = {
    "dns": "dns", "tls": "tls", "timeout": "timeout", "refused": "server_error",
    "redirects": "server_error",
}  # fmt: skip

_BY_STATUS: dict[int, Verdict] = {
    402: "paywalled", 404: "not_found", 408: "timeout", 410: "gone",
}  # fmt: skip
_BY_GATE: dict[Gate, Verdict] = {
    "login": "paywalled", "captcha": "blocked", "consent": "blocked", "not_found": "soft_404",
}  # fmt: skip
_FRONTS = frozenset({"", "home", "index.html", "index.htm", "index.php", "default.aspx"})
_FOREVER = frozenset({301, 308})


def of_page(asked: str, page: Page, gate: Gate | None) -> Verdict:
    """The verdict on the link `asked`, whose call ended at this page. `gate` is what the page was
    read as."""
    if not 200 <= page.status < 300:
        return _of_status(page.status)
    if gate is None and page.redirects:
        gate = gate_at(page.final_url)
    if gate is not None:
        return _BY_GATE[gate]
    if not page.redirects or _is_same(asked, page.final_url):
        return "ok"
    if _is_front(page.final_url) and not _is_front(asked):
        return "soft_404"
    return "moved_permanently" if set(page.redirects) <= _FOREVER else "redirected"


def _of_status(status: int) -> Verdict:
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    # A redirect that leads nowhere is the server's fault; 999 is one site's own way to say 403.
    is_fault = 300 <= status < 400 or 500 <= status < 600
    return "server_error" if is_fault else "blocked"


def _is_same(one: str, other: str) -> bool:
    """Whether they differ only in what sites redirect as a matter of form."""
    return _form(one) == _form(other)


def _form(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/"), parts.query


def _is_front(url: str) -> bool:
    """The front page, also that of a language: `/`, `/en/`, `/en-gb/home`."""
    parts = urlsplit(url)
    steps = [step for step in parts.path.lower().split("/") if step]
    if steps and len(steps[0]) in (2, 5) and steps[0][:2].isalpha() and steps[0][2:3] in ("", "-"):
        del steps[0]
    return not parts.query and (not steps or (len(steps) == 1 and steps[0] in _FRONTS))
