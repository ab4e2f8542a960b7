"""Authors, categories and tags of the file as people, sections and topics of our desk.

What is missing is made; what is there is left to the desk, whatever the file says of it now. A
thing of the same name that is not linked to the old site yet is taken for the same.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.expectation import anything
from app.editing.external_ids import ExternalIdInput, owner_of
from app.editing.people import commands as people
from app.editing.people.models import Person
from app.editing.people.schemas import PersonCreate, PersonReplace
from app.editing.plain_fields import line
from app.editing.sections import commands as sections
from app.editing.sections.models import Section
from app.editing.sections.schemas import SectionCreate, SectionReplace
from app.editing.sections.tree import DEEPEST
from app.editing.site.models import Edition
from app.editing.slugs import slug
from app.editing.topics import commands as topics
from app.editing.topics.models import Topic
from app.editing.topics.schemas import TopicCreate, TopicReplace
from app.exchange.media.known import Known
from app.exchange.wordpress.content import plain
from app.exchange.wordpress.records import Author, Category, Tag
from app.exchange.wordpress.report import Item
from app.identity.actor import Actor

DEFAULT = Category("1", "uncategorized", "Uncategorized")
"""What WordPress calls the category of posts that have none."""

PAGES = Category("", "pages", "Pages")


@dataclass(frozen=True)
class Desk:
    """Who imports, into which edition, and by which name external ids speak of the old site.

    `assets` are files of the old site that are here already (`masthead import media`).
    """

    actor: Actor
    edition: Edition
    system: str
    assets: Known = field(default_factory=dict)

    def own(self, identity: str) -> ExternalIdInput:
        return ExternalIdInput(system=self.system, id=unquote(identity)[:300])


@dataclass(frozen=True)
class _Kind:
    noun: str
    model: Any
    create: Callable[..., Awaitable[Any]]
    replace: Callable[..., Awaitable[Any]]
    replacement: Any


async def person(session: AsyncSession, desk: Desk, author: Author) -> Item:
    name = _name(author.name, author.login)
    draft = PersonCreate(name=name, external_ids=[desk.own(author.login)])
    wanted = slug(name, fallback="person")
    same = select(Person).where(Person.slug == wanted, Person.name == name)
    return await _settled(session, desk, _PERSON, draft, same)


async def topic(session: AsyncSession, desk: Desk, tag: Tag) -> Item:
    described = plain(tag.description)[:20_000]
    draft = TopicCreate(
        name=_name(tag.name, tag.slug),
        slug=slug(unquote(tag.slug), fallback="topic"),
        description={desk.edition.language: described} if described else {},
        external_ids=[desk.own(tag.slug)],
    )
    same = select(Topic).where(Topic.slug == draft.slug)
    return await _settled(session, desk, _TOPIC, draft, same)


async def section(
    session: AsyncSession, desk: Desk, category: Category, parent_id: UUID | None
) -> Item:
    draft = SectionCreate(
        edition=desk.edition.code,
        parent_id=parent_id,
        name=_name(category.name, category.slug),
        slug=slug(unquote(category.slug), fallback="section"),
        description=plain(category.description)[:5_000] or None,
        external_ids=[desk.own(category.slug)],
    )
    same = select(Section).where(
        Section.edition_id == desk.edition.id,
        Section.parent_id == parent_id if parent_id else Section.parent_id.is_(None),
        Section.slug == draft.slug,
    )
    return await _settled(session, desk, _SECTION, draft, same)


def from_the_top(categories: Mapping[str, Category]) -> Iterator[tuple[Category, str | None, int]]:
    """The categories, each behind its parent, with the parent's slug and how deep they are."""
    chains = {category.slug: _chain(category, categories) for category in categories.values()}
    for name, chain in sorted(chains.items(), key=lambda entry: len(entry[1])):
        yield categories[name], chain[1] if len(chain) > 1 else None, len(chain)


def _chain(category: Category, categories: Mapping[str, Category]) -> list[str]:
    """The category and those above it, as far up as our tree can be deep. Circles are cut."""
    above: list[str] = []
    parent = category.parent
    while parent in categories and parent != category.slug and parent not in above:
        above.append(parent)
        parent = categories[parent].parent
    return [category.slug, *above[-(DEEPEST - 1) :]]


async def _settled(
    session: AsyncSession, desk: Desk, kind: _Kind, draft: Any, same: Select[Any]
) -> Item:
    """Find the thing by its id in the old site or by its name, or make it."""
    [own] = draft.external_ids
    item = Item(kind.noun, own.id, draft.name, "unchanged")
    known = await owner_of(session, kind.model, own)
    if known is not None:
        return replace(item, our_id=known)
    row = (await session.execute(same)).scalar_one_or_none()
    if row is None or any(other["system"] == desk.system for other in row.external_ids):
        if row is not None and "slug" in draft.model_fields_set:
            draft = draft.model_copy(update={"slug": None})
        made = await kind.create(session, desk.actor, draft)
        return replace(item, our_id=made.id, outcome="imported")
    fields = {name: getattr(row, name) for name in kind.replacement.model_fields}
    fields["external_ids"] = [*row.external_ids, own]
    replacement = kind.replacement.model_validate(fields)
    await kind.replace(session, desk.actor, row.id, replacement, expected=anything)
    return replace(item, our_id=row.id, outcome="matched")


def _name(text: str, otherwise: str) -> str:
    return (line(plain(text)) or line(unquote(otherwise)) or "?")[:200]


_PERSON = _Kind("person", Person, people.create, people.replace, PersonReplace)
_TOPIC = _Kind("topic", Topic, topics.create, topics.replace, TopicReplace)
_SECTION = _Kind("section", Section, sections.create, sections.replace, SectionReplace)
