"""A key that is restricted to sections, and everything outside of them."""

from uuid import UUID

from tests.newsroom import Newsroom


async def test_a_restricted_key_neither_reads_nor_writes_other_sections(newsroom: Newsroom) -> None:
    sport, news = await newsroom.section("Sport"), await newsroom.section("News")
    below = await newsroom.section("Sailing", parent_id=sport)
    theirs = await newsroom.article("Budget leak", section_id=news)
    ours = [
        await newsroom.article("Cup final", section_id=sport),
        await newsroom.article("Regatta", section_id=below),
    ]
    address = f"/desk/articles/{theirs.json()['id']}"

    async with await newsroom.client("editor", section_ids=[UUID(sport)]) as desk:
        listed = (await desk.get("/desk/articles")).json()["items"]
        assert {each["headline"] for each in listed} == {"Cup final", "Regatta"}
        for article in ours:
            assert (await desk.get(f"/desk/articles/{article.json()['id']}")).status_code == 200

        missing = await desk.get("/desk/articles/00000000-0000-4000-8000-000000000000")
        for hidden in ("", "/revisions", "/revisions/1", "/preview"):
            answer = await desk.get(address + hidden)
            assert answer.status_code == 404
            assert answer.json()["detail"] == missing.json()["detail"]
        headers = {"If-Match": theirs.headers["ETag"]}
        assert (await desk.post(f"{address}/publish", headers=headers)).status_code == 403
        made = await desk.post("/desk/articles", json={"headline": "x", "section_id": news})
        assert made.status_code == 403
