"""The documents of everything that articles embed: made again when the desk changes it."""

from collections.abc import Iterable, Sequence
from functools import partial
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import transaction_time
from app.editing.changed import Changed
from app.editing.people.models import Person
from app.editing.schemas.models import ExtrasSchema
from app.editing.sections.models import Section
from app.editing.sections.tree import grown, is_visible
from app.editing.site.models import Edition, Site
from app.editing.topics.models import Topic
from app.published.models import Document
from app.published.writes import Put, Remove
from app.publishing import (
    asset_documents,
    channels,
    cited_subjects,
    curated,
    feeds,
    names,
    news_windows,
    portraits,
    render_subjects,
    tv,
)
from app.publishing.sheet import Sheet, look_up, put, take_away


def tree_id(edition_id: UUID) -> UUID:
    """The id of an edition's tree of sections, which is a document of its own."""
    return uuid5(edition_id, "sections")


async def not_yet_public(session: AsyncSession, identities: Iterable[UUID]) -> set[UUID]:
    """Those of these people and topics that have no public document."""
    wanted = set(identities)
    query = select(Document.id).where(Document.id.in_(wanted), Document.status == 200)
    return wanted - set((await session.execute(query)).scalars()) if wanted else wanted


async def shared(session: AsyncSession) -> set[UUID]:
    """What the documents of all subjects are made of: the site, its editions and their trees."""
    editions = set((await session.execute(select(Edition.id))).scalars())
    site = (await session.execute(select(Site.id))).scalar_one()
    return {site} | editions | {tree_id(edition) for edition in editions}


async def writes(
    session: AsyncSession, changed: Sequence[Changed], *, first_named: Iterable[UUID] = ()
) -> list[Put | Remove]:
    """What must be written to the published side because these have changed.

    People and topics are public only once a live article names them; `first_named` are those
    that one names now. What would be the same bytes as before is not written.
    """
    newly = frozenset(first_named)
    if not changed and not newly:
        return []
    site = (await session.execute(select(Site))).scalar_one()
    editions = (
        await session.execute(select(Edition).order_by(Edition.position, Edition.code))
    ).scalars()
    schemas = (await session.execute(select(ExtrasSchema))).scalars()
    sheet = Sheet(
        session=session,
        moment=(await transaction_time(session)).replace(microsecond=0),
        site=site,
        editions={edition.id: edition for edition in editions},
        schemas={schema.kind: schema.document for schema in schemas},
    )
    gone = [each for each in changed if each.deleted]
    ids = {
        kind: {each.id for each in changed if each.kind == kind and not each.deleted}
        for kind in ("site", "extras", "edition", "section", "person", "topic", "collection")
    }
    await _remove(sheet, gone)
    everything = bool(ids["site"] | ids["extras"])
    editions_changed = set(sheet.editions) if everything else ids["edition"]
    if everything or ids["edition"] or any(each.kind == "edition" for each in gone):
        await _site(sheet, always=bool(ids["extras"]))
    touched = editions_changed | await _editions_of(session, ids["section"])
    touched |= _editions_that_lost(sheet, gone)
    for edition_id in sorted(touched & sheet.editions.keys()):
        await _sections(sheet, sheet.editions[edition_id], ids["section"])
    await _people(sheet, ids["person"], newly, everything=everything)
    await _topics(sheet, ids["topic"], newly, everything=everything)
    await curated.add(sheet, ids["collection"], editions_changed)
    await channels.add(sheet, changed, editions_changed)
    await feeds.add(sheet, changed, editions_changed)
    await tv.add(sheet, changed, touched)
    await cited_subjects.add(sheet, changed, newly)
    await asset_documents.add(sheet, changed, newly)
    return sheet.writes


async def _editions_of(session: AsyncSession, section_ids: set[UUID]) -> set[UUID]:
    rows = await session.execute(select(Section.edition_id).where(Section.id.in_(section_ids)))
    return set(rows.scalars())


def _editions_that_lost(sheet: Sheet, gone: Sequence[Changed]) -> set[UUID]:
    codes = {sheet.existing[each.id].edition for each in gone if each.id in sheet.existing}
    return {edition.id for edition in sheet.editions.values() if edition.code in codes}


async def _remove(sheet: Sheet, gone: Sequence[Changed]) -> None:
    trees = [tree_id(each.id) for each in gone if each.kind == "edition"]
    await look_up(sheet, [*trees, *(each.id for each in gone)])
    for each in gone:
        take_away(sheet, each.kind, each.id)
    for tree in trees:
        take_away(sheet, "sections", tree)


async def _site(sheet: Sheet, *, always: bool) -> None:
    """`always` writes the site though it is the same: what depends on it follows."""
    site, editions = sheet.site, list(sheet.editions.values())
    logo = await portraits.load(sheet, [site.publisher.get("logo")])
    await look_up(sheet, [site.id, *sheet.editions])
    await put(
        sheet,
        "site",
        site.id,
        site.edit,
        partial(render_subjects.site_document, site, editions, logo),
        slug="site",
        meta={"history": site.history},
        always=always,
    )
    for edition in editions:
        await put(
            sheet,
            "edition",
            edition.id,
            edition.edit,
            partial(render_subjects.edition_document, site, edition),
            edition=edition.code,
            slug=edition.code,
            path=names.edition_path(edition),
            meta={
                "time_zone": edition.time_zone,
                "default": edition.is_default,
                "language": edition.language,
            },
        )
    await news_windows.add(sheet, editions)


async def _sections(sheet: Sheet, edition: Edition, changed: set[UUID]) -> None:
    rows = await sheet.session.execute(
        select(Section)
        .where(Section.edition_id == edition.id)
        .order_by(Section.position, Section.path)
    )
    sections = rows.scalars().all()
    whole = grown(sections)
    visible = grown([section for section in sections if is_visible(whole, section)])
    tree = tree_id(edition.id)
    await look_up(sheet, [tree, *(section.id for section in sections)])
    for section in sections:
        if section.id not in visible.by_id:
            take_away(sheet, "section", section.id)
            continue
        await put(
            sheet,
            "section",
            section.id,
            section.edit,
            partial(
                render_subjects.section_document,
                sheet.site,
                edition,
                section,
                visible,
                sheet.schemas.get("section"),
            ),
            edition=edition.code,
            path=names.section_path(edition, section),
            sort_key=names.section_path(edition, section),
            refresh=section.id not in changed,
        )
    await put(
        sheet,
        "sections",
        tree,
        edition.edit,
        lambda at: render_subjects.section_tree(edition, visible),
        edition=edition.code,
        slug=edition.code,
        refresh=True,
    )


async def _people(
    sheet: Sheet, changed: set[UUID], newly: frozenset[UUID], *, everything: bool
) -> None:
    rows = await sheet.session.execute(
        select(Person).where(
            Person.id.in_(await _public(sheet, "person", changed, everything) | newly)
        )
    )
    people = list(rows.scalars())
    pictures = await portraits.load(sheet, [person.image for person in people])
    await look_up(sheet, [person.id for person in people])
    for person in people:
        await put(
            sheet,
            "person",
            person.id,
            person.edit,
            partial(
                render_subjects.person_document,
                sheet.site,
                sheet.language,
                person,
                pictures,
                sheet.schemas.get("person"),
            ),
            slug=person.slug,
            path=names.person_path(person.slug),
            refresh=person.id not in changed | newly,
        )


async def _topics(
    sheet: Sheet, changed: set[UUID], newly: frozenset[UUID], *, everything: bool
) -> None:
    rows = await sheet.session.execute(
        select(Topic).where(
            Topic.id.in_(await _public(sheet, "topic", changed, everything) | newly)
        )
    )
    topics = list(rows.scalars())
    await look_up(sheet, [topic.id for topic in topics])
    for topic in topics:
        await put(
            sheet,
            "topic",
            topic.id,
            topic.edit,
            partial(
                render_subjects.topic_document,
                sheet.site,
                sheet.language,
                topic,
                sheet.schemas.get("topic"),
            ),
            slug=topic.slug,
            path=names.topic_path(topic.slug),
            refresh=topic.id not in changed | newly,
        )


async def _public(sheet: Sheet, kind: str, changed: set[UUID], everything: bool) -> set[UUID]:
    """Those of the changed ones, or of all, that have a public document already."""
    query = select(Document.id).where(Document.kind == kind, Document.status == 200)
    if not everything:
        query = query.where(Document.id.in_(changed))
    return set((await sheet.session.execute(query)).scalars())
