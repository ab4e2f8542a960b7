"""The desk says what a careful editor would ask about the citations."""

from tests.newsroom import Newsroom

BODY = "“It was a well-kept secret,” a former official said."


async def test_whoever_reads_or_saves_is_answered_with_what_the_lint_finds(
    newsroom: Newsroom,
) -> None:
    work = await newsroom.desk.post("/desk/works", json={"kind": "report", "title": "Audit"})
    cited = [{"type": "document", "work_id": work.json()["id"]}]
    made = await newsroom.article("Secret", body_markdown=BODY)
    address = f"/desk/articles/{made.json()['id']}"

    cites = await newsroom.desk.put(
        f"{address}/citations", json={"citations": cited}, headers={"If-Match": "*"}
    )
    saved = await newsroom.save(cites, headline="An open secret")
    found = (await newsroom.desk.get(f"{address}/citations/lint")).json()["items"]
    restored = await newsroom.desk.post(
        f"{address}/restore", json={"revision": 1}, headers={"If-Match": "*"}
    )
    read = await newsroom.desk.get(address)

    assert [each["code"] for each in found] == ["unanchored", "uncited_quotation"]
    assert cites.json()["findings"] == saved.json()["findings"] == found
    assert made.json()["findings"] == restored.json()["findings"] == found[1:]
    assert read.json()["findings"] == found[1:]
