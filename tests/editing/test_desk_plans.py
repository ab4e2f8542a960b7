"""How the desk finds what it lists, where there is a lot of it: along an index."""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.reviews import queries as reviews
from app.editing.reviews.parameters import ReviewQuery
from app.editing.works import duplicates, queries
from app.editing.works.parameters import WorkQuery
from app.identity.actor import SYSTEM
from tests.newsroom import Newsroom

URL = "https://courier.example/77"
FILL = (
    """
    INSERT INTO desk.works (id, kind, csl_type, title, search_text, authors, contributors, url,
        url_key, csl_extra, access, status, link_broken, visibility, edit)
    SELECT md5(n::text)::uuid, 'report', 'report', 'Audit ' || n, 'Audit ' || n, '[]', '{}',
        'https://courier.example/' || n, 'courier.example/' || n, '{}', 'free', 'current', false,
        'public', 1
    FROM generate_series(1, 10000) n
    """,
    "SET LOCAL session_replication_role = replica",  # of articles that nobody has written
    """
    INSERT INTO desk.citation_reviews (id, article_id, event_id, work_id, opened_at, outcome,
        closed_at, closed_by, edit)
    SELECT md5(n::text)::uuid, md5('a' || n)::uuid, md5('e' || n)::uuid, md5(n::text)::uuid,
        now() - n * interval '1 minute', 'no_change', now(), 'somebody', 1
    FROM generate_series(1, 10000) n
    """,
    "ANALYZE desk.works, desk.citation_reviews",
)


async def plan(newsroom: Newsroom, ask: Callable[[AsyncSession], Awaitable[Any]]) -> str:
    """How the last statement of what is asked is executed."""
    asked: list[tuple[str, Any]] = []

    def note(_: object, __: object, statement: str, parameters: Any, *___: object) -> None:
        asked.append((statement, parameters))

    async with newsroom.database.read() as session:
        engine = newsroom.database.engine.sync_engine
        event.listen(engine, "before_cursor_execute", note)
        await ask(session)
        event.remove(engine, "before_cursor_execute", note)
        statement, parameters = asked[-1]
        connection = await session.connection()
        rows = await connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)
        return "\n".join(rows.scalars())


async def test_lists_of_the_desk_go_along_an_index(newsroom: Newsroom) -> None:
    async with newsroom.database.write() as session:
        for statement in FILL:
            await session.execute(text(statement))
    at_url, closed = WorkQuery(url=URL), ReviewQuery(open=False)

    listed = await plan(newsroom, lambda session: queries.page(session, at_url, after=None))
    alike = await plan(newsroom, lambda session: duplicates.candidates(session, url=URL))
    looked_at = await plan(
        newsroom, lambda session: reviews.page(session, SYSTEM, closed, after=None)
    )

    assert "works_url_key" in listed, listed
    assert "works_url_key" in alike, alike
    assert "ix_citation_reviews_opened" in looked_at, looked_at
