"""Works in the form in which the desk API shows them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.editing import citation_notes, named
from app.editing.works import queries
from app.editing.works.models import Work, WorkIdentifier
from app.editing.works.schemas import LinkState, WorkSummary, WorkView


async def view(session: AsyncSession, work: Work) -> WorkView:
    identifiers = await queries.named_by(session, [work.id])
    link = LinkState(
        verdict=work.link_verdict, broken=work.link_broken, checked_at=work.link_checked_at
    )
    note = citation_notes.shown(session, work.note_internal)
    return WorkView.model_validate(
        _columns(work, identifiers[work.id]) | {"link": link, "note_internal": note}
    )


async def summaries(session: AsyncSession, works: Sequence[Work]) -> list[WorkSummary]:
    identifiers = await queries.named_by(session, [work.id for work in works])
    return [WorkSummary.model_validate(_columns(work, identifiers[work.id])) for work in works]


def _columns(work: Work, identifiers: Sequence[WorkIdentifier]) -> dict[str, Any]:
    pairs = [{"scheme": each.scheme, "value": each.value} for each in identifiers]
    return named.fields(work) | {"identifiers": pairs}
