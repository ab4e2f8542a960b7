"""Works that may be one and the same: for people to decide on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from rapidfuzz import fuzz, utils
from sqlalchemy import ColumnElement, and_, false, func, literal_column, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.edtf import bounds
from app.editing.works import queries
from app.editing.works.models import Work, WorkIdentifier
from app.published import url_keys

MOST = 10
ALIKE = 85
"""Titles that rapidfuzz finds less alike than this are different ones."""

_COMPARED = 500
"""Titles that are looked at, of those that share a word with this one."""

NOBODY = UUID(int=0)
_DAYS = timedelta(days=3)
_SIMPLE: ColumnElement[str] = literal_column("'simple'::regconfig")
"""Not a parameter: a plan that is kept for other titles would not know that the index is of it."""

_WORDS = 6


@dataclass(frozen=True)
class Candidate:
    """`because`: identifier, url, title. `score`: 100 where one of them is the same."""

    work: Work
    because: tuple[str, ...]
    score: int


async def candidates(
    session: AsyncSession,
    *,
    title: str | None = None,
    url: str | None = None,
    publication_id: UUID | None = None,
    issued: str | None = None,
    identifiers: Sequence[tuple[str, str]] = (),
    besides: UUID | None = None,
) -> list[Candidate]:
    """Those that have an identifier or the address, or a title like this one and are of the same
    publication or were issued within three days; the most alike first.

    Identifiers in their one spelling, `issued` in EDTF. `besides` is the work itself.
    """
    found: dict[UUID, tuple[Work, list[str], int]] = {}

    def add(work: Work, reason: str, score: int) -> None:
        _, reasons, best = found.get(work.id, (work, [], 0))
        found[work.id] = (work, [*reasons, reason], max(best, score))

    others = and_(Work.merged_into_id.is_(None), Work.id != (besides or NOBODY))
    if identifiers:
        for work in await _works(session, others, _has_one_of(identifiers)):
            add(work, "identifier", 100)
    if url:
        for work in await _works(session, others, Work.url_key == url_keys.key(url)):
            add(work, "url", 100)
    if title:
        scores = await _alike(session, others, title, publication_id, issued)
        best = sorted(scores, key=lambda each: (-scores[each], each))[:MOST]
        shown = {*best, *found} & scores.keys()
        for work in await _works(session, Work.id.in_(shown)) if shown else ():
            add(work, "title", scores[work.id])
    ranked = sorted(found.values(), key=lambda each: (-each[2], -len(each[1]), each[0].id))
    return [Candidate(work, tuple(because), score) for work, because, score in ranked[:MOST]]


async def of(session: AsyncSession, work: Work) -> list[Candidate]:
    """Those that may be the same as this one."""
    identifiers = (await queries.named_by(session, [work.id]))[work.id]
    return await candidates(
        session,
        title=work.title,
        url=work.url,
        publication_id=work.publication_id,
        issued=work.issued,
        identifiers=[(each.scheme, each.value) for each in identifiers],
        besides=work.id,
    )


async def _alike(
    session: AsyncSession,
    others: ColumnElement[bool],
    title: str,
    publication_id: UUID | None,
    issued: str | None,
) -> dict[UUID, int]:
    """How alike their titles are. Of the hundreds that are compared only titles are read."""
    same = func.lower(func.left(Work.title, 200)) == func.lower(func.left(title, 200))
    near = []
    if publication_id:
        near.append(Work.publication_id == publication_id)
    if issued and (around := _around(issued)):
        near.append(_issued_between(*around))
    alike = and_(_shares_a_word(title), or_(*near)) if near else false()
    rows = await session.execute(
        select(Work.id, Work.title, Work.title_original)
        .where(others, or_(same, alike))
        .order_by(Work.changed_at.desc())
        .limit(_COMPARED)
    )
    tidy = utils.default_process(title)
    scores = {work_id: _likeness(tidy, titles) for work_id, *titles in rows}
    return {work_id: score for work_id, score in scores.items() if score >= ALIKE}


async def _works(session: AsyncSession, *conditions: ColumnElement[bool]) -> Sequence[Work]:
    query = select(Work).where(*conditions).order_by(Work.changed_at.desc()).limit(_COMPARED)
    return (await session.execute(query)).scalars().all()


def _has_one_of(identifiers: Sequence[tuple[str, str]]) -> ColumnElement[bool]:
    place = tuple_(WorkIdentifier.scheme, WorkIdentifier.value)
    return Work.id.in_(select(WorkIdentifier.work_id).where(place.in_(identifiers)))


def _around(issued: str) -> tuple[date, date] | None:
    begin, end = bounds(issued)
    if begin is None or end is None or not date.min + _DAYS < begin <= end < date.max - _DAYS:
        return None
    return begin - _DAYS, end + _DAYS


def _issued_between(first: date, last: date) -> ColumnElement[bool]:
    return and_(Work.issued_from <= last, Work.issued_from >= first)


def _shares_a_word(title: str) -> ColumnElement[bool]:
    """The longest words of a title say most about it; the short ones are in every other title."""
    words = sorted(set(utils.default_process(title).split()), key=len, reverse=True)[:_WORDS]
    # What is left of them are letters and digits: nothing that a query would take for a sign.
    wanted = func.to_tsquery(_SIMPLE, " | ".join(words))
    return func.to_tsvector(_SIMPLE, Work.search_text).op("@@")(wanted)


def _likeness(tidy: str, titles: Sequence[str | None]) -> int:
    """How alike the most alike of these titles is; 0 where it is less than `ALIKE`."""
    scores = (
        fuzz.token_sort_ratio(tidy, utils.default_process(each), score_cutoff=ALIKE)
        for each in titles
        if each
    )
    return int(max(scores, default=0))
