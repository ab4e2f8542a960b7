"""PURE: the words that Roku knows, and how ours are said in them. Whatever it has no word for is
None, or left out.

Its content feed knows fewer than its Search feed (version 1, schema of 2023-09-21).
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

NEWS = "news"


def _words(text: str, between: str = " ") -> tuple[str, ...]:
    return tuple(" ".join(text.split()).split(between))


COUNTRIES = _words("ar at au bo br ca cl co cr de ec es fr gb gt hn ie mx ni pa pe sv us")
"""Where Roku has Search (ISO 3166-1)."""

LANGUAGES = frozenset(_words("""
    af am ar ar-ae ar-bh ar-dz ar-eg ar-iq ar-jo ar-kw ar-lb ar-ly ar-ma ar-om ar-qa ar-sa ar-sy
    ar-tn ar-ye as az be bg bh bn bo bs ca cs cy da de de-at de-ch de-de de-li de-lu dv dz el en
    en-at en-au en-bz en-ca en-gb en-ie en-jm en-nz en-tt en-us en-za es es-ar es-bo es-cl es-co
    es-cr es-do es-ec es-es es-gt es-hn es-mx es-ni es-pa es-pe es-pr es-py es-sv es-us es-uy es-ve
    et eu fa ff fi fo fr fr-be fr-ca fr-ch fr-lu fy ga gd gl gn gu ha he hi hr ht hu hy id ig ii ik
    is it it-ch iu ja ka kk km kn ko kr ks ku ky la lo lt lv mg mk ml mn mr ms mt my nd ne nl nl-be
    no om or pa pl ps pt pt-br qu rm rn ro ro-md ru ru-md rw sa sd se si sk sl sn so sq sr st sv
    sv-fi sw ta te tg th ti tk tn tr ts tt ty uk ur uz ve vi xh yi yo zh zh-cn zh-hk zh-sg zh-tw zu
"""))  # fmt: skip

_ALSO_CALLED = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "ji": "yi"}

FEED_GENRES = frozenset(_words("""
    action, adventure, animals, animated, anime, children, comedy, crime, documentary, drama,
    educational, fantasy, faith, food, fashion, gaming, health, history, horror, miniseries,
    mystery, nature, news, reality, romance, science, science fiction, sitcom, special, sports,
    thriller, technology""", ", "))  # fmt: skip

SEARCH_GENRES = FEED_GENRES | frozenset(_words("""
    agriculture, art, arts/crafts, athletics, auto, auto racing, aviation, awards, badminton,
    ballet, baseball, basketball, biography, boat, boxing, bus./financial, ceremony, collectibles,
    community, computers, consumer, cooking, cricket, cycling, dance, debate, docudrama,
    entertainment, environment, event, fishing, football, golf, gymnastics, handball,
    hockey, home improvement, horse, house/garden, how-to, interview, law, live, medical, military,
    motorsports, music, musical, newsmagazine, olympics, opera, outdoors, parenting,
    performing arts, politics, public affairs, religious, rowing, rugby, running, sailing,
    self improvement, shopping, skating, skiing, soccer, sports talk, swimming, talk, tennis,
    theater, track/field, travel, variety, volleyball, war, weather,
    wrestling""", ", "))  # fmt: skip

_ALSO_SAID = {
    "business": "bus./financial", "economy": "bus./financial", "finance": "bus./financial",
    "money": "bus./financial", "sport": "sports", "tech": "technology", "theatre": "theater",
    "arts": "art", "culture": "entertainment", "climate": "environment", "crafts": "arts/crafts",
    "religion": "religious", "education": "educational", "magazine": "newsmagazine",
}  # fmt: skip

_SYSTEMS = {"USA_TV": "USA_PR", "TV_PG": "USA_PR", "DJCTQ": "CLASSIND", "CSA": "FSF"}
_RATINGS = {
    "ACB": "E G PG M MA15+ R18+ X18+ AV15+ C NC RC P",
    "BBFC": "U PG 12 12A 15 18 R18",
    "CHVRS": "G PG 14A 18A R E",
    "CLASSIND": "L 10 12 14 16 18",
    "CPR": "14+ 18+ C C8 G PG E",
    "FSF": "0 6 12 16 18",
    "FSK": "0 6 12 16 18",
    "MPAA": "G PG PG13 R NC17 UR",
    "RTC": "AA A B B15 C D",
    "USA_PR": "TVY TVY7 TVG TVPG TV14 TVMA",
}
_SPACED = {"MA15+": "MA 15+", "R18+": "R 18+", "X18+": "X 18+", "AV15+": "AV 15+"}

UNRATED = ("USA_PR", "NR")
"""What Search is told of a film that nobody has rated: it demands an answer, and this is one."""

_FEED_SOURCES = frozenset({"BBFC", "CHVRS", "CPR", "MPAA", "USA_PR"})
_FEED_RATINGS = frozenset(_words(
    "12 12A 14+ 14A 15 18 18+ 18A C C8 E G NC17 PG PG13 R R18 TV14 TVG TVMA TVPG TVY TVY7 U"
))  # fmt: skip


@lru_cache(maxsize=1_000)
def language(code: str) -> str | None:
    """A language (BCP 47) in Search's words: with its country, or else without."""
    parts = code.lower().split("-")
    own = _ALSO_CALLED.get(parts[0], parts[0])
    region = next((part for part in parts[1:] if len(part) == 2), "")
    with_region = f"{own}-{region}"
    if with_region in LANGUAGES:
        return with_region
    return own if own in LANGUAGES else None


def countries(allowed: Iterable[str], denied: Iterable[str]) -> list[str]:
    """Those of Roku's where it may be seen; all of them, if nothing is said."""
    only, never = ({each.lower() for each in given} for given in (allowed, denied))
    return [each for each in COUNTRIES if each not in never and (not only or each in only)]


def search_rating(system: str | None, value: str | None) -> tuple[str, str] | None:
    """A rating as its source and value."""
    source = _SYSTEMS.get(system or "", system or "")
    plain = (value or "").upper().replace("-", "").replace("_", "")
    known = _RATINGS.get(source, "").split()
    found = next((each for each in (plain, f"TV{plain}") if each in known), None)
    return (source, _SPACED.get(found, found)) if found else None


def feed_rating(system: str | None, value: str | None) -> tuple[str, str] | None:
    """The same for the content feed."""
    found = search_rating(system, value)
    is_known = found and found[0] in _FEED_SOURCES and found[1] in _FEED_RATINGS
    return found if is_known else None


def genres(names: Iterable[str], known: frozenset[str]) -> list[str]:
    """Those among these names (of sections, topics, a programme) that are genres; `news` first.

    There is always one: apps of Roku's own template break without.
    """
    said = (name.strip().lower() for name in names)
    found = (_ALSO_SAID.get(each, each) for each in said)
    return list(dict.fromkeys([NEWS, *(each for each in found if each in known)]))


def where(geo: Mapping[str, Any] | None) -> list[str]:
    """`countries` of what a video says."""
    return countries(geo.get("allow", ()), geo.get("deny", ())) if geo else list(COUNTRIES)
