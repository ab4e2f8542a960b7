"""Nobody finds out more about an unnamed source than what editors ticked."""

import re
from typing import Any

import httpx

from app.delivery.exports import MEDIA_TYPES
from app.published.citation_words import ATTRIBUTION_LEVELS, CHANNELS, CITATION_TYPES
from tests.newsroom import Newsroom

QUOTE, DEEP = "Nobody asked", "Talks went on at night"
BODY = f"“{QUOTE},” a deacon said. {DEEP}."
UNNAMED = {
    "label": "a deacon", "count": "one", "affiliation": "religious", "role_status": "designate",
    "anonymity": {"reason": "sensitive_talks", "granted_by": "us", "approved_by": "canary chief"},
}  # fmt: skip
SAID = {
    "channel": "interview", "role_status": "acting", "affiliation": "academic",
    "function": "participant", "timecode_ms": [61_000, 62_000],
}  # fmt: skip
SECRETS = (
    "canary", "religious", "designate", "sensitive_talks", "acting", "academic",
    "participant", "61000", "deep source",
)  # fmt: skip
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def citations(unnamed: dict[str, Any] = UNNAMED, **fields: Any) -> list[dict[str, Any]]:
    said = {**SAID, **fields}
    deep = {**unnamed, "label": "a deep source", "public": ["affiliation", "count"]}
    return [
        {"type": "quotation", "anchors": [{"exact": QUOTE}],
         "statement": {**said, "form": "direct", "text": QUOTE, "unnamed": unnamed,
                       "attribution_level": "background"}},
        {"type": "paraphrase", "anchors": [{"exact": DEEP}],
         "attribution_text": "a deep source said",
         "statement": {**said, "form": "paraphrase", "text": DEEP, "unnamed": deep,
                       "attribution_level": "deep_background"}},
    ]  # fmt: skip


async def surfaces(newsroom: Newsroom, article_id: str) -> dict[str, httpx.Response]:
    """Every public answer that tells of the article's citations."""
    address = f"/v1/articles/{article_id}"
    listed = (await newsroom.read(f"{address}/citations"))["items"]
    version = (await newsroom.read(address))["version"]
    addresses = [
        address, f"{address}?view=app", f"{address}/versions/{version}", f"{address}/sourcing",
        f"{address}/citations", *(f"{address}/citations.{each}" for each in MEDIA_TYPES),
        *(f"/v1/citations/{each['id']}" for each in listed),
        *(f"/v1/citations/{each['id']}/formatted" for each in listed),
        "/v1/citations", "/v1/articles",
    ]  # fmt: skip
    found = {each: await newsroom.reader.get(each) for each in addresses}
    assert not [each for each, answer in found.items() if answer.status_code != 200]
    return found


async def test_of_an_unnamed_source_there_is_the_label_alone(newsroom: Newsroom) -> None:
    one, other = [
        await newsroom.published(headline, body_markdown=BODY, citations=citations())
        for headline in ("One", "Another")
    ]
    await newsroom.drain()

    told = await surfaces(newsroom, one.json()["id"])
    assert not [(where, secret) for where, answer in told.items()
                for secret in SECRETS if secret in answer.text]  # fmt: skip
    quoted, deep = (await newsroom.read(f"/v1/articles/{one.json()['id']}"))["citations"]
    assert quoted["statement"]["source"] == {
        "named": False, "id": None, "label": "a deacon", "role": None, "affiliation": None,
        "role_status": None, "count": None, "anonymity_reason": None,
    }  # fmt: skip
    assert (deep["statement"]["text"], deep["statement"]["source"]) == (DEEP, None)
    assert (deep["chain"], deep["attribution_text"]) == ([], None)
    lines = told[f"/v1/articles/{one.json()['id']}/citations.txt"].text.splitlines()
    assert lines == ["[1] a deacon, in an interview", "[2] our own reporting"]

    twins = (await newsroom.read(f"/v1/articles/{other.json()['id']}"))["citations"]
    for own, twin in zip((quoted, deep), twins, strict=True):
        assert not set(ID.findall(str(own))) & set(ID.findall(str(twin)))
        assert not re.search(r"\d{4}-\d{2}-\d{2}", ID.sub("", str(own)))


async def test_no_filter_and_no_count_finds_one(newsroom: Newsroom) -> None:
    live = await newsroom.published("One", body_markdown=BODY, citations=citations())
    ids = {each["type"]: each["id"] for each in live.json()["content"]["citations"]}
    quoted, deep = ids["quotation"], ids["paraphrase"]

    async def found(query: str) -> set[str]:
        return {each["id"] for each in (await newsroom.read(f"/v1/citations?{query}"))["items"]}

    for values, name, told in (
        (CITATION_TYPES, "type", {"quotation": {quoted}, "paraphrase": {deep}}),
        (CHANNELS, "channel", {"interview": {quoted, deep}}),
        (ATTRIBUTION_LEVELS, "level", {"background": {quoted}, "deep_background": {deep}}),
    ):
        for value in values:
            assert await found(f"{name}={value}") == told.get(value, set()), value
    for query in ("affiliation=religious", "said_on=2019-03-07", "label=a+deacon", "unnamed=true"):
        await newsroom.read(f"/v1/citations?{query}", status=422)

    for grouping in ("channel", "level", "affiliation"):
        stats = await newsroom.read(f"/v1/citation-stats?group_by={grouping}")
        assert (stats["total"], stats["groups"], stats["other"]) == (2, [], 2), grouping
    for grouping in ("source", "label", "unnamed", "role_status"):
        await newsroom.read(f"/v1/citation-stats?group_by={grouping}", status=422)


async def test_what_only_the_desk_sees_changes_no_public_byte(newsroom: Newsroom) -> None:
    live = await newsroom.published("One", body_markdown=BODY, citations=citations())
    await newsroom.drain()
    before = await surfaces(newsroom, live.json()["id"])

    hidden = {
        **UNNAMED,
        "affiliation": "union",
        "role_status": "former",
        "count": "unknown",
        "anonymity": {"reason": "safety", "granted_by": "us", "approved_by": "another"},
    }
    changed = citations(hidden, function="witness", timecode_ms=[1, 2])
    kept = [
        {**new, "id": old["id"]}
        for new, old in zip(changed, live.json()["content"]["citations"], strict=True)
    ]
    internal = {"type": "background", "visibility": "internal",
                "statement": {**changed[0]["statement"], "text": "canary"}}  # fmt: skip
    saved = await newsroom.publish(await newsroom.save(live, citations=[internal, *kept]))
    await newsroom.drain()

    after = await surfaces(newsroom, live.json()["id"])
    same = [each for each in before if "citations" in each or each.endswith("/sourcing")]
    assert len(same) == 13, same
    for address in same:
        assert after[address].content == before[address].content, address
        # Those of the others hold the number of the change or version, which anybody can see.
        if not address.endswith(("/sourcing", "/v1/citations")):
            assert after[address].headers["ETag"] == before[address].headers["ETag"], address
    ticked = {**hidden, "public": ["affiliation"]}
    told = [{**citations(ticked)[0], "id": kept[0]["id"]}, kept[1]]
    await newsroom.publish(await newsroom.save(saved, citations=told))
    one = await newsroom.reader.get(f"/v1/citations/{kept[0]['id']}")
    assert one.json()["statement"]["source"]["affiliation"] == "union"
    assert one.headers["ETag"] != before[f"/v1/citations/{kept[0]['id']}"].headers["ETag"]
