"""Text that was written into a picture, made fit to be kept: no controls, no endless lengths."""

import re
import unicodedata

MOST_TEXT = 5_000
MOST_KEYWORDS = 100
MOST_KEYWORD = 200

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_ADDRESS = re.compile(r"https?://[^\s<>\"'\\]{1,2000}", re.IGNORECASE)


def decoded(raw: bytes) -> str:
    """UTF-8 where it is that, as it should be; else the Latin alphabet of old programs."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def cleaned(text: str | None, most: int = MOST_TEXT) -> str | None:
    if text is None:
        return None
    text = text[: most * 4].replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", _CONTROLS.sub("", text)).strip()
    return text[:most].rstrip() or None


def keywords(found: list[str]) -> tuple[str, ...]:
    """Each once, in their order."""
    words = (cleaned(word, MOST_KEYWORD) for word in found[: MOST_KEYWORDS * 10])
    return tuple(dict.fromkeys(word for word in words if word))[:MOST_KEYWORDS]


def address(text: str | None) -> str | None:
    """Only what leads to a web page: no `javascript:`."""
    text = cleaned(text)
    return text if text and _ADDRESS.fullmatch(text) else None
