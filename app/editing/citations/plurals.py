"""Words that speak of several sources, by language. Add to them freely."""

from itertools import chain

from app.editing.citations.folding import worded

PLURALS = {
    "en": (
        "sources", "officials", "people familiar", "persons familiar", "those familiar",
        "people close", "people with knowledge", "people briefed", "aides", "advisers", "advisors",
        "diplomats", "insiders", "executives", "employees", "lawmakers", "ministers", "experts",
        "analysts", "investigators", "prosecutors", "witnesses", "spokespeople",
    ),
    "fr": (
        "sources", "responsables", "fonctionnaires", "officiels", "diplomates", "personnes",
        "proches du dossier", "conseillers", "experts", "enquêteurs", "témoins", "élus",
    ),
    "de": (
        "quellen", "kreise", "kreisen", "regierungskreise", "regierungskreisen", "insidern",
        "diplomaten", "vertretern", "zeugen", "fachleute", "personen", "eingeweihte",
    ),
    "es": (
        "fuentes", "funcionarios", "responsables", "diplomáticos", "personas", "asesores",
        "expertos", "investigadores", "testigos", "allegados",
    ),
    "fa": (
        "منابع", "مقام‌ها", "مقامات", "مسئولان", "مسئولین", "دیپلمات‌ها", "کارشناسان", "شاهدان",
        "افراد آگاه", "مشاوران", "نزدیکان",
    ),
}  # fmt: skip

ONE_OF = (
    "one of", "one among", "any of", "un des", "une des", "l'un des", "l'une des",
    "einer der", "eine der", "eines der", "einer von", "eine von", "uno de", "una de", "یکی از",
)  # fmt: skip
"""What makes one of several of a plural."""

_NEAR = 40


def plural_in(text: str) -> str | None:
    """The words in `text`, if any, that speak of more than one source."""
    words = worded(text)
    for plural in chain.from_iterable(PLURALS.values()):
        at = words.find(worded(plural))
        before = words[max(0, at - _NEAR) : at + 1]
        if at >= 0 and not any(worded(singling) in before for singling in ONE_OF):
            return plural
    return None
