"""Internal notes on citations and what they cite: only where asked for, and only for a time."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from app import worker
from tests import newsroom as newsrooms
from tests.editing.merges import merged, quotation
from tests.editing.requests import create, pointers, replace
from tests.newsroom import Newsroom

THINGS: dict[str, dict[str, Any]] = {
    "publications": {"name": "Courier", "kind": "newspaper"},
    "works": {"title": "Audit", "kind": "report"},
    "speakers": {"name": "Ines Valdo", "kind": "person"},
}


@pytest.fixture
async def noting(site_url: str) -> AsyncIterator[Newsroom]:
    """A newsroom that keeps notes, for ten days."""
    async with newsrooms.opened(site_url, citation_notes=True, citation_notes_days=10) as opened:
        yield opened


async def let_pass(newsroom: Newsroom, days: int) -> None:
    """Make everything so many days older, and do what the worker does each night."""
    async with newsroom.database.write() as session:
        connection = await session.connection()
        for table, column in (
            ("publications", "noted_at"), ("works", "noted_at"), ("speakers", "noted_at"),
            ("revisions", "created_at"),
        ):  # fmt: skip
            await connection.exec_driver_sql(
                f"UPDATE desk.{table} SET {column} = {column} - interval '{days} days'"
            )
    await worker.forget_citation_notes.run(newsroom.database)


async def notes(newsroom: Newsroom, article: Any) -> list[list[str | None]]:
    """The notes of each citation in each revision of this article."""
    found = []
    address = f"/desk/articles/{article.json()['id']}/revisions"
    listed = (await newsroom.desk.get(address)).json()["items"]
    for revision in reversed(listed):
        content = (await newsroom.desk.get(f"{address}/{revision['number']}")).json()["content"]
        found.append([citation["note_internal"] for citation in content["citations"]])
    return found


@pytest.mark.parametrize("what", THINGS)
async def test_unless_they_are_asked_for_notes_are_refused(newsroom: Newsroom, what: str) -> None:
    noted = THINGS[what] | {"note_internal": "a secret"}

    refused = await newsroom.desk.post(f"/desk/{what}", json=noted)
    made = await create(newsroom, what, **THINGS[what], note_internal=None)
    changed = await replace(newsroom, what, made, **noted)

    for answer in (refused, changed):
        assert (answer.status_code, pointers(answer)) == (422, ["/note_internal"])
        assert "MASTHEAD_CITATION_NOTES" in answer.text
        assert "a secret" not in answer.text


async def test_so_are_notes_on_citations(newsroom: Newsroom) -> None:
    speaker = (await create(newsroom, "speakers", **THINGS["speakers"])).json()["id"]
    section = await newsroom.section("News")

    answer = await newsroom.desk.post(
        "/desk/articles",
        json={
            "headline": "A", "section_id": section,
            "citations": [quotation(speaker), quotation(speaker, note_internal="a secret")],
        },
    )  # fmt: skip

    assert (answer.status_code, pointers(answer)) == (422, ["/citations/1/note_internal"])


@pytest.mark.parametrize("what", THINGS)
async def test_where_they_are_asked_for_they_are_kept_and_emptied_in_time(
    noting: Newsroom, what: str
) -> None:
    made = await create(noting, what, **THINGS[what], note_internal="a secret")
    assert made.json()["note_internal"] == "a secret"
    await let_pass(noting, 6)
    made = await noting.desk.get(made.headers["Location"])
    kept = await replace(noting, what, made, **THINGS[what], note_internal="a secret")
    assert kept.json()["note_internal"] == "a secret"

    await let_pass(noting, 6)

    after = await noting.desk.get(f"/desk/{what}/{made.json()['id']}")
    assert after.json()["note_internal"] is None
    assert after.headers["ETag"] != kept.headers["ETag"]


@pytest.mark.parametrize("what", THINGS)
async def test_another_note_begins_anew(noting: Newsroom, what: str) -> None:
    made = await create(noting, what, **THINGS[what], note_internal="a secret")
    await let_pass(noting, 6)
    made = await noting.desk.get(made.headers["Location"])
    await replace(noting, what, made, **THINGS[what], note_internal="another secret")

    await let_pass(noting, 6)

    after = await noting.desk.get(f"/desk/{what}/{made.json()['id']}")
    assert after.json()["note_internal"] == "another secret"


@pytest.mark.parametrize("what", THINGS)
async def test_merging_keeps_both_notes_as_old_as_the_older(noting: Newsroom, what: str) -> None:
    goes = await create(noting, what, **THINGS[what], note_internal="the older")
    await let_pass(noting, 6)
    stays = await create(noting, what, **THINGS[what], note_internal="the newer")

    after = await merged(noting, what, goes, stays)
    assert after.json()["note_internal"] == "the newer\n\nthe older"
    await let_pass(noting, 6)

    assert (await noting.desk.get(stays.headers["Location"])).json()["note_internal"] is None


async def test_a_note_on_a_citation_leaves_every_revision_when_it_is_old(noting: Newsroom) -> None:
    speaker = (await create(noting, "speakers", **THINGS["speakers"])).json()["id"]
    article = await noting.article(
        citations=[quotation(speaker, note_internal="old"), quotation(speaker)]
    )
    untouched = await noting.article(citations=[quotation(speaker)])
    await let_pass(noting, 6)
    article = await noting.desk.get(f"/desk/articles/{article.json()['id']}")
    first, second = article.json()["content"]["citations"]
    article = await noting.save(
        article, headline="Changed", citations=[first, second | {"note_internal": "new"}]
    )
    assert await notes(noting, article) == [["old", None], ["old", "new"]]
    before = (await noting.desk.get(f"/desk/articles/{article.json()['id']}/revisions/2")).json()

    await let_pass(noting, 6)

    assert await notes(noting, article) == [[None, None], [None, "new"]]
    after = (await noting.desk.get(f"/desk/articles/{article.json()['id']}/revisions/2")).json()
    before["content"]["citations"][0]["note_internal"] = None
    assert after["content"] == before["content"]
    assert await notes(noting, untouched) == [[None]]


async def test_once_they_are_switched_off_they_are_not_shown(
    noting: Newsroom, site_url: str
) -> None:
    made = {
        what: await create(noting, what, **fields, note_internal="a secret")
        for what, fields in THINGS.items()
    }

    async with newsrooms.opened(site_url) as without:
        for what, answer in made.items():
            shown = await without.desk.get(answer.headers["Location"])
            assert "a secret" not in shown.text
            kept = await replace(without, what, shown, **THINGS[what], note_internal=None)
            assert kept.status_code == 200


async def test_once_they_are_switched_off_nobody_reads_them_and_articles_can_be_saved(
    noting: Newsroom,
) -> None:
    speaker = (await create(noting, "speakers", **THINGS["speakers"])).json()["id"]
    article = await noting.article("A", citations=[quotation(speaker, note_internal="a secret")])
    address = f"/desk/articles/{article.json()['id']}"

    async with newsrooms.opened(noting.url) as newsroom:
        read = await newsroom.desk.get(address)
        answers = [
            read,
            await newsroom.desk.get(f"{address}/citations"),
            await newsroom.desk.get(f"{address}/revisions/1"),
            saved := await newsroom.save(read, headline="B"),
            await newsroom.publish(saved),
        ]

    for answer in answers:
        assert answer.status_code == 200
        assert "a secret" not in answer.text
