"""What the usual rails of the TV home are called, by language."""

from app.publishing.names import name_in

_LIVE = {"en": "Live now", "fr": "En direct", "de": "Live", "fa": "پخش زنده"}
_LATEST = {"en": "Latest", "fr": "Nouveautés", "de": "Neu", "fa": "تازه‌ترین‌ها"}
_SERIES = {"en": "Series", "fr": "Séries", "de": "Serien", "fa": "مجموعه‌ها"}

_TITLES = {"live": _LIVE, "latest": _LATEST, "series": _SERIES}


def title(kind: str, language: str) -> str:
    """In English where we do not know the language."""
    names = _TITLES[kind]
    return name_in(language, names, names["en"])
