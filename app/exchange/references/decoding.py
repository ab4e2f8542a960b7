"""The bytes of a file as text."""

import codecs

from app.errors import Invalid

_MARKS = {
    codecs.BOM_UTF8: "UTF-8",
    codecs.BOM_UTF16_LE: "UTF-16LE",
    codecs.BOM_UTF16_BE: "UTF-16BE",
}


def decoded(content: bytes) -> str:
    """UTF-8, or UTF-16 that says so. Raises Invalid, naming the place, for all else."""
    mark = next((mark for mark in _MARKS if content.startswith(mark)), b"")
    encoding = _MARKS.get(mark, "UTF-8")
    try:
        text = content[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        place = len(mark) + error.start
        line = content.count(b"\n", 0, place) + 1
        raise Invalid(
            f"The byte at offset {place} (line {line}) is not {encoding}; save the file as UTF-8."
        ) from None
    if "\x00" in text:
        raise Invalid("There are NUL characters in the file: it is no text.")
    return text
