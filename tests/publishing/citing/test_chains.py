"""Through whom it came: from what we read to the origin."""

from typing import Any

import pytest

from app.publishing.citing.chains import chain
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

LEDGER, DISPATCH = work(), work(WIRE, kind="wire_item", title="Port is calm")
VALDO = speaker(names={"fa": "اینس والدو"})
PORT = speaker("Port of Calder", kind="organisation")
KNOWN = sources(LEDGER, DISPATCH, VALDO, PORT)
OFFICIALS = unnamed("current and former officials", kind="group")


def steps(hops: list[dict[str, Any]]) -> list[tuple[str, str, str, str]]:
    assert [hop["depth"] for hop in hops] == list(range(len(hops)))
    return [(hop["node"], hop["label"], hop["relation"], hop["identity"]) for hop in hops]


def test_a_chain_is_told_step_by_step() -> None:
    citation = cites(
        work_id=LEDGER.id,
        chain=[
            {"publication_id": COURIER.id, "relation": "cited"},
            {"work_id": DISPATCH.id, "relation": "quoted"},
            {"speaker_id": PORT.id, "relation": "said"},
            {"unnamed": OFFICIALS, "relation": "said"},
        ],
    )

    found = chain(citation, KNOWN, "en")

    assert steps(found) == [
        ("publication", "The Northgate Courier", "cited", "named"),
        ("work", "Port is calm", "quoted", "named"),
        ("organisation", "Port of Calder", "said", "named"),
        ("group", "current and former officials", "said", "withheld_by_relay"),
    ]
    ids = [(hop["publication_id"], hop["work_id"], hop["speaker_id"]) for hop in found]
    assert ids == [
        (COURIER.id, LEDGER.id, None), (None, DISPATCH.id, None), (None, None, PORT.id),
        (None, None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"work_id": LEDGER.id}, [("publication", COURIER.name, "reported", "named")]),
        (
            {"work_id": LEDGER.id, "type": "quotation",
             "statement": said(form="direct", channel="press_report")},
            [("publication", COURIER.name, "quoted", "named"),
             ("person", "a former official", "said", "withheld_by_relay")],
        ),
        (
            {"statement": said(unnamed=unnamed(
                anonymity={"reason": "safety", "granted_by": "us"}))},
            [("person", "a former official", "said", "withheld_by_us")],
        ),
        ({"statement": said(speaker_id=VALDO.id)}, [("person", "Ines Valdo", "said", "named")]),
        ({"statement": said(channel="data_analysis")}, []),
    ],
    ids=["report", "quotation", "to us", "by name", "data"],
)  # fmt: skip
def test_where_nobody_wrote_one_it_is_made_of_work_and_statement(
    fields: dict[str, Any], expected: list[Any]
) -> None:
    assert steps(chain(cites(**fields), KNOWN, "en")) == expected


def test_a_work_that_nobody_issued_stands_for_itself() -> None:
    found = work(None, title=None)

    assert steps(chain(cites(work_id=found.id), sources(found), "en")) == [
        ("work", "", "reported", "named")
    ]


def test_names_are_in_the_language_of_the_article() -> None:
    citation = cites(statement=said(speaker_id=VALDO.id))

    assert [hop["label"] for hop in chain(citation, KNOWN, "fa-AF")] == ["اینس والدو"]


def test_each_step_tells_what_happened_to_its_work() -> None:
    news = {LEDGER.id: [event("correction")], DISPATCH.id: [event("retraction")]}
    known = sources(LEDGER, DISPATCH, news=news)
    steps_to_wire = [{"publication_id": COURIER.id}, {"work_id": DISPATCH.id}]

    found = chain(cites(work_id=LEDGER.id, chain=steps_to_wire), known, "en")

    assert [hop["notice"]["type"] for hop in found] == ["correction", "retraction"]


def test_what_was_merged_is_named_by_what_it_became() -> None:
    old, new = work(GAZETTE, title="Old"), work(COURIER, title="New")
    known = sources(new)
    known.works[old.id] = new
    known.publications[GAZETTE.id] = COURIER

    direct = chain(cites(work_id=old.id), known, "en")
    passing = chain(
        cites(work_id=old.id, chain=[{"publication_id": GAZETTE.id}, {"work_id": old.id}]),
        known, "en",
    )  # fmt: skip

    assert [(hop["publication_id"], hop["work_id"]) for hop in direct] == [(COURIER.id, new.id)]
    assert [(hop["label"], hop["work_id"]) for hop in passing] == [
        ("The Northgate Courier", new.id), ("New", new.id)
    ]  # fmt: skip


@pytest.mark.parametrize("written", [True, False])
def test_on_deep_background_nobody_is_at_the_end(written: bool) -> None:
    steps_to_them = [{"publication_id": COURIER.id}, {"unnamed": OFFICIALS}] if written else []
    statement = said(unnamed=OFFICIALS, attribution_level="deep_background")

    found = chain(
        cites(work_id=LEDGER.id, statement=statement, chain=steps_to_them), KNOWN, "en"
    )  # fmt: skip

    assert steps(found) == [("publication", COURIER.name, "reported", "named")]
