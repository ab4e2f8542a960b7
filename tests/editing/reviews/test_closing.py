"""Closing a review: what its outcome says must be so."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.citing import (
    article,
    close,
    closed,
    naming,
    own_work,
    passing,
    retracted,
    reviewed,
    reviews,
    work,
)
from tests.editing.requests import pointers
from tests.newsroom import Newsroom


async def to_review(
    newsroom: Newsroom, *citations: dict[str, Any], audit: str
) -> tuple[httpx.Response, dict[str, Any]]:
    """A live article, and its review since the audit was retracted."""
    live = await article(newsroom, "The harbour", *citations or [naming(audit)])
    await retracted(newsroom, audit)
    [review] = await reviews(newsroom, article=live.json()["id"])
    return live, review


async def again(newsroom: Newsroom, live: httpx.Response, **changes: Any) -> httpx.Response:
    """The live article, saved with changes."""
    read = await newsroom.desk.get(f"/desk/articles/{live.json()['id']}")
    return await newsroom.save(read, **changes)


async def withdraw(newsroom: Newsroom, live: httpx.Response) -> None:
    address = f"/desk/articles/{live.json()['id']}"
    etag = (await newsroom.desk.get(address)).headers["ETag"]
    gone = await newsroom.desk.post(f"{address}/withdraw", json={}, headers={"If-Match": etag})
    assert gone.status_code == 200, gone.text


@pytest.mark.parametrize("outcome", ["no_change", "attribution_updated"])
async def test_it_is_kept_who_closed_it_and_with_what(newsroom: Newsroom, outcome: str) -> None:
    _, review = await to_review(newsroom, audit=await work(newsroom))

    answer = await close(newsroom, review, outcome=outcome, note="We named\tthe retraction. ")

    after = answer.json()
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
    assert after["closed_at"] is not None
    assert after == review | {
        "outcome": outcome, "note": after["note"], "closed_by": "a test's admin",
        "closed_at": after["closed_at"],
    }  # fmt: skip
    assert "named" in after["note"]
    assert (await reviews(newsroom)) == [after]


async def test_it_is_closed_once(newsroom: Newsroom) -> None:
    _, review = await to_review(newsroom, audit=await work(newsroom))
    await close(newsroom, review, outcome="no_change")

    stale = await close(newsroom, review, etag='"1"', outcome="no_change")
    twice = await close(newsroom, review, outcome="no_change")
    without = await newsroom.desk.post(
        f"/desk/citation-reviews/{review['id']}/close", json={"outcome": "no_change"}
    )

    assert (stale.status_code, twice.status_code, without.status_code) == (412, 409, 428)


async def test_of_many_who_close_it_at_once_one_does(newsroom: Newsroom) -> None:
    _, review = await to_review(newsroom, audit=await work(newsroom))

    answers = await asyncio.gather(
        *(close(newsroom, review, etag='"1"', outcome="no_change") for _ in range(5))
    )

    assert sorted(each.status_code for each in answers) == [200, 412, 412, 412, 412]


async def test_a_new_event_opens_a_new_one(newsroom: Newsroom) -> None:
    audit = await work(newsroom)
    live, _ = await to_review(newsroom, audit=audit)
    await closed(newsroom, live, outcome="no_change")

    await retracted(newsroom, audit, kind="withdrawal")

    assert await reviewed(newsroom, open=True) == ["The harbour"]
    assert await reviewed(newsroom, open=False) == ["The harbour"]


async def test_a_corrected_article_carries_the_correction(newsroom: Newsroom) -> None:
    live, review = await to_review(newsroom, audit=await work(newsroom))
    correction = {"id": str(uuid4()), "text": "The report was withdrawn."}
    closing = {"outcome": "article_corrected", "correction_id": correction["id"]}

    unknown = await close(newsroom, review, **closing)
    saved = await again(newsroom, live, corrections=[correction])
    unpublished = await close(newsroom, review, **closing)
    await newsroom.publish(saved)
    done = await close(newsroom, review, **closing)

    assert (unknown.status_code, pointers(unknown)) == (422, ["/correction_id"])
    assert unpublished.status_code == 409
    assert f"POST /desk/articles/{live.json()['id']}/publish" in unpublished.json()["detail"]
    assert (done.status_code, done.json()["correction_id"]) == (200, correction["id"])


async def test_a_withdrawn_article_is_not_live(newsroom: Newsroom) -> None:
    live, review = await to_review(newsroom, audit=await work(newsroom))

    too_early = await close(newsroom, review, outcome="article_withdrawn")
    await withdraw(newsroom, live)
    corrected = await close(
        newsroom, review, outcome="article_corrected", correction_id=str(uuid4())
    )
    done = await close(newsroom, review, outcome="article_withdrawn")

    assert too_early.status_code == 409
    assert f"POST /desk/articles/{live.json()['id']}/withdraw" in too_early.json()["detail"]
    assert corrected.status_code == 409
    assert (done.status_code, done.json()["article"]["live"]) == (200, False)


@pytest.mark.parametrize("access", ["free", "subscriber"])
async def test_a_removed_citation_is_in_no_live_one(newsroom: Newsroom, access: str) -> None:
    audit, relay = await work(newsroom), await work(newsroom, "Relay")
    cited = (naming(audit), passing(audit, relay), naming(audit, visibility="internal"))
    restricted = {"level": access, "preview_blocks": 0}
    live = await article(newsroom, "The harbour", *cited, access=restricted)
    await retracted(newsroom, audit)
    [review] = await reviews(newsroom)
    citations = live.json()["content"]["citations"]
    ids = [each["id"] for each in citations]

    refusals = []
    for number in range(3):
        refusals.append(await close(newsroom, review, outcome="citation_removed"))
        saved = await again(newsroom, live, citations=citations[number + 1 :])
        unpublished = await close(newsroom, review, outcome="citation_removed")
        # An internal citation is of the desk alone: it is gone from there at once.
        assert unpublished.status_code == (409 if number < 2 else 200)
        if number < 2:
            await newsroom.publish(saved)

    assert [each.status_code for each in refusals] == [409] * 3
    for number, refusal in enumerate(refusals):
        named = [each for each in ids if each in refusal.json()["detail"]]
        assert named == ids[number:]


async def test_a_citation_of_ours_that_rests_on_it_counts_as_well(newsroom: Newsroom) -> None:
    audit = await work(newsroom)
    ours = await own_work(newsroom, await article(newsroom, "Ours", naming(audit)))
    live, review = await to_review(newsroom, naming(audit), naming(ours), audit=audit)
    [direct, through] = live.json()["content"]["citations"]

    await newsroom.publish(await again(newsroom, live, citations=[through]))
    still = await close(newsroom, review, outcome="citation_removed")
    await newsroom.publish(await again(newsroom, live, citations=[]))
    done = await close(newsroom, review, outcome="citation_removed")

    assert still.status_code == 409
    assert through["id"] in still.json()["detail"]
    assert direct["id"] not in still.json()["detail"]
    assert (done.status_code, done.json()["citation_ids"]) == (200, [])


async def test_with_the_article_its_citations_are_gone(newsroom: Newsroom) -> None:
    audit = await work(newsroom)
    live, review = await to_review(newsroom, naming(audit, visibility="internal"), audit=audit)
    await withdraw(newsroom, live)

    assert (await close(newsroom, review, outcome="citation_removed")).status_code == 200


@pytest.mark.parametrize(
    ("closing", "pointer"),
    [
        ({}, "/outcome"),
        ({"outcome": "open"}, "/outcome"),
        ({"outcome": None}, "/outcome"),
        ({"outcome": "article_corrected"}, ""),
        ({"outcome": "no_change", "correction_id": str(uuid4())}, ""),
        ({"outcome": "article_corrected", "correction_id": "1"}, "/correction_id"),
        ({"outcome": "no_change", "note": "x" * 5_001}, "/note"),
        ({"outcome": "no_change", "closed_by": "me"}, "/closed_by"),
    ],
)
async def test_a_wrong_value_is_named(
    newsroom: Newsroom, closing: dict[str, Any], pointer: str
) -> None:
    _, review = await to_review(newsroom, audit=await work(newsroom))

    answer = await close(newsroom, review, **closing)

    assert (answer.status_code, pointers(answer)) == (422, [pointer])
    assert (await reviews(newsroom, open=True)) == [review]
