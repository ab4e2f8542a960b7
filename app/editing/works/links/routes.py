"""The desk's endpoints for the health of links."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, Security

from app.editing.calling import OutboundOff
from app.editing.works import queries as works
from app.editing.works.links import commands, queries
from app.editing.works.links.parameters import LinkQuery
from app.editing.works.links.schemas import (
    CheckList,
    CheckView,
    LinkPage,
    LinkSummary,
    LinkView,
)
from app.editing.works.models import LinkCheck, Work
from app.errors import Conflict, Forbidden, Moved, NotFound
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(tags=["Works"])

PATH = "/desk/link-health"
READER = Security(current_actor, scopes=[Scope.DESK_READ])
WRITER = Security(current_actor, scopes=[Scope.CITATIONS_WRITE])


@router.get(
    "/link-health",
    operation_id="links_list",
    summary="List the addresses of works with what was found there",
    responses=responses(Forbidden),
)
async def list_links(
    session: Session, query: Annotated[LinkQuery, Query()], actor: Actor = READER
) -> LinkPage:
    """Of public works that were looked at, the last first. `blocked` means that we were turned
    away, not that anything is missing."""
    found = await queries.page(session, query, after=query.after(PATH, (datetime, UUID)))
    return LinkPage(
        items=await _views(session, found[: query.limit]),
        next=query.next_link(PATH, found, _place),
    )


@router.get(
    "/link-health/summary",
    operation_id="links_summary",
    summary="How many links are in which state",
    responses=responses(Forbidden),
)
async def summarize_links(session: Session, actor: Actor = READER) -> LinkSummary:
    """Over all public works with an address."""
    counts = await queries.counts(session)
    return LinkSummary(checked=sum(counts.by_verdict.values()), **vars(counts))


@router.get(
    "/works/{work_id}/checks",
    operation_id="works_checks",
    summary="The last looks at a work's address",
    responses=responses(Moved, Forbidden, NotFound),
)
async def list_checks(session: Session, work_id: UUID, actor: Actor = READER) -> CheckList:
    """The last 20, the newest first, and the one with which a row of failures began."""
    work = await works.get(session, work_id)
    found = await queries.history(session, work.id)
    return CheckList(items=[CheckView.model_validate(each) for each in found])


@router.post(
    "/works/{work_id}/check",
    status_code=202,
    operation_id="works_check",
    summary="Have a work's address looked at now",
    responses=responses(Moved, Forbidden, NotFound, Conflict, OutboundOff),
)
async def check_work(
    session: Session, work_id: UUID, response: Response, actor: Actor = WRITER
) -> LinkView:
    """Answers with what is known so far; what is found stands at `Location` a moment later. For an
    internal work nobody is asked."""
    work = await commands.ask_for_check(session, actor, work_id)
    response.headers["Location"] = f"/desk/works/{work.id}/checks"
    [view] = await _views(session, [work])
    return view


async def _views(session: Session, found: Sequence[Work]) -> list[LinkView]:
    latest = await queries.latest(session, [work.id for work in found])
    return [_view(work, latest.get(work.id)) for work in found]


def _place(work: Work) -> tuple[datetime, UUID]:
    assert work.link_checked_at is not None
    return work.link_checked_at, work.id


def _view(work: Work, last: LinkCheck | None) -> LinkView:
    assert work.url is not None
    return LinkView(
        work_id=work.id,
        title=work.title,
        publication_id=work.publication_id,
        url=work.url,
        archive_url=work.archive_url,
        verdict=work.link_verdict,
        broken=work.link_broken,
        checked_at=work.link_checked_at,
        next_check_at=work.link_next_check_at,
        last_check=CheckView.model_validate(last) if last and work.link_checked_at else None,
    )
