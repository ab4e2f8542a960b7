"""Works that may be the same."""

from typing import Any
from uuid import UUID

from app.editing.works import duplicates
from app.editing.works.models import Work
from tests.editing.requests import create
from tests.newsroom import Newsroom

TITLE = "Harbour audit was kept secret, officials say"


async def found(newsroom: Newsroom, work: Any) -> dict[str, tuple[list[str], int]]:
    answer = await newsroom.desk.get(f"{work.headers['Location']}/duplicates")
    assert answer.status_code == 200, answer.text
    return {
        each["work"]["title"]: (each["because"], each["score"]) for each in answer.json()["items"]
    }


async def test_titles_alike_within_three_days_or_in_one_publication(newsroom: Newsroom) -> None:
    paper = (await create(newsroom, "publications", name="A", kind="newspaper")).json()["id"]

    async def make(title: str, **fields: Any) -> Any:
        return await create(newsroom, "works", kind="newspaper_article", title=title, **fields)

    work = await make(TITLE, issued="2026-11-20", publication_id=paper)
    await make("Officials say harbour audit was kept secret", issued="2026-11-23")
    await make("Harbour audit was kept secret, official says", publication_id=paper)
    await make("Harbour audit was kept secret say officials", issued="2026-11-24")
    await make("Harbour audit kept secret, say officials!")
    await make("Harbour is full of fish", issued="2026-11-20", publication_id=paper)
    await make("Nothing of the kind", issued="2026-11-20", publication_id=paper)

    others = await found(newsroom, work)

    assert others == {
        "Officials say harbour audit was kept secret": (["title"], 100),
        "Harbour audit was kept secret, official says": (
            ["title"], others["Harbour audit was kept secret, official says"][1],
        ),
    }  # fmt: skip
    assert 85 <= others["Harbour audit was kept secret, official says"][1] < 100


async def test_the_same_title_is_found_wherever_it_is(newsroom: Newsroom) -> None:
    work = await create(newsroom, "works", kind="report", title=TITLE)
    await create(newsroom, "works", kind="report", title=TITLE.upper())
    await create(newsroom, "works", kind="report", title=f"{TITLE} again")

    assert await found(newsroom, work) == {TITLE.upper(): (["title"], 100)}


async def test_the_same_address_counts_though_one_is_internal(newsroom: Newsroom) -> None:
    work = await create(newsroom, "works", kind="web_page", title="A", url="https://a.example/1")
    await create(
        newsroom, "works", kind="web_page", title="B", url="https://www.a.example/1/",
        visibility="internal",
    )  # fmt: skip

    assert await found(newsroom, work) == {"B": (["url"], 100)}


async def test_what_is_not_there_yet_can_be_compared(newsroom: Newsroom) -> None:
    made = await create(
        newsroom, "works", kind="report", title="Audit", url="https://a.example/1",
        identifiers=[{"scheme": "doi", "value": "10.5555/1"}],
    )  # fmt: skip
    async with newsroom.database.read() as session:
        [one] = await duplicates.candidates(
            session, title="AUDIT", url="http://a.example/1", identifiers=[("doi", "10.5555/1")]
        )
        none = await duplicates.candidates(session, title="AUDIT", besides=UUID(made.json()["id"]))
        nothing = await duplicates.candidates(session)

    assert (one.work.id, one.because, one.score) == (
        UUID(made.json()["id"]), ("identifier", "url", "title"), 100,
    )  # fmt: skip
    assert (none, nothing) == ([], [])


async def test_titles_of_signs_and_of_any_script_can_be_asked_for(newsroom: Newsroom) -> None:
    for title in ("'; & | ! :* <->", "?!", "بندر بازگشایی شد", "港が再開", "a'b\\c & d"):
        work = await create(newsroom, "works", kind="report", title=title, issued="9999-12-31")
        await create(newsroom, "works", kind="report", title=title, issued="0001")
        assert len(await found(newsroom, work)) == 1


async def test_of_ten_thousand_alike_some_are_shown_soon(newsroom: Newsroom) -> None:
    work = await create(newsroom, "works", kind="report", title=TITLE, issued="2026-11-20")
    async with newsroom.database.write() as session:
        session.add_all(
            Work(
                kind="report", csl_type="report", title=f"{TITLE} {number}", issued="2026-11-20",
                issued_from="2026-11-20", issued_to="2026-11-20",
                search_text=f"{TITLE} {number}",
            )
            for number in range(3_000)
        )  # fmt: skip

    others = await newsroom.desk.get(f"{work.headers['Location']}/duplicates")

    assert len(others.json()["items"]) == duplicates.MOST
    assert others.elapsed.total_seconds() < 2
