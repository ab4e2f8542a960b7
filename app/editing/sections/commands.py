"""Creating, changing, moving and deleting sections.

Whoever changes a tree locks its edition: two moves, each fine by itself, could make a circle.
"""

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app import ids
from app.database import transaction_time
from app.editing import external_ids, extras, homes, usage
from app.editing.changed import note
from app.editing.expectation import Expectation, edit_etag
from app.editing.sections import queries, tree
from app.editing.sections.models import Section
from app.editing.sections.schemas import (
    SectionCreate,
    SectionFields,
    SectionMove,
    SectionOrder,
    SectionReplace,
)
from app.editing.sections.tree import Tree
from app.editing.site.models import Edition
from app.editing.site.queries import edition_named, lock_edition
from app.editing.slugs import slug
from app.errors import Conflict, Fault, Invalid
from app.identity.actor import Actor
from app.identity.scopes import Scope

MOST = 2_000
SLUG_LENGTH = 80


async def create(session: AsyncSession, actor: Actor, draft: SectionCreate) -> Section:
    actor.require(Scope.SECTIONS_WRITE)
    edition = await edition_named(session, draft.edition, pointer="/edition")
    await lock_edition(session, edition.id)
    grown = await queries.tree(session, edition.id)
    if len(grown.by_id) >= MOST:
        raise Conflict(f"An edition has at most {MOST:,} sections.")
    parent = _parent(grown, draft.parent_id)
    _require_room(grown, parent, levels=1)
    await extras.check_extras(session, "section", draft.extras)
    await external_ids.require_free(session, Section, None, draft.external_ids)
    made = slug(draft.name, language=edition.language, maximum=70, fallback="section")
    section = Section(
        id=ids.public(),
        edition_id=edition.id,
        parent_id=draft.parent_id,
        slug=_free_slug(grown, parent, draft.slug, made=made),
        path="",
        hidden=draft.hidden,
        **_fields(draft),
    )
    tree.insert(grown, section, draft.position)
    tree.rewrite_paths(grown, section)
    session.add(section)
    await _settle(session, edition, grown, [section], noted=[section])
    return section


async def replace(
    session: AsyncSession,
    actor: Actor,
    section_id: UUID,
    replacement: SectionReplace,
    *,
    expected: Expectation,
) -> Section:
    actor.require(Scope.SECTIONS_WRITE)
    section, edition, grown = await queries.lock(session, section_id)
    expected(edit_etag(section.edit))
    await extras.check_extras(session, "section", replacement.extras)
    await external_ids.require_free(session, Section, section_id, replacement.external_ids)
    if replacement.slug is not None and replacement.slug != section.slug:
        parent = grown.by_id[section.parent_id] if section.parent_id else None
        section.slug = _free_slug(grown, parent, replacement.slug)
    was_hidden = section.hidden
    if replacement.hidden is not None:
        section.hidden = replacement.hidden
    for name, value in _fields(replacement).items():
        setattr(section, name, value)
    moved = tree.rewrite_paths(grown, section)
    turned = section.hidden != was_hidden
    affected = list(tree.subtree(grown, section)) if turned else moved
    await _touch(session, {section, *moved})
    await _settle(session, edition, grown, affected, noted=[section, *affected])
    return section


async def move(
    session: AsyncSession, actor: Actor, section_id: UUID, target: SectionMove
) -> Section:
    """Put a section, with all below it, under another parent or to another place."""
    actor.require(Scope.SECTIONS_WRITE)
    section, edition, grown = await queries.lock(session, section_id)
    parent = _parent(grown, target.parent_id)
    if parent and section in tree.lineage(grown, parent):
        raise Conflict("A section cannot be moved below itself.")
    _require_room(grown, parent, levels=tree.height(grown, section))
    tree.remove(grown, section)
    _free_slug(grown, parent, section.slug)
    section.parent_id = target.parent_id
    tree.insert(grown, section, target.position)
    moved = tree.rewrite_paths(grown, section)
    await _touch(session, moved)
    await _settle(
        session, edition, grown, list(tree.subtree(grown, section)), noted=[section, *moved]
    )
    return section


async def reorder(session: AsyncSession, actor: Actor, order: SectionOrder) -> Tree:
    """Put the children of one section (or those at the top) into another order."""
    actor.require(Scope.SECTIONS_WRITE)
    edition = await edition_named(session, order.edition, pointer="/edition")
    await lock_edition(session, edition.id)
    grown = await queries.tree(session, edition.id)
    parent = _parent(grown, order.parent_id)
    children = {child.id: child for child in grown.children(order.parent_id)}
    if len(set(order.ids)) < len(order.ids):
        raise Invalid("A section is there twice.", faults=[Fault("Each once.", pointer="/ids")])
    if set(order.ids) != children.keys():
        place = f"below {parent.path}" if parent else "at the top"
        raise Conflict(f"These are not exactly the {len(children)} sections {place} now.")
    grown.below[order.parent_id] = [children[section_id] for section_id in order.ids]
    tree.renumber(grown.below[order.parent_id])
    await _settle(session, edition, grown, [], noted=[parent] if parent else [])
    return grown


async def delete(
    session: AsyncSession, actor: Actor, section_id: UUID, *, expected: Expectation
) -> None:
    """Delete a section that has none below it and that no article is in. Its path is gone then."""
    actor.require(Scope.SECTIONS_WRITE)
    section, edition, grown = await queries.lock(session, section_id)
    expected(edit_etag(section.edit))
    if grown.children(section_id):
        raise Conflict("There are sections below it. Move or delete them first.")
    await session.execute(select(Section.id).where(Section.id == section_id).with_for_update())
    await usage.refuse_if_used(session, "section_ids", section_id)
    tree.remove(grown, section)
    await session.delete(section)
    await session.flush()
    note(session, "section", section_id, deleted=True)
    note(session, "edition", edition.id)


def _fields(sent: SectionFields) -> dict[str, Any]:
    return sent.model_dump(mode="json", include=set(SectionFields.model_fields))


def _parent(grown: Tree, parent_id: UUID | None) -> Section | None:
    parent = grown.by_id.get(parent_id) if parent_id else None
    if parent_id and parent is None:
        fault = Fault("There is no such section in this edition.", pointer="/parent_id")
        raise Invalid("The parent is not known.", faults=[fault])
    return parent


def _require_room(grown: Tree, parent: Section | None, *, levels: int) -> None:
    if tree.depth(grown, parent) + levels > tree.DEEPEST:
        raise Conflict(f"Sections nest at most {tree.DEEPEST} deep.")


def _free_slug(grown: Tree, parent: Section | None, sent: str | None, *, made: str = "") -> str:
    """The slug sent (Conflict where a sibling has it), or the one made, numbered if need be."""
    taken = {sibling.slug for sibling in grown.children(parent.id if parent else None)}
    free = next(each for each in _numbered(sent or made) if each not in taken)
    if sent and free != sent:
        place = f"below {parent.path}" if parent else "at the top"
        fault = Fault(f"{free} is free.", pointer="/slug")
        raise Conflict(f"There is a section {sent} {place} already.", faults=[fault])
    return free


def _numbered(base: str) -> Iterator[str]:
    yield base
    for number in range(2, MOST + 2):
        yield f"{base[: SLUG_LENGTH - 5]}-{number}"


async def _touch(session: AsyncSession, sections: Collection[Section]) -> None:
    moment = await transaction_time(session)
    for section in sections:
        section.edit += 1
        section.changed_at = moment


async def _settle(
    session: AsyncSession,
    edition: Edition,
    grown: Tree,
    affected: Collection[Section],
    *,
    noted: Collection[Section],
) -> None:
    """Give those affected the public paths they should have now, and note what readers see."""
    await session.flush()
    visible = {
        section.id: f"{edition.path_prefix}/{section.path}"
        for section in affected
        if tree.is_visible(grown, section)
    }
    await homes.settle(session, visible)
    for section in noted:
        note(session, "section", section.id)
    note(session, "edition", edition.id)
