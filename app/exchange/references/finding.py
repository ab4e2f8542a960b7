"""Which of the works of a file are at the desk already."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.works import fields
from app.editing.works.models import Work, WorkIdentifier
from app.editing.works.schemas import WorkCreate
from app.published import url_keys

_TOLD = (
    "kind", "csl_type", "title", "title_original", "publication_id", "agency_id", "via_id",
    "authors", "contributors", "issued", "number", "volume", "section", "page", "edition", "place",
    "event_title", "medium", "genre", "duration", "language", "csl_extra",
)  # fmt: skip
"""What a reference tells of a work, but for where it is."""

_NOBODY = UUID(int=0)


@dataclass(frozen=True)
class There:
    """A work that is there."""

    id: UUID
    title: str | None
    visibility: str


@dataclass(frozen=True)
class Found:
    work: There
    by: Literal["identifier", "url", "text"]


@dataclass(frozen=True)
class Several:
    """The draft would be more than one work: which, by what each has of it."""

    works: dict[str, UUID]


@dataclass
class Shelf:
    """Works by what can be of one work only: their identifiers and the keys of their addresses."""

    named: dict[tuple[str, str], There] = field(default_factory=dict)
    at: dict[str, There] = field(default_factory=dict)

    def put(self, draft: WorkCreate, work: There) -> None:
        self.named |= {each.pair: work for each in draft.identifiers}
        if draft.url:
            self.at[url_keys.key(draft.url)] = work


async def look(session: AsyncSession, shelf: Shelf, drafts: Iterable[WorkCreate]) -> None:
    """Put there what of these there is now. What was merged stands for what it leads to."""
    several = list(drafts)
    pairs = {each.pair for draft in several for each in draft.identifiers}
    keys = {url_keys.key(draft.url) for draft in several if draft.url}
    shown = (Work.id, Work.title, Work.visibility)
    names = select(WorkIdentifier.scheme, WorkIdentifier.value, *shown).join(
        Work, Work.id == WorkIdentifier.work_id
    )
    pair = tuple_(WorkIdentifier.scheme, WorkIdentifier.value)
    for row in await session.execute(names.where(pair.in_(pairs))) if pairs else ():
        shelf.named[row.scheme, row.value] = _there(row)
    if not keys:
        return
    public = (Work.url_key.in_(keys), Work.visibility == "public")
    merged = select(Work.url_key, Work.merged_into_id).where(
        *public, Work.merged_into_id.is_not(None)
    )
    leads = {row.url_key: row.merged_into_id for row in await session.execute(merged)}
    ends = {
        row.id: _there(row)
        for row in await session.execute(select(*shown).where(Work.id.in_(set(leads.values()))))
    }
    shelf.at |= {key: ends[identity] for key, identity in leads.items()}
    present = select(Work.url_key, *shown).where(*public, Work.merged_into_id.is_(None))
    shelf.at |= {row.url_key: _there(row) for row in await session.execute(present)}


async def find(
    session: AsyncSession, shelf: Shelf, draft: WorkCreate, *, in_words: bool
) -> Found | Several | None:
    """By what belongs to one work only, as it was looked up.

    A draft that has neither an identifier nor an address is found (`in_words`) where a work says
    the same in every word: else the same file would make it anew each time.
    """
    pairs = (each.pair for each in draft.identifiers)
    named = {":".join(pair): shelf.named[pair] for pair in pairs if pair in shelf.named}
    at = shelf.at.get(url_keys.key(draft.url)) if draft.url else None
    owners = named | ({"its address": at} if at else {})
    works = {work.id: work for work in owners.values()}
    if len(works) > 1:
        return Several({what: work.id for what, work in owners.items()})
    if works:
        return Found(next(iter(works.values())), "identifier" if named else "url")
    if draft.url or draft.identifiers or not in_words:
        return None
    same = await _same(session, draft)
    return Found(same, "text") if same else None


async def _same(session: AsyncSession, draft: WorkCreate) -> There | None:
    values: dict[str, Any] = await fields.of(session, _NOBODY, draft)
    # As the index on titles has it.
    title = func.lower(func.left(Work.title, 200))
    rows = await session.execute(
        select(Work.id, Work.title, Work.visibility)
        .where(
            title == func.lower(draft.title[:200]) if draft.title else title.is_(None),
            Work.merged_into_id.is_(None),
            *(getattr(Work, name).is_not_distinct_from(values[name]) for name in _TOLD),
        )
        .order_by(Work.id)
        .limit(1)
    )
    row = rows.first()
    return _there(row) if row else None


def _there(row: Any) -> There:
    return There(row.id, row.title, row.visibility)
