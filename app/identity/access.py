"""From HTTP credentials to the actor, and the right that each route demands."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPBearer, SecurityScopes
from fastapi.security.base import SecurityBase
from sqlalchemy.ext.asyncio import AsyncSession

from app import observability, tokens
from app.identity import queries
from app.identity.actor import Actor
from app.identity.scopes import Scope

BEARER: SecurityBase = HTTPBearer(
    bearerFormat="mh_…",
    description="An API key: `Authorization: Bearer mh_…` (`masthead keys create`).",
    auto_error=False,
    scheme_name="key",
)


async def authenticate(session: AsyncSession, authorization: str | None) -> Actor | None:
    """Who sends this `Authorization` header; None without a valid key."""
    credentials = tokens.bearer(authorization)
    actor = await queries.actor_of(session, credentials) if credentials else None
    if actor:
        observability.name_actor(f"{actor.kind}:{actor.id}")
    return actor


async def current_actor(
    request: Request, demanded: SecurityScopes, _: Annotated[object, Depends(BEARER)]
) -> Actor:
    """The actor, who has the scopes that the route declares with `Security(…, scopes=[…])`.

    Without a declared scope nobody passes: a route that forgot it must not be open.
    """
    actor: Actor = request.state.actor
    if not demanded.scopes:
        raise RuntimeError(f"{request.method} {request.scope['path']} declares no scope")
    for scope in demanded.scopes:
        actor.require(Scope(scope))
    return actor
