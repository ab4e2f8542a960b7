"""Which addresses content may point to, and the one form in which they are stored.

Absolute addresses are stored as browsers would send them (WHATWG URL): lower-case host, percent-
encoded path. Root-relative ones stay so, since the site may be reached under several addresses.
"""

from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError, Url

LONGEST = 4_096
_HERE = "https://here.invalid"


class Refused(ValueError):
    """The address cannot be used; the message says why."""


def media_url(url: str) -> str:
    """The stored form of the address of a file or page: http, https or root-relative."""
    return _stored(url, ("http", "https"))


def link_url(url: str) -> str:
    """The stored form of what a link may point to: also mailto and tel."""
    return _stored(url, ("http", "https", "mailto", "tel"))


def web_url(url: str) -> str:
    """The stored form of an address on the web: http or https, with a host."""
    stored = media_url(url)
    if stored.startswith("/"):
        raise Refused("must be absolute, such as https://example.org/page")
    return stored


def _stored(url: str, schemes: tuple[str, ...]) -> str:
    url = url.strip(" \t\r\n\f")
    if len(url) > LONGEST:
        raise Refused(f"is longer than {LONGEST} characters")
    rooted = url.startswith("/") and not url.startswith(("//", "/\\"))
    try:
        parsed = Url(_HERE + url if rooted else url)
    except ValueError:
        raise Refused(f"must be {_listed(schemes)} or root-relative (/…)") from None
    if rooted:
        return _rooted(parsed)
    if parsed.scheme not in schemes:
        raise Refused(f"must be {_listed(schemes)} or root-relative (/…), not {parsed.scheme}:")
    if parsed.scheme in ("mailto", "tel"):
        return _contact(parsed)
    if parsed.username or parsed.password:
        raise Refused("must not hold a user name or password")
    return str(parsed)


def _rooted(parsed: Url) -> str:
    # The parser turns backslashes and dot segments around, as a browser would; what comes out
    # must still be a path here, not the //host of another site.
    stored = str(parsed).removeprefix(_HERE)
    if parsed.host != "here.invalid" or not stored.startswith("/") or stored.startswith("//"):
        raise Refused("must not lead to another host")
    return stored


def _contact(parsed: Url) -> str:
    if not parsed.path:
        raise Refused(f"{parsed.scheme}: must be followed by an address")
    return str(parsed).replace(" ", "%20")


def _listed(schemes: tuple[str, ...]) -> str:
    return ", ".join(f"{scheme}:" for scheme in schemes)


def _checked(stored_form: Callable[[str], str]) -> AfterValidator:
    def check(url: str) -> str:
        try:
            return stored_form(url)
        except Refused as refused:
            raise PydanticCustomError("url", "{reason}", {"reason": f"It {refused}."}) from None

    return AfterValidator(check)


MediaUrl = Annotated[
    str,
    _checked(media_url),
    Field(max_length=LONGEST, examples=["https://media.example.org/harbour.jpg"]),
]
"""http, https or root-relative."""

LinkUrl = Annotated[
    str, _checked(link_url), Field(max_length=LONGEST, examples=["https://example.org/report"])
]
"""http, https, mailto, tel or root-relative."""

WebUrl = Annotated[
    str, _checked(web_url), Field(max_length=LONGEST, examples=["https://example.org/report"])
]
"""http or https, absolute."""
