"""Slugs: the part of a path that a headline or name gives.

Latin letters become ASCII, other scripts stay what they are: a Persian headline has a Persian
slug. Paths are percent-encoded only where they stand in URLs (see `app.published.paths`).
"""

import re
import unicodedata
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

LONGEST = 200

FIRST_SEGMENTS = frozenset({
    # of the API's own addresses
    "v1", "v2", "desk", "feeds", "media", "s", "oembed", "docs", "redoc", "healthz", "readyz",
    "metrics", "sitemap", "sitemaps", "robots", "static", "assets",
    # of paths of other kinds of documents
    "people", "topics", "collections", "series", "streams",
})  # fmt: skip
"""Words that mean something else than an article where they begin an address."""

RESERVED = FIRST_SEGMENTS | frozenset({
    # last segments that front ends add to a path
    "amp", "feed", "rss", "atom", "page",
})  # fmt: skip
"""Words that no slug may be, for they mean something else at that place of an address."""


def slug(
    text: str, *, language: str | None = None, maximum: int = 80, fallback: str = "article"
) -> str:
    """The slug of a headline or name, cut between words to `maximum` characters.

    `fallback` stands where the text has no letter or digit, and after a reserved word. `language`
    (BCP 47) decides what letters mean: ä is ae in German, and an apostrophe parts words in French.
    """
    made = _cut(_joined(text, (language or "").lower().split("-")[0]), maximum)
    if made in RESERVED or _is_id(made):
        return f"{made}-{fallback}"
    return made or fallback


def is_slug(text: str) -> bool:
    """Whether a client may use this as a slug: lower-case letters and digits, single hyphens."""
    return (
        0 < len(text) <= LONGEST
        and text == unicodedata.normalize("NFC", text).lower()
        and all(part and _is_word(part) for part in text.split("-"))
        and text not in RESERVED
        and not _is_id(text)
    )


def _checked(text: str) -> str:
    if is_slug(text):
        return text
    proposal = slug(text, maximum=LONGEST, fallback="1")
    raise PydanticCustomError(
        "slug",
        "It must be lower-case letters, digits and single hyphens, and no reserved word; "
        "{proposal} would do.",
        {"proposal": proposal},
    )


Slug = Annotated[
    str,
    Field(min_length=1, max_length=LONGEST, examples=["the-harbour-reopens"]),
    AfterValidator(_checked),
]


def _joined(text: str, language: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    text = _SEPARATING_ZWNJ.sub("-", text).translate(_UNSEEN)
    text = _THOUSANDS.sub("", text)
    text = _APOSTROPHE.sub("-" if language in _ELIDING else "", text)
    text = unicodedata.normalize("NFC", text).lower()
    if language == "de":
        text = text.translate(_GERMAN)
    text = unicodedata.normalize("NFC", "".join(_latin_as_ascii(text)))
    return re.sub("-+", "-", _hyphenated(text)).strip("-")


def _hyphenated(text: str) -> str:
    """Hyphens for all that is no letter, mark on a letter, or digit."""
    found = "-"
    for sign in text:
        if found[-1] != "-" or unicodedata.category(sign)[0] != "M":
            found += sign if _is_word(sign) else "-"
    return found


def _latin_as_ascii(text: str) -> list[str]:
    """The characters of `text`, Latin ones without accents; marks of other scripts stay."""
    found: list[str] = []
    after_latin = False
    for sign in unicodedata.normalize("NFD", text.translate(_LATIN)):
        if unicodedata.combining(sign) and after_latin:
            continue
        after_latin = sign.isascii() or unicodedata.name(sign, "").startswith("LATIN")
        found.append(sign)
    return found


def _is_word(text: str) -> bool:
    return all(unicodedata.category(sign)[0] in "LMN" for sign in text)


def _is_id(text: str) -> bool:
    """Whether it reads as an id, which is accepted wherever a slug is."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _cut(text: str, maximum: int) -> str:
    if len(text) <= maximum:
        return text
    head = text[: maximum + 1]
    if "-" in head:
        return head[: head.rfind("-")]
    end = maximum
    while end > 1 and unicodedata.category(text[end])[0] == "M":
        end -= 1
    return text[:end]


_LATIN = str.maketrans({
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h",
    "ı": "i", "ĸ": "k", "ŋ": "n", "ŧ": "t", "ſ": "s", "ə": "e", "ɛ": "e", "ɔ": "o", "ɓ": "b",
    "ɗ": "d", "ƙ": "k", "ƴ": "y", "ɣ": "g", "ʒ": "z", "ƶ": "z", "ƒ": "f", "ɖ": "d", "ɨ": "i",
    "ʉ": "u", "ƀ": "b", "ɫ": "l", "ɲ": "n", "ȼ": "c", "ǝ": "e", "ĳ": "ij", "ǆ": "dz", "ǉ": "lj",
    "ǌ": "nj", "ʻ": "", "ʼ": "", "ʹ": "", "ª": "a", "º": "o",
})  # fmt: skip
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_ELIDING = frozenset({"fr", "it", "ca", "oc", "co", "br"})
_UNSEEN = str.maketrans("", "", "\u00ad\u200c\u200d\u0640\u200e\u200f\u061c\u2060\ufeff")
_SEPARATING_ZWNJ = re.compile("(?<=[\u0600-\u06ff])\u200c+(?=[\u0600-\u06ff])")
_THOUSANDS = re.compile(r"(?<=\d)[,’](?=\d{3}(?!\d))")
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ`´](?=\w)")
