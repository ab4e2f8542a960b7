"""The desk's endpoints for partners, their keys, and what they used."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, Security

from app.dispatch.feeding import partner_address
from app.dispatch.partners import commands, queries
from app.dispatch.partners.models import Partner
from app.dispatch.partners.schemas import (
    Contact,
    PartnerFeedLinks,
    PartnerFields,
    PartnerKeyCreate,
    PartnerKeyList,
    PartnerListQuery,
    PartnerPage,
    PartnerSummary,
    PartnerView,
    UsageQuery,
    UsageReport,
)
from app.editing.expectation import edit_etag
from app.errors import Conflict, Forbidden, NotFound, PreconditionMissing, Stale
from app.feeds.table import FORMATS
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.schemas import KeyCreated, KeyView
from app.identity.scopes import Scope
from app.web.preconditions import Expected
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(prefix="/partners", tags=["Partners"])

PATH = "/desk/partners"
MANAGER = Security(current_actor, scopes=[Scope.PARTNERS_MANAGE])
WRITE = responses(Forbidden, NotFound, Conflict, Stale, PreconditionMissing)


@router.get(
    "", operation_id="partners_list", summary="List partners", responses=responses(Forbidden)
)
async def list_partners(
    session: Session, query: Annotated[PartnerListQuery, Query()], actor: Actor = MANAGER
) -> PartnerPage:
    found = await queries.page(session, query, after=query.after(PATH, (str, UUID)))
    return PartnerPage(
        items=[PartnerSummary.model_validate(each) for each in found[: query.limit]],
        next=query.next_link(PATH, found, lambda each: (each.name, each.id)),
    )


@router.post(
    "",
    status_code=201,
    operation_id="partners_create",
    summary="Create a partner",
    responses=responses(Forbidden),
)
async def create_partner(
    session: Session, body: PartnerFields, response: Response, actor: Actor = MANAGER
) -> PartnerView:
    """It gets nothing until it has a key, or a delivery."""
    partner = await commands.create(session, actor, body)
    response.headers["Location"] = f"{PATH}/{partner.id}"
    return await _view(session, response, partner)


@router.get(
    "/{partner_id}",
    operation_id="partners_get",
    summary="One partner",
    responses=responses(Forbidden, NotFound),
)
async def get_partner(
    session: Session, partner_id: UUID, response: Response, actor: Actor = MANAGER
) -> PartnerView:
    """Send its `ETag` as `If-Match` when you change it."""
    return await _view(session, response, await queries.get(session, partner_id))


@router.put(
    "/{partner_id}", operation_id="partners_replace", summary="Change a partner", responses=WRITE
)
async def replace_partner(
    session: Session,
    partner_id: UUID,
    body: PartnerFields,
    response: Response,
    expected: Expected,
    actor: Actor = MANAGER,
) -> PartnerView:
    """At once for all that it asks from now on."""
    partner = await commands.replace(session, actor, partner_id, body, expected=expected)
    return await _view(session, response, partner)


@router.delete(
    "/{partner_id}",
    status_code=204,
    operation_id="partners_delete",
    summary="Delete a partner",
    responses=WRITE,
)
async def delete_partner(
    session: Session, partner_id: UUID, expected: Expected, actor: Actor = MANAGER
) -> None:
    """Its keys are revoked, and what it used is forgotten: to keep that, set `active` to false.
    Refused while it has deliveries."""
    await commands.delete(session, actor, partner_id, expected=expected)


@router.get(
    "/{partner_id}/usage",
    operation_id="partners_usage",
    summary="What a partner used",
    responses=responses(Forbidden, NotFound),
)
async def get_usage(
    session: Session,
    partner_id: UUID,
    query: Annotated[UsageQuery, Query()],
    actor: Actor = MANAGER,
) -> UsageReport:
    """By day (UTC), feed and format: how often it was answered, and with how many bytes."""
    await queries.get(session, partner_id)
    return await queries.usage(session, partner_id, query)


@router.get(
    "/{partner_id}/keys",
    operation_id="partners_list_keys",
    summary="A partner's keys",
    responses=responses(Forbidden, NotFound),
)
async def list_keys(session: Session, partner_id: UUID, actor: Actor = MANAGER) -> PartnerKeyList:
    """Never a secret."""
    await queries.get(session, partner_id)
    keys = await queries.keys(session, partner_id)
    return PartnerKeyList(items=[KeyView.model_validate(key) for key in keys])


@router.post(
    "/{partner_id}/keys",
    status_code=201,
    operation_id="partners_create_key",
    summary="Make a key for a partner",
    responses=responses(Forbidden, NotFound, Conflict),
)
async def create_key(
    session: Session, partner_id: UUID, body: PartnerKeyCreate, actor: Actor = MANAGER
) -> KeyCreated:
    """The answer shows the key this once. With it the partner pulls its feeds at
    `/desk/partner-feeds`, and can do nothing else."""
    made = await commands.create_key(session, actor, partner_id, body)
    return KeyCreated(**dict(KeyView.model_validate(made.key)), key=made.text)


@router.delete(
    "/{partner_id}/keys/{key_id}",
    operation_id="partners_revoke_key",
    summary="Revoke a partner's key",
    responses=responses(Forbidden, NotFound),
)
async def revoke_key(
    session: Session, partner_id: UUID, key_id: UUID, actor: Actor = MANAGER
) -> KeyView:
    """At once, on every process, and for good. It needs no `If-Match`: a leaked one must go
    without a question."""
    return KeyView.model_validate(await commands.revoke_key(session, actor, partner_id, key_id))


async def _view(session: Session, response: Response, partner: Partner) -> PartnerView:
    response.headers["ETag"] = edit_etag(partner.edit)
    feeds = await queries.feeds(session, partner.id)
    links = [
        PartnerFeedLinks(
            id=feed.id,
            slug=feed.slug,
            title=feed.title,
            addresses={
                name: partner_address(feed.slug, name)
                for name in FORMATS
                if partner.formats is None or name in partner.formats
            },
        )
        for feed in feeds
    ]
    return PartnerView(
        **dict(PartnerSummary.model_validate(partner)),
        contact=Contact.model_validate(partner.contact),
        feed_ids=[feed.id for feed in feeds],
        formats=partner.formats,
        feeds=links,
        created_at=partner.created_at,
    )
