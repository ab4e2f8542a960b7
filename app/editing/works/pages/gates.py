"""Pages that stand before the page: the question whether we are a robot, a login, a request for
consent; and those that only say politely that there is nothing.
"""

import re
from typing import Literal
from urllib.parse import urlsplit

from app.editing.works.pages.tree import Element, main_text, text_of

Gate = Literal["captcha", "login", "consent", "not_found"]

_SHORT = 150
"""Words: what is longer is a page, whatever its title."""

_SAID: dict[Gate, tuple[str, ...]] = {
    "captcha": (
        "just a moment", "one moment,? please", "please wait", "attention required",
        "are you (?:a )?(?:robot|human)", "(?:please )?verify(?:ing)? .{0,20}human",
        "human verification", "(?:ro)?bot (?:check|verification)", "(?:re)?captcha",
        "security (?:check|verification)", "checking your browser.*", "one more step",
        "pardon our interruption", "access (?:to this page has been )?denied",
        "(?:403 )?forbidden", "request (?:rejected|blocked)", "you have been blocked",
        "(?:please )?enable (?:javascript|cookies).*",
    ),
    "login": (
        "log ?in", "sign ?in", "(?:log|sign) in (?:or|to) .{1,40}", "login required", "register",
        "create (?:an |your )?account", "anmelden", "einloggen", "connexion", "se connecter",
        "identifiez-vous", "iniciar sesión", "accedi", "inloggen", "logga in",
        "subscribe (?:now )?to (?:read|continue).*", "subscribers? only",
    ),
    "consent": (
        "before you continue.*", "cookie (?:consent|settings|notice|policy)", "consent",
        "we value your privacy", "your privacy (?:choices|matters)", "privacy (?:settings|gate)",
        "your choices regarding cookies.*",
    ),
    "not_found": (
        "(?:error ?)?404(?: error)?", "(?:error ?)?404[:.,!] .{0,40}", "(?:404 )?not found",
        "(?:the |this )?(?:page|article|story|file|document|content) .{0,60}?"
        "(?:not (?:be )?found|no longer (?:available|exists)|unavailable|missing|not exist)",
        "(?:sorry,? )?(?:we )?(?:can['’]?t|cannot|couldn['’]t|could not) find (?:that|the|this).*",
        "page introuvable", "seite nicht gefunden", "página no encontrada", "pagina non trovata",
        "pagina niet gevonden", "sidan hittades inte", "oops.{0,40}",
    ),
}  # fmt: skip
"""What the whole of a title says, or of a part of it: `Log in | The Courier`."""

_TITLES = {gate: re.compile("|".join(said), re.IGNORECASE) for gate, said in _SAID.items()}
_BETWEEN = re.compile(r"\s+[–—»:-]+\s+|\s*[|·•»]\s*")
_CAPTCHA_MARKS = re.compile(
    r"\b(?:g-recaptcha|h-captcha|cf-challenge|cf-turnstile|challenge-form|px-captcha)\b"
)
_LOGIN_PATH = re.compile(
    r"/(?:log-?in|sign-?in|sign-?up|sso|auth|authenticate|register|subscribe|paywall"
    r"|users/sign_in|wp-login\.php)(?:[/.?]|$)",
    re.IGNORECASE,
)
_CONSENT_HOST = re.compile(r"^(?:consent|cookie-?consent|privacy-?gate|cmp)\.", re.IGNORECASE)
_MISSING_PATH = re.compile(
    r"/(?:404|not-?found|page-?not-?found|error-?404|missing)(?:[/.?]|$)", re.IGNORECASE
)


def gate_of(root: Element) -> Gate | None:
    """Which gate this page is; None for a page."""
    if len(main_text(root).split()) > _SHORT:
        return None
    marks = (each.get("class") or each.get("id") or "" for each in root.iter())
    if any(map(_CAPTCHA_MARKS.search, marks)):
        return "captcha"
    for heading in _headings(root):
        for part in _BETWEEN.split(heading):
            for gate, pattern in _TITLES.items():
                if pattern.fullmatch(part.strip(" .!?…")):
                    return gate
    if any((each.get("type") or "").lower() == "password" for each in root.iter("input")):
        return "login"
    return None


def gate_at(url: str) -> Gate | None:
    """Which gate an address is by its looks, where a redirect led to it."""
    parts = urlsplit(url)
    if _CONSENT_HOST.search(parts.hostname or ""):
        return "consent"
    if _LOGIN_PATH.search(parts.path):
        return "login"
    return "not_found" if _MISSING_PATH.search(parts.path) else None


def _headings(root: Element) -> list[str]:
    elements = [each for tag in ("title", "h1") for each in list(root.iter(tag))[:2]]
    return [text for each in elements if (text := text_of(each)[:200])]
