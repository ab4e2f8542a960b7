"""Names out of bylines: who wrote it, without "By", dates, offices and addresses.

Gives names as CSL-JSON has them: `family` and `given`, or `literal` for an organisation.
"""

import re

from app.editing.plain_fields import line

Name = dict[str, str]

MOST = 50
_LONGEST_NAME = 6
"""Words."""

_BEFORE = re.compile(
    r"(?:(?:written|reported|posted|published|story|words|text|report)\s+)?"
    r"(?:by|von|par|por|door|av|af|author|authors|text|auteur|autor)\b\s*:?\s+",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:[|•·●▪–—]|\s-\s|\(|\d|https?:|\S+@|\s@\w"
    r"|\b(?:updated|published|posted|modified|last\s+(?:updated|modified)|first\s+published"
    r"|reporting\s+(?:by|from)|additional\s+reporting|edited\s+by"
    r"|aktualisiert|veröffentlicht|publié|mis\s+à\s+jour|actualizado|publicado|aggiornato)\b).*",
    re.IGNORECASE | re.DOTALL,
)
_BETWEEN = re.compile(r"\s*[;/]\s*|\s+(?:and|with|und|et|och|og|&)\s+|,\s+(?:and\s+|&\s+)?")
_PLACE = re.compile(r"\s+(?:in|for|at|from|aus|à)\s+.*")
_NOBODY = frozenset({
    "admin", "administrator", "anonymous", "author", "by", "editor", "editors", "editorial",
    "editorial team", "feed", "guest", "guest author", "n/a", "newsroom", "news desk", "none",
    "null", "redaktion", "rédaction", "redacción", "redazione", "root", "rss", "staff",
    "staff reporter", "staff writer", "system", "the editors", "undefined", "unknown", "user",
    "various", "web desk", "webmaster",
})  # fmt: skip
_OFFICE = re.compile(
    r"\b(?:correspondent|reporter|editor|journalist|columnist|writer|producer|photographer"
    r"|redakteur(?:in)?|korrespondent(?:in)?|journaliste|periodista|giornalista|contributor)\b",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:agency|agence|agentur|agencia|association|bureau|centre|center|commission|committee"
    r"|company|corporation|council|court|department|desk|foundation|government|group|inc|institute"
    r"|institut|ltd|llc|gmbh|media|ministry|ministère|ministerium|network|news|newspaper|office"
    r"|organi[sz]ation|parliament|press|society|staff|team|times|union|university|courier|gazette"
    r"|herald|tribune|observer|journal|radio|tv)\b",
    re.IGNORECASE,
)
_PARTICLES = frozenset({
    "al", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn", "la",
    "le", "ten", "ter", "van", "vom", "von", "zu", "zum", "zur",
})  # fmt: skip
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


def names(byline: str, *, publisher: str | None = None, inverted: bool = False) -> list[Name]:
    """The names in a byline, in their order. What is no name is left out.

    `publisher` is known to be an organisation. `inverted`: where there is a comma, it stands
    between family and given name.
    """
    tidy = (line(byline) or "")[:1_000]
    if not inverted:
        tidy = _BEFORE.sub("", tidy, count=1)
    tidy = _AFTER.sub("", tidy).strip(" ,.:")
    if inverted and tidy.count(",") == 1 and ";" not in tidy:
        return [_inverted(tidy)]
    parts = [part for part in _BETWEEN.split(tidy) if part]
    if len(parts) == 2 and "," in tidy and all(" " not in part for part in parts):
        return [_inverted(tidy)]
    found = [name for part in parts if (name := name_of(part, publisher=publisher))]
    return list({str(name): name for name in found}.values())[:MOST]


def name_of(text: str, *, publisher: str | None = None) -> Name | None:
    """One name; None for an office, for nobody, and for what is too long to be one."""
    tidy = _PLACE.sub("", line(text) or "").strip(" ,.:")
    if not tidy or tidy.casefold() in _NOBODY or not any(letter.isalpha() for letter in tidy):
        return None
    if publisher and tidy.casefold() == publisher.casefold():
        return organisation(tidy)
    words = tidy.split()
    if len(words) > _LONGEST_NAME:
        return None
    if _ORGANISATION.search(tidy):
        return organisation(tidy)
    if _OFFICE.search(tidy):
        return None
    return _person(_in_usual_case(words))


def organisation(text: str) -> Name:
    return {"literal": text[:300]}


def _inverted(text: str) -> Name:
    family, _, given = (part.strip() for part in text.partition(","))
    return {"family": family, "given": given} if given else organisation(family)


def _in_usual_case(words: list[str]) -> list[str]:
    shouted = all(word.isupper() for word in words) and max(map(len, words)) > 3
    return [word.title() for word in words] if shouted else words


def _person(words: list[str]) -> Name:
    if len(words) == 1:
        return {"literal": words[0]}
    name = Name()
    if words[-1].lower() in _SUFFIXES and len(words) > 2:
        name["suffix"] = words.pop()
    first = len(words) - 1
    while first > 1 and words[first - 1] in _PARTICLES:
        first -= 1
    name["given"] = " ".join(words[:first])
    name["family"] = words[-1]
    if particle := " ".join(words[first:-1]):
        name["non-dropping-particle"] = particle
    return name
