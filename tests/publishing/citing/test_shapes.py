"""Citations as readers get them: every public field, and nothing else."""

import json
from datetime import date
from typing import Any

import pytest

from app.published.citations import Citation
from app.publishing.citing import shapes
from tests.publishing.citing.sample import (
    COURIER,
    WIRE,
    cites,
    event,
    said,
    shown,
    sources,
    speaker,
    unnamed,
    work,
)

CANARY = "canary"
LEDGER = work(
    agency=WIRE, authors=[{"family": "Okafor", "given": "Lena"}, {"literal": "Staff"}],
    issued="2026-11-20", language="en", url="https://courier.example/ledger", access="metered",
    status="corrected", link_broken=True, archive_url="https://archive.example/ledger",
    archived_on=date(2026, 11, 21), note_internal=CANARY, fingerprint=CANARY, url_key=CANARY,
    search_text=CANARY, link_verdict="gone",
)  # fmt: skip
VALDO = speaker(names={"fa": "اینس والدو"}, note_internal=CANARY)
CORRECTED = event("correction", severity="material")
KNOWN = sources(LEDGER, VALDO, news={LEDGER.id: [CORRECTED]})
OUTLET = {"id": COURIER.id, "name": COURIER.name, "short_name": "Courier", "type": "newspaper"}
NOTICE = {
    "type": "correction", "severity": "material", "summary": "Forged.",
    "url": "https://courier.example/notice", "occurred_on": "2026-11-21",
}  # fmt: skip
TICKED = {"affiliation": "government", "role_status": "former", "count": "one"}
REASON = {"reason": "safety", "reason_public": "fears for their job", "granted_by": "us",
          "approved_by": CANARY}  # fmt: skip


def test_a_citation_says_what_its_work_and_statement_say() -> None:
    first = cites(work_id=LEDGER.id)
    citation = cites(
        type="paraphrase", intent="containsAssertionFrom", work_id=LEDGER.id, prefix="see",
        suffix="and others", attribution_text="Valdo told the paper",
        locator={"label": "page", "value": "12"}, via_citation_id=first.id,
        verified_independently=True, note_internal=CANARY,
        anchors=[{"exact": "Some words", "block_id": "b0", "start": 0, "end": 10}],
        statement=said(
            speaker_id=VALDO.id, form="partial_direct", text="never closed", language="fr",
            text_original="jamais fermé", language_original="fr", translated_by="us",
            role_at_time="Harbour master", role_status="former", affiliation="government",
            function="expert", channel="press_report", said_on="2026-11-19", place="Calder",
            corroboration="documents_seen", timecode_ms=[1, 2],
        ),
    )  # fmt: skip

    found = shown(first, citation, of=KNOWN)[0]

    csl = found["work"].pop("csl")
    assert (csl["id"], csl["title"]) == (str(LEDGER.id), "A second ledger")
    display, chain = found.pop("display"), found.pop("chain")
    assert display["line1"] == "Ines Valdo"
    assert [hop["label"] for hop in chain] == ["The Northgate Courier", "Ines Valdo"]
    assert found == {
        "id": citation.id, "marker": "1", "ordinal": 1, "type": "paraphrase",
        "intent": "containsAssertionFrom", "attribution_text": "Valdo told the paper",
        "prefix": "see", "suffix": "and others", "locator": {"label": "page", "value": "12"},
        "via": {"citation_id": first.id}, "verified_independently": True,
        "work": {
            "id": LEDGER.id, "type": "newspaper_article", "title": "A second ledger",
            "publication": OUTLET, "authors": ["Lena Okafor", "Staff"], "issued": "2026-11-20",
            "language": "en", "status": "corrected", "notice": NOTICE, "article_id": None,
            "link": {"url": "https://courier.example/ledger", "access": "metered", "broken": True,
                     "archive_url": "https://archive.example/ledger",
                     "archived_on": date(2026, 11, 21)},
        },
        "statement": {
            "form": "partial_direct", "text": "never closed", "language": "fr",
            "text_original": "jamais fermé", "language_original": "fr", "translated_by": "us",
            "channel": "press_report", "attribution_level": "on_the_record",
            "corroboration": "documents_seen", "said_on": "2026-11-19", "place": "Calder",
            "source": {"named": True, "id": VALDO.id, "label": "Ines Valdo",
                       "role": "Harbour master", "affiliation": "government",
                       "role_status": "former"},
        },
        "anchors": [
            {"target": "body", "block_id": "b0", "exact": "Some words", "prefix": "",
             "suffix": ".", "start": 0, "end": 10, "time_ms": None,
             "fragment": "#:~:text=Some%20words"},
        ],
    }  # fmt: skip
    assert CANARY not in str(found) + str(csl)


def test_only_its_words_are_in_the_public_model() -> None:
    """The model takes every field that is made here, and knows no other."""
    found = shown(cites(work_id=LEDGER.id, statement=said(speaker_id=VALDO.id)), of=KNOWN)[0]

    model = Citation.model_validate(found).model_dump()
    assert model.keys() == found.keys()
    for part in ("work", "statement"):
        assert model[part].keys() == found[part].keys()


@pytest.mark.parametrize("public", [[], ["affiliation"], ["role_status", "count"], [*TICKED]])
def test_of_an_unnamed_source_there_is_the_label_and_what_was_ticked(public: list[str]) -> None:
    hidden = unnamed(**TICKED, public=public, anonymity=REASON | {"reason_public": None})
    statement = said(
        unnamed=hidden, role_status="former", affiliation="corporate", function="witness",
        timecode_ms=[1, 2],
    )  # fmt: skip

    found = shown(cites(statement=statement, note_internal=CANARY), of=KNOWN)[0]

    assert found["statement"]["source"] == {
        "named": False, "label": "a former official", "anonymity_reason": None,
        **{field: TICKED[field] if field in public else None for field in TICKED},
    }  # fmt: skip
    assert (found["statement"]["said_on"], found["statement"]["place"]) == (None, None)
    told = Citation.model_validate(found).model_dump_json()
    assert "2026" not in told
    for secret in (CANARY, "safety", "corporate", "witness"):
        assert secret not in told
    model = json.loads(told)
    assert (model["statement"]["source"]["id"], model["statement"]["source"]["role"]) == (
        None,
        None,
    )


def test_the_reason_for_readers_is_told() -> None:
    statement = said(unnamed=unnamed(anonymity=REASON))

    found = shown(cites(statement=statement), of=KNOWN)[0]

    assert found["statement"]["source"]["anonymity_reason"] == "fears for their job"
    assert CANARY not in str(found)
    assert "safety" not in str(found)


@pytest.mark.parametrize(
    "statement",
    [
        said(unnamed=unnamed(CANARY, **TICKED, public=[*TICKED],
                             anonymity=REASON | {"reason_public": CANARY}),
             attribution_level="deep_background"),
        said(channel="document", attribution_level="deep_background", said_on="2026-11-19",
             place=CANARY),
    ],
    ids=["somebody", "a document"],
)  # fmt: skip
def test_on_deep_background_there_is_no_source(statement: dict[str, Any]) -> None:
    citation = cites(
        work_id=LEDGER.id, statement=statement, attribution_text=f"a {CANARY} said",
        chain=[{"publication_id": COURIER.id}, {"unnamed": unnamed(CANARY)}],
    )  # fmt: skip

    found = shown(citation, of=KNOWN)[0]

    assert found["statement"]["text"] == "It was known"
    assert found["statement"]["source"] is None
    assert (found["statement"]["said_on"], found["statement"]["place"]) == (None, None)
    assert CANARY not in str(found)
    assert "2026-11-19" not in str(found)


def test_a_way_through_what_readers_do_not_see_is_not_told() -> None:
    internal = cites(work_id=LEDGER.id, visibility="internal")
    quote = cites(statement=said(), via_citation_id=internal.id)

    assert shown(quote, of=KNOWN)[0]["via"] is None


def test_names_are_in_the_language_of_the_article() -> None:
    found = shown(cites(statement=said(speaker_id=VALDO.id)), of=KNOWN, language="fa")[0]

    assert found["statement"]["source"]["label"] == "اینس والدو"


def test_a_citation_is_in_the_lists_of_all_that_it_names() -> None:
    dispatch, source = work(COURIER, agency=WIRE), speaker("Rolf Aune")
    known = sources(LEDGER, dispatch, VALDO, source)
    citation = cites(
        work_id=LEDGER.id,
        statement=said(speaker_id=VALDO.id),
        chain=[{"publication_id": COURIER.id}, {"work_id": dispatch.id},
               {"speaker_id": source.id}],
    )  # fmt: skip
    hidden = cites(statement=said())

    keys = shapes.list_keys(shown(citation, hidden, of=known), known)

    assert keys == {
        citation.id: {LEDGER.id, COURIER.id, WIRE.id, dispatch.id, VALDO.id, source.id},
        hidden.id: frozenset(),
    }
