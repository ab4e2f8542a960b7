"""The desk's endpoint for hubs."""

from fastapi import Security

from app.dispatch.hubs import queries
from app.dispatch.hubs.schemas import HubList
from app.editing.site.queries import site
from app.errors import Forbidden
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(prefix="/hubs", tags=["Site"])

READER = Security(current_actor, scopes=[Scope.DESK_READ])


@router.get(
    "", operation_id="hubs_list", summary="What hubs were told", responses=responses(Forbidden)
)
async def list_hubs(session: Session, actor: Actor = READER) -> HubList:
    """The WebSub hubs that the site names, and what came of the pings to each."""
    return HubList(items=[await queries.hub(session, url) for url in (await site(session)).hubs])
