"""Where one character, as readers see it, ends and the next begins.

These are the rules of UAX 29 that matter for stored text, which is NFC and without control
characters.
"""

import unicodedata

JOINER = "\u200d"
LONGEST = 64
"""No character that anybody reads has more code points; what goes on longer is cut."""


def is_boundary(text: str, at: int) -> bool:
    """Whether `at` does not split a grapheme cluster."""
    if at <= 0 or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if after < "\u0300":
        return True
    if _extends(after):
        return False
    if before == JOINER:
        return unicodedata.category(after) != "So"
    if _is_flag_half(before) and _is_flag_half(after):
        return _flag_halves_before(text, at) % 2 == 0
    if unicodedata.combining(before) == _VIRAMA:
        return not after.isalpha()
    return not _is_one_syllable(before, after)


def before(text: str, at: int) -> int:
    """The nearest boundary at or before `at`."""
    return next((at - back for back in range(LONGEST) if is_boundary(text, at - back)), at)


def after(text: str, at: int) -> int:
    """The nearest boundary at or after `at`."""
    return next((at + ahead for ahead in range(LONGEST) if is_boundary(text, at + ahead)), at)


_VIRAMA = 9
_EXTENDING = frozenset("\u200c\u200d\u0e33\u0eb3\uff9e\uff9f")


def _extends(sign: str) -> bool:
    return (
        sign in _EXTENDING
        or unicodedata.category(sign).startswith("M")
        or "\U0001f3fb" <= sign <= "\U0001f3ff"  # skin tones
        or "\U000e0020" <= sign <= "\U000e007f"  # tags of regional flags
    )


def _is_flag_half(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


def _flag_halves_before(text: str, at: int) -> int:
    halves = 0
    while halves < min(at, LONGEST) and _is_flag_half(text[at - halves - 1]):
        halves += 1
    return halves


def _is_one_syllable(before: str, after: str) -> bool:
    """Hangul: a leading consonant takes what follows; vowels and final consonants go on."""
    if "\u1160" <= after <= "\u11ff":
        return "\u1100" <= before <= "\u11ff" or "\uac00" <= before <= "\ud7a3"
    return "\u1100" <= before <= "\u115f" and (
        "\u1100" <= after <= "\u115f" or "\uac00" <= after <= "\ud7a3"
    )
