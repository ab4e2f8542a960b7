"""Each citation by itself: its permalink, its card, and what lists can be narrowed to."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest

from app.published.writes import Cited
from app.publishing.citing.standalone import standalone
from tests.publishing.citing.sample import (
    COURIER,
    cites,
    said,
    shown,
    sources,
    speaker,
    unnamed,
    work,
)

LEDGER, VALDO = work(), speaker()
KNOWN = sources(LEDGER, VALDO)
TEXT = "It rained. The paper said “so”. Nobody knew."
SECTION = uuid4()
ARTICLE = {
    "id": uuid4(), "headline": "The harbour", "path": "/news/harbour", "edition": "en",
    "language": "en", "section": {"id": SECTION, "name": "News", "path": "/news"},
    "published_at": datetime(2026, 11, 20, tzinfo=UTC), "byline_text": "Lena Okafor",
}  # fmt: skip
AT = [{"exact": "so", "block_id": "b0", "start": 27, "end": 29}]


def made(citation: Any, texts: dict[str, str] | None = None) -> Cited:
    found = shown(citation, of=KNOWN, text=TEXT)
    [row] = standalone(found, ARTICLE, {"b0": TEXT} if texts is None else texts, KNOWN)
    return row


def test_it_comes_with_its_article_and_its_sentence() -> None:
    citation = cites(
        type="quotation", work_id=LEDGER.id, intent="cites", anchors=AT,
        statement=said(form="direct", text="so", speaker_id=VALDO.id, channel="press_report"),
    )  # fmt: skip

    row = made(citation)

    full, card = orjson.loads(row.full), orjson.loads(row.card)
    article = {
        "id": str(ARTICLE["id"]), "headline": "The harbour", "path": "/news/harbour",
        "edition": "en", "language": "en", "section": "News",
        "published_at": "2026-11-20T00:00:00Z",
    }  # fmt: skip
    assert (full["kind"], full["article"], card["article"]) == ("citation", article, article)
    assert full["context"] == card["context"] == "The paper said “so”."
    [embedded] = shown(citation, of=KNOWN, text=TEXT)
    assert full.keys() == embedded.keys() | {"kind", "article", "context"}
    assert card == {
        "id": str(citation.id), "type": "quotation", "intent": "cites", "text": "so",
        "source": full["statement"]["source"], "channel": "press_report",
        "attribution_level": "on_the_record", "context": card["context"],
        "work": {"id": str(LEDGER.id), "type": "newspaper_article", "title": "A second ledger",
                 "publication": {"id": str(COURIER.id), "name": COURIER.name,
                                 "short_name": "Courier", "type": "newspaper"},
                 "status": "current"},
        "verified_independently": False, "display": full["display"], "article": article,
    }  # fmt: skip
    assert (row.type, row.channel, row.level) == ("quotation", "press_report", "on_the_record")
    assert (row.id, row.ordinal, row.affiliation) == (citation.id, 1, None)
    assert row.publication_id == COURIER.id
    assert row.keys == {LEDGER.id, COURIER.id, VALDO.id}


@pytest.mark.parametrize(
    ("public", "level", "found"),
    [
        ([], "background", None),
        (["affiliation"], "background", "government"),
        (["affiliation"], "deep_background", None),
    ],
)
def test_nobody_unnamed_is_found_by_what_is_not_public(
    public: list[str], level: str, found: Any
) -> None:
    hidden = unnamed(affiliation="government", public=public)

    row = made(cites(statement=said(unnamed=hidden, attribution_level=level)))

    assert row.affiliation == found
    assert (row.keys, row.publication_id) == (frozenset[UUID](), None)
    if found is None:
        assert b"government" not in row.full + row.card


def test_what_stands_at_no_words_has_no_sentence() -> None:
    whole_block = cites(work_id=LEDGER.id, anchors=[{"block_id": "b0"}])
    headline = cites(
        work_id=LEDGER.id,
        anchors=[{"target": "headline", "exact": "harbour", "start": 4, "end": 11}],
    )

    for citation in (cites(work_id=LEDGER.id), whole_block, headline):
        assert orjson.loads(made(citation).full)["context"] is None


def test_two_that_say_the_same_share_nothing_by_which_to_tie_them() -> None:
    """The same unnamed source, in two articles."""
    fields = said(unnamed=unnamed(kind="person"))

    one, other = (made(cites(statement=fields)) for _ in range(2))

    def without(row: Cited, *names: str) -> dict[str, Any]:
        full = orjson.loads(row.full)
        for name in names:
            del full[name]
        return full

    assert one.id != other.id
    assert without(one, "id") == without(other, "id")
    told = without(one, "id", "article", "anchors", "display")
    assert not [value for value in _leaves(told) if _is_id(value)]


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for each in value.values() for leaf in _leaves(each)]
    if isinstance(value, list):
        return [leaf for each in value for leaf in _leaves(each)]
    return [value]


def _is_id(value: Any) -> bool:
    """A UUID, or a date or hash that would do as well."""
    text = str(value)
    return len(text) >= 10 and text.count("-") >= 2
