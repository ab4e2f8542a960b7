"""The desk's endpoints for deliveries and their receipts."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, Security

from app.dispatch.deliveries import commands, queries
from app.dispatch.deliveries.models import Delivery
from app.dispatch.deliveries.schemas import (
    DeliveryFields,
    DeliveryListQuery,
    DeliveryPage,
    DeliverySummary,
    DeliveryView,
    ReceiptListQuery,
    ReceiptPage,
    ReceiptView,
)
from app.editing.expectation import edit_etag
from app.errors import Conflict, Forbidden, NotFound, PreconditionMissing, Stale
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.web.preconditions import Expected
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(prefix="/deliveries", tags=["Partners"])

PATH = "/desk/deliveries"
MANAGER = Security(current_actor, scopes=[Scope.PARTNERS_MANAGE])
WRITE = responses(Forbidden, NotFound, Conflict, Stale, PreconditionMissing)


@router.get(
    "", operation_id="deliveries_list", summary="List deliveries", responses=responses(Forbidden)
)
async def list_deliveries(
    session: Session, query: Annotated[DeliveryListQuery, Query()], actor: Actor = MANAGER
) -> DeliveryPage:
    """All, or those to a partner, or of a feed."""
    found = await queries.page(session, query, after=query.after(PATH, (UUID,)))
    return DeliveryPage(
        items=[DeliverySummary.model_validate(each) for each in found[: query.limit]],
        next=query.next_link(PATH, found, lambda each: (each.id,)),
    )


@router.post(
    "",
    status_code=201,
    operation_id="deliveries_create",
    summary="Create a delivery",
    responses=responses(Forbidden),
)
async def create_delivery(
    session: Session, body: DeliveryFields, response: Response, actor: Actor = MANAGER
) -> DeliveryView:
    """The feed is pushed at once, and then within seconds whenever it changes. What fails is tried
    again for three quarters of an hour, and with the next change."""
    delivery = await commands.create(session, actor, body)
    response.headers["Location"] = f"{PATH}/{delivery.id}"
    return await _view(session, response, delivery)


@router.get(
    "/{delivery_id}",
    operation_id="deliveries_get",
    summary="One delivery",
    responses=responses(Forbidden, NotFound),
)
async def get_delivery(
    session: Session, delivery_id: UUID, response: Response, actor: Actor = MANAGER
) -> DeliveryView:
    """Send its `ETag` as `If-Match` when you change it."""
    return await _view(session, response, await queries.get(session, delivery_id))


@router.put(
    "/{delivery_id}",
    operation_id="deliveries_replace",
    summary="Change a delivery",
    responses=WRITE,
)
async def replace_delivery(
    session: Session,
    delivery_id: UUID,
    body: DeliveryFields,
    response: Response,
    expected: Expected,
    actor: Actor = MANAGER,
) -> DeliveryView:
    """The feed is pushed at once."""
    delivery = await commands.replace(session, actor, delivery_id, body, expected=expected)
    return await _view(session, response, delivery)


@router.delete(
    "/{delivery_id}",
    status_code=204,
    operation_id="deliveries_delete",
    summary="Delete a delivery",
    responses=WRITE,
)
async def delete_delivery(
    session: Session, delivery_id: UUID, expected: Expected, actor: Actor = MANAGER
) -> None:
    """Its receipts go with it. What was pushed stays where it is."""
    await commands.delete(session, actor, delivery_id, expected=expected)


@router.post(
    "/{delivery_id}/push",
    status_code=202,
    operation_id="deliveries_push",
    summary="Push a feed now",
    responses=responses(Forbidden, NotFound, Conflict),
)
async def push_delivery(
    session: Session, delivery_id: UUID, response: Response, actor: Actor = MANAGER
) -> DeliveryView:
    """Whether it changed or not. What came of it is told by the next receipt."""
    return await _view(session, response, await commands.push(session, actor, delivery_id))


@router.get(
    "/{delivery_id}/receipts",
    operation_id="deliveries_receipts",
    summary="What came of pushes",
    responses=responses(Forbidden, NotFound),
)
async def list_receipts(
    session: Session,
    delivery_id: UUID,
    query: Annotated[ReceiptListQuery, Query()],
    actor: Actor = MANAGER,
) -> ReceiptPage:
    """One for each push, and each try of one."""
    await queries.get(session, delivery_id)
    path = f"{PATH}/{delivery_id}/receipts"
    found = await queries.receipts(session, delivery_id, query, after=query.after(path, (UUID,)))
    return ReceiptPage(
        items=[ReceiptView.model_validate(each) for each in found[: query.limit]],
        next=query.next_link(path, found, lambda each: (each.id,)),
    )


async def _view(session: Session, response: Response, delivery: Delivery) -> DeliveryView:
    response.headers["ETag"] = edit_etag(delivery.edit)
    last = await queries.last_receipt(session, delivery.id)
    return DeliveryView(
        **dict(DeliverySummary.model_validate(delivery)),
        secret=delivery.secret,
        host_key=delivery.host_key,
        next_at=await queries.next_push(session, delivery.id),
        last=ReceiptView.model_validate(last) if last else None,
        created_at=delivery.created_at,
    )
