"""The form of a name that lists are ordered by: code points then give the order of a register."""

import re
import unicodedata

_MARKS = re.compile("[\u0300-\u036f]")
"""Accents on Latin, Greek and Cyrillic letters. Marks of other scripts are part of the word."""

LONGEST = 300


def sort_key(name: str) -> str:
    """Case and accents do not part what belongs together: Éclair stands beside eclair."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", name.casefold()))
    return unicodedata.normalize("NFC", plain)[:LONGEST].strip()
