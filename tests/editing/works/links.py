"""Works whose links are looked at: made at the desk, shown to readers, and grown older."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, text

from app.editing.works.links import queries, rounds
from app.published.models import Document
from app.publishing.models import Dependency
from tests.editing.requests import create
from tests.newsroom import Newsroom

_ARTICLE = UUID(int=1)

_OLDER = (
    "UPDATE desk.works SET link_checked_at = link_checked_at - make_interval(secs => :seconds),"
    " link_next_check_at = link_next_check_at - make_interval(secs => :seconds)",
    "UPDATE desk.link_checks SET checked_at = checked_at - make_interval(secs => :seconds)",
)


async def work(newsroom: Newsroom, url: str, *, shown: bool = True, **fields: Any) -> str:
    """The id of a work at this address; `shown`: readers have it."""
    made = await create(newsroom, "works", **{"kind": "web_page", "url": url} | fields)
    identity: str = made.json()["id"]
    if shown:
        await show(newsroom, identity)
    return identity


async def show(newsroom: Newsroom, work_id: str, status: int = 200) -> None:
    """Publish it as the press does with what a live article cites, or take it away."""
    cited = Dependency(article_id=_ARTICLE, subject_id=UUID(work_id))
    async with newsroom.database.write() as session:
        if status == 200:
            await session.merge(cited)
        else:
            await session.execute(
                delete(Dependency).where(Dependency.subject_id == cited.subject_id)
            )
        await session.merge(
            Document(
                id=UUID(work_id), kind="work", status=status, version=1, seq=0, etag='"1"',
                modified_at=datetime(2026, 11, 20, tzinfo=UTC), tags=[], meta={},
                full=b"{}" if status == 200 else None,
            )
        )  # fmt: skip


async def round_of_checks(newsroom: Newsroom) -> int:
    """All that is due at this moment, new ones too."""
    async with newsroom.database.write() as session:
        await queries.enrol(session)
        await session.execute(
            text(
                "UPDATE desk.works SET link_next_check_at = transaction_timestamp()"
                " WHERE link_checked_at IS NULL"
                " AND link_next_check_at < transaction_timestamp() + interval '1 hour'"
            )
        )
    return await rounds.check_due(newsroom.database, pause=0)


async def wait_days(newsroom: Newsroom, days: float) -> None:
    """Let so much time go by: all that is known of links grows older."""
    async with newsroom.database.write() as session:
        for statement in _OLDER:
            await session.execute(text(statement), {"seconds": days * 86_400})


async def link(newsroom: Newsroom, work_id: str) -> dict[str, Any]:
    """What the desk shows of it; {} before anybody has looked."""
    items = (await newsroom.desk.get("/desk/link-health?limit=100")).json()["items"]
    return next((each for each in items if each["work_id"] == work_id), {})


async def checks(newsroom: Newsroom, work_id: str) -> list[dict[str, Any]]:
    answer = await newsroom.desk.get(f"/desk/works/{work_id}/checks")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def days_until_next(link: dict[str, Any]) -> float:
    next_check, last_check = (
        datetime.fromisoformat(link[name]) for name in ("next_check_at", "checked_at")
    )
    return (next_check - last_check).total_seconds() / 86_400
