"""What a careful editor would ask about an article's citations."""

from typing import Any
from uuid import uuid4

import pytest

from app.editing.articles.content import Content
from app.editing.citations.anchoring import reanchor
from app.editing.citations.finding import Finding
from app.editing.citations.lint import blocking, lint
from app.editing.citations.values import Anchor, Citation
from tests.editing.citations.written import COST, HARBOUR, WORK, written

QUOTE = "“It was a well-kept secret that the mole was cracked,”"
SAID = "It was a well-kept secret that the mole was cracked"
APPROVED = {
    "reason": "not_authorised",
    "reason_public": "not authorised to discuss the audit",
    "granted_by": "us",
    "approved_by": "L. Okafor",
}
RELAYED = {"reason": "relay_did_not_say", "granted_by": "relay"}


def unnamed(**fields: Any) -> dict[str, Any]:
    return {"label": "a former official", "anonymity": APPROVED, **fields}


def statement(**fields: Any) -> dict[str, Any]:
    return {
        "form": "direct",
        "text": SAID,
        "channel": "interview",
        "attribution_level": "background",
        "unnamed": unnamed(),
        **fields,
    }


def citation(*words: str, **fields: Any) -> Citation:
    """A quotation by an unnamed source of our own, sound unless `fields` say otherwise."""
    anchors = [Anchor(exact=each, block_id="b0") for each in words or (QUOTE,)]
    sent = {"type": "quotation", "statement": statement(), "anchors": anchors, **fields}
    return Citation.model_validate(sent)


def findings(*citations: Citation, content: Content | None = None, dead: Any = ()) -> list[Finding]:
    article = content or written(HARBOUR)
    return lint(reanchor(citations, article), article, dead_works=dead)


def told(*citations: Citation, **options: Any) -> list[tuple[str, str, str]]:
    return [(each.code, each.severity, each.pointer) for each in findings(*citations, **options)]


def test_nothing_is_said_of_what_is_sound():
    assert findings(citation()) == []


def test_an_orphan_stops_publishing():
    lost = citation("“Nobody asked me anything at all,”")
    found = findings(lost, citation())

    assert [(each.code, each.pointer) for each in blocking(found)] == [
        ("orphaned_anchor", "/citations/0/anchors/0")
    ]
    assert blocking(found)[0].citation_id == lost.id
    assert "no longer in the article" in blocking(found)[0].message


def test_an_internal_orphan_does_not():
    lost = citation("“Nobody asked me anything at all,”", visibility="internal")

    assert told(citation(), lost) == [("orphaned_anchor", "warning", "/citations/1/anchors/0")]


def test_a_place_in_doubt_is_a_warning():
    before = written(HARBOUR)
    [kept] = reanchor([citation(QUOTE)], before)
    content = written(HARBOUR.replace("well-kept secret that the mole", "badly kept lie that it"))

    found = findings(kept, content=content)

    assert ("anchor_in_doubt", "warning") in [(each.code, each.severity) for each in found]


def test_a_public_citation_stands_somewhere():
    assert told(citation(), citation().model_copy(update={"anchors": []})) == [
        ("unanchored", "warning", "/citations/1")
    ]
    see_also = Citation(type="see_also", work_id=WORK)
    internal = Citation(type="data", work_id=WORK, visibility="internal")
    assert told(citation(), see_also, internal) == []


def test_other_words_than_were_said_stop_publishing():
    other = citation(statement=statement(text="It was a badly kept secret"))

    assert told(other) == [("quote_mismatch", "error", "/citations/0/statement/text")]
    assert "badly kept" in findings(other)[0].message
    assert "“It was a well-kept" in findings(other)[0].message


def test_an_interrupted_quote_may_have_an_anchor_for_each_piece():
    content = written("“It was,” she said, “a well-kept secret,” and left.")
    whole = citation("“It was,” she said, “a well-kept secret,”")
    pieces = citation("“It was,”", "“a well-kept secret,”")
    for each in (whole, pieces):
        assert each.statement is not None
        each.statement.text = "It was a well-kept secret"

    assert told(whole, content=content) == []
    assert told(pieces, content=content) == []


def test_the_original_may_be_quoted():
    said = statement(text="C’était un secret", text_original=SAID)

    assert told(citation(statement=said)) == []


def test_a_paraphrase_is_not_compared():
    said = statement(form="paraphrase", text="The cracks were known.")

    assert told(citation(type="paraphrase", statement=said)) == []


@pytest.mark.parametrize(
    "text",
    [
        "He said: “Nobody has ever asked us.”",
        'He said: "Nobody has ever asked us."',
        "Il a dit : « Personne ne nous a demandé. »",
        "„Niemand hat uns gefragt“, sagte er.",
        "他说：「从来没有人问过我们」。",
        "他说：『从来没有人问过我们』。",
        "“Nobody told me ‘ask them’ ever.”",
        "He said: <q>Nobody has ever asked us.</q>",
        {"type": "quote", "html": "Nobody has ever asked us."},
        {"type": "list", "items": [{"html": "Linden: “Nobody has ever asked us.”"}]},
        {"type": "table", "rows": [[{"html": "Linden"}, {"html": "“Nobody ever asked us.”"}]]},
    ],
)
def test_a_quotation_without_a_citation_is_told(text):
    found = findings(citation(), content=written(HARBOUR, text))

    assert [(each.code, each.severity, each.pointer, each.citation_id) for each in found] == [
        ("uncited_quotation", "warning", "/body/1", None)
    ]


def test_each_item_of_a_list_has_quotations_of_its_own():
    items = ["Valdo: “Nobody has ever asked us.”", "Linden: “We were never on the quay.”"]
    content = written(HARBOUR, {"type": "list", "items": [{"text": item} for item in items]})
    second = Citation(
        type="data", work_id=WORK, anchors=[Anchor(exact="“We were never on the quay.”")]
    )

    [found] = findings(citation(), second, content=content)

    assert found.code == "uncited_quotation"
    assert "“Nobody has ever asked us.”" in found.message


def test_a_quotation_in_a_factbox_is_told_where_it_is():
    inner = {"id": "in", "type": "paragraph", "html": "“Nobody has ever asked us.”"}
    content = written(HARBOUR, {"type": "factbox", "blocks": [inner]})

    assert told(citation(), content=content) == [
        ("uncited_quotation", "warning", "/body/1/blocks/0")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "He called it “a secret”.",
        "The officials’ view of the ’90s didn’t change.",
        {"type": "code", "text": 'print("nobody has ever asked us")'},
        {"type": "pullquote", "html": QUOTE},
        {"type": "html", "html": "<p>“Nobody has ever asked us.”</p>"},
    ],
)
def test_names_code_and_repetitions_need_no_citation(text):
    assert told(citation(), content=written(HARBOUR, text)) == []


def test_a_citation_of_the_whole_block_or_half_of_the_quotation_will_do():
    quote = {"type": "quote", "html": "Nobody has ever asked us."}
    content = written(HARBOUR, quote)
    of_the_block = Citation(type="data", work_id=WORK, anchors=[Anchor(block_id="b1")])
    of_words = Citation(type="data", work_id=WORK, anchors=[Anchor(exact="ever asked")])
    beside = Citation(type="data", work_id=WORK, anchors=[Anchor(exact="official said.")])

    assert told(citation(), of_the_block, content=content) == []
    assert told(citation(), of_words, content=content) == []
    assert [code for code, *_ in told(beside)] == ["uncited_quotation"]


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"attribution_text": "officials said"}, "/citations/0/attribution_text"),
        ({"attribution_text": "selon des sources"}, "/citations/0/attribution_text"),
        ({"attribution_text": "one of the officials said"}, None),
        ({"attribution_text": "a former official said"}, None),
        ({"statement": statement(unnamed=unnamed(count="one", label="former officials"))},
         "/citations/0/statement/unnamed/label"),
    ],
)  # fmt: skip
def test_one_source_is_not_many(fields, pointer):
    one = {"statement": statement(unnamed=unnamed(count="one"))}

    expected = [("plural_for_one", "warning", pointer)] if pointer else []
    assert told(citation(**{**one, **fields})) == expected


@pytest.mark.parametrize("count", ["several", "unknown"])
def test_several_sources_may_be_many(count):
    said = statement(unnamed=unnamed(count=count))

    assert told(citation(statement=said, attribution_text="officials said")) == []


def test_the_origin_of_a_chain_is_one_source_too():
    chain = [
        {"publication_id": uuid4()},
        {"unnamed": {"label": "an official", "count": "one", "anonymity": RELAYED}},
    ]
    relayed = Citation.model_validate({
        "type": "reported_by", "work_id": WORK, "chain": chain,
        "attribution_text": "the Courier reported, citing officials",
        "anchors": [Anchor(exact="The council")],
    })  # fmt: skip

    assert ("plural_for_one", "warning", "/citations/0/attribution_text") in told(relayed)


def test_deep_background_has_no_label():
    said = statement(
        form="paraphrase",
        attribution_level="deep_background",
        unnamed=unnamed(label="an aide", anonymity={**APPROVED, "reason_public": None}),
    )
    document = {
        "form": "paraphrase", "text": SAID, "channel": "document",
        "attribution_level": "deep_background",
    }  # fmt: skip

    of_somebody = citation(type="paraphrase", statement=said)
    printed = citation(type="paraphrase", statement=document, attribution_text="an aide said")
    of_nobody = citation(type="paraphrase", statement=document)
    assert told(of_somebody) == [
        ("deep_background_label", "warning", "/citations/0/statement/unnamed/label")
    ]
    assert told(printed) == [("deep_background_label", "warning", "/citations/0/attribution_text")]
    assert told(of_nobody) == []


CHAIN = [
    {"publication_id": uuid4()},
    {"unnamed": unnamed(anonymity=RELAYED), "relation": "quoted"},
]


def relayed(**fields: Any) -> Citation:
    said = statement(channel="press_report", unnamed=unnamed(anonymity=RELAYED))
    return citation(**{"statement": said, "chain": CHAIN, "work_id": WORK, **fields})


def test_what_came_through_others_is_not_verified_independently():
    claimed = relayed(verified_independently=True)
    seen = statement(channel="press_report", corroboration="documents_seen")

    assert told(claimed) == [
        ("relay_not_independent", "warning", "/citations/0/verified_independently")
    ]
    assert told(relayed(verified_independently=True, statement=seen)) == []
    assert told(citation(verified_independently=True)) == []
    assert told(relayed()) == []


def test_one_report_is_not_several_independent_sources():
    said = statement(
        channel="press_report",
        unnamed=unnamed(anonymity=RELAYED, count="several"),
        corroboration="multiple_independent",
    )
    claimed = relayed(statement=said)
    same_relay = relayed(chain=[], via_citation_id=claimed.id, work_id=None)
    other = Citation(type="data", work_id=uuid4(), anchors=[Anchor(exact="The council")])
    expected = ("relay_not_independent", "warning", "/citations/0/statement/corroboration")

    assert told(claimed) == [expected]
    assert told(claimed, same_relay) == [expected]
    assert told(claimed, other) == []


def test_several_sources_of_our_own_are_several():
    def ours(count: str) -> Citation:
        source = unnamed(count=count)
        return citation(statement=statement(unnamed=source, corroboration="multiple_independent"))

    assert told(ours("several")) == []
    assert [code for code, *_ in told(ours("one"))] == ["relay_not_independent"]


@pytest.mark.parametrize(
    "anonymity", [None, {**APPROVED, "approved_by": None}, {**APPROVED, "approved_by": " "}]
)
def test_anonymity_that_we_grant_is_approved_before_publishing(anonymity):
    ours = citation(statement=statement(unnamed=unnamed(anonymity=anonymity)))
    internal = ours.model_copy(update={"visibility": "internal"})

    expected = ("anonymity_not_approved", "error", "/citations/0/statement/unnamed/anonymity")
    assert told(ours) == [expected]
    assert len(blocking(findings(ours))) == 1
    assert told(internal) == []


def test_readers_are_told_why_a_source_is_not_named():
    unexplained = {**APPROVED, "reason_public": None}
    ours = citation(statement=statement(unnamed=unnamed(anonymity=unexplained)))
    theirs = relayed(statement=statement(unnamed=unnamed(anonymity=None)))

    at = "/citations/0/statement/unnamed/anonymity"
    assert told(ours) == [("anonymity_unexplained", "warning", at)]
    assert ("anonymity_unexplained", "warning", at) in told(theirs)
    assert blocking(findings(ours)) == blocking(findings(theirs)) == []


def test_the_unnamed_origin_of_a_chain_is_looked_at_once():
    without = {"label": "current and former officials"}
    chain = [{"publication_id": uuid4()}, {"unnamed": without}]
    of_the_chain = Citation.model_validate({
        "type": "reported_by", "work_id": WORK, "chain": chain,
        "anchors": [Anchor(exact=QUOTE)],
    })  # fmt: skip
    of_both = relayed(statement=statement(channel="press_report", unnamed=without), chain=chain)

    assert told(of_the_chain) == [
        ("anonymity_unexplained", "warning", "/citations/0/chain/1/unnamed/anonymity")
    ]
    assert told(of_both) == [
        ("anonymity_unexplained", "warning", "/citations/0/statement/unnamed/anonymity")
    ]


def test_a_dead_link_without_an_archive_is_told_once_for_each_work():
    other = uuid4()
    twice = Citation.model_validate({
        "type": "data", "work_id": WORK, "chain": [{"work_id": WORK}, {"work_id": other}],
        "anchors": [Anchor(exact="318 million")],
    })  # fmt: skip
    content = written(COST.replace("“", "").replace("”", ""))

    assert told(twice, content=content, dead={WORK, other}) == [
        ("dead_link", "warning", "/citations/0/work_id"),
        ("dead_link", "warning", "/citations/0/chain/1"),
    ]
    assert told(twice, content=content) == []
