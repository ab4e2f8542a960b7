"""What readers without the right see of the citations of a restricted article."""

from typing import Any
from uuid import UUID

from app.editing.articles.content import Content
from app.editing.citations.block_texts import places
from app.editing.citations.values import Citation
from app.publishing.citing import shapes
from app.publishing.citing.cited import open_citations
from app.publishing.markers import in_order
from tests.editing.citations.written import written
from tests.publishing.citing.sample import cites, said, sources, speaker, work

LEDGER, VALDO = work(), speaker()
KNOWN = sources(LEDGER, VALDO)
FACTBOX = {
    "type": "factbox",
    "blocks": [{"id": "inside", "type": "paragraph", "html": "Opened in 1911."}],
}
TEXTS = ("Anybody reads it.", FACTBOX, "Only some read this.")


def at(block: str, start: int = 0, end: int = 4, **fields: Any) -> dict[str, Any]:
    return {"block_id": block, "exact": "canary", "start": start, "end": end, **fields}


def article(*citations: Citation, blocks: int = 2, level: str = "subscriber") -> Content:
    access = {"level": level, "preview_blocks": blocks}
    content = written(*TEXTS, access=access)
    content.citations = list(citations)
    return content


def seen(content: Content) -> dict[UUID, dict[str, Any]]:
    texts = places(content)
    shown = shapes.citations(
        in_order(content.citations, texts), KNOWN, places=texts, language="en", direction="ltr"
    )
    return {each["id"]: each for each in open_citations(content, shown)}


def test_those_behind_the_cut_are_not_there() -> None:
    before, inside, behind = (
        cites(work_id=LEDGER.id, anchors=[at(block)]) for block in ("b0", "inside", "b2")
    )
    headline = cites(
        work_id=LEDGER.id,
        anchors=[{"target": "headline", "exact": "The", "start": 0, "end": 3}],
    )
    nowhere = cites(work_id=LEDGER.id)
    every = (headline, before, inside, behind, nowhere)

    assert list(seen(article(*every))) == [headline.id, before.id, inside.id]
    assert list(seen(article(*every, blocks=1))) == [headline.id, before.id]
    assert list(seen(article(*every, level="free"))) == [each.id for each in every]


def test_one_that_stands_on_both_sides_is_told_without_its_other_place() -> None:
    both = cites(work_id=LEDGER.id, anchors=[at("b2", 0, 9), at("b0")])

    [found] = seen(article(both)).values()

    assert [anchor["exact"] for anchor in found["anchors"]] == ["Anyb"]
    assert "Only" not in str(found)
    [whole] = seen(article(both, level="free")).values()
    assert [anchor["exact"] for anchor in whole["anchors"]] == ["Only some", "Anyb"]


def test_a_place_that_was_lost_opens_nothing() -> None:
    lost = cites(work_id=LEDGER.id, anchors=[at("b0", state="orphaned"), at("b2")])

    assert seen(article(lost)) == {}


def test_the_way_through_one_behind_the_cut_is_not_told() -> None:
    hidden = cites(work_id=LEDGER.id, anchors=[at("b2")])
    quote = {"statement": said(speaker_id=VALDO.id), "anchors": [at("b0")]}
    through_it = cites(**quote, via_citation_id=hidden.id)
    through_another = cites(**quote, via_citation_id=through_it.id)

    found = seen(article(hidden, through_it, through_another))

    assert [each["via"] for each in found.values()] == [None, {"citation_id": through_it.id}]
    assert [each["marker"] for each in found.values()] == ["1", "2"]
