"""The desk's endpoint for what search engines were told (IndexNow)."""

from datetime import datetime

from fastapi import Security
from pydantic import BaseModel, Field
from sqlalchemy import func, select

from app.dispatch.index_now import KIND
from app.dispatch.models import Errand
from app.errors import Forbidden
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(prefix="/index-now", tags=["Site"])

READER = Security(current_actor, scopes=[Scope.DESK_READ])


class HostView(BaseModel):
    """What the engine was told of the pages of one host."""

    base: str = Field(description="What their addresses begin with")
    waiting: int = Field(description="Pages of which it is to be told")
    refused: int = Field(description="Pages of which it did not want to hear")
    last_at: datetime | None = Field(description="When it was called last")
    ok: bool | None
    status: int | None = Field(description="What it answered")
    reason: str | None = Field(description="Why it failed")


class IndexNowView(BaseModel):
    items: list[HostView] = Field(description="One for each host that pages are at")


@router.get(
    "",
    operation_id="index_now_get",
    summary="What search engines were told",
    responses=responses(Forbidden),
)
async def get_index_now(session: Session, actor: Actor = READER) -> IndexNowView:
    """What came of the calls to the IndexNow endpoint that the site names."""
    page = Errand.subject != ""
    counted = await session.execute(
        select(
            Errand.target,
            func.count().filter(page, Errand.next_at.is_not(None)),
            func.count().filter(page, Errand.next_at.is_(None)),
        )
        .where(Errand.kind == KIND)
        .group_by(Errand.target)
        .order_by(Errand.target)
    )
    items = []
    for base, waiting, refused in counted:
        last = await session.get(Errand, (KIND, base, ""))
        items.append(
            HostView(
                base=base, waiting=waiting, refused=refused,
                last_at=last.tried_at if last else None, ok=last.ok if last else None,
                status=last.status if last else None, reason=last.reason if last else None,
            )
        )  # fmt: skip
    return IndexNowView(items=items)
