"""“The newspaper reported Friday, citing current and former officials”, from desk to readers."""

from typing import Any

from app.delivery.exports import MEDIA_TYPES
from tests.delivery.sourced import made
from tests.newsroom import Newsroom
from tests.stories.cited_formats import (
    FIRST,
    QUOTE,
    SECOND,
    THIRD,
    URL,
    WORDS,
    as_biblatex,
    as_csl,
    as_json_ld,
    as_lines,
    as_ris,
)

REPORTED = "the Northgate Courier reported Friday, citing current and former officials"
BODY = f"""The port kept a second ledger for eleven years, {REPORTED}.

“It was a well-kept secret,” Ines Valdo, a former consul in Calder, told the newspaper. “Nobody
asked,” an official said."""
COURIER = {"kind": "newspaper", "name": "The Northgate Courier", "short_name": "Courier"}
RELAYED = {"channel": "press_report", "form": "direct"}
OFFICIALS = {
    "kind": "group", "label": "current and former officials", "count": "several",
    "anonymity": {"reason": "relay_did_not_say"},
}  # fmt: skip
OFFICIAL = {
    "label": "an official", "affiliation": "government", "role_status": "current",
    "public": ["affiliation"],
    "anonymity": {"reason": "not_authorised",
                  "reason_public": "not authorised to speak about the audit"},
}  # fmt: skip


async def published(newsroom: Newsroom) -> dict[str, str]:
    """The ids of the article, the publication, the work and the speaker."""
    courier = await made(newsroom, "publications", **COURIER)
    work = await made(
        newsroom, "works", kind="newspaper_article", title="Port kept second ledger", url=URL,
        publication_id=courier["id"], issued="2026-11-20", language="en", access="metered",
        authors=[{"family": "Okafor", "given": "Lena"}, {"family": "Brandt", "given": "Tomas"}],
    )  # fmt: skip
    consul = await made(newsroom, "speakers", kind="person", name="Ines Valdo")
    report = {"publication_id": courier["id"]}
    live = await newsroom.published(
        "Port kept two ledgers",
        body_markdown=BODY,
        # Told in no order: readers get them in that of the text.
        citations=[
            {"id": THIRD, "type": "quotation", "via_citation_id": FIRST,
             "statement": {**RELAYED, "text": WORDS, "attribution_level": "background",
                           "unnamed": OFFICIAL},
             "chain": [{**report, "relation": "quoted"},
                       {"unnamed": OFFICIAL, "relation": "said"}],
             "anchors": [{"exact": f"“{WORDS},”"}]},
            {"id": SECOND, "type": "quotation", "intent": "includesQuotationFrom",
             "work_id": work["id"], "via_citation_id": FIRST,
             "statement": {**RELAYED, "text": QUOTE, "speaker_id": consul["id"], "language": "en",
                           "role_at_time": "Former consul in Calder", "role_status": "former"},
             "anchors": [{"exact": f"“{QUOTE},”"}]},
            {"id": FIRST, "type": "reported_by", "intent": "citesAsEvidence",
             "work_id": work["id"], "attribution_text": REPORTED,
             "chain": [report, {"unnamed": OFFICIALS, "relation": "said"}],
             "anchors": [{"exact": REPORTED}]},
        ],
    )  # fmt: skip
    await newsroom.drain()
    ids = {"courier": courier["id"], "work": work["id"], "consul": consul["id"]}
    return {"article": live.json()["id"], **ids}


def anchor(block: dict[str, Any], exact: str, fragment: str) -> dict[str, Any]:
    start = block["text"].index(exact)
    end = start + len(exact)
    return {
        "target": "body", "block_id": block["id"], "exact": exact,
        "prefix": block["text"][max(0, start - 32) : start],
        "suffix": block["text"][end : end + 32],
        "start": start, "end": end, "time_ms": None, "fragment": f"#:~:text={fragment}",
    }  # fmt: skip


def hop(depth: int, node: str, label: str, relation: str, **fields: Any) -> dict[str, Any]:
    return {
        "depth": depth, "node": node, "label": label, "relation": relation, "identity": "named",
        "publication_id": None, "work_id": None, "speaker_id": None, "notice": None, **fields,
    }  # fmt: skip


def expected(ids: dict[str, str], blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The public contract, in full."""
    courier = {"id": ids["courier"], "name": "The Northgate Courier", "short_name": "Courier",
               "type": "newspaper"}  # fmt: skip
    work = {
        "id": ids["work"], "type": "newspaper_article", "title": "Port kept second ledger",
        "publication": courier, "authors": ["Lena Okafor", "Tomas Brandt"], "issued": "2026-11-20",
        "language": "en", "status": "current", "notice": None, "article_id": None,
        "link": {"url": URL, "access": "metered", "broken": False, "archive_url": None,
                 "archived_on": None},
        "csl": {
            "id": ids["work"], "type": "article-newspaper", "title": "Port kept second ledger",
            "author": [{"given": "Lena", "family": "Okafor"},
                       {"given": "Tomas", "family": "Brandt"}],
            "container-title": "The Northgate Courier", "language": "en", "URL": URL,
            "issued": {"date-parts": [[2026, 11, 20]]},
            "custom": {"masthead:kind": "newspaper_article"},
        },
    }  # fmt: skip
    common = {"prefix": None, "suffix": None, "locator": None, "verified_independently": False}
    said = {
        "form": "direct", "language": None, "text_original": None, "language_original": None,
        "translated_by": None, "channel": "press_report", "corroboration": None, "said_on": None,
        "place": None,
    }  # fmt: skip
    paper = {"publication_id": ids["courier"]}
    withheld = {"identity": "withheld_by_relay"}
    source = {"id": None, "role": None, "affiliation": None, "role_status": None, "count": None,
              "anonymity_reason": None}  # fmt: skip
    return [
        {
            **common, "id": FIRST, "marker": "1", "ordinal": 1, "type": "reported_by",
            "intent": "citesAsEvidence", "attribution_text": REPORTED, "work": work,
            "statement": None, "via": None,
            "chain": [
                hop(0, "publication", COURIER["name"], "reported", **paper, work_id=ids["work"]),
                hop(1, "group", "current and former officials", "said", **withheld),
            ],
            "anchors": [
                anchor(blocks[0], REPORTED, "the%20Northgate%20Courier%20reported,"
                                            "current%20and%20former%20officials")
            ],
            "display": {"line1": "The Northgate Courier",
                        "line2": "citing current and former officials", "short": "Courier",
                        "direction": "ltr"},
        },
        {
            **common, "id": SECOND, "marker": "2", "ordinal": 2, "type": "quotation",
            "intent": "includesQuotationFrom", "attribution_text": None, "work": work,
            "statement": {
                **said, "text": QUOTE, "language": "en", "attribution_level": "on_the_record",
                "source": {**source, "named": True, "id": ids["consul"], "label": "Ines Valdo",
                           "role": "Former consul in Calder", "role_status": "former"},
            },
            "via": {"citation_id": FIRST},
            "chain": [
                hop(0, "publication", COURIER["name"], "quoted", **paper, work_id=ids["work"]),
                hop(1, "person", "Ines Valdo", "said", speaker_id=ids["consul"]),
            ],
            "anchors": [
                anchor(blocks[1], f"“{QUOTE},”", "%E2%80%9CIt%20was%20a%20well%2Dkept%20secret"
                                                 "%2C%E2%80%9D")
            ],
            "display": {"line1": "Ines Valdo", "line2": "Former consul in Calder",
                        "short": "Ines Valdo", "direction": "ltr"},
        },
        {
            **common, "id": THIRD, "marker": "3", "ordinal": 3, "type": "quotation",
            "intent": None, "attribution_text": None, "work": None,
            "statement": {
                **said, "text": WORDS, "attribution_level": "background",
                "source": {**source, "named": False, "label": "an official",
                           "affiliation": "government",
                           "anonymity_reason": "not authorised to speak about the audit"},
            },
            "via": {"citation_id": FIRST},
            "chain": [
                hop(0, "publication", COURIER["name"], "quoted", **paper),
                hop(1, "person", "an official", "said", **withheld),
            ],
            "anchors": [anchor(blocks[1], f"“{WORDS},”", "%E2%80%9CNobody%20asked%2C%E2%80%9D")],
            "display": {"line1": "an official", "line2": "The Northgate Courier",
                        "short": "an official", "direction": "ltr"},
        },
    ]  # fmt: skip


SOURCING = {
    "formula": 1, "citations": 3, "works": 1, "origins_independent": 1, "single_origin": True,
    "relay_only": True, "statements": 2, "named": 1, "unnamed": 1,
    "by_type": {"quotation": 2, "reported_by": 1}, "by_channel": {"press_report": 2},
    "by_level": {"background": 1, "on_the_record": 1}, "verified_independently": 0,
    "declined_comment": 0, "anonymity_reasons_given": 1, "works_with_notice": 0,
    "links_broken": 0,
}  # fmt: skip


async def test_a_chain_reaches_readers_as_it_was_told(newsroom: Newsroom) -> None:
    ids = await published(newsroom)
    address = f"/v1/articles/{ids['article']}"

    article = await newsroom.read(address)
    first, _, third = wanted = expected(ids, article["body"])
    assert article["citations"] == wanted
    assert article["sourcing"] == await newsroom.read(f"{address}/sourcing") == SOURCING
    assert article["body"][1]["html"].startswith(
        f'<span data-citations="{SECOND}">“{QUOTE},”</span> Ines Valdo'
    )
    runs = [run for block in (await newsroom.read(f"{address}?view=app"))["body"]
            for run in block["runs"] if run["citation_ids"]]  # fmt: skip
    assert [(run["text"], run["citation_ids"]) for run in runs] == [
        (REPORTED, [FIRST]), (f"“{QUOTE},”", [SECOND]), (f"“{WORDS},”", [THIRD]),
    ]  # fmt: skip

    citing = {"id": ids["article"], "headline": "Port kept two ledgers", "path": article["path"],
              "edition": "en", "language": "en", "section": "News",
              "published_at": article["published_at"]}  # fmt: skip
    told, quoted = article["body"][0]["text"], article["body"][1]["text"].split(". ")
    contexts = [told, f"{quoted[0]}.", quoted[1]]
    alone = [
        {**each, "kind": "citation", "article": citing, "context": context}
        for each, context in zip(wanted, contexts, strict=True)
    ]
    listed = await newsroom.read(f"{address}/citations")
    assert listed == {"items": alone, "next": None}
    for each in alone:
        assert await newsroom.read(f"/v1/citations/{each['id']}") == each

    async def found(listing: str) -> set[str]:
        return {each["id"] for each in (await newsroom.read(listing))["items"]}

    assert await found("/v1/citations") == {FIRST, SECOND, THIRD}
    assert await found(f"/v1/works/{ids['work']}/cited-by") == {FIRST, SECOND}
    assert await found(f"/v1/publications/{ids['courier']}/cited-by") == {FIRST, SECOND, THIRD}
    assert await found(f"/v1/speakers/{ids['consul']}/statements") == {SECOND}
    for name, noun in (("work", "cites_work"), ("courier", "cites_publication"),
                       ("consul", "speaker")):  # fmt: skip
        assert await found(f"/v1/articles?{noun}={ids[name]}") == {ids["article"]}

    exports = {}
    for extension, media_type in MEDIA_TYPES.items():
        by_address = await newsroom.reader.get(f"{address}/citations.{extension}")
        by_accept = await newsroom.reader.get(
            f"{address}/citations", headers={"Accept": media_type}
        )
        assert by_address.status_code == by_accept.status_code == 200
        assert by_address.content == by_accept.content
        assert by_address.headers["content-type"].partition(";")[0] == media_type
        exports[extension] = by_address.text
    as_csl(exports["csl.json"], first["work"]["csl"])
    as_biblatex(exports["bib"])
    as_ris(exports["ris"])
    as_json_ld(exports["jsonld"], article["canonical_url"], ids["work"])
    as_lines(exports["txt"], exports["html"])
    assert third["work"] is None
    assert not [each for each in ("csl.json", "bib", "ris") if "<" in exports[each]]
