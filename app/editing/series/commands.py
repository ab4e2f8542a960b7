"""Creating, changing and deleting series. Readers have one while it is public."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete as delete_rows
from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import transaction_time
from app.editing import external_ids, extras, named, portraits, usage
from app.editing.assets import checks as assets
from app.editing.assets.checks import Use
from app.editing.changed import note
from app.editing.expectation import Expectation, edit_etag
from app.editing.series import queries
from app.editing.series.models import Season, Series
from app.editing.series.schemas import SeriesCreate, SeriesFields, SeriesReplace
from app.editing.site.queries import edition_named
from app.errors import Conflict, Invalid
from app.identity.actor import Actor
from app.identity.scopes import Scope


async def create(session: AsyncSession, actor: Actor, draft: SeriesCreate) -> Series:
    actor.require(Scope.CHANNELS_WRITE)
    edition = await edition_named(session, draft.edition, pointer="/edition")
    await _check(session, None, draft)
    series = await named.add(
        session, Series, _fields(draft) | {"edition_id": edition.id},
        slug=draft.slug, name=draft.title, language=draft.language or edition.language,
    )  # fmt: skip
    await _tell_seasons(session, series.id, draft)
    portraits.begins_or_ends(session, [], _shown(draft))
    note(session, "series", series.id)
    return series


async def replace(
    session: AsyncSession,
    actor: Actor,
    series_id: UUID,
    replacement: SeriesReplace,
    *,
    expected: Expectation,
) -> Series:
    """Change a series, also in the episodes and schedules that name it."""
    actor.require(Scope.CHANNELS_WRITE)
    series = await named.lock(session, Series, series_id)
    expected(edit_etag(series.edit))
    await _check(session, series_id, replacement)
    portraits.begins_or_ends(session, await _shown_before(session, series), _shown(replacement))
    await named.rename(session, series, replacement.slug)
    for name, value in _fields(replacement).items():
        setattr(series, name, value)
    series.edit += 1
    series.changed_at = await transaction_time(session)
    await _tell_seasons(session, series_id, replacement)
    note(session, "series", series_id)
    return series


async def delete(
    session: AsyncSession, actor: Actor, series_id: UUID, *, expected: Expectation
) -> None:
    """Delete a series that has no episodes and stands in no schedule."""
    actor.require(Scope.CHANNELS_WRITE)
    series = await named.lock(session, Series, series_id, whole=True)
    expected(edit_etag(series.edit))
    # Whoever names it holds it until the commit: what is being saved is seen here.
    used = (await session.execute(_USED, {"id": series_id})).first()
    if used is not None:
        raise Conflict(f"It is still used, by {used.noun} {used.id}. Take it out there first.")
    await usage.refuse_if_fed(session, "series_ids", series_id)
    portraits.begins_or_ends(session, await _shown_before(session, series), [])
    await session.delete(series)
    note(session, "series", series_id, deleted=True)


_USED = text("""
    SELECT 'article' AS noun, id FROM desk.articles WHERE series_id = :id
    UNION ALL SELECT 'article', article_id FROM desk.dependencies WHERE subject_id = :id
    UNION ALL SELECT 'the schedule of stream', stream_id FROM desk.schedule_entries
        WHERE series_id = :id
    LIMIT 1
""")


async def _check(session: AsyncSession, owner: UUID | None, sent: SeriesFields) -> None:
    await extras.check_extras(session, "series", sent.extras)
    await external_ids.require_free(session, Series, owner, sent.external_ids)
    pictures = [
        Use(pointer, identity, "image")
        for pointer, identity in [
            ("/artwork_id", sent.artwork_id),
            *(
                (f"/seasons/{at}/artwork_id", each.artwork_id)
                for at, each in enumerate(sent.seasons)
            ),
        ]
        if identity
    ]
    if faults := await assets.faults(session, pictures):
        raise Invalid("The artwork cannot be used.", faults=faults)


def _shown(sent: SeriesFields) -> list[UUID | None]:
    """The pictures that readers have with it."""
    pictures = [sent.artwork_id, *(season.artwork_id for season in sent.seasons)]
    return pictures if sent.public else []


async def _shown_before(session: AsyncSession, series: Series) -> list[UUID | None]:
    seasons = await queries.seasons(session, series.id)
    pictures = [series.artwork_id, *(season.artwork_id for season in seasons)]
    return pictures if series.public else []


async def _tell_seasons(session: AsyncSession, series_id: UUID, sent: SeriesFields) -> None:
    await session.execute(delete_rows(Season).where(Season.series_id == series_id))
    rows = [{"series_id": series_id, **season.model_dump()} for season in sent.seasons]
    if rows:
        await session.execute(insert(Season), rows)


def _fields(sent: SeriesFields) -> dict[str, Any]:
    left_out = {"slug", "edition", "seasons", "artwork_id"}
    return sent.model_dump(mode="json", exclude=left_out) | {"artwork_id": sent.artwork_id}
