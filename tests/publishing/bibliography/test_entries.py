"""The entries of an article: each work once, and nobody who is not named."""

import json

import pytest

from app.published.citations import Hop, Source, Via
from app.publishing.bibliography.csl_words import faults
from app.publishing.bibliography.entries import items
from app.publishing.bibliography.formats import FORMATS
from tests.publishing.bibliography.sample import (
    COURIER,
    FORMER,
    LEDGER,
    OFFICE,
    SPEAKER,
    VALDO,
    citation,
    citations,
    listed,
    ref,
    statement,
    uuid,
    work,
)


def spoken(channel: str, source: Source | None = VALDO, **fields):
    said = statement("direct", "Not now", channel, source, **fields)
    return citation(1, "quotation", statement=said)


def test_all_entries_are_sound():
    for language in ("en", "fr", "de", "fa"):
        assert [faults(item) for item in items(listed(language))] == [[]] * 5


def test_a_work_that_several_cite_is_one_entry_that_tells_what_stands_behind_it():
    [ledger, *_] = items(listed())

    assert ledger["id"] == str(LEDGER.id)
    assert ledger["note"] == (
        "Citing current and former officials; quoting a former official. Corrected 21 November "
        "2026. Archived at https://archive.example/20261121/ledger."
    )
    assert sum(item["id"] == ledger["id"] for item in items(listed())) == 1


def test_the_same_is_told_once():
    repeated = [
        citation(number, "quotation", via=Via(citation_id=uuid(101)),
                 statement=statement("direct", "No", "press_report", FORMER))
        for number in (2, 3)
    ]  # fmt: skip

    [entry] = items(listed(only=[citations()[0], *repeated]))

    assert entry["note"].count("a former official") == 1


def test_a_work_without_a_story_has_no_note():
    audit = work(11, "report", "report", title="Dues")

    [entry] = items(listed(only=[citation(1, "document", work=ref(audit, OFFICE))]))

    assert "note" not in entry


def test_who_made_the_work_is_not_quoted_in_it():
    post = work(12, "social_post", "post", title="No", authors=[{"literal": "Ines Valdo"}])
    said = statement("direct", "No", "social_post", VALDO)

    [entry] = items(listed(only=[citation(1, "quotation", work=ref(post), statement=said)]))

    assert "note" not in entry


@pytest.mark.parametrize(
    ("channel", "csl_type"),
    [
        ("interview", "interview"),
        ("press_conference", "speech"),
        ("public_speech", "speech"),
        ("written_statement", "personal_communication"),
        ("private_communication", "personal_communication"),
        ("testimony", "hearing"),
        ("broadcast", "broadcast"),
        ("social_post", "post"),
    ],
)
def test_words_said_by_name_have_an_entry_of_their_own(channel, csl_type):
    [entry] = items(listed(only=[spoken(channel, said_on="2026-11", place="Calder")]))

    assert faults(entry) == []
    assert (entry["type"], entry["author"]) == (csl_type, [{"family": "Valdo", "given": "Ines"}])
    assert entry["issued"] == {"date-parts": [[2026, 11]]}
    assert "Calder" in (entry.get("event-place"), entry.get("publisher-place"))


def test_a_speaker_whom_nobody_took_apart_has_one_whole_name():
    stranger = Source(named=True, id=uuid(51), label="Tomas Brandt")

    [entry] = items(listed(only=[spoken("interview", stranger)]))

    assert entry["author"] == [{"literal": "Tomas Brandt"}]


def test_what_somebody_did_instead_of_answering_is_told():
    silent = citation(
        1, "paraphrase", statement=statement("declined_comment", "-", "interview", VALDO)
    )

    [entry] = items(listed(only=[silent]))

    assert entry["note"] == "Former harbour master, Port of Calder. Declined to comment."


def test_words_read_in_an_outlet_name_it():
    heard = spoken("press_report")
    outlet = Hop(depth=0, node="publication", label=COURIER.name, relation="quoted",
                 identity="named", publication_id=COURIER.id)  # fmt: skip

    [entry] = items(listed(only=[heard.model_copy(update={"chain": [outlet]})]))

    assert (entry["type"], entry["container-title"]) == ("document", COURIER.name)


@pytest.mark.parametrize(
    "source",
    [FORMER, Source(named=False, label="a clerk"), None],
)
@pytest.mark.parametrize("channel", ["interview", "leak", "document", "direct_observation"])
def test_nobody_unnamed_has_an_entry(source, channel):
    assert items(listed(only=[spoken(channel, source)])) == []


def test_a_chain_of_citations_leads_to_the_work_and_a_circle_ends():
    first, second, *_ = citations()
    third = citation(3, "paraphrase", via=Via(citation_id=second.id),
                     statement=statement("paraphrase", "So", "press_report", FORMER))  # fmt: skip
    circle = [
        citation(8, "see_also", via=Via(citation_id=uuid(109))),
        citation(9, "see_also", via=Via(citation_id=uuid(108))),
        citation(10, "see_also", via=Via(citation_id=uuid(999))),
    ]

    [entry] = items(listed(only=[first, second, third, *circle]))

    assert entry["id"] == str(LEDGER.id)


def test_keys_are_those_by_which_other_formats_cite():
    keys = [item["citation-key"] for item in items(listed())]

    assert keys == [
        "okafor2026harbour", "valdo2026", "audit2026port", "estuary2026port", "tide2026"
    ]  # fmt: skip
    for name in ("bib", "ris"):
        assert all(key in FORMATS[name].write(listed()).decode() for key in keys)


def test_an_article_without_citations_can_be_written_in_every_format():
    for name, form in FORMATS.items():
        written = form.write(listed(only=[]))
        assert written.decode().strip("[]\n") == "" or name in ("html", "jsonld")


def test_unnamed_sources_leave_no_id_and_no_date():
    unnamed = [each for each in citations() if each.statement and each.statement.source == FORMER]

    written = json.dumps(items(listed(only=[citations()[0], *unnamed])))

    assert str(SPEAKER) not in written
    assert all(str(each.id) not in written for each in unnamed)
