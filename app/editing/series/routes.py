"""The desk's endpoints for series."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, Security

from app.editing import named
from app.editing.expectation import edit_etag
from app.editing.series import commands, queries
from app.editing.series.models import Series
from app.editing.series.schemas import (
    SeasonInput,
    SeriesCreate,
    SeriesPage,
    SeriesQuery,
    SeriesReplace,
    SeriesSummary,
    SeriesView,
)
from app.editing.site.models import Edition
from app.errors import Conflict, Forbidden, NotFound, PreconditionMissing, Stale
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.web.preconditions import Expected
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(prefix="/series", tags=["Series"])

PATH = "/desk/series"
READER = Security(current_actor, scopes=[Scope.DESK_READ])
WRITER = Security(current_actor, scopes=[Scope.CHANNELS_WRITE])
WRITE = responses(Forbidden, NotFound, Conflict, Stale, PreconditionMissing)


@router.get("", operation_id="series_list", summary="List series", responses=responses(Forbidden))
async def list_series(
    session: Session, query: Annotated[SeriesQuery, Query()], actor: Actor = READER
) -> SeriesPage:
    """Of one edition, or of all; narrowed by an id in another system (`external`)."""
    found = await queries.page(session, query, after=query.after(PATH, (str,)))
    return SeriesPage(
        items=[_summary(series, code) for series, code in found[: query.limit]],
        next=query.next_link(PATH, found, lambda row: (row[0].slug,)),
    )


@router.post(
    "",
    status_code=201,
    operation_id="series_create",
    summary="Create a series",
    responses=responses(Forbidden, Conflict),
)
async def create_series(
    session: Session, body: SeriesCreate, response: Response, actor: Actor = WRITER
) -> SeriesView:
    """Readers see nothing of it, nor in its episodes, unless it is `public`."""
    series = await commands.create(session, actor, body)
    response.headers["Location"] = f"{PATH}/{series.id}"
    return await _view(session, response, series)


@router.get(
    "/{series_id}",
    operation_id="series_get",
    summary="One series",
    responses=responses(Forbidden, NotFound),
)
async def get_series(
    session: Session, series_id: UUID, response: Response, actor: Actor = READER
) -> SeriesView:
    """Send its `ETag` as `If-Match` when you change it."""
    return await _view(session, response, await named.get(session, Series, series_id))


@router.put(
    "/{series_id}", operation_id="series_replace", summary="Change a series", responses=WRITE
)
async def replace_series(
    session: Session,
    series_id: UUID,
    body: SeriesReplace,
    response: Response,
    expected: Expected,
    actor: Actor = WRITER,
) -> SeriesView:
    """What readers have is made anew with it, its episodes too."""
    series = await commands.replace(session, actor, series_id, body, expected=expected)
    return await _view(session, response, series)


@router.delete(
    "/{series_id}",
    status_code=204,
    operation_id="series_delete",
    summary="Delete a series",
    responses=WRITE,
)
async def delete_series(
    session: Session, series_id: UUID, expected: Expected, actor: Actor = WRITER
) -> None:
    """Refused while an article is an episode of it, or a schedule names it."""
    await commands.delete(session, actor, series_id, expected=expected)


def _summary(series: Series, edition: str) -> SeriesSummary:
    names = SeriesSummary.model_fields.keys() - {"edition"}
    return SeriesSummary(edition=edition, **{name: getattr(series, name) for name in names})


async def _view(session: Session, response: Response, series: Series) -> SeriesView:
    response.headers["ETag"] = edit_etag(series.edit)
    edition = await session.get_one(Edition, series.edition_id)
    seasons = await queries.seasons(session, series.id)
    return SeriesView(
        **dict(_summary(series, edition.code)),
        description=series.description,
        language=series.language,
        genres=series.genres,
        seasons=[SeasonInput.model_validate(season) for season in seasons],
        extras=series.extras,
    )
