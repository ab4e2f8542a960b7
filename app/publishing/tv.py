"""The plans of the TV homes, of each edition and each section that readers see."""

from collections.abc import Collection as Collected
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.changed import Changed
from app.editing.collections.models import Collection
from app.editing.rails import queries
from app.editing.rails.models import TvHome
from app.editing.rails.schemas import NAMING, Rail
from app.editing.rails.usual import usual
from app.editing.sections.models import Section
from app.editing.sections.tree import Tree
from app.editing.series.models import Series
from app.editing.site.models import Edition
from app.editing.topics.models import Topic
from app.published.models import Document
from app.published.tv import Plan, home_id
from app.publishing import render_tv
from app.publishing.render_tv import Named
from app.publishing.sheet import Sheet, look_up, put, take_away

KIND = "tv"
NAMES = ("collection", "topic", "series")
"""The kinds of what rails are called after, besides sections."""


async def add(sheet: Sheet, changed: Sequence[Changed], touched: Collected[UUID]) -> None:
    """Put the homes of these editions on the sheet, and those that show what has changed."""
    gone = [home_id(each.id) for each in changed
            if each.deleted and each.kind in ("edition", "section")]  # fmt: skip
    await look_up(sheet, gone)
    for identity in gone:
        take_away(sheet, KIND, identity)
    wanted = {each.id for each in changed if each.kind == KIND}
    wanted |= {*touched, *await _showing(sheet, changed)}
    for edition_id in sorted(wanted & sheet.editions.keys()):
        await _homes(sheet, sheet.editions[edition_id])


async def _showing(sheet: Sheet, changed: Sequence[Changed]) -> set[UUID]:
    """The editions in which a rail shows one of these."""
    ids = {str(each.id) for each in changed if each.kind in NAMES}
    arranged = await queries.all_arranged(sheet.session) if ids else ()
    return {home.edition_id for home in arranged if not ids.isdisjoint(_ids(home))}


async def _homes(sheet: Sheet, edition: Edition) -> None:
    visible = await queries.visible_sections(sheet.session, edition.id)
    arranged = await queries.arranged_in(sheet.session, edition.id)
    named = await _named(sheet.session, arranged.values())
    rows = await sheet.session.execute(select(Section).where(Section.edition_id == edition.id))
    sections = rows.scalars().all()
    await look_up(sheet, [home_id(place) for place in (edition.id, *(s.id for s in sections))])
    for section in (None, *sections):
        place = section.id if section else edition.id
        if section is not None and section.id not in visible.by_id:
            take_away(sheet, KIND, home_id(place))
            continue
        home = arranged.get(section.id if section else None)
        await put(
            sheet,
            KIND,
            home_id(place),
            home.edit + 1 if home else 1,
            partial(_plan, edition, section, visible, home, named),
            edition=edition.code,
            slug=str(section.id) if section else edition.code,
        )


def _plan(
    edition: Edition,
    section: Section | None,
    visible: Tree,
    home: TvHome | None,
    named: Named,
    modified_at: object,
) -> Plan:
    if home is None:
        rails = usual(visible, section.id if section else None)
    else:
        rails = [Rail.model_validate(rail) for rail in home.rails]
    return render_tv.plan(edition, section, visible, rails, named)


async def _named(session: AsyncSession, homes: Iterable[TvHome]) -> Named:
    ids = {UUID(identity) for home in homes for identity in _ids(home)}
    if not ids:
        return Named()
    is_public = select(Document.id).where(Document.id == Topic.id, Document.status == 200)
    return Named(
        collections=await _rows(session, Collection, ids),
        topics=await _rows(session, Topic, ids, is_public.exists()),
        series=await _rows(session, Series, ids, Series.public),
    )


async def _rows(
    session: AsyncSession, model: Any, ids: set[UUID], *conditions: Any
) -> dict[UUID, Any]:
    query = select(model).where(model.id.in_(ids), *conditions)
    rows = await session.execute(query.execution_options(populate_existing=True))
    return {row.id: row for row in rows.scalars()}


def _ids(home: TvHome) -> set[str]:
    return {rail[field] for rail in home.rails for field in NAMING if rail[field] is not None}
