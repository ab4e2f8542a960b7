"""The desk's endpoint for how far a follow-up has come."""

from uuid import UUID

from fastapi import Security

from app.editing.works import queries
from app.errors import Forbidden, Moved, NotFound
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.publishing import progress
from app.publishing.follow_up_schemas import FollowUp
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(prefix="/works", tags=["Works"])


@router.get(
    "/{work_id}/follow-up",
    operation_id="works_follow_up",
    summary="How far what happened to a work has reached the articles that cite it",
    responses=responses(Moved, Forbidden, NotFound),
)
async def follow_up(
    session: Session,
    work_id: UUID,
    actor: Actor = Security(current_actor, scopes=[Scope.DESK_READ]),
) -> FollowUp:
    """Counts, over all sections. It is done when no `search` runs and nothing is `to_refresh`."""
    return await progress.of_work(session, await queries.get(session, work_id))
