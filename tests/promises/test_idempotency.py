"""Retrying is safe: one Idempotency-Key, one effect."""

import asyncio

from tests.newsroom import Newsroom


async def test_one_key_twenty_times_at_once_has_one_effect_and_one_answer(
    newsroom: Newsroom,
) -> None:
    body = {"headline": "Once", "section_id": await newsroom.section("News")}

    async def send() -> tuple[int, str, str | None]:
        while True:
            answer = await newsroom.desk.post(
                "/desk/articles", json=body, headers={"Idempotency-Key": "the-same"}
            )
            if answer.status_code not in (409, 503):
                return answer.status_code, answer.text, answer.headers.get("ETag")
            await asyncio.sleep(0.05)

    answers = await asyncio.gather(*(send() for _ in range(20)))

    assert len(set(answers)) == 1
    assert answers[0][0] == 201
    listed = (await newsroom.desk.get("/desk/articles")).json()["items"]
    assert [article["headline"] for article in listed] == ["Once"]


async def test_the_same_key_for_another_request_is_refused(newsroom: Newsroom) -> None:
    section = await newsroom.section("News")
    headers = {"Idempotency-Key": "the-same"}
    first = {"headline": "One", "section_id": section}
    assert (
        await newsroom.desk.post("/desk/articles", json=first, headers=headers)
    ).status_code == 201

    other = await newsroom.desk.post(
        "/desk/articles", json={"headline": "Two", "section_id": section}, headers=headers
    )

    assert other.status_code == 422
    assert other.json()["type"].endswith("idempotency-mismatch")


async def test_two_callers_may_use_the_same_key(newsroom: Newsroom) -> None:
    body = {"headline": "Mine", "section_id": await newsroom.section("News")}
    headers = {"Idempotency-Key": "1"}
    mine = await newsroom.desk.post("/desk/articles", json=body, headers=headers)

    async with await newsroom.client("editor") as other:
        theirs = await other.post("/desk/articles", json=body, headers=headers)

    assert mine.json()["id"] != theirs.json()["id"]


async def test_a_refused_request_may_be_mended_under_the_same_key(newsroom: Newsroom) -> None:
    section = await newsroom.section("News")
    headers = {"Idempotency-Key": "1"}
    bad = await newsroom.desk.post("/desk/articles", json={"headline": ""}, headers=headers)
    good = await newsroom.desk.post(
        "/desk/articles", json={"headline": "Good", "section_id": section}, headers=headers
    )

    assert (bad.status_code, good.status_code) == (422, 201)


async def test_a_revoked_key_gets_no_stored_answer(newsroom: Newsroom) -> None:
    body = {"headline": "Once", "section_id": await newsroom.section("News")}
    headers = {"Idempotency-Key": "1"}
    async with await newsroom.client("editor") as editor:
        assert (await editor.post("/desk/articles", json=body, headers=headers)).status_code == 201
        keys = (await newsroom.desk.get("/desk/keys")).json()["items"]
        its_id = next(key["id"] for key in keys if key["name"] == "a test's editor")
        await newsroom.desk.delete(f"/desk/keys/{its_id}")

        again = await editor.post("/desk/articles", json=body, headers=headers)

    assert again.status_code == 401
