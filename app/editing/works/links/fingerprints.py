"""How alike two states of a page are, from 64 bits that are kept of each (simhash).

PURE. Texts that have most of their words in common have most of the bits in common.
"""

import hashlib
import re

BITS = 64
DRIFTED_BELOW = 0.85

_FEWEST = 40
"""Distinct words: of shorter texts the bits say too little."""
_MOST = 5_000
_WORDS = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]|[^\W_]+")
"""Of scripts that do not part words, each character counts for one."""


def fingerprint(text: str) -> str | None:
    """16 hexadecimal digits; None of a text that is too short."""
    words = set(_WORDS.findall(text.casefold())[:_MOST])
    if len(words) < _FEWEST:
        return None
    hashes = [
        int.from_bytes(hashlib.blake2b(word.encode(), digest_size=BITS // 8).digest())
        for word in words
    ]
    half = len(hashes) / 2
    bits = (sum(each >> bit & 1 for each in hashes) > half for bit in range(BITS))
    return f"{sum(1 << bit for bit, is_set in enumerate(bits) if is_set):016x}"


def similarity(one: str, other: str) -> float:
    """1 for the same, about a half for texts that have nothing to do with each other."""
    return 1 - (int(one, 16) ^ int(other, 16)).bit_count() / BITS
