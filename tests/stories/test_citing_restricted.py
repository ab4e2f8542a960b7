"""Citations of an article that not everybody may read in whole."""

from tests.delivery.sourced import made
from tests.newsroom import Newsroom
from tests.stories.test_unnamed_sources import surfaces

OPEN, HIDDEN = "The mole is cracked", "canary mole of 1911"
BODY = f"“{OPEN},” Ines Valdo said.\n\n“The {HIDDEN},” Rolf Aune wrote, as she had said."


async def test_nothing_behind_the_cut_is_told_by_citations(newsroom: Newsroom) -> None:
    valdo, aune = [
        await made(newsroom, "speakers", kind="person", name=name)
        for name in ("Ines Valdo", "Rolf Aune")
    ]
    work = await made(newsroom, "works", kind="book", title="Stones in the sea")
    behind = {
        "id": "20000000-0000-4000-8000-000000000000", "type": "quotation", "work_id": work["id"],
        "anchors": [{"exact": f"The {HIDDEN}"}],
        "statement": {"form": "direct", "text": f"The {HIDDEN}", "channel": "published_work",
                      "speaker_id": aune["id"]},
    }  # fmt: skip
    seen = {
        "id": "10000000-0000-4000-8000-000000000000", "type": "quotation",
        "via_citation_id": behind["id"],
        "anchors": [{"exact": "canary mole of 1911,” Rolf Aune wrote"}, {"exact": OPEN}],
        "statement": {"form": "direct", "text": OPEN, "channel": "interview",
                      "speaker_id": valdo["id"]},
    }  # fmt: skip
    fields = {"body_markdown": BODY, "citations": [behind, seen]}
    access = {"level": "subscriber", "preview_blocks": 1}
    live = await newsroom.published("Who pays", **fields, access=access)
    await newsroom.drain()
    address = f"/v1/articles/{live.json()['id']}"

    told = await surfaces(newsroom, live.json()["id"])
    for secret in ("canary", "1911", "Rolf", "Aune", "Stones", work["id"], behind["id"]):
        leaks = [where for where, answer in told.items() if secret in answer.text]
        assert leaks == [], secret
    [shown] = (await newsroom.read(address))["citations"]
    assert [anchor["exact"] for anchor in shown["anchors"]] == [OPEN]
    assert (shown["id"], shown["marker"], shown["via"]) == (seen["id"], "1", None)
    alone = await newsroom.read(f"/v1/citations/{seen['id']}")
    assert alone["context"] == f"“{OPEN},” Ines Valdo said."
    await newsroom.read(f"/v1/citations/{behind['id']}", status=404)

    async def found(listing: str) -> list[str]:
        return [each["id"] for each in (await newsroom.read(listing))["items"]]

    assert await found(f"/v1/speakers/{valdo['id']}/statements") == [seen["id"]]
    assert await found(f"/v1/articles?speaker={valdo['id']}") == [live.json()["id"]]
    assert await found(f"/v1/works/{work['id']}/cited-by") == []
    for query in (f"speaker={aune['id']}", f"cites_work={work['id']}"):
        assert await found(f"/v1/articles?{query}") == [], query

    async with await newsroom.client("front-end") as front_end:
        whole = (await front_end.get(address)).json()["citations"]
    assert [each["id"] for each in whole] == [seen["id"], behind["id"]]
    assert whole[0]["via"] == {"citation_id": behind["id"]}
    assert [len(each["anchors"]) for each in whole] == [2, 1]

    await newsroom.publish(await newsroom.save(live, access={"level": "free"}))
    await newsroom.drain()
    assert (await newsroom.read(address))["citations"] == whole
    assert await found(f"/v1/works/{work['id']}/cited-by") == [behind["id"]]
    assert await found(f"/v1/articles?speaker={aune['id']}") == [live.json()["id"]]
