"""The desk's list of what is to be looked at."""

from typing import Any
from uuid import UUID

import httpx

from tests.citing import (
    article,
    closed,
    naming,
    own_work,
    passing,
    retracted,
    reviewed,
    reviews,
    work,
)
from tests.newsroom import Newsroom

NOBODY = "00000000-0000-4000-8000-000000000000"


async def test_a_review_says_what_happened_and_how_it_is_cited(newsroom: Newsroom) -> None:
    audit = await work(newsroom, "Harbour audit")
    internal = naming(audit, visibility="internal", type="background", anchors=[])
    live = await article(newsroom, "The harbour", passing(audit, audit), internal)
    event = await retracted(newsroom, audit)

    [review] = await reviews(newsroom)

    citations = [each["id"] for each in live.json()["content"]["citations"]]
    section = {"id": await newsroom.section("News"), "name": "News"}
    assert review == {
        "id": review["id"],
        "article": {
            "id": live.json()["id"], "edition": "en", "headline": "The harbour",
            "path": live.json()["live"]["path"], "section": section, "live": True,
        },
        "work": {"id": audit, "kind": "report", "title": "Harbour audit", "status": "retracted"},
        "event": event,
        "through": [],
        "citation_ids": citations,
        "opened_at": review["opened_at"],
        "outcome": None, "note": None, "correction_id": None, "closed_at": None, "closed_by": None,
    }  # fmt: skip
    one = await newsroom.desk.get(f"/desk/citation-reviews/{review['id']}")
    assert (one.status_code, one.json(), one.headers["ETag"]) == (200, review, '"1"')


async def test_the_way_goes_through_our_own_articles(newsroom: Newsroom) -> None:
    audit = await work(newsroom)
    first = await article(newsroom, "First", naming(audit))
    ours = await own_work(newsroom, first)
    second = await article(newsroom, "Second", naming(ours))
    await retracted(newsroom, audit)

    [review] = await reviews(newsroom, article=second.json()["id"])

    assert review["work"]["id"] == audit
    assert review["through"] == [
        {"work_id": ours, "article_id": first.json()["id"], "title": "First"}
    ]
    assert review["citation_ids"] == [second.json()["content"]["citations"][0]["id"]]


async def test_the_list_is_narrowed(newsroom: Newsroom) -> None:
    sport = await newsroom.section("Sport")
    sailing = await newsroom.section("Sailing", parent_id=sport)
    audit, other = await work(newsroom, "Audit"), await work(newsroom, "Other")
    news = await article(newsroom, "News", naming(audit))
    ours = await own_work(newsroom, news)
    await article(newsroom, "Regatta", naming(ours), section_id=sailing)
    await article(newsroom, "Cup final", naming(other), section_id=sport)
    await retracted(newsroom, audit)
    await retracted(newsroom, other, kind="correction", severity="material")
    await closed(newsroom, news, outcome="no_change")

    assert await reviewed(newsroom) == ["Cup final", "News", "Regatta"]
    assert await reviewed(newsroom, open=True) == ["Cup final", "Regatta"]
    assert await reviewed(newsroom, open=False) == ["News"]
    assert await reviewed(newsroom, work=audit) == ["News", "Regatta"]
    assert await reviewed(newsroom, work=ours) == ["Regatta"]
    assert await reviewed(newsroom, article=news.json()["id"]) == ["News"]
    assert await reviewed(newsroom, section=sport) == ["Cup final", "Regatta"]
    assert await reviewed(newsroom, section=sailing) == ["Regatta"]
    assert await reviewed(newsroom, severity="fatal") == ["News", "Regatta"]
    assert await reviewed(newsroom, severity="material", open=True) == ["Cup final"]
    assert await reviewed(newsroom, work=NOBODY) == []


async def test_the_oldest_is_the_first_of_many_pages(newsroom: Newsroom) -> None:
    for number in range(5):
        audit = await work(newsroom, f"Audit {number}")
        await article(newsroom, f"Story {number}", naming(audit))
        await retracted(newsroom, audit)

    seen: list[str] = []
    address = "/desk/citation-reviews?open=true&limit=2"
    while address:
        page = (await newsroom.desk.get(address)).json()
        assert len(page["items"]) <= 2
        seen += [each["article"]["headline"] for each in page["items"]]
        address = page["next"]

    assert seen == [f"Story {number}" for number in range(5)]


async def test_what_cannot_be_asked_is_refused(newsroom: Newsroom) -> None:
    for wrong, parameter in (
        ("severity=minor", "severity"), ("open=perhaps", "open"), ("work=audit", "work"),
        ("sort=newest", "sort"), ("cursor=x", "cursor"), ("limit=0", "limit"),
    ):  # fmt: skip
        answer = await newsroom.desk.get(f"/desk/citation-reviews?{wrong}")
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["parameter"] == parameter
    assert (await newsroom.desk.get(f"/desk/citation-reviews/{NOBODY}")).status_code == 404


async def test_a_key_for_sections_sees_and_closes_only_theirs(newsroom: Newsroom) -> None:
    sport, news = await newsroom.section("Sport"), await newsroom.section("News")
    audit = await work(newsroom)
    await article(newsroom, "Cup final", naming(audit), section_id=sport)
    await article(newsroom, "Budget", naming(audit), section_id=news, section_ids=[sport])
    await retracted(newsroom, audit)
    found = {each["article"]["headline"]: each["id"] for each in await reviews(newsroom)}

    async def close(desk: httpx.AsyncClient, headline: str, etag: str = '"1"') -> httpx.Response:
        return await desk.post(
            f"/desk/citation-reviews/{found[headline]}/close",
            json={"outcome": "no_change"}, headers={"If-Match": etag},
        )  # fmt: skip

    async with await newsroom.client("reporter", section_ids=[UUID(sport)]) as desk:
        listed = (await desk.get("/desk/citation-reviews")).json()["items"]
        hidden = await desk.get(f"/desk/citation-reviews/{found['Budget']}")
        missing = await desk.get(f"/desk/citation-reviews/{NOBODY}")
        refused, done = await close(desk, "Budget"), await close(desk, "Cup final")
        stale = await close(desk, "Budget", '"9"')

    assert [each["article"]["headline"] for each in listed] == ["Cup final"]
    alike = (hidden, missing, refused, stale)
    assert [each.status_code for each in alike] == [404] * 4
    assert len({each.json()["detail"] for each in alike}) == 1
    assert done.status_code == 200
    assert await reviewed(newsroom, open=True) == ["Budget"]


async def test_reading_takes_another_right_than_closing(newsroom: Newsroom) -> None:
    audit = await work(newsroom)
    await article(newsroom, "The harbour", naming(audit))
    await retracted(newsroom, audit)
    [review] = await reviews(newsroom)
    address = f"/desk/citation-reviews/{review['id']}"
    closing: dict[str, Any] = {"json": {"outcome": "no_change"}, "headers": {"If-Match": '"1"'}}

    async with await newsroom.client("reader") as reader:
        assert (await reader.get(address)).status_code == 200
        assert (await reader.get(f"/desk/works/{audit}/follow-up")).status_code == 200
        assert (await reader.post(f"{address}/close", **closing)).status_code == 403
    async with await newsroom.client("front-end") as front_end:
        assert (await front_end.get(address)).status_code == 403
    async with await newsroom.client("reporter") as reporter:
        assert (await reporter.post(f"{address}/close", **closing)).status_code == 200
