"""From the bytes of a text file to its lines.

SubRip never said how its letters are written, so a file that is not UTF-8 is read as Windows wrote
the track's language before there was Unicode.
"""

import codecs

from app.captions.track import Unreadable

LARGEST = 2_000_000
"""Bytes. The captions of a whole day are smaller."""

_WAY_OUT = "Save it as UTF-8."
_LEGACY = {
    "1250": "cs hr hu pl ro sk sl sq",
    "1251": "be bg kk mk ru sr uk",
    "1253": "el",
    "1254": "az tr",
    "1255": "he yi",
    "1256": "ar fa ps ug ur",
    "1257": "et lt lv",
}
_LEGACY_OF = {code: page for page, codes in _LEGACY.items() for code in codes.split()}
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def utf8(content: bytes) -> str:
    """Raises Unreadable where it is too large, or not UTF-8."""
    _measured(content)
    if content.startswith(_UTF_16):
        raise Unreadable(f"The file is UTF-16. {_WAY_OUT}")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(f"There are bytes that are not UTF-8. {_WAY_OUT}", line) from None


def guessed(content: bytes, language: str | None) -> tuple[str, str | None]:
    """The text, and a warning where its encoding was guessed. Raises Unreadable."""
    _measured(content)
    if content.startswith(_UTF_16):
        try:
            return content.decode("utf-16"), None
        except UnicodeDecodeError:
            raise Unreadable(f"The file says it is UTF-16, and is not. {_WAY_OUT}") from None
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        return _legacy(content, language)


def lines(text: str) -> list[str]:
    """Its lines, the first of which is number 1. Raises Unreadable where it is no text."""
    found = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if "\0" in text:
        at = next(number for number, line in enumerate(found, 1) if "\0" in line)
        raise Unreadable(f"There is a NUL, which no text has. {_WAY_OUT}", at)
    return found


def _measured(content: bytes) -> None:
    if len(content) > LARGEST:
        raise Unreadable(
            f"The file has {len(content):,} bytes; {LARGEST:,} are read. Is it a caption file?"
        )


def _legacy(content: bytes, language: str | None) -> tuple[str, str]:
    primary = (language or "").partition("-")[0].lower()
    page = _LEGACY_OF.get(primary, "1252")
    try:
        text = content.decode(f"cp{page}")
    except UnicodeDecodeError:
        raise Unreadable(f"It is neither UTF-8 nor Windows-{page}. {_WAY_OUT}") from None
    return text, (
        f"The file is not UTF-8 and was read as Windows-{page}. If letters are wrong, "
        "save it as UTF-8 and send it again."
    )
