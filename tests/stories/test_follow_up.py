"""A source is corrected or retracted: readers are told, and the desk looks at every article."""

from typing import Any

import pytest

from tests.citing import (
    NOTICE,
    article,
    closed,
    draft,
    events,
    happens,
    naming,
    own_work,
    passing,
    progress,
    retracted,
    reviewed,
    reviews,
    shown,
    status,
    work,
)
from tests.editing.merges import merged
from tests.newsroom import Newsroom


async def test_every_live_article_that_cites_the_work_is_reviewed_once(
    newsroom: Newsroom,
) -> None:
    audit, relay = await work(newsroom, "Audit"), await work(newsroom, "Relay")
    direct = await article(newsroom, "Direct", naming(audit))
    chain = await article(newsroom, "Chain", passing(audit, relay))
    both = (naming(audit), passing(audit, relay, type="background"))
    await article(newsroom, "Both", *both)
    untouched = await article(newsroom, "Another work", naming(relay))
    await draft(newsroom, "A draft", naming(audit))

    event = await retracted(newsroom, audit)

    assert await reviewed(newsroom) == ["Both", "Chain", "Direct"]
    assert {each["event"]["id"] for each in await reviews(newsroom)} == {event["id"]}
    assert await shown(newsroom, direct) == {audit: NOTICE}
    assert await shown(newsroom, chain) == {relay: None, audit: NOTICE}
    assert await shown(newsroom, untouched) == {relay: None}


async def test_the_text_and_the_version_stay_as_they_are(newsroom: Newsroom) -> None:
    audit = await work(newsroom)
    live = await article(newsroom, "Direct", naming(audit))
    address = f"/v1/articles/{live.json()['id']}"
    before = await newsroom.read(address)

    await retracted(newsroom, audit)

    after = await newsroom.read(address)
    assert after["citations"] != before["citations"]
    for field in ("body", "version", "updated_at", "published_at", "headline"):
        assert after[field] == before[field]


@pytest.mark.parametrize(
    "event",
    [
        {"severity": "minor"},
        {"kind": "reinstatement"},
        {"kind": "url_moved", "severity": "material"},
    ],
    ids=["minor", "reinstatement", "moved"],
)
async def test_what_casts_no_doubt_opens_no_review(
    newsroom: Newsroom, event: dict[str, Any]
) -> None:
    audit = await work(newsroom)
    ours = await own_work(newsroom, await article(newsroom, "Direct", naming(audit)))

    await retracted(newsroom, audit, **event)

    assert await reviewed(newsroom) == []
    assert (await events(newsroom, ours), await status(newsroom, ours)) == ([], "current")


async def test_a_second_event_opens_a_second_set_of_reviews(newsroom: Newsroom) -> None:
    audit = await work(newsroom)
    for headline in ("One", "Two"):
        await article(newsroom, headline, naming(audit))

    first = await retracted(newsroom, audit, kind="correction", severity="material")
    second = await retracted(newsroom, audit)

    assert await reviewed(newsroom) == ["One", "One", "Two", "Two"]
    told = [each["event"]["id"] for each in await reviews(newsroom)]
    assert told == [first["id"]] * 2 + [second["id"]] * 2


async def test_it_travels_on_through_our_own_articles(newsroom: Newsroom) -> None:
    audit = await work(newsroom, "Harbour audit")
    first = await article(newsroom, "First", naming(audit))
    of_first = await own_work(newsroom, first)
    second = await article(newsroom, "Second", naming(of_first))
    of_second = await own_work(newsroom, second)
    third = await article(newsroom, "Third", naming(of_second))

    event = await retracted(newsroom, audit)

    said = "It rests on a work that was retracted: “Harbour audit”."
    notice = NOTICE | {"summary": said}
    assert await shown(newsroom, first) == {audit: NOTICE}
    assert await shown(newsroom, second) == {of_first: notice}
    assert await shown(newsroom, third) == {of_second: notice}
    for ours in (of_first, of_second):
        [inherited] = await events(newsroom, ours)
        assert (inherited["detected_by"], inherited["origin_id"]) == ("chain", event["id"])
        assert (inherited["kind"], inherited["severity"]) == ("retraction", "fatal")
        assert (inherited["summary"], inherited["recorded_by"]) == (said, "masthead")
        assert await status(newsroom, ours) == "disputed"
    found = {each["article"]["headline"]: each for each in await reviews(newsroom)}
    assert found.keys() == {"First", "Second", "Third"}
    assert {each["event"]["id"] for each in found.values()} == {event["id"]}
    ways = {name: [step["work_id"] for step in each["through"]] for name, each in found.items()}
    assert ways == {"First": [], "Second": [of_first], "Third": [of_second, of_first]}


async def test_two_of_ours_that_cite_each_other_end_the_circle(newsroom: Newsroom) -> None:
    audit = await work(newsroom)
    one = await article(newsroom, "One", naming(audit))
    of_one = await own_work(newsroom, one)
    other = await article(newsroom, "Other", naming(of_one))
    of_other = await own_work(newsroom, other)
    again = await newsroom.desk.get(f"/desk/articles/{one.json()['id']}")
    citations = [*again.json()["content"]["citations"], naming(of_other)]
    await newsroom.publish(await newsroom.save(again, citations=citations))

    await retracted(newsroom, audit)

    assert await reviewed(newsroom) == ["One", "Other"]
    assert [len(await events(newsroom, each)) for each in (of_one, of_other)] == [1, 1]


async def test_what_happened_to_one_of_ours_does_not_come_back_to_it(newsroom: Newsroom) -> None:
    one = await article(newsroom, "One")
    of_one = await own_work(newsroom, one)
    other = await article(newsroom, "Other", naming(of_one))
    of_other = await own_work(newsroom, other)
    saved = await newsroom.save(
        one, body_markdown="One: the paper reported.", citations=[naming(of_other)]
    )
    await newsroom.publish(saved)

    event = await retracted(newsroom, of_one, kind="correction", severity="material")

    assert await reviewed(newsroom) == ["Other"]
    assert [each["id"] for each in await events(newsroom, of_one)] == [event["id"]]
    assert await status(newsroom, of_one) == "corrected"
    assert await status(newsroom, of_other) == "disputed"


async def test_of_two_ways_to_the_same_work_each_article_has_one_review(
    newsroom: Newsroom,
) -> None:
    audit = await work(newsroom)
    left = await own_work(newsroom, await article(newsroom, "Left", naming(audit)))
    right = await own_work(newsroom, await article(newsroom, "Right", naming(audit)))
    below = await article(newsroom, "Below", naming(left), naming(right))
    of_below = await own_work(newsroom, below)

    await retracted(newsroom, audit)

    assert await reviewed(newsroom) == ["Below", "Left", "Right"]
    assert len(await events(newsroom, of_below)) == 1
    [review] = await reviews(newsroom, article=below.json()["id"])
    assert len(review["citation_ids"]) == 2
    assert [step["work_id"] for step in review["through"]] in ([left], [right])


async def test_the_language_is_that_of_the_edition(newsroom: Newsroom) -> None:
    made = await newsroom.desk.post(
        "/desk/editions",
        json={"code": "fa", "name": "فارسی", "language": "fa", "path_prefix": "/fa"},
    )
    assert made.status_code == 201
    section = await newsroom.desk.post("/desk/sections", json={"edition": "fa", "name": "خبر"})
    courier = await newsroom.desk.post(
        "/desk/publications", json={"kind": "newspaper", "name": "The Courier"}
    )
    audit = await work(newsroom, "Harbour audit", publication_id=courier.json()["id"])
    persian = await article(newsroom, "گزارش بندر", naming(audit), section_id=section.json()["id"])
    ours = await own_work(newsroom, persian)

    await retracted(newsroom, audit)

    [inherited] = await events(newsroom, ours)
    assert inherited["summary"] == (
        "این مطلب بر منبعی تکیه دارد که پس گرفته شده است: «Harbour audit»، The Courier."
    )


async def test_for_the_desk_alone_what_is_cited_for_the_desk_alone(newsroom: Newsroom) -> None:
    audit, secret = await work(newsroom), await work(newsroom, "Leak", visibility="internal")
    internal = {"visibility": "internal"}
    one = await article(newsroom, "Public work", naming(audit, **internal))
    other = await article(newsroom, "Internal work", naming(secret, **internal))
    ours = [await own_work(newsroom, one), await own_work(newsroom, other)]
    await draft(newsroom, "A draft", naming(audit, **internal))
    addresses = [f"/v1/articles/{each.json()['id']}" for each in (one, other)]
    before = [(await newsroom.reader.get(each)).content for each in addresses]

    for cited in (audit, secret):
        await retracted(newsroom, cited)

    assert await reviewed(newsroom) == ["Internal work", "Public work"]
    assert all(len(each["citation_ids"]) == 1 for each in await reviews(newsroom))
    assert [(await newsroom.reader.get(each)).content for each in addresses] == before
    assert [await events(newsroom, each) for each in ours] == [[], []]


async def test_what_is_published_later_comes_with_a_warning_and_without_a_review(
    newsroom: Newsroom,
) -> None:
    audit, relay = await work(newsroom, "Audit"), await work(newsroom, "Relay")
    long_live = await article(newsroom, "Long live", naming(audit))
    uncited = await article(newsroom, "Cites it later", naming(relay))
    await happens(newsroom, audit)

    saved = await newsroom.save(long_live, headline="Long live, with a typo less")
    again = await newsroom.publish(saved)
    saved = await newsroom.save(uncited, citations=[passing(audit, relay)])
    later = await newsroom.publish(saved)
    new = await article(newsroom, "New", naming(audit))
    await newsroom.drain()

    assert await reviewed(newsroom) == ["Long live, with a typo less"]
    warned = {
        each.json()["content"]["headline"]: [
            (found["code"], found["pointer"]) for found in each.json()["findings"]
        ]
        for each in (again, later, new)
    }
    assert warned == {
        "Long live, with a typo less": [("work_notice", "/citations/0/work_id")],
        "Cites it later": [("work_notice", "/citations/0/chain/1")],
        "New": [("work_notice", "/citations/0/work_id")],
    }
    assert "The documents were forged." in new.json()["findings"][0]["message"]


async def test_what_was_merged_into_the_work_counts_as_it(newsroom: Newsroom) -> None:
    goes = await newsroom.desk.post("/desk/works", json={"kind": "report", "title": "Goes"})
    stays = await newsroom.desk.post("/desk/works", json={"kind": "report", "title": "Stays"})
    old = await article(newsroom, "By its old name", naming(goes.json()["id"]))
    await article(newsroom, "By its new name", naming(stays.json()["id"]))
    await merged(newsroom, "works", goes, stays)

    await retracted(newsroom, stays.json()["id"])

    assert await reviewed(newsroom) == ["By its new name", "By its old name"]
    assert await shown(newsroom, old) == {stays.json()["id"]: NOTICE}


async def test_what_had_happened_to_one_of_two_reaches_those_who_cite_the_other(
    newsroom: Newsroom,
) -> None:
    goes = await newsroom.desk.post("/desk/works", json={"kind": "report", "title": "Goes"})
    stays = await newsroom.desk.post("/desk/works", json={"kind": "report", "title": "Stays"})
    await article(newsroom, "Cites the one", naming(goes.json()["id"]))
    other = await article(newsroom, "Cites the other", naming(stays.json()["id"]))
    await retracted(newsroom, goes.json()["id"])
    assert await reviewed(newsroom) == ["Cites the one"]

    goes = await newsroom.desk.get(goes.headers["Location"])
    await merged(newsroom, "works", goes, stays)
    await newsroom.drain()

    assert await reviewed(newsroom) == ["Cites the one", "Cites the other"]
    assert await reviewed(newsroom, work=goes.json()["id"]) == await reviewed(newsroom)
    assert await shown(newsroom, other) == {stays.json()["id"]: NOTICE}


async def test_a_reinstatement_clears_what_was_inherited_and_closes_nothing(
    newsroom: Newsroom,
) -> None:
    audit = await work(newsroom)
    of_first = await own_work(newsroom, await article(newsroom, "First", naming(audit)))
    second = await article(newsroom, "Second", naming(of_first))
    of_second = await own_work(newsroom, second)
    await retracted(newsroom, audit)

    await retracted(newsroom, audit, kind="reinstatement", severity="minor")

    assert await shown(newsroom, second) == {of_first: None}
    for ours in (of_first, of_second):
        assert await status(newsroom, ours) == "current"
        last, _ = await events(newsroom, ours)
        assert (last["kind"], last["detected_by"]) == ("reinstatement", "chain")
        assert last["summary"] == "The work that it rests on was reinstated: “Harbour audit”."
    assert await reviewed(newsroom, open=True) == ["First", "Second"]


async def test_a_reinstatement_clears_nothing_while_something_else_stands(
    newsroom: Newsroom,
) -> None:
    audit, other = await work(newsroom, "Audit"), await work(newsroom, "Other")
    live = await article(newsroom, "Ours", naming(audit), naming(other))
    ours = await own_work(newsroom, live)
    for cited in (audit, other):
        await retracted(newsroom, cited)

    await retracted(newsroom, audit, kind="reinstatement")
    assert await status(newsroom, ours) == "disputed"

    await retracted(newsroom, other, kind="reinstatement")
    assert await status(newsroom, ours) == "current"


async def test_a_worse_status_of_our_own_article_stays(newsroom: Newsroom) -> None:
    audit = await work(newsroom)
    ours = await own_work(newsroom, await article(newsroom, "Ours", naming(audit)))
    newer = await work(newsroom, "Newer")
    answer = await newsroom.desk.put(
        f"/desk/works/{ours}",
        json={"kind": "own_article", "title": "Ours", "status": "superseded",
              "superseded_by_id": newer},
        headers={"If-Match": "*"},
    )  # fmt: skip
    assert answer.status_code == 200, answer.text

    for kind in ("retraction", "reinstatement"):
        event = await retracted(newsroom, audit, kind=kind)
        [last, *_] = await events(newsroom, ours)
        assert last["origin_id"] == event["id"]
        assert await status(newsroom, ours) == "superseded"


async def test_progress_is_told(newsroom: Newsroom) -> None:
    audit = await work(newsroom)
    first = await article(newsroom, "First", naming(audit))
    ours = await own_work(newsroom, first)
    await article(newsroom, "Second", naming(ours))
    before = await progress(newsroom, audit)
    event = await happens(newsroom, audit)
    begun = await progress(newsroom, audit)
    await newsroom.drain()
    after = await progress(newsroom, audit)

    nothing = {"articles": 1, "up_to_date": 1, "to_refresh": 0}
    assert before == {"work_id": audit, "readers": nothing, "events": []}
    assert begun["readers"] == {"articles": 1, "up_to_date": 0, "to_refresh": 1}
    assert begun["events"] == [
        {"event": event, "search": "running", "articles": 0, "through_own_articles": 0,
         "reviews_open": 0, "reviews_closed": 0}
    ]  # fmt: skip
    assert after["readers"] == {"articles": 2, "up_to_date": 2, "to_refresh": 0}
    assert after["events"] == [
        {"event": event, "search": "done", "articles": 2, "through_own_articles": 1,
         "reviews_open": 2, "reviews_closed": 0}
    ]  # fmt: skip
    [inherited] = (await progress(newsroom, ours))["events"]
    assert (inherited["articles"], inherited["through_own_articles"]) == (1, 0)


async def test_one_of_ours_that_becomes_a_work_later_is_in_doubt_too(newsroom: Newsroom) -> None:
    audit = await work(newsroom)
    looked_at = await article(newsroom, "Looked at", naming(audit))
    open_still = await article(newsroom, "Open still", naming(audit))
    await article(newsroom, "For the desk alone", naming(audit, visibility="internal"))
    await retracted(newsroom, audit)
    await closed(newsroom, looked_at, outcome="no_change")

    of_looked_at, of_open = [await own_work(newsroom, each) for each in (looked_at, open_still)]
    await newsroom.drain()
    citing = await article(newsroom, "Citing", naming(of_open))

    assert await status(newsroom, of_looked_at) == "current"
    assert await status(newsroom, of_open) == "disputed"
    assert [each["code"] for each in citing.json()["findings"]] == ["work_notice"]


@pytest.mark.parametrize("kind", ["retraction", "reinstatement"])
async def test_nothing_is_left_to_do_for_a_work_that_was_deleted(
    newsroom: Newsroom, kind: str
) -> None:
    audit = await work(newsroom)
    await happens(newsroom, audit, kind=kind)
    read = await newsroom.desk.get(f"/desk/works/{audit}")

    gone = await newsroom.desk.delete(
        f"/desk/works/{audit}", headers={"If-Match": read.headers["ETag"]}
    )

    assert gone.status_code == 204, gone.text
    assert await newsroom.drain() == 1


async def test_the_lint_asks_whether_it_still_holds(newsroom: Newsroom) -> None:
    goes = await newsroom.desk.post("/desk/works", json={"kind": "report", "title": "Goes"})
    stays = await newsroom.desk.post("/desk/works", json={"kind": "report", "title": "Stays"})
    old, audit, moved = goes.json()["id"], stays.json()["id"], await work(newsroom, "Moved")
    cited = (
        naming(old),
        passing(audit, moved),
        naming(moved),
        naming(audit, visibility="internal"),
    )
    made = await draft(newsroom, "A draft", *cited)
    await merged(newsroom, "works", goes, stays)
    await retracted(newsroom, audit)
    await retracted(newsroom, moved, kind="url_moved")

    found = await newsroom.desk.get(f"/desk/articles/{made.json()['id']}/citations/lint")

    told = [each for each in found.json()["items"] if each["code"] == "work_notice"]
    assert [each["pointer"] for each in told] == [
        "/citations/0/work_id", "/citations/1/chain/1", "/citations/3/work_id",
    ]  # fmt: skip
    assert {each["severity"] for each in told} == {"warning"}
    assert {each["message"] for each in told} == {
        "Does it still hold? Retraction: The documents were forged."
    }
