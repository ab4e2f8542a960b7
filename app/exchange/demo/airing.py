"""The demo's series, live channels and TV homes, made where they are missing."""

from collections.abc import Mapping
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import transaction_time
from app.editing.collections.models import Collection
from app.editing.expectation import anything
from app.editing.rails import commands as rails
from app.editing.rails import queries as rail_queries
from app.editing.rails.schemas import RailsReplace
from app.editing.sections.models import Section
from app.editing.series import commands as series
from app.editing.series.models import Series
from app.editing.series.schemas import SeriesCreate
from app.editing.site.queries import edition_named
from app.editing.streams import commands as streams
from app.editing.streams import schedules
from app.editing.streams.models import Stream
from app.editing.streams.schedule_schemas import ScheduleReplace
from app.editing.streams.schemas import StreamCreate
from app.exchange.demo.channels import Channels, PlannedStream
from app.exchange.demo.linking import Ids, linked
from app.exchange.demo.picturing import Roll
from app.identity.actor import SYSTEM


async def introduce(session: AsyncSession, channels: Channels, roll: Roll) -> dict[str, UUID]:
    """Have the series and the streams, with a schedule of these days. The ids of series by slug."""
    ids: dict[str, UUID] = {}
    for slug, fields in channels.series.items():
        found = await _known(session, Series, slug)
        draft = SeriesCreate.model_validate(linked(fields, {"artwork": roll.ids}))
        ids[slug] = found or (await series.create(session, SYSTEM, draft)).id
    for stream in channels.streams:
        if await _known(session, Stream, stream.fields["slug"]) is None:
            await _go_on_air(session, stream, roll, {"artwork": roll.ids, "series": ids})
    return ids


async def arrange(session: AsyncSession, channels: Channels, ids: Mapping[str, UUID]) -> None:
    """Arrange the TV homes that nobody has arranged. `ids` are those of the series, by slug."""
    collections = await _ids(session, select(Collection.slug, Collection.id))
    for code, planned in channels.rails.items():
        edition = await edition_named(session, code)
        if await rail_queries.arranged(session, edition.id, None) is not None:
            continue
        of_edition = select(Section.path, Section.id).where(Section.edition_id == edition.id)
        sections = await _ids(session, of_edition)
        known = {"collection": collections, "section": sections, "series": ids}
        whole = RailsReplace.model_validate({"rails": linked(planned, known)})
        await rails.replace(session, SYSTEM, edition, None, whole.rails, expected=anything)


async def _go_on_air(session: AsyncSession, planned: PlannedStream, roll: Roll, ids: Ids) -> None:
    fields = linked(planned.fields, ids) | {"url": roll.playlists[planned.film]}
    stream = await streams.create(session, SYSTEM, StreamCreate.model_validate(fields))
    edition = await edition_named(session, planned.fields["edition"])
    window = planned.schedule(await transaction_time(session), ZoneInfo(edition.time_zone))
    whole = ScheduleReplace.model_validate(linked(window, ids))
    await schedules.replace(session, SYSTEM, stream.id, whole, expected=anything)


async def _ids(session: AsyncSession, query: Select[str, UUID]) -> dict[str, UUID]:
    return dict((await session.execute(query)).all())


async def _known(session: AsyncSession, model: type[Series | Stream], slug: str) -> UUID | None:
    found = await session.execute(select(model.id).where(model.slug == slug))
    return found.scalar_one_or_none()
