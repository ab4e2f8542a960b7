"""Which links are to be looked at, and what is known of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Result, and_, func, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing import merging
from app.editing.works.links.parameters import LinkQuery
from app.editing.works.links.schedule import Past
from app.editing.works.models import LinkCheck, Work
from app.published.models import Document

_WITHIN_THE_HOUR = text("transaction_timestamp() + random() * interval '1 hour'")


@dataclass(frozen=True)
class Target:
    """A work to be looked at, as it was when it was chosen."""

    work_id: UUID
    url: str
    fingerprint: str | None


def may_be_called() -> ColumnElement[bool]:
    """Whether a work's address may be asked for at all: never that of an internal one."""
    return and_(
        Work.visibility == "public",
        Work.url.is_not(None),
        Work.article_id.is_(None),
        Work.merged_into_id.is_(None),
    )


def _is_shown() -> ColumnElement[bool]:
    """Whether readers have it: a live article cites it."""
    return (
        select(Document.id)
        .where(Document.id == Work.id, Document.kind == "work", Document.status == 200)
        .exists()
    )


async def enrol(session: AsyncSession) -> None:
    """Give those that readers see now a first time to be looked at, within the hour; take it from
    those that they see no more."""
    await session.execute(
        update(Work)
        .where(may_be_called(), _is_shown(), Work.link_next_check_at.is_(None))
        .values(link_next_check_at=_WITHIN_THE_HOUR)
        .execution_options(synchronize_session=False)
    )
    await session.execute(
        update(Work)
        .where(Work.link_next_check_at <= func.transaction_timestamp())
        .where(~and_(may_be_called(), _is_shown()))
        .values(link_next_check_at=None)
        .execution_options(synchronize_session=False)
    )


async def due(session: AsyncSession, *, limit: int) -> list[Target]:
    """Those whose time has come, the longest waiting first."""
    rows = await session.execute(
        select(Work.id, Work.url, Work.fingerprint)
        .where(
            may_be_called(), _is_shown(), Work.link_next_check_at <= func.transaction_timestamp()
        )
        .order_by(Work.link_next_check_at)
        .limit(limit)
    )
    return _targets(rows)


async def target(session: AsyncSession, work_id: UUID) -> Target | None:
    """The work, if it may be looked at."""
    rows = await session.execute(
        select(Work.id, Work.url, Work.fingerprint).where(may_be_called(), Work.id == work_id)
    )
    return next(iter(_targets(rows)), None)


def _targets(rows: Result[UUID, str | None, str | None]) -> list[Target]:
    return [Target(work_id, url, known) for work_id, url, known in rows if url is not None]


async def past(session: AsyncSession, work: Work) -> Past:
    """What earlier looks at this address have found."""
    if work.link_checked_at is None:
        return Past()
    checks = await history(session, work.id)
    latest = checks[0] if checks else None
    failing = latest.failures if latest else 0
    began = next((each.checked_at for each in checks if each.failures == 1), None)
    return Past(
        failures=failing,
        failing_since=began if failing else None,
        broken=work.link_broken,
        first_checked_at=min((each.checked_at for each in checks), default=None),
    )


async def any_answer(session: AsyncSession, since: datetime) -> bool:
    """Whether any server has answered us since then."""
    answered = select(LinkCheck.id).where(
        LinkCheck.http_status.is_not(None), LinkCheck.checked_at >= since
    )
    return bool(await session.scalar(select(answered.exists())))


async def history(session: AsyncSession, work_id: UUID) -> Sequence[LinkCheck]:
    """All looks that are kept, the newest first."""
    rows = await session.execute(
        select(LinkCheck)
        .where(LinkCheck.work_id == work_id)
        .order_by(LinkCheck.checked_at.desc(), LinkCheck.id.desc())
    )
    return rows.scalars().all()


async def latest(session: AsyncSession, work_ids: Sequence[UUID]) -> dict[UUID, LinkCheck]:
    """The last look at each of these."""
    rows = await session.execute(
        select(LinkCheck)
        .ext(distinct_on(LinkCheck.work_id))
        .where(LinkCheck.work_id.in_(work_ids))
        .order_by(LinkCheck.work_id, LinkCheck.checked_at.desc(), LinkCheck.id.desc())
    )
    return {each.work_id: each for each in rows.scalars()}


async def page(
    session: AsyncSession, narrowed: LinkQuery, *, after: tuple[datetime, UUID] | None
) -> Sequence[Work]:
    """Works that were looked at, the last first: one more than a page holds."""
    query = (
        select(Work)
        .where(may_be_called(), Work.link_checked_at.is_not(None))
        .order_by(Work.link_checked_at.desc(), Work.id.desc())
        .limit(narrowed.limit + 1)
    )
    if narrowed.verdict is not None:
        query = query.where(Work.link_verdict == narrowed.verdict)
    if narrowed.broken is not None:
        query = query.where(Work.link_broken == narrowed.broken)
    if narrowed.publication is not None:
        publication_id = await merging.resolved(session, narrowed.publication)
        query = query.where(Work.publication_id == publication_id)
    if after is not None:
        query = query.where(tuple_(Work.link_checked_at, Work.id) < after)
    return (await session.execute(query)).scalars().all()


@dataclass(frozen=True)
class Counts:
    by_verdict: dict[str, int]
    broken: int
    without_archive: int
    due: int


async def counts(session: AsyncSession) -> Counts:
    """How many links are in which state."""
    verdicts = await session.execute(
        select(Work.link_verdict, func.count())
        .where(may_be_called(), Work.link_verdict.is_not(None))
        .group_by(Work.link_verdict)
        .order_by(Work.link_verdict)
    )
    sums = await session.execute(
        select(
            func.count().filter(Work.link_broken),
            func.count().filter(Work.link_broken, Work.archive_url.is_(None)),
            func.count().filter(Work.link_next_check_at <= func.transaction_timestamp()),
        ).where(may_be_called())
    )
    return Counts({verdict: count for verdict, count in verdicts if verdict}, *sums.one())
