"""The desk's endpoints for API keys, and for asking who one is."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, Security

from app.errors import Forbidden, NotFound
from app.identity import commands, queries
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.schemas import ActorView, KeyCreate, KeyCreated, KeyPage, KeyView
from app.identity.scopes import Scope
from app.web.pages import PageQuery
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(tags=["Keys"])

PATH = "/desk/keys"
MANAGER = Security(current_actor, scopes=[Scope.KEYS_MANAGE])


@router.get("/me", operation_id="me_get", summary="Who you are", responses=responses(Forbidden))
async def get_me(
    session: Session, actor: Actor = Security(current_actor, scopes=[Scope.DESK_READ])
) -> ActorView:
    """The key that this request was sent with, and what it may do."""
    return ActorView.of(actor)


@router.get("/keys", operation_id="keys_list", summary="List keys", responses=responses(Forbidden))
async def list_keys(
    session: Session, query: Annotated[PageQuery, Query()], actor: Actor = MANAGER
) -> KeyPage:
    """The newest first, revoked and expired ones too; never a secret."""
    actor.require_all_sections()
    found = await queries.page(session, after=query.after(PATH, (UUID,)), limit=query.limit + 1)
    return KeyPage(
        items=[KeyView.model_validate(key) for key in found[: query.limit]],
        next=query.next_link(PATH, found, lambda key: (key.id,)),
    )


@router.post(
    "/keys",
    status_code=201,
    operation_id="keys_create",
    summary="Make a key",
    responses=responses(Forbidden),
)
async def create_key(
    session: Session, body: KeyCreate, response: Response, actor: Actor = MANAGER
) -> KeyCreated:
    """The answer shows the key this once. Nobody can give scopes that they do not have."""
    made = await commands.create(
        session, actor, name=body.name, scopes=body.granted(), section_ids=body.section_ids,
        expires_at=body.expires_at,
    )  # fmt: skip
    response.headers["Location"] = f"{PATH}/{made.key.id}"
    return KeyCreated(**dict(KeyView.model_validate(made.key)), key=made.text)


@router.get(
    "/keys/{key_id}",
    operation_id="keys_get",
    summary="One key, without its secret",
    responses=responses(Forbidden, NotFound),
)
async def get_key(session: Session, key_id: UUID, actor: Actor = MANAGER) -> KeyView:
    actor.require_all_sections()
    return KeyView.model_validate(await queries.get(session, key_id))


@router.delete(
    "/keys/{key_id}",
    operation_id="keys_revoke",
    summary="Revoke a key",
    responses=responses(Forbidden, NotFound),
)
async def revoke_key(session: Session, key_id: UUID, actor: Actor = MANAGER) -> KeyView:
    """At once, on every process, and for good. It needs no `If-Match`: a key never changes
    otherwise, so nobody's work can be lost, and a leaked one must go without a question."""
    return KeyView.model_validate(await commands.revoke(session, actor, key_id))
