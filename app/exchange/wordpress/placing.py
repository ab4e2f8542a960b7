"""Settling what posts refer to, before any of them: authors, categories, tags."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from app.errors import Invalid, MastheadError
from app.exchange.reasons import told
from app.exchange.wordpress import subjects
from app.exchange.wordpress.drafts import Places
from app.exchange.wordpress.library import Library
from app.exchange.wordpress.records import Category, Survey
from app.exchange.wordpress.report import Item
from app.exchange.wordpress.subjects import DEFAULT, PAGES, Desk

Make = Callable[[AsyncSession], Awaitable[Item]]
Found = dict[str, UUID]


@dataclass(frozen=True)
class Plan:
    """What is to be settled; `steps` says how, in its order, `places` what came of it."""

    desk: Desk
    survey: Survey
    categories: Mapping[str, Category]
    default: Category
    people: Found = field(default_factory=dict)
    sections: Found = field(default_factory=dict)
    topics: Found = field(default_factory=dict)

    @property
    def total(self) -> int:
        return len(self.survey.authors) + len(self.categories) + len(self.survey.tags)


@dataclass(frozen=True)
class Step:
    """One of them. A thing that cannot be taken is told, and missed by those that refer to it."""

    item: Item
    into: Found
    make: Make

    async def take(self, session: AsyncSession) -> Item:
        try:
            async with session.begin_nested():
                item = await self.make(session)
        except (MastheadError, ValidationError) as error:
            return replace(self.item, outcome="failed", reason=told(error))
        assert item.our_id is not None
        self.into[self.item.id] = item.our_id
        return item


def plan(desk: Desk, survey: Survey, *, pages: bool) -> Plan:
    declared = survey.categories
    default = next((one for one in declared.values() if one.id == DEFAULT.id), DEFAULT)
    default = declared.get(default.slug, default)
    categories = dict(declared)
    for one in [default, PAGES] if pages else [default]:
        categories.setdefault(one.slug, one)
    return Plan(desk, survey, categories, default)


def steps(plan: Plan) -> Iterator[Step]:
    desk = plan.desk
    for key, author in plan.survey.authors.items():
        make = partial(subjects.person, desk=desk, author=author)
        yield Step(Item("person", key, author.name, "skipped"), plan.people, make)
    for category, parent, _ in subjects.from_the_top(plan.categories):
        item = Item("section", category.slug, category.name, "skipped")
        yield Step(item, plan.sections, partial(_section, plan, category, parent))
    for key, tag in plan.survey.tags.items():
        make = partial(subjects.topic, desk=desk, tag=tag)
        yield Step(Item("topic", key, tag.name, "skipped"), plan.topics, make)


def places(plan: Plan, *, citations: bool) -> Places:
    """Where everything is now. Raises Invalid where there is no section for the homeless."""
    if plan.default.slug not in plan.sections:
        raise Invalid(f"The section “{plan.default.name}” cannot be made; see the report.")
    return Places(
        zone=ZoneInfo(plan.desk.edition.time_zone),
        people=plan.people,
        sections=plan.sections,
        topics=plan.topics,
        depths={one.slug: depth for one, _, depth in subjects.from_the_top(plan.categories)},
        category_slugs={one.id: one.slug for one in plan.categories.values() if one.id},
        default_section=plan.sections[plan.default.slug],
        pages_section=plan.sections.get(PAGES.slug),
        library=Library(plan.survey.attachments.values()),
        patterns=plan.survey.patterns,
        system=plan.desk.system,
        citations=citations,
    )


async def _section(
    plan: Plan, category: Category, parent: str | None, session: AsyncSession
) -> Item:
    parent_id = plan.sections.get(parent) if parent else None
    return await subjects.section(session, plan.desk, category, parent_id)
