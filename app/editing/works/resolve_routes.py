"""The desk's endpoint that finds out what a work is. It may ask others, and keeps nothing."""

from fastapi import Security

from app.editing import calling
from app.editing.calling import OutboundOff
from app.editing.works import gathering, resolving
from app.editing.works.resolve_schemas import Resolved, ResolveRequest
from app.errors import Forbidden
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.web.problems import responses
from app.web.write_route import CallingRouter, Reading

router = CallingRouter(prefix="/works", tags=["Works"])

WRITER = Security(current_actor, scopes=[Scope.CITATIONS_WRITE])


@router.post(
    "/resolve",
    operation_id="works_resolve",
    summary="Find out what a work is",
    responses=responses(Forbidden, OutboundOff),
)
async def resolve_work(read: Reading, body: ResolveRequest, actor: Actor = WRITER) -> Resolved:
    """Of a page that you send, an address, or a reference in words. Nobody is asked unless you say
    `fetch`; all that comes of it are suggestions, each with its source, and nothing is stored."""
    gathered = await gathering.from_what_was_sent(body)
    if body.fetch and body.html is None:
        async with read() as session:
            fetch, agent = calling.fetcher(session), await calling.agent(session)
        # Between transactions: whoever is asked may take long to answer.
        await gathering.ask(gathered, body, fetch=fetch, agent=agent)
    async with read() as session:
        return await resolving.complete(session, gathered)
