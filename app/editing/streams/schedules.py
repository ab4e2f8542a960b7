"""What is on a stream when: replaced window by window, as importers send it, and forgotten."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from app import ids
from app.editing import named, portraits
from app.editing.assets import checks as assets
from app.editing.assets.checks import Use
from app.editing.changed import note
from app.editing.expectation import Expectation, edit_etag
from app.editing.series.models import Series
from app.editing.streams import queries
from app.editing.streams.models import ScheduleEntry, Stream
from app.editing.streams.schedule_schemas import EntryFields, ScheduleReplace
from app.errors import Conflict, Fault, Invalid
from app.identity.actor import Actor
from app.identity.scopes import Scope

KEPT = timedelta(days=14)
"""So long after its end an entry is forgotten."""


async def replace(
    session: AsyncSession,
    actor: Actor,
    stream_id: UUID,
    window: ScheduleReplace,
    *,
    expected: Expectation,
) -> tuple[Stream, int]:
    """Replace what begins in the window. Also: how many entries did before.

    What begins at the same moment as an entry before is the same entry, by its id.
    """
    actor.require(Scope.CHANNELS_WRITE)
    stream = await named.lock(session, Stream, stream_id)
    expected(edit_etag(stream.schedule_edit))
    in_order = sorted(enumerate(window.entries), key=lambda each: each[1].start)
    if faults := [*_misplaced(window), *_overlapping(in_order)]:
        raise Invalid("The schedule cannot be kept.", faults=faults)
    await _fits(session, stream_id, window, in_order)
    await _require_named(session, window.entries)
    before = await queries.beginning(session, stream_id, window.since, window.until)
    known = {entry.starts_at: entry.id for entry in before}
    if stream.public:
        earlier = [entry.artwork_id for entry in before]
        portraits.begins_or_ends(session, earlier, [each.artwork_id for each in window.entries])
    await session.execute(delete(ScheduleEntry).where(ScheduleEntry.id.in_(known.values())))
    rows = [
        {
            **entry.model_dump(exclude={"start", "end"}),
            "id": known.get(entry.start) or ids.public(),
            "stream_id": stream_id,
            "starts_at": entry.start,
            "ends_at": entry.end,
        }
        for entry in window.entries
    ]
    if rows:
        await session.execute(insert(ScheduleEntry), rows)
    _touch(session, stream)
    return stream, len(before)


async def forget_old(session: AsyncSession) -> int:
    """Delete what was over long ago, also for readers. The number of entries."""
    old = ScheduleEntry.ends_at < func.transaction_timestamp() - KEPT
    streams = await session.execute(
        select(Stream)
        .where(Stream.id.in_(select(ScheduleEntry.stream_id).where(old)))
        .order_by(Stream.id)
        .with_for_update(key_share=True)
    )
    held = {stream.id: stream for stream in streams.scalars()}
    forgotten = await session.execute(
        delete(ScheduleEntry)
        .where(old, ScheduleEntry.stream_id.in_(held))
        .returning(ScheduleEntry.stream_id, ScheduleEntry.artwork_id)
    )
    rows = forgotten.all()
    portraits.begins_or_ends(session, [row.artwork_id for row in rows], [])
    for stream_id in sorted({row.stream_id for row in rows}):
        _touch(session, held[stream_id])
    return len(rows)


def _touch(session: AsyncSession, stream: Stream) -> None:
    stream.schedule_edit += 1
    note(session, "schedule", stream.id)


def _misplaced(window: ScheduleReplace) -> Iterator[Fault]:
    for index, entry in enumerate(window.entries):
        if entry.end <= entry.start:
            yield Fault("It must end after it begins.", pointer=f"/entries/{index}/end")
        if not window.since <= entry.start < window.until:
            yield Fault("It must begin in the window.", pointer=f"/entries/{index}/start")


def _overlapping(in_order: Sequence[tuple[int, EntryFields]]) -> Iterator[Fault]:
    for (_, earlier), (index, entry) in pairwise(in_order):
        if entry.start < earlier.end:
            detail = f"It overlaps {earlier.title[:80]!r}, which ends at {earlier.end:%H:%M} UTC."
            yield Fault(detail, pointer=f"/entries/{index}/start")


async def _fits(
    session: AsyncSession,
    stream_id: UUID,
    window: ScheduleReplace,
    in_order: Sequence[tuple[int, EntryFields]],
) -> None:
    """Raise Conflict where the first or last entry overlaps what stays outside of the window."""
    if not in_order:
        return
    (first, opening), (last, closing) = in_order[0], in_order[-1]
    faults: list[Fault] = []
    end = await queries.end_of_last_before(session, stream_id, window.since)
    if end is not None and end > opening.start:
        detail = f"Something that began before the window is on until {end:%Y-%m-%d %H:%M} UTC."
        faults.append(Fault(detail, pointer=f"/entries/{first}/start"))
    start = await queries.start_of_first_from(session, stream_id, window.until)
    if start is not None and start < closing.end:
        detail = f"Something behind the window begins at {start:%Y-%m-%d %H:%M} UTC."
        faults.append(Fault(detail, pointer=f"/entries/{last}/end"))
    if faults:
        raise Conflict("It overlaps what is around it. Send a longer window.", faults=faults)


async def _require_named(session: AsyncSession, entries: Sequence[EntryFields]) -> None:
    """Raise Invalid with each series and picture that is not there; the others are held."""
    wanted = {entry.series_id for entry in entries if entry.series_id}
    query = select(Series.id).where(Series.id.in_(wanted)).order_by(Series.id)
    query = query.with_for_update(read=True, key_share=True)
    known = set((await session.execute(query)).scalars()) if wanted else wanted
    faults = [
        Fault("There is no such series.", pointer=f"/entries/{index}/series_id")
        for index, entry in enumerate(entries)
        if entry.series_id and entry.series_id not in known
    ]
    faults += await assets.faults(
        session,
        [
            Use(f"/entries/{index}/artwork_id", entry.artwork_id, "image")
            for index, entry in enumerate(entries)
            if entry.artwork_id
        ],
    )
    if faults:
        raise Invalid("The schedule names what is not there.", faults=faults)
