"""What the desk can ask of the look-out for links."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app import jobs
from app.editing import calling, merging
from app.editing.works.links import queries, tasks
from app.editing.works.models import Work
from app.errors import Conflict
from app.identity.actor import Actor
from app.identity.scopes import Scope


async def ask_for_check(session: AsyncSession, actor: Actor, work_id: UUID) -> Work:
    """Have this one looked at as soon as may be. Raises Conflict where it never is."""
    actor.require(Scope.CITATIONS_WRITE)
    work = await merging.get(session, Work, work_id)
    if work.visibility == "internal":
        raise Conflict("Nobody is asked for the address of an internal work.")
    if work.article_id is not None:
        raise Conflict("It is one of our own articles.")
    if await queries.target(session, work_id) is None:
        raise Conflict("The work has no address.")
    calling.fetcher(session)
    await jobs.defer(
        session,
        tasks.check_one,
        queueing_lock=f"works.check_one {work_id}",
        work_id=str(work_id),
    )
    return work
