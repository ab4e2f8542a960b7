"""Plain text: names, captions, titles, credits. Stored trimmed, and never as ""."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field


def printable(text: str) -> str:
    """Without the control characters that neither JSON readers nor XML feeds can hold."""
    return _CONTROLS.sub("", text.replace("\v", " "))


_SPACES = re.compile(r"[^\S\u00a0\u2007\u202f]+")


def line(text: str | None) -> str | None:
    """Text on one line: white space collapsed, None where nothing is left.

    No-break spaces stay: French puts them before its colons and inside its quotation marks.
    """
    if text is None:
        return None
    collapsed = _SPACES.sub(" ", printable(text)).strip()
    return unicodedata.normalize("NFC", collapsed) or None


def prose(text: str | None) -> str | None:
    """Text of several lines: spaces collapsed, at most one empty line, None where empty."""
    if text is None:
        return None
    lines = [line(part) or "" for part in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() or None


def verbatim(text: str) -> str:
    """Code: as it was sent, but for control characters and the kind of line ends."""
    return printable(text.replace("\r\n", "\n").replace("\r", "\n"))


_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

Line = Annotated[str | None, Field(max_length=2_000), AfterValidator(line)]
Prose = Annotated[str | None, Field(max_length=20_000), AfterValidator(prose)]
LongProse = Annotated[str | None, Field(max_length=500_000), AfterValidator(prose)]
Verbatim = Annotated[str, Field(max_length=200_000), AfterValidator(verbatim)]
