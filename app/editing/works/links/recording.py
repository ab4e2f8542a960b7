"""Writing down what a look at a link has found."""

import secrets

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import transaction_time
from app.editing.changed import note
from app.editing.works.links import queries
from app.editing.works.links.looking import Look
from app.editing.works.links.queries import Target
from app.editing.works.links.schedule import outcome
from app.editing.works.models import LinkCheck, Work

KEPT = 20
"""Looks at each work; the one with which a row of failures began is kept besides."""

_AS_CITED = frozenset({"ok", "moved_permanently", "redirected"})


async def record(session: AsyncSession, target: Target, look: Look) -> None:
    """Keep the look, and what follows from it. Readers learn of it where the link breaks or heals.

    Nothing happens where the work has another address by now, or became internal. What is found
    out is no edit: the ETag of the work stays.
    """
    work = await _locked(session, target)
    if work is None:
        return
    now = await transaction_time(session)
    past = await queries.past(session, work)
    chance = secrets.randbelow(1_000) / 1_000
    online = look.page is not None or await queries.any_answer(session, past.failing_since or now)
    result = outcome(past, look.verdict, now=now, chance=chance, wait=look.wait, online=online)
    session.add(
        LinkCheck(
            work_id=work.id,
            checked_at=now,
            verdict=look.verdict,
            http_status=look.page and look.page.status,
            final_url=look.page and look.page.final_url,
            redirects=len(look.page.redirects) if look.page else 0,
            milliseconds=look.page and look.page.milliseconds,
            similarity=look.similarity,
            failures=result.failures,
        )
    )
    if work.fingerprint is None and look.verdict in _AS_CITED:
        work.fingerprint = look.fingerprint
    if work.link_broken != result.broken:
        work.link_broken = result.broken
        note(session, "work", work.id)
    work.link_verdict = look.verdict
    work.link_checked_at = now
    work.link_next_check_at = result.next_check_at
    await session.flush()
    await _forget_old(session, work)


async def _locked(session: AsyncSession, target: Target) -> Work | None:
    rows = await session.execute(
        select(Work)
        .where(queries.may_be_called(), Work.id == target.work_id, Work.url == target.url)
        .with_for_update(key_share=True)
    )
    return rows.scalar_one_or_none()


async def _forget_old(session: AsyncSession, work: Work) -> None:
    of_work = LinkCheck.work_id == work.id
    newest = (LinkCheck.checked_at.desc(), LinkCheck.id.desc())
    kept = select(LinkCheck.id).where(of_work).order_by(*newest).limit(KEPT)
    began = select(LinkCheck.id).where(of_work, LinkCheck.failures == 1).order_by(*newest).limit(1)
    await session.execute(
        delete(LinkCheck).where(of_work, ~or_(LinkCheck.id.in_(kept), LinkCheck.id.in_(began)))
    )
