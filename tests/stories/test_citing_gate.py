"""Citations stay with their words: through edits, to the gate, back in time and into copies."""

from typing import Any

import httpx
import structlog

from tests.newsroom import Newsroom
from tests.publishing.citing.sample import said, unnamed

QUOTE = "It was a well-kept secret that nobody had asked about"
KEPT = "The first ferry left at dawn."
BODY = f"{KEPT}\n\n“{QUOTE},” a former official said."
WITHOUT = f"{KEPT}\n\nA former official knew."


def citations(**fields: Any) -> list[dict[str, Any]]:
    """A data citation that stays, and the quotation through it."""
    first = "10000000-0000-4000-8000-000000000000"
    reason = {"reason": "safety", "granted_by": "us", "approved_by": "The night editor"}
    statement = said(form="direct", text=QUOTE, unnamed=unnamed(anonymity=reason))
    return [
        {"id": first, "type": "data", "anchors": [{"exact": "left at dawn"}],
         "statement": {"form": "summary", "text": "Timetable", "channel": "document"}},
        {"type": "quotation", "statement": statement, "via_citation_id": first,
         "anchors": [{"exact": f"“{QUOTE},”"}], **fields},
    ]  # fmt: skip


async def publish(newsroom: Newsroom, article: httpx.Response, **options: Any) -> httpx.Response:
    return await newsroom.desk.post(
        f"/desk/articles/{article.json()['id']}/publish",
        json=options,
        headers={"If-Match": article.headers["ETag"]},
    )


async def restore(newsroom: Newsroom, article: httpx.Response, number: int) -> httpx.Response:
    answer = await newsroom.desk.post(
        f"/desk/articles/{article.json()['id']}/restore",
        json={"revision": number},
        headers={"If-Match": article.headers["ETag"]},
    )
    assert answer.status_code == 200, answer.text
    return answer


def cited(article: httpx.Response) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = article.json()["content"]["citations"]
    return found


def states(article: httpx.Response) -> list[str]:
    return [each["anchors"][0]["state"] for each in cited(article)]


async def test_a_quotation_that_is_gone_stops_publishing(newsroom: Newsroom) -> None:
    live = await newsroom.published("The ferry", body_markdown=BODY, citations=citations())
    address = f"/v1/articles/{live.json()['id']}"
    saved = await newsroom.save(live, body_markdown=WITHOUT)
    before = (await newsroom.reader.get(address)).content

    refused = await publish(newsroom, saved)

    assert states(saved) == ["anchored", "orphaned"]
    assert refused.status_code == 422
    problem = refused.json()
    assert "send a reason as `despite`" in problem["detail"]
    [error] = problem["errors"]
    assert error["pointer"] == "/citations/1/anchors/0"
    assert "no longer in the article" in error["detail"]
    assert (await newsroom.reader.get(address)).content == before
    lint = (await newsroom.desk.get(f"/desk{address[3:]}/citations/lint")).json()["items"]
    [stopping] = [each for each in lint if each["severity"] == "error"]
    assert (stopping["code"], stopping["citation_id"]) == ("orphaned_anchor", cited(saved)[1]["id"])

    with structlog.testing.capture_logs() as events:
        assert (await publish(newsroom, saved, despite="The storm is here.")).status_code == 200

    [logged] = [each for each in events if each["event"] == "citation_errors_overridden"]
    assert logged == {
        "event": "citation_errors_overridden", "log_level": "warning", "errors": 1, "version": 2,
        "id": live.json()["id"], "actor": "a test's admin", "reason": "The storm is here.",
    }  # fmt: skip
    shown = await newsroom.read(address)
    assert [(each["marker"], len(each["anchors"])) for each in shown["citations"]] == [
        ("1", 1), ("2", 0)
    ]  # fmt: skip
    assert QUOTE not in str(shown["body"])
    assert "storm" not in str(shown)


async def test_what_readers_do_not_see_stops_nothing(newsroom: Newsroom) -> None:
    hidden = citations(visibility="internal")
    live = await newsroom.published("The ferry", body_markdown=BODY, citations=hidden)
    # Left out, they stay, and are looked for in the new text.
    saved = await newsroom.save(live, body_markdown=WITHOUT, citations=None)

    published = await publish(newsroom, saved)

    assert (states(saved), published.status_code) == (["anchored", "orphaned"], 200)


async def test_a_revision_comes_back_with_its_citations(newsroom: Newsroom) -> None:
    first = await newsroom.article("The ferry", body_markdown=BODY, citations=citations())
    second = await newsroom.save(first, body_markdown=WITHOUT, citations=citations()[:1])
    revisions = f"/desk/articles/{first.json()['id']}/revisions"
    kept = [(await newsroom.desk.get(f"{revisions}/{number}")).json()["content"]["citations"]
            for number in (1, 2)]  # fmt: skip
    assert kept == [cited(first), cited(second)]
    assert len(cited(second)) == 1

    restored = await restore(newsroom, second, 1)

    assert cited(restored) == cited(first)
    assert states(restored) == ["anchored", "anchored"]
    assert (await publish(newsroom, restored)).status_code == 200


async def test_a_copy_has_citations_of_its_own(newsroom: Newsroom) -> None:
    live = await newsroom.published("The ferry", body_markdown=BODY, citations=citations())
    content = live.json()["content"]
    await newsroom.save(live, citations=[])

    copy = await newsroom.published("Copy", body=content["body"], citations=content["citations"])

    own, new = content["citations"], cited(copy)
    assert not {each["id"] for each in own} & {each["id"] for each in new}
    assert new[1]["via_citation_id"] == new[0]["id"]
    for each, twin in zip(own, new, strict=True):
        assert twin | {"id": "", "via_citation_id": ""} == each | {"id": "", "via_citation_id": ""}
    for article in (live, copy):
        address = f"/v1/articles/{article.json()['id']}"
        listed = (await newsroom.read(f"{address}/citations"))["items"]
        assert [each["article"]["id"] for each in listed] == [article.json()["id"]] * 2
    for each in (*own, *new):
        await newsroom.read(f"/v1/citations/{each['id']}")


async def test_what_a_copy_took_meanwhile_comes_back_under_new_ids(newsroom: Newsroom) -> None:
    first = await newsroom.article("The ferry", body_markdown=BODY, citations=citations())
    emptied = await newsroom.save(first, citations=[])
    copy = await newsroom.article("Copy", body_markdown=BODY, citations=cited(first))
    taken = {each["id"] for each in cited(copy)}
    assert taken == {each["id"] for each in cited(first)}

    restored = await restore(newsroom, emptied, 1)

    assert [each["type"] for each in cited(restored)] == ["data", "quotation"]
    assert not {each["id"] for each in cited(restored)} & taken
    assert cited(restored)[1]["via_citation_id"] == cited(restored)[0]["id"]
