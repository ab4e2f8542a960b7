"""What an article rests on, in numbers."""

from typing import Any

import pytest

from app.publishing.citing.sourcing import sourcing
from tests.editing.citations.written import written
from tests.publishing.citing.sample import (
    COURIER,
    GAZETTE,
    WIRE,
    cites,
    event,
    said,
    sources,
    speaker,
    unnamed,
    work,
)

LEDGER, SEQUEL, REPORT = work(), work(), work(GAZETTE)
PRINTED, REPRINTED = work(COURIER, agency=WIRE), work(GAZETTE, agency=WIRE)
DISPATCH = work(WIRE, kind="wire_item", agency=WIRE)
RULING = work(None, kind="court_document")
VALDO, MAYOR = speaker(), speaker("Rolf Aune")
KNOWN = sources(LEDGER, SEQUEL, REPORT, PRINTED, REPRINTED, DISPATCH, RULING, VALDO, MAYOR)


def relayed(work_id: Any, label: str = "a former official", **fields: Any) -> dict[str, Any]:
    statement = said(channel="press_report", unnamed=unnamed(label))
    return {"work_id": work_id, "statement": statement, **fields}


def spoken(who: Any, **fields: Any) -> dict[str, Any]:
    return {"statement": said(speaker_id=who.id), **fields}


def counted(*fields: dict[str, Any]) -> dict[str, Any]:
    found = sourcing([cites(**each) for each in fields], KNOWN)
    assert found is not None
    return found


def test_all_that_is_counted() -> None:
    dead = work(GAZETTE, link_broken=True)
    known = sources(
        LEDGER, dead, DISPATCH, VALDO,
        news={LEDGER.id: [event("correction")], DISPATCH.id: [event()], dead.id: []},
    )  # fmt: skip
    reason = {"reason": "safety", "reason_public": "fears for their job"}
    found = sourcing(
        [
            cites(work_id=LEDGER.id),
            cites(**relayed(LEDGER.id)),
            cites(work_id=dead.id,
                  chain=[{"publication_id": GAZETTE.id}, {"work_id": DISPATCH.id}]),
            cites(**spoken(VALDO), verified_independently=True),
            cites(statement=said(unnamed=unnamed("an engineer", anonymity=reason))),
            cites(statement=said(form="declined_comment", speaker_id=VALDO.id)),
            cites(statement=said(form="no_response", speaker_id=VALDO.id)),
            cites(statement=said(channel="data_analysis"), type="data"),
        ],
        known,
    )  # fmt: skip

    assert found == {
        "formula": 1, "citations": 8, "works": 2, "origins_independent": 5, "single_origin": False,
        "relay_only": False, "statements": 6, "named": 3, "unnamed": 2,
        "by_type": {"data": 1, "paraphrase": 5, "reported_by": 2},
        "by_channel": {"data_analysis": 1, "interview": 4, "press_report": 1},
        "by_level": {"background": 2, "on_the_record": 4}, "verified_independently": 1,
        "declined_comment": 2, "anonymity_reasons_given": 1, "works_with_notice": 2,
        "links_broken": 1,
    }  # fmt: skip


def test_ten_quotes_through_one_newspaper_report_are_one_origin() -> None:
    report = cites(work_id=LEDGER.id)
    through = {"statement": said(channel="press_report", unnamed=unnamed("a diplomat"))}
    quotes = [
        *(cites(**relayed(LEDGER.id, label=f"official no. {number}")) for number in range(7)),
        cites(**through, via_citation_id=report.id),
        cites(work_id=LEDGER.id, statement=said(speaker_id=VALDO.id, channel="press_report")),
        cites(**through, chain=[{"publication_id": COURIER.id}, {"unnamed": unnamed()}]),
    ]

    found = sourcing([report, *quotes], KNOWN)

    assert found is not None
    assert len(quotes) == 10
    assert (found["origins_independent"], found["single_origin"]) == (1, True)
    assert found["relay_only"]


@pytest.mark.parametrize(
    ("origins", "fields"),
    [
        (2, [{"work_id": LEDGER.id}, {"work_id": SEQUEL.id}]),
        (1, [spoken(VALDO), spoken(VALDO)]),
        (2, [spoken(VALDO), spoken(MAYOR)]),
        # Two labels may be of two people, one label of one.
        (2, [{"statement": said(unnamed=unnamed("an aide"))}, {"statement": said()}]),
        (1, [{"statement": said(unnamed=unnamed("A former  official"))}, {"statement": said()}]),
        # What we have found out ourselves counts, whoever reported it first.
        (2, [{"work_id": LEDGER.id},
             relayed(LEDGER.id, verified_independently=True)]),
        (1, [{"work_id": RULING.id, "verified_independently": True}, {"work_id": RULING.id}]),
        (2, [{"work_id": LEDGER.id, "verified_independently": True},
             {"work_id": SEQUEL.id, "verified_independently": True}]),
        # Two papers that have it from a third.
        (1, [{"work_id": REPORT.id,
              "chain": [{"publication_id": GAZETTE.id}, {"work_id": LEDGER.id}]},
             {"work_id": LEDGER.id}]),
        (1, [{"work_id": REPORT.id,
              "chain": [{"publication_id": GAZETTE.id}, {"publication_id": COURIER.id},
                        {"unnamed": unnamed()}]},
             {"work_id": LEDGER.id}]),
        # Wire copy, wherever it is printed.
        (1, [{"work_id": PRINTED.id}, {"work_id": REPRINTED.id}]),
        (1, [{"work_id": PRINTED.id}, {"work_id": DISPATCH.id}]),
        (1, [{"work_id": REPORT.id,
              "chain": [{"publication_id": GAZETTE.id}, {"work_id": DISPATCH.id}]},
             {"work_id": DISPATCH.id, "type": "wire_copy"}]),
        (2, [{"work_id": PRINTED.id}, {"work_id": LEDGER.id}]),
        # Somebody who told us what others had told them.
        (1, [{"statement": said(), "chain": [{"speaker_id": VALDO.id}, {"unnamed": unnamed()}]},
             spoken(VALDO)]),
        (2, [{"statement": said(channel="data_analysis")},
             {"statement": said(channel="direct_observation")}]),
    ],
)  # fmt: skip
def test_relays_are_not_independent(origins: int, fields: list[dict[str, Any]]) -> None:
    assert counted(*fields)["origins_independent"] == origins


@pytest.mark.parametrize(
    ("relay_only", "fields"),
    [
        (True, [relayed(LEDGER.id)]),
        (True, [relayed(LEDGER.id), {"work_id": RULING.id}]),
        (False, [relayed(LEDGER.id, verified_independently=True)]),
        (False, [relayed(LEDGER.id), spoken(VALDO)]),
        (False, [{"work_id": RULING.id, "statement": said(channel="document")}]),
        (False, [{"work_id": LEDGER.id}]),
    ],
    ids=["relay", "and a work", "verified", "and a voice", "a document", "nothing said"],
)
def test_relays_alone(relay_only: bool, fields: list[dict[str, Any]]) -> None:
    assert counted(*fields)["relay_only"] is relay_only


def test_what_is_for_the_desk_alone_does_not_count() -> None:
    report = cites(work_id=LEDGER.id, visibility="internal")
    quote = cites(**relayed(SEQUEL.id), via_citation_id=report.id)
    content = written("Some words.")
    content.citations = [report, quote]

    found = sourcing(content.public_citations, sources(SEQUEL))
    content.citations = [report]
    nothing = sourcing(content.public_citations, sources())

    assert found is not None
    assert (found["citations"], found["works"], found["origins_independent"]) == (1, 1, 1)
    assert nothing is None
