"""Texts folded so that what editors and keyboards vary compares as the same.

`folded` changes characters one for one, so a position in the folded text is one in the text.
`worded` keeps the words alone.
"""

import re
import unicodedata


def folded(text: str) -> str:
    """Quotation marks, dashes and spaces in one form each; as long as `text`."""
    return text.translate(_ONE_FOR_ONE)


def composed(text: str) -> str:
    """NFC, the form in which texts are stored."""
    return unicodedata.normalize("NFC", text)


def worded(text: str) -> str:
    """The words, lower case, a space before and after each; punctuation is gone.

    Scripts without spaces give a word for each character.
    """
    plain = composed(folded(text)).casefold().translate(_PUNCTUATION)
    kept = _NOT_IN_WORDS.sub(_part_of_word, plain)
    return f" {' '.join(_DENSE.sub(_apart, kept).split())} "


def word_count(text: str) -> int:
    """How many words; in scripts without spaces two characters are one."""
    dense = len(_DENSE.findall(text))
    spaced = _DENSE.sub(" ", text).split()
    return sum(any(map(str.isalnum, word)) for word in spaced) + dense // 2


def _part_of_word(found: re.Match[str]) -> str:
    """Marks stay, and what stands within words goes."""
    if unicodedata.category(found[0]).startswith("M"):
        return found[0]
    return "" if found[0] in _WITHIN_WORDS else " "


def _apart(found: re.Match[str]) -> str:
    return f" {found[0]} "


_ONE_FOR_ONE = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″〝〞〟＂「」『』", '"'),
        **dict.fromkeys("‘’‚‛‹›′`´", "'"),
        **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
        **dict.fromkeys("\n\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008", " "),
        **dict.fromkeys("\u2009\u200a\u202f\u205f\u3000", " "),
        # Arabic keyboards write Persian with these two.
        "\u064a": "\u06cc",
        "\u0643": "\u06a9",
    }
)
_PUNCTUATION = str.maketrans({"'": None, **dict.fromkeys('!"#$%&()*+,-./:;<=>?@[\\]^`{|}~…', " ")})
_NOT_IN_WORDS = re.compile(r"[^\w ]")
_WITHIN_WORDS = "'\u00ad\u200b\u200c\u200d\u2060"
_DENSE = re.compile(
    "[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\u0e01-\u0e4e\u0e80-\u0ece\u1000-\u103f\u1780-\u17d3]"
)
