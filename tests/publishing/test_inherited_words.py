"""What readers are told of an article of ours that rests on what was corrected or retracted."""

import pytest

from app.editing.publications.models import Publication
from app.editing.works.models import Work
from app.published.citation_words import EVENT_KINDS
from app.publishing.bibliography.wording.languages import LANGUAGES
from app.publishing.inherited_words import summary

KINDS = [kind for kind in EVENT_KINDS if kind != "url_moved"]
COURIER = Publication(name="The Courier")


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_a_phrase_for_every_kind_in_every_language(language: str) -> None:
    phrases = {summary(kind, Work(title=None), None, language) for kind in KINDS}

    assert len(phrases) == len(KINDS)
    assert all(phrase.endswith(".") and len(phrase) > 20 for phrase in phrases)


@pytest.mark.parametrize(
    ("title", "publication", "said"),
    [
        ("Audit", COURIER, "It rests on a work that was retracted: “Audit”, The Courier."),
        ("Audit", None, "It rests on a work that was retracted: “Audit”."),
        (None, COURIER, "It rests on a work that was retracted: The Courier."),
        (None, None, "It rests on a work that was retracted."),
    ],
)
def test_the_work_is_named_as_far_as_it_has_a_name(
    title: str | None, publication: Publication | None, said: str
) -> None:
    assert summary("retraction", Work(title=title), publication, "en-GB") == said


def test_a_language_without_a_table_reads_english() -> None:
    assert summary("update", Work(), None, "is") == "It rests on a work that was updated."
    assert summary("update", Work(), None, "de-AT").startswith("Der Beitrag stützt sich")
