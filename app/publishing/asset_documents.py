"""The documents of assets: public while something public uses them, and their rights last."""

from collections.abc import Iterable, Sequence
from functools import partial
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app import jobs
from app.editing.assets.models import Asset
from app.editing.changed import Changed
from app.editing.publications.models import Publication
from app.publishing import assets as media
from app.publishing import history, render_asset
from app.publishing.sheet import Sheet, look_up, put, take_away

KIND = "asset"


async def add(sheet: Sheet, changed: Sequence[Changed], newly: frozenset[UUID]) -> None:
    """Put these on the sheet where they are used or become so; else they are taken away.

    To be called last: `newly` are those that a live article uses now, `sheet.pictured` those in the
    documents that stand on the sheet already.
    """
    noted = [each for each in changed if each.kind == KIND and not each.deleted]
    edited = {each.id for each in noted if not each.again}
    begun = newly | sheet.pictured
    found = await media.load(sheet.session, {each.id for each in noted} | begun)
    wanted = {each.id for each in noted} | begun
    asked = {identity: asset for identity, asset in found.items() if identity in wanted}
    if not asked:
        return
    used = begun | await _used(sheet.session, asked)
    agencies = await _agencies(sheet.session, asked.values())
    await look_up(sheet, list(asked))
    for identity, asset in asked.items():
        if asset.expired_at is not None and identity in edited:
            await jobs.defer(sheet.session, history.strip_versions, asset_id=str(identity))
        if identity not in used or not asset.is_public:
            take_away(sheet, KIND, identity)
            continue
        await put(
            sheet,
            KIND,
            identity,
            asset.edit,
            partial(
                render_asset.document,
                asset,
                found,
                agencies.get(asset.agency_id) if asset.agency_id else None,
                sheet.schemas.get(KIND),
            ),
            meta=render_asset.meta(asset),
            # What shows it may show more of it than this document does.
            always=identity in edited,
            refresh=identity not in edited | begun,
        )


async def _used(session: AsyncSession, identities: Iterable[UUID]) -> set[UUID]:
    """Those that live articles, public streams and series, feeds, people or the site show."""
    return set((await session.execute(_USED, {"ids": list(identities)})).scalars())


async def _agencies(session: AsyncSession, assets: Iterable[Asset]) -> dict[UUID, Publication]:
    wanted = {asset.agency_id for asset in assets if asset.agency_id}
    if not wanted:
        return {}
    rows = await session.execute(select(Publication).where(Publication.id.in_(wanted)))
    return {row.id: row for row in rows.scalars()}


_USED = text("""
    SELECT asked.id FROM unnest(CAST(:ids AS uuid[])) AS asked(id)
    WHERE EXISTS (SELECT FROM desk.dependencies WHERE subject_id = asked.id)
        OR EXISTS (SELECT FROM desk.streams WHERE artwork_id = asked.id AND public)
        OR EXISTS (SELECT FROM desk.series WHERE artwork_id = asked.id AND public)
        OR EXISTS (
            SELECT FROM desk.seasons season JOIN desk.series ON series.id = season.series_id
            WHERE season.artwork_id = asked.id AND series.public)
        OR EXISTS (
            SELECT FROM desk.schedule_entries entry
            JOIN desk.streams ON streams.id = entry.stream_id
            WHERE entry.artwork_id = asked.id AND streams.public)
        OR EXISTS (SELECT FROM desk.feeds WHERE image_id = asked.id)
        OR EXISTS (
            SELECT FROM desk.people person
            JOIN published.documents document ON document.id = person.id AND document.status = 200
            WHERE person.image ->> 'asset_id' = CAST(asked.id AS text))
        OR EXISTS (
            SELECT FROM desk.site WHERE publisher -> 'logo' ->> 'asset_id' = CAST(asked.id AS text))
""")
