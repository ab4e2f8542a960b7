"""The desk's endpoint for what is on TV, and why not."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query, Security

from app.errors import Forbidden
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.publishing import tv_report
from app.publishing.tv_report_schemas import TvReport, TvReportQuery
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(tags=["TV"])

PATH = "/desk/tv-report"


@router.get(
    "/tv-report",
    operation_id="tv_report",
    summary="Why is it not on TV?",
    responses=responses(Forbidden),
)
async def report(
    session: Session,
    query: Annotated[TvReportQuery, Query()],
    actor: Actor = Security(current_actor, scopes=[Scope.DESK_READ]),
) -> TvReport:
    """Every published video and each of Roku's content feed, Roku Search, Fire TV and Media RSS:
    whether it is in, and if not, what is missing and where to fill it in."""
    after = query.after(PATH, (datetime, UUID))
    place = (after[0], after[1]) if after else None
    items, behind = await tv_report.page(session, query, after=place)
    return TvReport(items=items, next=query.link_behind(PATH, behind) if behind else None)
