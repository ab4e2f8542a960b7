"""The languages that there are words for."""

from app.publishing.bibliography.wording.english import ENGLISH
from app.publishing.bibliography.wording.french import FRENCH
from app.publishing.bibliography.wording.german import GERMAN
from app.publishing.bibliography.wording.persian import PERSIAN
from app.publishing.bibliography.wording.words import Words

LANGUAGES = {words.language: words for words in (ENGLISH, FRENCH, GERMAN, PERSIAN)}


def words_of(language: str) -> Words:
    """Those of the language (`fr` for `fr-CA`), or English ones."""
    return LANGUAGES.get(language.partition("-")[0].lower(), ENGLISH)
