"""Lines as a reader would be told: who, where, when, through whom."""

from typing import Any

import pytest

from app.published.citation_words import (
    CHANNELS,
    LOCATOR_LABELS,
    SPEAKERLESS_CHANNELS,
    WORK_STATUSES,
)
from app.published.citations import Citation, Hop, Locator, Notice, Source
from app.publishing.bibliography import newsroom_html, newsroom_text
from app.publishing.bibliography.entries import items
from app.publishing.bibliography.wording.languages import LANGUAGES, words_of
from app.publishing.bibliography.wording.words import date_text
from tests.publishing.bibliography.sample import (
    COURIER,
    FORMER,
    LEDGER,
    OFFICE,
    VALDO,
    citation,
    courier,
    listed,
    ref,
    statement,
    work,
)


def line(each: Citation, language: str = "en") -> str:
    return newsroom_text.one(each, language, each.work)


def said(form: str, channel: str, source: Source | None, **fields: Any) -> Citation:
    return citation(1, "paraphrase", statement=statement(form, "No", channel, source), **fields)


def reading(**fields: Any) -> Citation:
    return citation(1, "background", work=ref(LEDGER, COURIER), **fields)


PLAIN = (
    "The Northgate Courier, “Harbour authority kept second ledger”, 20 November 2026 (corrected)"
)
HOP = {"relation": "said", "identity": "named"}


def test_lines_stand_in_the_order_of_their_markers():
    lines = newsroom_text.write(listed()).decode().splitlines()

    assert [text.partition(" ")[0] for text in lines] == [f"[{number}]" for number in range(1, 8)]


def test_somebody_named_who_spoke_to_us():
    lines = newsroom_text.write(listed()).decode().splitlines()

    assert lines[2] == (
        "[3] Ines Valdo, former harbour master, Port of Calder, in an interview, 21 November 2026"
    )


def test_a_report_that_cites_unnamed_sources():
    lines = newsroom_text.write(listed()).decode().splitlines()

    assert lines[0] == (
        "[1] The Northgate Courier, “Harbour authority kept second ledger”, 20 November 2026 "
        "(corrected 21 November 2026), citing current and former officials"
    )


def test_words_are_quoted_by_a_report_and_all_else_is_reported_by_it():
    chain = [courier("quoted")]

    quoted = said("direct", "press_report", FORMER, work=ref(LEDGER, COURIER), chain=chain)
    told = said("summary", "press_report", FORMER, work=ref(LEDGER, COURIER), chain=chain)
    heard = said("direct", "interview", VALDO, work=ref(LEDGER, COURIER), chain=chain)

    who = "a former official (name withheld: not authorised to discuss the audit)"
    assert line(quoted) == f"{who}, quoted by {PLAIN}"
    assert line(told) == f"{who}, as reported by {PLAIN}"
    assert line(heard).endswith(f"Port of Calder, in an interview, quoted by {PLAIN}")


def test_in_a_release_somebody_speaks_for_themselves():
    release = work(1, "press_release", "document", title="On the dues", issued="2026-11-21")
    chain = [Hop(depth=0, node="publication", label=OFFICE.name, **HOP)]

    spoken = said("direct", "written_statement", VALDO, work=ref(release, OFFICE), chain=chain)

    assert line(spoken) == (
        "Ines Valdo, former harbour master, Port of Calder, in a written statement, "
        "Audit Office of Calder, “On the dues”, 21 November 2026"
    )


def test_the_fate_of_what_a_report_cites_is_told():
    notice = Notice(type="retraction", severity="fatal", summary="-", occurred_on="2026-11")
    behind = Hop(depth=1, node="work", label="Bulletin 7", notice=notice, **HOP)
    cited = reading(chain=[courier("reported"), behind])

    assert line(cited) == f"{PLAIN}, citing Bulletin 7 (retracted in November 2026)"
    [entry] = items(listed(only=[cited]))
    assert entry["note"].startswith("Citing Bulletin 7 (retracted in November 2026). Corrected.")


def test_an_outlet_is_named_where_no_work_is_known():
    outlet = Hop(depth=0, node="publication", label="Le Quai", **HOP)

    found = line(said("direct", "press_report", Source(named=False, label="a clerk"),
                      chain=[outlet]))  # fmt: skip

    assert found == "a clerk, quoted by Le Quai"


@pytest.mark.parametrize(
    ("relation", "words"),
    [
        ("reported", "citing Estuary Wire"),
        ("quoted", "quoting Estuary Wire"),
        ("translated", "translated from Estuary Wire"),
        ("republished", "republished from Estuary Wire"),
        ("obtained_document", "with a document obtained from Estuary Wire"),
        ("saw_document", "having seen a document from Estuary Wire"),
    ],
)
def test_each_step_tells_how_it_was_come_by(relation, words):
    wire = Hop(depth=1, node="publication", label="Estuary Wire", **HOP)

    assert line(reading(chain=[courier(relation), wire])) == f"{PLAIN}, {words}"


def test_the_place_in_the_work_is_told():
    assert line(reading(locator=Locator(label="page", value="14"))).endswith(
        "20 November 2026, p. 14 (corrected)"
    )


def test_prefix_and_suffix_stand_around():
    assert line(reading(prefix="see", suffix="in full")) == f"see {PLAIN}, in full"


@pytest.mark.parametrize(("form", "words"), [
    ("declined_comment", "declined to comment"),
    ("no_response", "did not respond to a request for comment"),
    ("denial", "in a denial"),
])  # fmt: skip
def test_silence_is_told(form, words):
    assert line(said(form, "interview", Source(named=True, label="Port of Calder"))) == (
        f"Port of Calder, {words}"
    )


@pytest.mark.parametrize("channel", SPEAKERLESS_CHANNELS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nobody_speaks_it_is_told_what_does(channel, language):
    found = line(said("figure", channel, None), language)

    assert found == words_of(language).bare[channel]


def test_on_deep_background_there_is_nothing_but_ourselves():
    deep = statement("summary", "Talks", "document", None, attribution_level="deep_background")

    assert line(citation(1, "background", statement=deep)) == "our own reporting"


def test_books_and_posts_are_known_by_their_authors():
    author = [{"family": "Okafor", "given": "Lena"}]
    book = work(1, "book", "book", title="Ports", authors=author, issued="2025")
    post = work(2, "social_post", "post", title="No", authors=[{"literal": "Ines Valdo"}])

    assert line(citation(1, "background", work=ref(book, OFFICE))) == (
        "Lena Okafor, “Ports”, Audit Office of Calder, 2025"
    )
    assert line(said("direct", "social_post", VALDO, work=ref(post))).startswith(
        "Ines Valdo, former harbour master, Port of Calder, in a post on social media, “No”"
    )


def test_roles_begin_in_lower_case_only_with_words_that_are_no_names():
    def role(text: str, language: str = "en") -> str:
        return line(said("direct", "other", Source(named=True, label="A", role=text)), language)

    assert role("Former minister") == "A, former minister"
    assert role("European commissioner") == "A, European commissioner"
    assert role("Ancienne ministre", "fr") == "A, ancienne ministre"
    assert role("Hafenmeisterin", "de") == "A, Hafenmeisterin"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_all_words(language):
    words = words_of(language)

    assert words.channels.keys() | words.bare.keys() | {"other"} == set(CHANNELS)
    assert words.locators.keys() == set(LOCATOR_LABELS)
    assert words.statuses.keys() == set(WORK_STATUSES) - {"current"}
    assert len(words.months) == 12
    templates = [*words.through.values(), *words.locators.values(), words.withheld, words.quotes,
                 words.quoted_by, words.reported_by, words.quoting, words.agency, words.via,
                 words.archived, words.on, words.during, words.since, words.until]  # fmt: skip
    assert [text.count("{}") for text in templates] == [1] * len(templates)


@pytest.mark.parametrize(
    ("language", "dates"),
    [
        ("en", ["2026", "November 2026", "1 November 2026", "20 November 2026",
                "20 November 2026 to 2027", "since November 2026", "until 2026"]),
        ("fr", ["2026", "novembre 2026", "1er novembre 2026", "20 novembre 2026",
                "20 novembre 2026 – 2027", "depuis novembre 2026", "jusqu’à 2026"]),
        ("de", ["2026", "November 2026", "1. November 2026", "20. November 2026",
                "20. November 2026 bis 2027", "seit November 2026", "bis 2026"]),
        ("fa", ["۲۰۲۶", "نوامبر ۲۰۲۶", "۱ نوامبر ۲۰۲۶", "۲۰ نوامبر ۲۰۲۶",
                "از ۲۰ نوامبر ۲۰۲۶ تا ۲۰۲۷", "از نوامبر ۲۰۲۶", "تا ۲۰۲۶"]),
    ],
)  # fmt: skip
def test_dates_are_written_as_the_language_has_them(language, dates):
    edtf = ["2026", "2026-11", "2026-11-01", "2026-11-20", "2026-11-20/2027", "2026-11/..",
            "../2026"]  # fmt: skip

    assert [date_text(each, words_of(language)) for each in edtf] == dates


def test_other_languages_are_told_in_english_and_say_so():
    assert words_of("fr-CA") is words_of("fr")
    assert words_of("sw") is words_of("en")
    assert newsroom_html.write(listed("sw")).startswith(
        b'<ol class="citations" lang="en" dir="ltr"'
    )


def test_what_runs_the_other_way_is_isolated():
    persian = work(1, "web_page", "webpage", title="بندر", authors=[{"literal": "Ines"}])
    cited = citation(1, "background", work=ref(persian))

    assert line(cited) == "Ines, “\u2068بندر\u2069”"
    assert line(cited, "fa") == "\u2068Ines\u2069، «بندر»"
