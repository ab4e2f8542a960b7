"""The documents of streams and series, and the schedules of streams: public while the desk says so.

A changed schedule is a refresh of its stream: the log knows no rows.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.assets.models import Asset
from app.editing.changed import Changed
from app.editing.series.models import Season, Series
from app.editing.streams.models import ScheduleEntry, Stream
from app.published import channels, schedules
from app.published.shape import Shape
from app.publishing import assets, render_channels
from app.publishing.names import series_path, stream_path
from app.publishing.sheet import Sheet, look_up, put, take_away


async def add(sheet: Sheet, changed: Sequence[Changed], editions: Collection[UUID]) -> None:
    """Put these on the sheet, and all of these editions."""
    ids = {
        kind: {each.id for each in changed if each.kind == kind and not each.deleted}
        for kind in ("stream", "series", "schedule")
    }
    edited = {each.id for each in changed if not each.again}
    await _series(sheet, ids["series"], editions, edited)
    await _streams(sheet, ids["stream"], ids["schedule"], editions, edited)
    for each in changed:
        if each.kind == "stream" and each.deleted:
            await _show_schedule(sheet.session, each.id, [])


async def _series(
    sheet: Sheet, wanted: set[UUID], editions: Collection[UUID], edited: set[UUID]
) -> None:
    rows = await _rows(sheet, Series, wanted, editions)
    told = await _seasons(sheet.session, rows)
    shown = [row for row in rows if row.public]
    seasons = [season for row in shown for season in told.get(row.id, [])]
    pictures = await _pictures(sheet, [*shown, *seasons])
    for series in rows:
        if not series.public:
            take_away(sheet, "series", series.id)
            continue
        edition = sheet.editions[series.edition_id]
        fields = render_channels.series(
            sheet.site,
            edition,
            series,
            told.get(series.id, []),
            pictures,
            sheet.schemas.get("series"),
        )
        await put(
            sheet,
            "series",
            series.id,
            series.edit,
            partial(_shaped, channels.Series, fields),
            card=channels.SeriesCard.model_validate(fields),
            edition=edition.code,
            slug=series.slug,
            sort_key=_sort_key(series),
            path=series_path(series.slug),
            refresh=series.id not in edited,
        )


async def _streams(
    sheet: Sheet,
    wanted: set[UUID],
    rescheduled: set[UUID],
    editions: Collection[UUID],
    edited: set[UUID],
) -> None:
    rows = await _rows(sheet, Stream, wanted | rescheduled, editions)
    pictures = await _pictures(sheet, [row for row in rows if row.public])
    for stream in rows:
        known = sheet.existing.get(stream.id)
        was_public = known is not None and known.status == 200
        moved = False
        if stream.id in rescheduled or stream.public is not was_public:
            moved = await _reschedule(sheet, stream)
        if not stream.public:
            take_away(sheet, "stream", stream.id)
            continue
        edition = sheet.editions[stream.edition_id]
        schema = sheet.schemas.get("stream")
        fields = render_channels.stream(sheet.site, edition, stream, pictures, schema)
        await put(
            sheet,
            "stream",
            stream.id,
            stream.edit,
            partial(_shaped, channels.Stream, fields),
            card=channels.StreamCard.model_validate(fields),
            edition=edition.code,
            slug=stream.slug,
            sort_key=_sort_key(stream),
            path=stream_path(stream.slug),
            meta={"on_air": stream.on_air},
            refresh=stream.id not in edited & wanted,
            touched=frozenset({schedules.key(stream.id)} if moved else ()),
            always=moved,
        )


def _shaped(shape: type[Shape], fields: dict[str, Any], modified_at: datetime) -> Shape:
    return shape.model_validate({**fields, "modified_at": modified_at})


async def embedding(session: AsyncSession, subjects: Iterable[UUID]) -> list[tuple[str, UUID]]:
    """Kinds and ids of what names one of these series or pictures, and readers have."""
    wanted = list(subjects)
    rows = await session.execute(_EMBEDDING, {"ids": wanted}) if wanted else ()
    return [(row.kind, row.id) for row in rows]


_EMBEDDING = text("""
SELECT 'stream' AS kind, id FROM desk.streams WHERE public AND artwork_id = ANY(:ids)
UNION SELECT 'series', id FROM desk.series WHERE public AND artwork_id = ANY(:ids)
UNION SELECT 'series', series_id FROM desk.seasons JOIN desk.series ON series.id = series_id
    WHERE public AND seasons.artwork_id = ANY(:ids)
UNION SELECT 'schedule', stream_id FROM desk.schedule_entries
    JOIN desk.streams ON streams.id = stream_id
    WHERE public AND schedule_entries.artwork_id = ANY(:ids)
UNION SELECT 'schedule', stream_id FROM desk.schedule_entries
    JOIN desk.streams ON streams.id = stream_id
    WHERE public AND schedule_entries.series_id = ANY(:ids)
UNION SELECT 'feed', id FROM desk.feeds WHERE image_id = ANY(:ids)
ORDER BY kind, id
""")


async def embedded(session: AsyncSession, identities: Iterable[UUID]) -> set[UUID]:
    """The series and pictures that these streams and series name."""
    rows: Any = await session.execute(_EMBEDDED, {"ids": list(identities)})
    return set(rows.scalars())


_EMBEDDED = text("""
SELECT artwork_id FROM desk.streams WHERE id = ANY(:ids) AND artwork_id IS NOT NULL
UNION SELECT artwork_id FROM desk.series WHERE id = ANY(:ids) AND artwork_id IS NOT NULL
UNION SELECT artwork_id FROM desk.seasons WHERE series_id = ANY(:ids) AND artwork_id IS NOT NULL
UNION SELECT named FROM desk.schedule_entries, unnest(ARRAY[series_id, artwork_id]) AS named
    WHERE stream_id = ANY(:ids) AND named IS NOT NULL
UNION SELECT image_id FROM desk.feeds WHERE id = ANY(:ids) AND image_id IS NOT NULL
""")


async def _rows(
    sheet: Sheet, model: Any, wanted: set[UUID], editions: Collection[UUID]
) -> Sequence[Any]:
    """These, and those of these editions, with what readers have of them looked up.

    They are locked: two who look at one schedule at the same time would undo each other's work.
    """
    if not wanted and not editions:
        return []
    query = (
        select(model)
        .where(model.id.in_(wanted) | model.edition_id.in_(editions))
        .order_by(model.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    rows = (await sheet.session.execute(query)).scalars().all()
    await look_up(sheet, [row.id for row in rows])
    return rows


async def _reschedule(sheet: Sheet, stream: Stream) -> bool:
    """Let readers have the schedule as it is at the desk. Also: whether it is another one now."""
    query = select(ScheduleEntry).where(ScheduleEntry.stream_id == stream.id)
    query = query.execution_options(populate_existing=True)
    rows = await sheet.session.execute(query)
    entries = rows.scalars().all() if stream.public else []
    named = {entry.series_id for entry in entries if entry.series_id}
    public = await sheet.session.execute(select(Series).where(Series.id.in_(named), Series.public))
    programmes = {series.id: series for series in public.scalars()}
    pictures = await _pictures(sheet, entries)
    made = [render_channels.scheduled(entry, programmes, pictures) for entry in entries]
    return await _show_schedule(sheet.session, stream.id, made)


async def _show_schedule(
    session: AsyncSession, stream_id: UUID, entries: Sequence[schedules.Scheduled]
) -> bool:
    before = await schedules.shown(session, stream_id)
    changed = [entry for entry in entries if before.get(entry.id) != entry]
    gone = before.keys() - {entry.id for entry in entries}
    await schedules.change(session, stream_id, gone, changed)
    return bool(changed or gone)


async def _seasons(session: AsyncSession, rows: Sequence[Series]) -> dict[UUID, list[Season]]:
    query = select(Season).where(Season.series_id.in_([row.id for row in rows]))
    query = query.order_by(Season.number).execution_options(populate_existing=True)
    found: dict[UUID, list[Season]] = {}
    for season in (await session.execute(query)).scalars() if rows else ():
        found.setdefault(season.series_id, []).append(season)
    return found


async def _pictures(
    sheet: Sheet, rows: Iterable[Stream | Series | Season | ScheduleEntry]
) -> dict[UUID, Asset]:
    """The artwork of what the documents on the sheet show."""
    wanted = {row.artwork_id for row in rows if row.artwork_id}
    found = await assets.load(sheet.session, wanted)
    sheet.pictured |= found.keys()
    return found


def _sort_key(row: Stream | Series) -> str:
    return f"{row.position:05} {row.slug}"
