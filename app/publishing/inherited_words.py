"""What readers are told of an article of ours that rests on a work to which something happened.

In the language of the article's edition; another language is another table.
"""

from collections.abc import Mapping

from app.editing.publications.models import Publication
from app.editing.works.models import Work
from app.publishing.bibliography.wording.languages import words_of

_ENGLISH = {
    "correction": "It rests on a work that was corrected",
    "clarification": "It rests on a work that was clarified",
    "update": "It rests on a work that was updated",
    "editors_note": "It rests on a work to which an editor’s note was added",
    "retraction": "It rests on a work that was retracted",
    "withdrawal": "It rests on a work that was withdrawn",
    "concern": "It rests on a work about which its publisher has expressed concern",
    "content_drift": "It rests on a work whose text is another one now",
    "reinstatement": "The work that it rests on was reinstated",
}
_FRENCH = {
    "correction": "Cet article s’appuie sur une source qui a été corrigée",
    "clarification": "Cet article s’appuie sur une source qui a été précisée",
    "update": "Cet article s’appuie sur une source qui a été mise à jour",
    "editors_note": "Cet article s’appuie sur une source accompagnée d’une note de la rédaction",
    "retraction": "Cet article s’appuie sur une source qui a été rétractée",
    "withdrawal": "Cet article s’appuie sur une source qui a été retirée",
    "concern": "Cet article s’appuie sur une source au sujet de laquelle son éditeur a émis des "
    "réserves",
    "content_drift": "Cet article s’appuie sur une source dont le texte a changé",
    "reinstatement": "La source sur laquelle s’appuie cet article a été rétablie",
}
_GERMAN = {
    "correction": "Der Beitrag stützt sich auf eine Quelle, die berichtigt wurde",
    "clarification": "Der Beitrag stützt sich auf eine Quelle, die klargestellt wurde",
    "update": "Der Beitrag stützt sich auf eine Quelle, die aktualisiert wurde",
    "editors_note": "Der Beitrag stützt sich auf eine Quelle, zu der die Redaktion etwas angemerkt "
    "hat",
    "retraction": "Der Beitrag stützt sich auf eine Quelle, die widerrufen wurde",
    "withdrawal": "Der Beitrag stützt sich auf eine Quelle, die zurückgezogen wurde",
    "concern": "Der Beitrag stützt sich auf eine Quelle, zu der ihr Verlag Bedenken geäußert hat",
    "content_drift": "Der Beitrag stützt sich auf eine Quelle, deren Text sich geändert hat",
    "reinstatement": "Die Quelle, auf die sich der Beitrag stützt, gilt wieder",
}
_PERSIAN = {
    "correction": "این مطلب بر منبعی تکیه دارد که اصلاح شده است",
    "clarification": "این مطلب بر منبعی تکیه دارد که دربارهٔ آن توضیح داده شده است",
    "update": "این مطلب بر منبعی تکیه دارد که به‌روز شده است",
    "editors_note": "این مطلب بر منبعی تکیه دارد که یادداشت سردبیر به آن افزوده شده است",
    "retraction": "این مطلب بر منبعی تکیه دارد که پس گرفته شده است",
    "withdrawal": "این مطلب بر منبعی تکیه دارد که حذف شده است",
    "concern": "این مطلب بر منبعی تکیه دارد که ناشرش دربارهٔ آن هشدار داده است",
    "content_drift": "این مطلب بر منبعی تکیه دارد که متنش تغییر کرده است",
    "reinstatement": "منبعی که این مطلب بر آن تکیه دارد دوباره معتبر شده است",
}
_PHRASES: Mapping[str, Mapping[str, str]] = {
    "en": _ENGLISH, "fr": _FRENCH, "de": _GERMAN, "fa": _PERSIAN,
}  # fmt: skip


def summary(kind: str, work: Work, publication: Publication | None, language: str) -> str:
    """“It rests on a work that was retracted: “Harbour audit”, The Northgate Courier.”"""
    words = words_of(language)
    title = words.quotes.format(work.title) if work.title else None
    name = words.comma.join(part for part in (title, publication and publication.name) if part)
    phrase = _PHRASES[words.language][kind]
    return f"{phrase}: {name}." if name else f"{phrase}."
