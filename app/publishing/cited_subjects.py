"""The documents of works, publications and speakers: public while a live article cites them.

One that was merged into another keeps a document, which says where it moved to.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.changed import Changed
from app.editing.publications.models import Publication, PublicationDomain
from app.editing.speakers.models import Speaker
from app.editing.works.models import Work
from app.published import work_keys
from app.publishing import render_cited, sources
from app.publishing.sheet import Sheet, look_up, put, take_away

KINDS = ("work", "publication", "speaker")


async def add(sheet: Sheet, changed: Sequence[Changed], newly: frozenset[UUID]) -> None:
    """Put these on the sheet, where they are cited or become so; else they are taken away."""
    left = [each for each in changed if not each.deleted]
    edited = newly | {each.id for each in left if not each.again}
    for kind, write in (("work", _works), ("publication", _publications), ("speaker", _speakers)):
        ids = {each.id for each in left if each.kind == kind}
        cited = await _cited(sheet.session, kind, ids) | newly
        gone = ids - cited
        cited |= await _led(sheet.session, kind, cited, live=False)
        gone |= await _led(sheet.session, kind, gone, live=True)
        await write(sheet, cited, edited)
        await look_up(sheet, list(gone))
        for identity in gone:
            take_away(sheet, kind, identity)


async def _works(sheet: Sheet, wanted: set[UUID], edited: frozenset[UUID]) -> None:
    rows = await _rows(sheet.session, Work, wanted)
    if not rows:
        return
    named = await sources.load_works(sheet.session, rows.keys())
    await look_up(sheet, list(rows))
    for identity, row in rows.items():
        work = named.works[identity]
        render = partial(render_cited.work_document, work, named)
        # Who knows the address of one that was merged must still find the other. Its identifiers
        # are the other's by now.
        found_by = [work_keys.at_url(row.url)] if row.url else []
        if work.id == identity:
            known = named.identifiers.get(identity, ())
            found_by += [work_keys.named(scheme, value) for scheme, value in known]
        await _put(sheet, "work", row, work, render, edited, external_ids=found_by)


async def _publications(sheet: Sheet, wanted: set[UUID], edited: frozenset[UUID]) -> None:
    rows = await _rows(sheet.session, Publication, wanted)
    if not rows:
        return
    kept = await _merged_into(sheet.session, Publication, rows)
    parents = await _rows(
        sheet.session, Publication, {row.parent_id for row in kept.values() if row.parent_id}
    )
    domains = await _domains(sheet.session, {row.id for row in kept.values()})
    await look_up(sheet, list(rows))
    for identity, row in rows.items():
        publication = kept[identity]
        render = partial(
            render_cited.publication_document,
            publication,
            parents.get(publication.parent_id),
            domains.get(publication.id, []),
        )
        await _put(
            sheet, "publication", row, publication, render, edited,
            sort_key=row.sort_key if publication is row else None,
        )  # fmt: skip


async def _speakers(sheet: Sheet, wanted: set[UUID], edited: frozenset[UUID]) -> None:
    rows = await _rows(sheet.session, Speaker, wanted)
    if not rows:
        return
    kept = await _merged_into(sheet.session, Speaker, rows)
    organisations = await _rows(
        sheet.session,
        Speaker,
        {
            UUID(role["organisation_id"])
            for row in kept.values()
            for role in row.roles
            if role.get("organisation_id")
        },
    )
    names = {identity: row.name for identity, row in organisations.items()}
    await look_up(sheet, list(rows))
    for identity, row in rows.items():
        render = partial(render_cited.speaker_document, kept[identity], names)
        # Articles embed of a speaker what this document does not have: the name in other languages.
        await _put(sheet, "speaker", row, kept[identity], render, edited, always=identity in edited)


async def _put(
    sheet: Sheet,
    kind: str,
    row: Any,
    shown: Any,
    render: Any,
    edited: frozenset[UUID],
    *,
    always: bool = False,
    **fields: Any,
) -> None:
    """`row` is the one that is asked for, `shown` the one it was merged into, or itself."""
    moved = shown.id != row.id
    await put(
        sheet,
        kind,
        row.id,
        row.edit,
        render,
        meta={"moved_to": str(shown.id)} if moved else {},
        always=always,
        refresh=row.id not in edited,
        **fields,
    )


async def _rows(session: AsyncSession, model: Any, identities: Iterable[UUID]) -> dict[UUID, Any]:
    wanted = list(identities)
    if not wanted:
        return {}
    query = select(model).where(model.id.in_(wanted)).execution_options(populate_existing=True)
    return {row.id: row for row in (await session.execute(query)).scalars()}


async def _merged_into(session: AsyncSession, model: Any, rows: dict[UUID, Any]) -> dict[UUID, Any]:
    kept = await _rows(
        session, model, {row.merged_into_id for row in rows.values() if row.merged_into_id}
    )
    return {identity: kept.get(row.merged_into_id, row) for identity, row in rows.items()}


async def _domains(session: AsyncSession, publications: set[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    rows = await session.execute(
        select(PublicationDomain)
        .where(PublicationDomain.publication_id.in_(publications))
        .order_by(PublicationDomain.host)
    )
    for row in rows.scalars():
        found.setdefault(row.publication_id, []).append(row.host)
    return found


async def _cited(session: AsyncSession, kind: str, identities: set[UUID]) -> set[UUID]:
    """Those that live articles cite, under any id of what was merged into one."""
    if not identities:
        return set()
    return set((await session.execute(_CITED[kind], {"ids": list(identities)})).scalars())


async def _led(session: AsyncSession, kind: str, identities: set[UUID], *, live: bool) -> set[UUID]:
    """What was merged into these and leads to them in public, or did so once."""
    if not identities:
        return set()
    rows = await session.execute(_LED[kind], {"ids": list(identities), "live": live})
    return set(rows.scalars())


_LED = {
    kind: text(f"""
        SELECT document.id FROM desk.{kind}s goes
        JOIN published.documents document ON document.id = goes.id
        WHERE goes.merged_into_id = ANY(:ids) AND (document.status = 200) = :live
    """)  # noqa: S608 (our own)
    for kind in KINDS
}

_CITED = {
    kind: text(f"""
        SELECT asked.id FROM desk.{kind}s asked
        JOIN desk.{kind}s same
            ON same.id = coalesce(asked.merged_into_id, asked.id)
            OR same.merged_into_id = coalesce(asked.merged_into_id, asked.id)
        WHERE asked.id = ANY(:ids)
            AND EXISTS (SELECT FROM desk.dependencies WHERE subject_id = same.id)
    """)  # noqa: S608 (our own)
    for kind in KINDS
}
