import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from app.editing.slugs import LONGEST, RESERVED, Slug, is_slug, slug

LANGUAGES = st.sampled_from([None, "en", "de", "de-AT", "fr", "tr", "fa", "hi"])


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Kestrel Bay’s harbour reopens, 627 days on", "en",
         "kestrel-bays-harbour-reopens-627-days-on"),
        ("Don't: 5,000 crowns; 3.5%", None, "dont-5000-crowns-3-5"),
        ("  --A/B & C--  ", None, "a-b-c"),
        ("Ärger über Größe", "de", "aerger-ueber-groesse"),
        ("Ärger über Größe", "de-CH", "aerger-ueber-groesse"),
        ("Ärger über Größe", "sv", "arger-uber-grosse"),
        ("L’été à l'œuvre", "fr", "l-ete-a-l-oeuvre"),
        ("Łódź, Đà Nẵng, Øst, Þór, Ħal", None, "lodz-da-nang-ost-thor-hal"),
        ("İstanbul’da ISI ve ışık", "tr", "istanbulda-isi-ve-isik"),
        ("ｆｕｌｌ ﬁne ǆ", None, "full-fine-dz"),
        ("Co\u00adoperate cafe\u0301", None, "cooperate-cafe"),
        ("بندر پس از ۶۲۷ روز باز می\u200cشود", "fa", "بندر-پس-از-۶۲۷-روز-باز-می-شود"),
        ("الميـــناء", "ar", "الميناء"),
        ("Новая гавань: Ёж и Йод", "ru", "новая-гавань-ёж-и-йод"),
        ("ΛΙΜΑΝΙ ΣΊΣΥΦΟΣ", "el", "λιμανι-σίσυφος"),
        ("港口重新开放", "zh", "港口重新开放"),
        ("हिन्दी में शीर्षक", "hi", "हिन्दी-में-शीर्षक"),
        ("क्\u200dष", "hi", "क्ष"),
        ("한국어 제목", "ko", "한국어-제목"),
    ],
)  # fmt: skip
def test_headlines_become_slugs(text, language, expected):
    expected = unicodedata.normalize("NFC", expected)

    assert slug(text, language=language) == expected


def test_a_slug_is_never_empty():
    assert slug("") == slug("!?—") == "article"
    assert slug("…", fallback="person") == "person"


def test_a_slug_is_cut_between_words():
    assert slug("one two three", maximum=9) == "one-two"
    assert slug("one two three", maximum=7) == "one-two"
    assert slug("a" * 90) == "a" * 80
    assert slug("हिहि", maximum=3) == "हि"


@pytest.mark.parametrize("word", sorted(RESERVED))
def test_reserved_words_are_no_slugs(word):
    assert not is_slug(word)
    assert slug(word) == f"{word}-article"


def test_what_reads_as_an_id_is_no_slug():
    identity = "0b5a4b5e-41f3-4e54-9a5c-1f8f0c8f7d11"

    assert not is_slug(identity)
    assert not is_slug(identity.replace("-", ""))
    assert slug(identity) == f"{identity}-article"


@pytest.mark.parametrize(
    "text",
    ["", "A", "a--b", "-a", "a-", "a b", "a_b", "a.b", "a/b", "e\u0301", "á\u200c", "a%20b",
     "a" * (LONGEST + 1), "a\n"],
)  # fmt: skip
def test_other_text_is_no_slug(text):
    assert not is_slug(text)


@pytest.mark.parametrize("text", ["a", "a-b-2", "café", "می-شود", "२०२६", "a" * LONGEST])
def test_clients_may_send_slugs_of_any_script(text):
    assert is_slug(text)


def test_a_field_proposes_a_slug_that_would_do():
    class Person(BaseModel):
        slug: Slug

    assert Person(slug="mara-tollen").slug == "mara-tollen"
    with pytest.raises(ValidationError, match="mara-tollen would do"):
        Person(slug="Mara Tollen")
    with pytest.raises(ValidationError, match="desk-1 would do"):
        Person(slug="desk")


@given(
    st.text() | st.text("aéßÄ-' \u200cمیش\u0301ि2,0", max_size=30), LANGUAGES, st.integers(1, 90)
)
@example("ǅ", None, 80)
@example("ŉ İ ẞ", None, 80)
@example("\u0345 ᾳ", "el", 80)
@example("feeds", None, 3)
@example("0\u3000\u0f80", None, 80)
@example("a\u200c\u0300", None, 80)
def test_a_slug_is_a_slug_and_the_slug_of_itself(text, language, maximum):
    made = slug(text, language=language, maximum=maximum)

    assert is_slug(made)
    assert len(made) <= max(maximum, len("article")) + len("-article")
    assert slug(made, language=language, maximum=LONGEST) == made
